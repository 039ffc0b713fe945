"""METHOD 2.0, steps 4 to 7: every measure of one side, as a table of scores by atom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cultureassess.instruments.types import Instrument, Item, Side, Tag
from cultureassess.scoring import indices
from cultureassess.scoring.answers import NOT_GIVEN, BoolArray, PointArray, Segment, SideAnswers
from cultureassess.scoring.items import ItemTally, pattern_tallies
from cultureassess.scoring.patterns import Patterns, patterns
from cultureassess.scoring.scores import Counts, Scores, count_keys
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
        counted: index or block -> patterns of answers.
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
    counted: Mapping[str, Counted]
    items: Mapping[str, Mapping[str, ItemTally]]
    scores: Mapping[str, Scores]
    composite_scores: Mapping[str, Scores]

    @property
    def answers(self) -> SideAnswers:
        return self.prepared.answers

    @cached_property
    def audience_sizes(self) -> tuple[int, ...]:
        """How many respondents are kept of each of ``answers.audiences``."""
        return tuple(count_keys(self.answers.audience, len(self.answers.audiences)).tolist())

    def answered(self, index: str, items: Sequence[str], audience: str) -> tuple[PointArray, Counts]:
        """Return an audience's answers to some items of an index or block, pattern by pattern.

        Returns:
            the answers, shape (patterns, items), a copy; how many members gave each, shape (patterns,).
        """
        return self.counted[index].of_audience(items, self.answers.audiences.index(audience))

    def members(self, audience: str) -> BoolArray:
        """Return who belongs to an audience, shape (respondents,)."""
        audiences = self.answers.audiences
        wanted = audiences.index(audience) if audience in audiences else NOT_GIVEN - 1
        return np.asarray(self.answers.audience == wanted)


@dataclass(frozen=True)
class Counted:
    """How one side answered one index or block.

    Attributes:
        items: what the side was asked, the columns of the patterns.
        patterns: of every respondent.
        counts: shape (audiences, patterns).
    """

    items: tuple[Item, ...]
    patterns: Patterns
    counts: Counts

    def columns(self, items: Collection[str]) -> list[int]:
        return [place for place, item in enumerate(self.items) if item.id in items]

    def of_audience(self, items: Collection[str], audience: int) -> tuple[PointArray, Counts]:
        held = np.flatnonzero(self.counts[audience])
        return self.patterns.rows[held][:, self.columns(items)], self.counts[audience, held]


def count_answers(instrument: Instrument, prepared: Prepared) -> dict[str, Counted]:
    """Count the patterns of answers to every index and block that the side is asked, by audience."""
    answers = prepared.answers
    asked: dict[str, list[Item]] = {}
    for item in instrument.rated_on(prepared.side):
        asked.setdefault(item.index, []).append(item)
    counted = {}
    for code, items in asked.items():
        columns = [instrument.position[item.id] for item in items]
        found = patterns(answers.points.T[columns].T, scale_points=instrument.scale.points)
        counts = found.counts(answers.audience, len(answers.audiences))
        counted[code] = Counted(tuple(items), found, counts)
    return counted


def tally_items(
    instrument: Instrument, prepared: Prepared, counted: Mapping[str, Counted]
) -> dict[str, dict[str, ItemTally]]:
    """Return item -> audience -> counts, of every item that the side is asked."""
    audiences = prepared.answers.audiences
    tallies: dict[str, dict[str, ItemTally]] = {}
    for item in instrument.rated_on(prepared.side):
        own = counted[item.index]
        column = own.patterns.rows[:, own.items.index(item)]
        by_audience = pattern_tallies(
            column, own.counts, scale_points=instrument.scale.points, reverse=item.reverse
        )
        tallies[item.id] = dict(zip(audiences, by_audience, strict=True))
    return tallies


def measure(
    instrument: Instrument,
    prepared: Prepared,
    counted: Mapping[str, Counted],
    items: Mapping[str, Mapping[str, ItemTally]],
    dropped: frozenset[str],
) -> Measured:
    """Compute every measure of one side.

    Args:
        instrument: the questionnaire.
        prepared: the side's kept answers.
        counted: the side's answers, index by index.
        items: the side's item counts.
        dropped: items that leave the paired indices on both sides (METHOD 2.5).
    """
    answers = prepared.answers
    atoms = build_atoms(_attributes(answers), len(answers))
    pairs = [item for item in instrument.items if item.paired and item.id not in dropped]
    scores = _index_scores(instrument, counted, [index.code for index in instrument.indices], pairs)
    composites = _composites(instrument, scores)
    inside = prepared.side is Side.INSIDE
    return Measured(
        prepared=prepared,
        atoms=atoms,
        paired=_tables(scores, atoms),
        full=_tables(_full(instrument, counted), atoms) if inside else {},
        composites=_tables(composites, atoms),
        tags=_tables(_tags(instrument, answers, pairs), atoms),
        blocks=_tables(_blocks(instrument, counted), atoms) if inside else {},
        outcomes=_tables(_outcomes(instrument, answers, prepared.side), atoms),
        counted=counted,
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
        answers.points.T[columns].T,
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


def _index_scores(
    instrument: Instrument, counted: Mapping[str, Counted], codes: Sequence[str], items: Sequence[Item]
) -> dict[str, Scores]:
    """Score every respondent on indices or blocks, by those of their items that count; none without any."""
    found = {}
    for code in codes:
        own = [item for item in items if item.index == code]
        if own:
            found[code] = indices.pattern_scores(
                counted[code].patterns,
                counted[code].columns([item.id for item in own]),
                scale_points=instrument.scale.points,
                reverse=[item.reverse for item in own],
            )
    return found


def _full(instrument: Instrument, counted: Mapping[str, Counted]) -> dict[str, Scores]:
    codes = [index.code for index in instrument.indices]
    return _index_scores(instrument, counted, codes, [item for item in instrument.items if item.inside])


def _blocks(instrument: Instrument, counted: Mapping[str, Counted]) -> dict[str, Scores]:
    items = [item for block in instrument.blocks for item in block.items]
    return _index_scores(instrument, counted, [block.code for block in instrument.blocks], items)


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
