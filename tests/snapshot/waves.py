"""Small waves for tests: who answered is written out, what they answered is drawn."""

import datetime as dt
from dataclasses import replace

import numpy as np

from cultureassess import instruments
from cultureassess.instruments.types import Side
from cultureassess.scoring.answers import DONT_KNOW, Comment, Segment, SideAnswers
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.settings import Settings

INSTRUMENT = instruments.by_code("customer_culture_v1")
SETTINGS = Settings(organisation="Acme", chosen="all", date=dt.date(2026, 11, 22))
AUDIENCES = {Side.INSIDE: ("management", "staff"), Side.OUTSIDE: ("customer", "partner")}


def side(where, first=0, second=0, *, instrument=INSTRUMENT, seed=1, middle=3.5):
    """One side with ``first`` managers (customers) and ``second`` employees (partners)."""
    random = np.random.default_rng([seed, where is Side.INSIDE, first, second])
    people, scale = first + second, instrument.scale.points
    asked = [item.wording(where) is not None for item in instrument.rated]
    opinion = random.normal(middle * scale / 5, 0.16 * scale, size=(people, 1))
    drawn = np.rint(opinion + random.normal(0, 0.2 * scale, size=(people, len(asked))))
    points = np.clip(drawn, 1, scale).astype(np.uint8)
    points[:, ~np.array(asked)] = 0
    outcomes = np.full((people, len(instrument.outcomes)), -1, dtype=np.int16)
    for place, outcome in enumerate(instrument.outcomes):
        if outcome.wording(where) is not None:
            low, high = (1, len(outcome.options)) if outcome.kind == "degree" else (outcome.low, outcome.high)
            outcomes[:, place] = random.integers(low, high + 1, size=people)
    return SideAnswers(
        points=points,
        outcomes=outcomes,
        audiences=AUDIENCES[where],
        audience=np.repeat([0, 1], [first, second]).astype(np.int8),
    )


def inside(management=0, staff=0, **given):
    return side(Side.INSIDE, management, staff, **given)


def outside(customers=0, partners=0, **given):
    return side(Side.OUTSIDE, customers, partners, **given)


def snapshot(inside, outside, instrument=INSTRUMENT, **settings):
    return build_snapshot(instrument, inside, outside, replace(SETTINGS, **settings))


def with_points(answers, item, points, rows=slice(None), instrument=INSTRUMENT):
    """The same side with other answers to one item."""
    changed = answers.points.copy()
    changed[rows, instrument.position[item]] = points
    return replace(answers, points=changed)


def cannot_judge(answers, item, rows=slice(None), instrument=INSTRUMENT):
    return with_points(answers, item, DONT_KNOW, rows, instrument)


def with_segment(answers, code, values, codes):
    segment = Segment(tuple(values), np.asarray(codes, dtype=np.int8))
    return replace(answers, segments={**answers.segments, code: segment})


def with_comments(answers, question, audience, number):
    written = tuple(Comment(question, audience, f"{audience} {place}") for place in range(number))
    return replace(answers, comments=answers.comments + written)


def in_order(answers, order):
    """The same respondents in another order."""
    return replace(
        answers,
        points=answers.points[order],
        outcomes=answers.outcomes[order],
        audience=answers.audience[order],
        segments={code: Segment(s.values, s.codes[order]) for code, s in answers.segments.items()},
        seconds=None if answers.seconds is None else answers.seconds[order],
        late=None if answers.late is None else answers.late[order],
        account=None if answers.account is None else answers.account[order],
    )
