"""Single statements that customers answered otherwise than in an earlier wave (METHOD 5.2b): exploratory."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cultureassess.scoring.multiplicity import benjamini_hochberg
from cultureassess.scoring.waves import Change, Group, independent_change
from cultureassess.snapshot.types import ItemFigures, PairResult, Snapshot

MOST = 3
"""Rises and falls that are named."""

LEAST = 10
"""Answers in both waves."""


@dataclass(frozen=True)
class ItemChange:
    """One statement: its means on 0-100 in both waves, and the change with its range."""

    code: str
    before: float
    after: float
    change: Change


def moved_items(before: Snapshot, after: Snapshot) -> tuple[ItemChange, ...]:
    """The customers' three largest rises and falls, of those that stand out among all.

    Statements are compared where id and both wordings are the same and both waves show a distribution.
    """
    found = compared_items(before, after)
    adjusted = benjamini_hochberg([one.change.p for one in found])
    real = [one for one, p in zip(found, adjusted, strict=True) if p is not None and p < 0.05]
    real.sort(key=lambda one: -one.change.change)
    rises = [one for one in real if one.change.change > 0][:MOST]
    falls = [one for one in reversed(real) if one.change.change < 0][:MOST]
    return (*rises, *falls)


def compared_items(before: Snapshot, after: Snapshot) -> tuple[ItemChange, ...]:
    """What customers say of every statement that both waves ask in the same words; the later wave's order."""
    earlier = {pair.id: pair for pair in before.pairs}
    return tuple(
        change
        for pair in after.pairs
        if pair.id in earlier and (change := _compared(earlier[pair.id], pair)) is not None
    )


def _compared(then: PairResult, now: PairResult) -> ItemChange | None:
    if (then.inside, then.customer) != (now.inside, now.customer):
        return None
    earlier, later = _group(then.groups.get("customer")), _group(now.groups.get("customer"))
    change = independent_change(earlier, later) if earlier and later else None
    if earlier is None or later is None or change is None:
        return None
    return ItemChange(now.id, earlier.mean, later.mean, change)


def _group(figures: ItemFigures | None) -> Group | None:
    """An item's mean with its standard error, from its distribution."""
    counts = figures.distribution if figures is not None else None
    if counts is None or sum(counts) < LEAST:
        return None
    n, top = sum(counts), len(counts) - 1
    scores = [100 * place / top for place in range(len(counts))]
    mean = math.fsum(score * count for score, count in zip(scores, counts, strict=True)) / n
    squares = math.fsum(count * (score - mean) ** 2 for score, count in zip(scores, counts, strict=True))
    return Group.of(mean, math.sqrt(squares / (n - 1)), n)
