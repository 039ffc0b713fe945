"""METHOD 2.0, steps 4 to 7: every measure of one side, as a table of scores by atom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cultureassess.instruments.types import Instrument, Item, Side, Tag
from cultureassess.scoring import indices
from cultureassess.scoring.answers import NOT_GIVEN, BoolArray, PointArray, Segment, SideAnswers
from cultureassess.scoring.indices import ItemTally
from cultureassess.scoring.scores import Scores
from cultureassess.snapshot.prepare import Prepared
from cultureassess.snapshot.tables import Atoms, Table, build_atoms, build_table

AUDIENCE = "audience"
LATE = "late"


@dataclass(frozen=True)
class Measured:
    """One side, measured.

    Attributes:
        prepared: the kept answers.
        atoms: by audience and every attribute of the side.
        paired: index -> its pairs only; the indices that can be computed.
        full: index -> all its items (inside only).
        composites: composite -> mean of the paired indices.
        tags: "mindset", "behaviour" and their difference within respondents.
        blocks: block -> score (inside only).
        outcomes: outcome -> the number answered.
        items: item -> audience -> counts.
        scores: the respondents' scores per paired index, for key drivers and clusters.
    """

    prepared: Prepared
    atoms: Atoms
    paired: Mapping[str, Table]
    full: Mapping[str, Table]
    composites: Mapping[str, Table]
    tags: Mapping[str, Table]
    blocks: Mapping[str, Table]
    outcomes: Mapping[str, Table]
    items: Mapping[str, Mapping[str, ItemTally]]
    scores: Mapping[str, Scores]
    composite_scores: Mapping[str, Scores]

    @property
    def answers(self) -> SideAnswers:
        return self.prepared.answers

    def points(self, items: Sequence[int], audience: str) -> PointArray:
        """Return an audience's answers to some items (places in ``instrument.rated``).

        Shape (members, items); a copy, stored column by column.
        """
        members = self.members(audience)
        columns = np.empty((len(items), int(members.sum())), dtype=np.uint8)
        for column, item in zip(columns, items, strict=True):
            np.compress(members, self.answers.points[:, item], out=column)
        return columns.T

    def members(self, audience: str) -> BoolArray:
        """Return who belongs to an audience, shape (respondents,)."""
        audiences = self.answers.audiences
        wanted = audiences.index(audience) if audience in audiences else NOT_GIVEN - 1
        return np.asarray(self.answers.audience == wanted)


def count_items(instrument: Instrument, prepared: Prepared) -> dict[str, dict[str, ItemTally]]:
    """Count the answers to every item that the side is asked, by audience."""
    answers = prepared.answers
    counted: dict[str, dict[str, ItemTally]] = {}
    for item in instrument.rated_on(prepared.side):
        tallies = indices.item_counts_by_group(
            answers.points[:, instrument.position[item.id]],
            answers.audience,
            len(answers.audiences),
            scale_points=instrument.scale.points,
            reverse=item.reverse,
        )
        counted[item.id] = dict(zip(answers.audiences, tallies, strict=True))
    return counted


def measure(
    instrument: Instrument,
    prepared: Prepared,
    items: Mapping[str, Mapping[str, ItemTally]],
    dropped: frozenset[str],
) -> Measured:
    """Compute every measure of one side.

    Args:
        instrument: the questionnaire.
        prepared: the side's kept answers.
        items: the side's item counts.
        dropped: items that leave the paired indices on both sides (METHOD 2.5).
    """
    answers = prepared.answers
    atoms = build_atoms(_attributes(answers), len(answers))
    pairs = [item for item in instrument.items if item.paired and item.id not in dropped]
    every = {
        index.code: _scores(instrument, answers, [item for item in pairs if item.index == index.code])
        for index in instrument.indices
    }
    scores = {code: score for code, score in every.items() if score is not None}
    composites = _composites(instrument, scores)
    inside = prepared.side is Side.INSIDE
    return Measured(
        prepared=prepared,
        atoms=atoms,
        paired=_tables(scores, atoms),
        full=_tables(_full(instrument, answers), atoms) if inside else {},
        composites=_tables(composites, atoms),
        tags=_tables(_tags(instrument, answers, pairs), atoms),
        blocks=_tables(_blocks(instrument, answers), atoms) if inside else {},
        outcomes=_tables(_outcomes(instrument, answers, prepared.side), atoms),
        items=items,
        scores=scores,
        composite_scores=composites,
    )


def _attributes(answers: SideAnswers) -> list[tuple[str, Segment]]:
    attributes = [(AUDIENCE, Segment(answers.audiences, answers.audience))]
    attributes += list(answers.segments.items())
    if answers.late is not None:
        attributes.append((LATE, Segment(("early", "late"), answers.late.astype(np.int8))))
    return attributes


def _tables(scores: Mapping[str, Scores], atoms: Atoms) -> dict[str, Table]:
    return {code: build_table(score, atoms) for code, score in scores.items()}


def _scores(instrument: Instrument, answers: SideAnswers, items: Sequence[Item]) -> Scores | None:
    """Score every respondent on a set of items; None for an empty set."""
    if not items:
        return None
    columns = [instrument.position[item.id] for item in items]
    return indices.index_scores(
        answers.points[:, columns],
        scale_points=instrument.scale.points,
        reverse=[item.reverse for item in items],
    )


def _composites(instrument: Instrument, scores: Mapping[str, Scores]) -> dict[str, Scores]:
    """Score the composites; one that lost an index to the don't-know rule keeps its 75% rule."""
    result = {}
    for composite in instrument.composites:
        there = [scores[code] for code in composite.indices if code in scores]
        needed = indices.indices_needed(len(composite.indices))
        if len(there) >= needed:
            result[composite.code] = indices.composite_scores(there, needed=needed)
    return result


def _full(instrument: Instrument, answers: SideAnswers) -> dict[str, Scores]:
    every = {
        index.code: _scores(
            instrument, answers, [item for item in instrument.items_of(index.code) if item.inside]
        )
        for index in instrument.indices
    }
    return {code: score for code, score in every.items() if score is not None}


def _blocks(instrument: Instrument, answers: SideAnswers) -> dict[str, Scores]:
    every = {block.code: _scores(instrument, answers, block.items) for block in instrument.blocks}
    return {code: score for code, score in every.items() if score is not None}


def _tags(instrument: Instrument, answers: SideAnswers, pairs: Sequence[Item]) -> dict[str, Scores]:
    """Score mindset, behaviour and, within respondents, mindset minus behaviour (METHOD 2.10)."""
    both = {
        tag.value: _scores(instrument, answers, [item for item in pairs if item.tag is tag]) for tag in Tag
    }
    found = {tag: score for tag, score in both.items() if score is not None}
    if len(found) == len(Tag):
        found["difference"] = indices.within_difference(found[Tag.MINDSET.value], found[Tag.BEHAVIOUR.value])
    return found


def _outcomes(instrument: Instrument, answers: SideAnswers, side: Side) -> dict[str, Scores]:
    """Return the outcomes as numbers; those that are not asked or skipped are missing."""
    numbers = np.append(np.arange(101, dtype=np.float64), np.nan)  # -1, skipped, is the last place
    return {
        outcome.id: Scores.from_table(answers.outcomes[:, place] % 102, numbers)
        for place, outcome in enumerate(instrument.outcomes)
        if outcome.wording(side) is not None
    }
