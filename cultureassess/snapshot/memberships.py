"""Who is behind the cells of a snapshot: what the ledger of releases keeps (METHOD 4.3 T).

Read from the snapshot (what is shown) and the answers (who has a valid value), not from the code that
computed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cultureassess.instruments.types import Audience, Instrument, Item, Side, Tag
from cultureassess.scoring import indices
from cultureassess.scoring.answers import NOT_GIVEN, SKIPPED, BoolArray, SideAnswers
from cultureassess.snapshot.prepare import prepare
from cultureassess.snapshot.types import Estimate, ItemFigures, Recommendation, Share, Snapshot

Shown = Estimate | Share | ItemFigures


@dataclass(frozen=True)
class Memberships:
    """One side of a snapshot.

    Attributes:
        groups: cell -> its members, shape (respondents,). Audiences go by their code, all insiders by
            "inside", the rest by "attribute/value".
        statistics: statistic -> (who has a valid value, shape (respondents,); the cells shown of it).

    Respondents are those of the answers given, the excluded among them: they belong to no group.
    """

    groups: Mapping[str, BoolArray]
    statistics: Mapping[str, tuple[BoolArray, tuple[str, ...]]]


def memberships(
    instrument: Instrument, inside: SideAnswers, outside: SideAnswers, snapshot: Snapshot
) -> dict[Side, Memberships]:
    """Tell, for both sides, who is behind every statistic that a snapshot shows.

    Args:
        instrument: the questionnaire.
        inside, outside: the answers that the snapshot was made of.
        snapshot: what is shown.
    """
    return {
        side: _side(instrument, side, answers, snapshot)
        for side, answers in ((Side.INSIDE, inside), (Side.OUTSIDE, outside))
    }


def _side(instrument: Instrument, side: Side, answers: SideAnswers, snapshot: Snapshot) -> Memberships:
    shown = _Shown(side)
    shown.read(snapshot)
    valid = _Valid(instrument, answers, snapshot)
    kept = prepare(instrument, side, answers).kept
    groups = {cell: members & kept for cell, members in _groups(side, answers).items()}
    return Memberships(
        groups,
        {
            statistic: (valid.of(statistic), tuple(sorted(cells & groups.keys())))
            for statistic, cells in shown.cells.items()
        },
    )


def _groups(side: Side, answers: SideAnswers) -> dict[str, BoolArray]:
    """Every cell that could be shown. Only customers are broken down on the outside."""
    groups = {code: answers.audience == place for place, code in enumerate(answers.audiences)}
    total = np.ones(len(answers), dtype=np.bool_)
    if side is Side.INSIDE:
        groups[side.value] = total
    else:
        total = groups[Audience.CUSTOMER.value]
    for code, segment in answers.segments.items():
        for place, value in enumerate(segment.values):
            groups[f"{code}/{value}"] = total & (segment.codes == place)
    if answers.late is not None:
        groups |= {"late/early": total & ~answers.late, "late/late": total & answers.late}
    return groups


class _Shown:
    """Statistic -> the cells that a snapshot shows of it on one side."""

    def __init__(self, side: Side) -> None:
        self.audiences = {audience.value for audience in Audience if audience.side is side}
        if side is Side.INSIDE:
            self.audiences.add(side.value)
        self.side = side
        self.cells: dict[str, set[str]] = {}

    def read(self, snapshot: Snapshot) -> None:
        for statistic, group, value in _figures(snapshot):
            if value.shown and group in self.audiences:
                self.cells.setdefault(statistic, set()).add(group)
        self._read_breakdowns(snapshot)
        self._read_recommendations(snapshot.recommendations)

    def _read_breakdowns(self, snapshot: Snapshot) -> None:
        for breakdown in (b for b in snapshot.breakdowns if b.side == self.side):
            for cell in breakdown.cells:
                for kind, estimates in (("index", cell.indices), ("composite", cell.composites)):
                    for code in (code for code, value in estimates.items() if value.shown):
                        name = f"{breakdown.attribute}/{cell.value}"
                        self.cells.setdefault(f"{kind} {code}", set()).add(name)
        headline = snapshot.headline_composite
        for late in (late for late in snapshot.late if late.side == self.side):
            for part, value in (("early", late.early), ("late", late.late)):
                if value.shown and headline is not None:
                    self.cells.setdefault(f"composite {headline.code}", set()).add(f"late/{part}")

    def _read_recommendations(self, found: Iterable[Recommendation]) -> None:
        for one in found:
            if one.n is not None and one.audience in self.audiences:
                self.cells.setdefault(f"outcome {one.id}", set()).add(one.audience)


def _figures(snapshot: Snapshot) -> Iterator[tuple[str, str, Shown]]:
    """Everything that a snapshot shows by audience: (statistic, audience, value)."""
    for index in snapshot.indices:
        yield from _named(f"index {index.code}", index.groups)
        yield from _named(f"full {index.code}", index.full)
    for composite in snapshot.composites:
        yield from _named(f"composite {composite.code}", composite.groups)
    for pair in snapshot.pairs:
        yield from _named(f"item {pair.id}", pair.groups)
        yield from _named(f"asked {pair.id}", pair.groups)
    for block in snapshot.blocks:
        yield from _named(f"block {block.code}", block.groups)
        for item, figures in block.items.items():
            yield from _named(f"item {item}", figures)
            yield from _named(f"asked {item}", figures)
    both = snapshot.mindset_behaviour
    for tag in ("mindset", "behaviour", "difference"):
        yield from _named(f"tag {tag}", getattr(both, tag))
    if snapshot.headline.outcome is not None:
        yield from _named(f"outcome {snapshot.headline.outcome}", snapshot.headline.groups)
    yield from _named("forecast", snapshot.headline.forecast)


def _named(statistic: str, groups: Mapping[str, Shown]) -> Iterator[tuple[str, str, Shown]]:
    return ((statistic, group, value) for group, value in groups.items())


class _Valid:
    """Who has a valid value of a statistic. METHOD 2.2 to 2.5, of one side's answers."""

    def __init__(self, instrument: Instrument, answers: SideAnswers, snapshot: Snapshot) -> None:
        self.instrument, self.answers = instrument, answers
        self.pairs = {index.code: index.items for index in snapshot.indices}
        self.composites = {composite.code: composite.indices for composite in snapshot.composites}

    def of(self, statistic: str) -> BoolArray:
        kind, _, code = statistic.partition(" ")
        find = getattr(self, f"_{kind}")
        found: BoolArray = find(code)
        return found

    def _index(self, code: str) -> BoolArray:
        return self._scored([self._item_of(item) for item in self.pairs[code]])

    def _full(self, code: str) -> BoolArray:
        return self._scored([item for item in self.instrument.items_of(code) if item.inside])

    def _block(self, code: str) -> BoolArray:
        return self._scored(next(block for block in self.instrument.blocks if block.code == code).items)

    def _tag(self, tag: str) -> BoolArray:
        if tag == "difference":
            return self._tag(Tag.MINDSET) & self._tag(Tag.BEHAVIOUR)
        paired = [self._item_of(item) for items in self.pairs.values() for item in items]
        return self._scored([item for item in paired if item.tag == tag])

    def _composite(self, code: str) -> BoolArray:
        own = self.composites[code]
        there = [self._index(index) for index in own if self.pairs.get(index)]
        enough = np.sum(there, axis=0) >= indices.indices_needed(len(own))
        return np.asarray(enough, dtype=np.bool_)

    def _item(self, code: str) -> BoolArray:
        points = self.answers.points[:, self.instrument.position[code]]
        return np.asarray((points > SKIPPED) & (points <= self.instrument.scale.points))

    def _asked(self, code: str) -> BoolArray:
        """Whose answer or don't-know is part of an item's figures."""
        return np.asarray(self.answers.points[:, self.instrument.position[code]] != SKIPPED)

    def _outcome(self, code: str) -> BoolArray:
        place = [outcome.id for outcome in self.instrument.outcomes].index(code)
        return np.asarray(self.answers.outcomes[:, place] != NOT_GIVEN)

    def _forecast(self, _code: str) -> BoolArray:
        forecast = next(outcome for outcome in self.instrument.outcomes if outcome.kind == "forecast")
        return self._outcome(forecast.id)

    def _item_of(self, code: str) -> Item:
        return self.instrument.rated[self.instrument.position[code]]

    def _scored(self, items: Sequence[Item]) -> BoolArray:
        """Who answered at least half of the items (METHOD 2.2)."""
        if not items:
            return np.zeros(len(self.answers), dtype=np.bool_)
        answered = np.sum([self._item(item.id) for item in items], axis=0)
        return np.asarray(answered >= indices.answers_needed(len(items)), dtype=np.bool_)
