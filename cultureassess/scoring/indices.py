"""From answers to scores: items, indices, composites, and the counts behind an item.

All arithmetic on respondents is done in whole numbers (answers counted, points added, millionths of a
point), so that nothing depends on the order of additions. Source: METHOD 2.1-2.5 and 2.10.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.answers import DONT_KNOW, BoolArray, FloatArray, IntArray, PointArray
from cultureassess.scoring.scores import BLOCK, DECIMALS, MILLION, Counts, Scores, Tally, column_blocks

COMPOSITE_SHARE = 0.75
"""A composite needs this share of its indices (METHOD 2.3)."""


def answers_needed(items: int) -> int:
    """How many of an index's items a respondent must answer: half, rounded up (METHOD 2.2)."""
    return math.ceil(items / 2)


def indices_needed(indices: int) -> int:
    """How many index scores a composite needs: three quarters, rounded up (METHOD 2.3)."""
    return math.ceil(COMPOSITE_SHARE * indices)


def index_scores(points: PointArray, *, scale_points: int, reverse: Sequence[bool] = ()) -> Scores:
    """Score every respondent on one index.

    A respondent's score is the mean of the items they answered, each rescaled to 0-100 by
    (x - 1) / (A - 1) * 100, if they answered at least half of the items; nothing is imputed. An index
    without items gives nobody a score. Source: METHOD 2.1-2.2.

    Args:
        points: shape (respondents, items of the index), 1..scale_points; ``SKIPPED`` and ``DONT_KNOW``
            are missing.
        scale_points: number of labelled points A, 2 to 9.
        reverse: one flag per item, True where agreeing is unfavourable (x becomes 1 + A - x); empty
            means none.

    Raises:
        ValueError: a point lies above ``scale_points``, or ``reverse`` does not fit the items.
    """
    items = points.shape[1]
    flags = tuple(reverse) or (False,) * items
    if len(flags) != items:
        raise ValueError(f"{len(flags)} reverse flags for {items} items")
    width = items * (scale_points - 1) + 1
    keys = np.zeros(len(points), dtype=np.intp)
    for rows, columns in column_blocks(points):
        check_points(columns, scale_points)
        keys[rows] = _answer_keys(columns, scale_points, flags, width)
    return Scores.from_table(keys, _index_table(items, scale_points, width))


def check_points(points: PointArray, scale_points: int) -> None:
    """Refuse a point that the scale does not have.

    Raises:
        ValueError: a point lies above ``scale_points`` and is not ``DONT_KNOW``.
    """
    wrong = points[(points > scale_points) & (points != DONT_KNOW)]
    if wrong.size:
        raise ValueError(f"answer {wrong[0]} is above the scale's {scale_points} points")


def composite_scores(scores: Sequence[Scores], *, needed: int | None = None) -> Scores:
    """Score every respondent on a composite: the mean of their index scores.

    The mean is taken exactly, in millionths of a point, and rounded half to even. Source: METHOD 2.3.

    Args:
        scores: the index scores of the same respondents, at least one.
        needed: how many of them a respondent must have; None means three quarters, rounded up.

    Raises:
        ValueError: no scores are given.
    """
    if not scores:
        raise ValueError("a composite needs at least one index")
    needed = indices_needed(len(scores)) if needed is None else needed
    keys, counts, totals = _states(scores[0])
    for other in scores[1:]:
        keys, counts, totals = _joined((keys, counts, totals), _states(other))
    means = np.rint(totals / np.maximum(counts, 1)) / MILLION
    return Scores.from_table(keys, np.where((counts >= needed) & (counts > 0), means, np.nan))


def within_difference(first: Scores, second: Scores) -> Scores:
    """Every respondent's first score minus their second; missing where either is (METHOD 2.10)."""
    table = np.subtract.outer(np.append(first.values, np.nan), np.append(second.values, np.nan))
    keys = _last_if_missing(first) * table.shape[1] + _last_if_missing(second)
    return Scores.from_table(keys, table.ravel())


@dataclass(frozen=True)
class ItemTally:
    """How a group answered one item.

    Attributes:
        points: how many chose each point 1..A, reverse-keyed items already turned round.
        dont_know: how many could not judge.
        skipped: how many gave no answer (or were not asked).
    """

    points: tuple[int, ...]
    dont_know: int
    skipped: int

    @classmethod
    def of(cls, counts: Counts, *, reverse: bool = False) -> ItemTally:
        """From a row of :func:`item_table`, shape (A + 2,); ``reverse`` turns the points round."""
        skipped, *points, dont_know = counts.tolist()
        return cls(tuple(reversed(points) if reverse else points), dont_know, skipped)

    @property
    def n(self) -> int:
        """Valid answers."""
        return sum(self.points)

    @property
    def favourable_count(self) -> int:
        """Answers above the midpoint of the scale: the top two of five points.

        METHOD 2.5 defines it for five points. On an imported scale it is every point on the agreeing
        side, floor(A / 2) of them, because a literal top two would mean another thing on every scale.
        """
        return sum(self.points[-(len(self.points) // 2) :])

    @property
    def unfavourable_count(self) -> int:
        """Answers below the midpoint: the bottom two of five points."""
        return sum(self.points[: len(self.points) // 2])

    @property
    def favourable(self) -> float | None:
        """Percent of the valid answers above the midpoint; None without valid answers."""
        return _percent(self.favourable_count, self.n)

    @property
    def neutral(self) -> float | None:
        """Percent of the valid answers on the midpoint (0 on an even scale); None without any."""
        return _percent(self.n - self.favourable_count - self.unfavourable_count, self.n)

    @property
    def unfavourable(self) -> float | None:
        """Percent of the valid answers below the midpoint; None without valid answers."""
        return _percent(self.unfavourable_count, self.n)

    @property
    def dk_share(self) -> float | None:
        """Percent of don't-knows among valid answers and don't-knows; skips do not count."""
        return _percent(self.dont_know, self.n + self.dont_know)

    @property
    def hard_to_see(self) -> bool:
        """Whether at least 30% could not judge; asked of customers (METHOD 2.5)."""
        return 0 < 3 * (self.n + self.dont_know) <= 10 * self.dont_know

    @property
    def unseen(self) -> bool:
        """Whether at least 50% could not judge: the item leaves the paired index on both sides."""
        return 0 < self.n + self.dont_know <= 2 * self.dont_know

    @property
    def mean(self) -> float | None:
        """The mean on 0-100; None without valid answers."""
        steps = sum(step * count for step, count in enumerate(self.points))
        return _percent(steps, self.n * (len(self.points) - 1))

    @property
    def scores(self) -> Tally:
        """The distribution of the item's 0-100 scores, for intervals and item gaps."""
        counts = np.array(self.points, dtype=np.int64)
        values = np.round(np.arange(len(counts)) / (len(counts) - 1) * 100, DECIMALS)
        return Tally(values[counts > 0], counts[counts > 0])


def item_counts(
    column: PointArray, *, scale_points: int, members: BoolArray | None = None, reverse: bool = False
) -> ItemTally:
    """Count the answers to one item in one group.

    Args:
        column: shape (respondents,), 1..scale_points, ``SKIPPED`` or ``DONT_KNOW``.
        members: shape (respondents,), True for the group; None means all.
        reverse: True where agreeing is unfavourable; the counts are then turned round.

    Raises:
        ValueError: a point lies above ``scale_points``.
    """
    answers = column if members is None else column[members]
    everybody = np.zeros(len(answers), dtype=np.intp)
    return item_counts_by_group(answers, everybody, 1, scale_points=scale_points, reverse=reverse)[0]


def item_counts_by_group(
    column: PointArray, groups: IntArray, count: int, *, scale_points: int, reverse: bool = False
) -> list[ItemTally]:
    """Count the answers to one item in each of ``count`` groups, empty ones included.

    Args:
        groups: shape (respondents,), 0..count-1, or -1 for a respondent who belongs to none.

    The other arguments and errors are those of :func:`item_counts`.
    """
    table = item_table(column[:, np.newaxis], groups, count, scale_points=scale_points)
    return [ItemTally.of(row, reverse=reverse) for row in table[0]]


def item_table(points: PointArray, groups: IntArray, count: int, *, scale_points: int) -> Counts:
    """Count the answers to many items in many groups at once.

    For groups that are unions of others: add the rows and hand each sum to :meth:`ItemTally.of`.

    Args:
        points: shape (respondents, items), 1..scale_points, ``SKIPPED`` or ``DONT_KNOW``.
        groups: shape (respondents,), 0..count-1, or -1 for a respondent who belongs to none.

    Returns:
        shape (items, count, scale_points + 2): skipped, the points 1..A, don't-know.

    Raises:
        ValueError: a point lies above ``scale_points``.
    """
    width = DONT_KNOW + 1
    offsets = (groups.astype(np.intp) + 1) * width
    table = np.zeros((points.shape[1], (count + 1) * width), dtype=np.int64)
    for rows, columns in column_blocks(points, max(BLOCK, table.shape[1])):
        check_points(columns, scale_points)
        for item, column in enumerate(columns):
            table[item] += np.bincount(offsets[rows] + column, minlength=table.shape[1])
    shown = [*range(scale_points + 1), DONT_KNOW]
    return table.reshape(-1, count + 1, width)[:, 1:, shown]


def _answer_keys(
    columns: PointArray, scale_points: int, flags: Sequence[bool], width: int
) -> NDArray[np.intp]:
    """One number per respondent that says how many items were answered and what their steps add up to."""
    answered = np.zeros(columns.shape[1], dtype=np.int16)
    total = np.zeros(columns.shape[1], dtype=np.int16)
    for column, flipped in zip(columns, flags, strict=True):
        # Unsigned bytes wrap round: skipped and don't-know land far above the scale either way.
        steps = np.uint8(scale_points) - column if flipped else column - np.uint8(1)
        valid = steps < scale_points
        answered += valid
        total += steps * valid
    return answered.astype(np.intp) * width + total


def _index_table(items: int, scale_points: int, width: int) -> FloatArray:
    """The score of every key of :func:`_answer_keys`, NaN where too few items were answered."""
    answered, total = np.divmod(np.arange((items + 1) * width), width)
    enough = (answered >= answers_needed(items)) & (answered > 0)
    scores = total / (np.maximum(answered, 1) * (scale_points - 1)) * 100
    return np.where(enough, scores, np.nan)


States = tuple[NDArray[np.intp], Counts, Counts]
"""Respondents' keys; for each key how many scores it has, and their sum in millionths."""


def _states(scores: Scores) -> States:
    counts = np.append(np.ones(len(scores.values), dtype=np.int64), 0)
    totals = np.append(np.rint(scores.values * MILLION).astype(np.int64), 0)
    return _last_if_missing(scores), counts, totals


def _joined(first: States, second: States) -> States:
    """Both states in one, keeping only the sums that somebody has (else the table would explode)."""
    keys = first[0] * len(second[1]) + second[0]
    held = np.flatnonzero(np.bincount(keys, minlength=len(first[1]) * len(second[1])))
    left, right = np.divmod(held, len(second[1]))
    counts, totals = first[1][left] + second[1][right], first[2][left] + second[2][right]
    sums, places = np.unique(np.stack([counts, totals]), axis=1, return_inverse=True)
    renamed = np.zeros(len(first[1]) * len(second[1]), dtype=np.intp)
    renamed[held] = places
    return renamed[keys], sums[0], sums[1]


def _last_if_missing(scores: Scores) -> NDArray[np.intp]:
    codes: NDArray[np.intp] = scores.codes.astype(np.intp)
    codes[codes < 0] = len(scores.values)
    return codes


def _percent(part: float, whole: int) -> float | None:
    return 100 * part / whole if whole else None
