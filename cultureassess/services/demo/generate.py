"""The demo's answers: one common factor per index, cut to points. Pure: a seed in, arrays out.

The levels of the profile are *met*, not drawn: after all noise each item is moved until its mean is
where the profile wants it. What the demo shows must not hang on the luck of a seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.scoring.answers import NOT_GIVEN, Segment, SideAnswers
from cultureassess.services.demo import comments
from cultureassess.services.demo.people import NOT_ASKED, People
from cultureassess.services.demo.profile import SEED, Year, nordlicht
from cultureassess.services.demo.sitting import Sitting


def wave_answers(instrument: Instrument, *, year: Year, seed: int = SEED) -> tuple[SideAnswers, SideAnswers]:
    """Answer the questionnaire for everybody who took part in one year's wave.

    The same arguments give the same bytes. Both years have 45 managers (6 of them executives), 180
    staff, 240 customers and 30 partners; the people are other people.

    Args:
        instrument: ``customer_culture_v1``.
        year: "last" or "this"; the company has changed in between.
        seed: not negative; what the demo shows does not depend on it (the tests try several).

    Returns:
        The inside and the outside, respondents in no particular order within their audience.

    Raises:
        ValueError: the instrument is not the one that the demo is written for.
    """
    wanted = nordlicht().instrument
    if instrument.code != wanted:
        raise ValueError(f"the demo answers {wanted!r}, not {instrument.code!r}")
    return _side(instrument, Side.INSIDE, year, seed), _side(instrument, Side.OUTSIDE, year, seed)


def _side(instrument: Instrument, side: Side, year: Year, seed: int) -> SideAnswers:
    audiences = [audience for audience in Audience if audience.side is side]
    sittings = [Sitting(instrument, audience, year, seed) for audience in audiences]
    return SideAnswers(
        points=np.concatenate([sitting.points for sitting in sittings]),
        outcomes=np.concatenate([sitting.outcomes for sitting in sittings]),
        audiences=tuple(audience.value for audience in audiences),
        audience=np.repeat(np.arange(len(audiences)), [len(sitting.people) for sitting in sittings]),
        segments=_segments(instrument, side, [sitting.people for sitting in sittings]),
        seconds=np.concatenate([sitting.seconds for sitting in sittings]),
        late=np.concatenate([sitting.late for sitting in sittings]),
        comments=comments.of_side(side, year, seed),
    )


def _segments(instrument: Instrument, side: Side, audiences: Sequence[People]) -> dict[str, Segment]:
    """Join the audiences' attributes; where an audience is not asked, nothing is given."""
    codes = dict.fromkeys(code for people in audiences for code in people.attributes)
    return {
        code: _segment(
            _values(instrument, side, code), [value for people in audiences for value in people.values(code)]
        )
        for code in codes
    }


def _segment(order: Iterable[str], given: Sequence[str]) -> Segment:
    values = tuple(value for value in order if value in given)
    place = {value: number for number, value in enumerate(values)} | {NOT_ASKED: NOT_GIVEN}
    return Segment(values, np.array([place[value] for value in given]))


def _values(instrument: Instrument, side: Side, code: str) -> tuple[str, ...]:
    if code == "role" and instrument.role_question is not None:
        return tuple(option.code for option in instrument.role_question.options)
    question = next(q for q in instrument.segments if q.side is side and q.code == code)
    return nordlicht().customer_segments if question.organisation_defined else question.codes
