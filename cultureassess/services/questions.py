"""What a wave asks whom, and page by page (METHOD 1.7, 1.8). Reads the wave; touches no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from cultureassess.instruments.types import (
    Audience,
    Instrument,
    Item,
    OpenQuestion,
    Outcome,
    SegmentQuestion,
    Side,
)
from cultureassess.models import Invitation, Wave

PageKind = Literal["items", "outcomes", "last"]

NOT_SAID = "prefer not to say"
"""A value of the instrument's own segment questions. Where the organisation's values replace them it is
offered too, and nothing is stored: it counts as no answer."""


@dataclass(frozen=True)
class Page:
    """One screen of questions. ``number`` counts from 1: "Part 2 of 6"."""

    number: int
    kind: PageKind
    items: tuple[Item, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    segments: tuple[SegmentQuestion, ...] = ()
    comments: tuple[OpenQuestion, ...] = ()

    def __hash__(self) -> int:
        """Of what is cheap to look at: pages are looked up on every request."""
        return hash((self.number, self.kind, len(self.items)))


def segment_columns(wave: Wave, side: Side) -> tuple[str, ...]:
    """The segment codes of one side in the order of the response's columns; at most four."""
    asked = (key.split(".", 1) for key in wave.segments)
    return tuple(dict.fromkeys(code for of_side, code in asked if of_side == side.value))


def segment_values(wave: Wave, instrument: Instrument, side: Side, code: str) -> tuple[str, ...]:
    """The values that one attribute of a side can have, in the order in which they are offered."""
    questions = (with_options(wave, q) for q in instrument.segments if (q.side, q.code) == (side, code))
    return tuple(dict.fromkeys(value for question in questions for value in question.codes))


def stored_segment(
    wave: Wave, instrument: Instrument, side: Side, code: str, given: str | None
) -> str | None:
    """What is stored of an answer to a segment question; None for one that names no group.

    That is no answer, "prefer not to say" where the instrument has no such value (or the organisation typed
    it among its own), and a value that is not offered.
    """
    own = f"{side}.{code}" in wave.segment_options
    if given is None or (own and says_nothing(given)):
        return None
    return given if given in segment_values(wave, instrument, side, code) else None


def says_nothing(value: str) -> bool:
    """Whether a segment's value is "prefer not to say", however it is capitalised."""
    return value.casefold() == NOT_SAID


def with_options(wave: Wave, question: SegmentQuestion) -> SegmentQuestion:
    """A segment question with the organisation's own values, where the wave has some."""
    own = wave.segment_options.get(f"{question.side}.{question.code}")
    return question if own is None else replace(question, labels=own, codes=own)


def segments_asked(
    wave: Wave, instrument: Instrument, audience: Audience, invitation: Invitation | None = None
) -> tuple[SegmentQuestion, ...]:
    """The "about you" questions of an audience, without those that an invitation answers already."""
    known = invitation.segments if invitation is not None else {}
    return tuple(
        with_options(wave, question)
        for question in instrument.segments
        if question.side is audience.side
        and question.audience in (None, audience)
        and f"{question.side}.{question.code}" in wave.segments
        and f"{question.side}.{question.code}" not in known
    )


def outcomes_asked(wave: Wave, instrument: Instrument, audience: Audience) -> tuple[Outcome, ...]:
    """The outcomes of an audience. Partners are never asked to recommend (METHOD 1.7)."""
    return tuple(
        outcome
        for outcome in instrument.outcomes_on(audience.side)
        if outcome.id not in wave.left_out
        and not (outcome.kind == "recommendation" and audience is Audience.PARTNER)
    )


def pages(
    wave: Wave, instrument: Instrument, audience: Audience, invitation: Invitation | None = None
) -> tuple[Page, ...]:
    """The whole questionnaire of an audience in METHOD 1.7's order; empty pages are left out."""
    side = audience.side
    last = Page(
        0,
        "last",
        segments=segments_asked(wave, instrument, audience, invitation),
        comments=tuple(question for question in instrument.open_questions if question.side is side),
    )
    plan = [Page(0, "items", items=_items(instrument, ids, side)) for ids in instrument.pages.paired]
    plan.append(Page(0, "outcomes", outcomes=outcomes_asked(wave, instrument, audience)))
    if side is Side.INSIDE:
        plan += [
            Page(0, "items", items=_items(instrument, ids, side)) for ids in instrument.pages.inside_only
        ]
    plan.append(last)
    filled = (page for page in plan if page.items or page.outcomes or page.segments or page.comments)
    return tuple(
        Page(number, page.kind, page.items, page.outcomes, page.segments, page.comments)
        for number, page in enumerate(filled, start=1)
    )


def _items(instrument: Instrument, ids: tuple[str, ...], side: Side) -> tuple[Item, ...]:
    items = (instrument.rated[instrument.position[code]] for code in ids)
    return tuple(item for item in items if item.wording(side) is not None)
