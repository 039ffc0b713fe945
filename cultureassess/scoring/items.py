"""How a group answered one item: the counts, and what is told of them. Source: METHOD 2.1 and 2.5."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cultureassess.scoring.answers import DONT_KNOW, BoolArray, IntArray, PointArray
from cultureassess.scoring.patterns import patterns
from cultureassess.scoring.scores import DECIMALS, Counts, Tally


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
        """From counts of skips, the points 1..A and don't-knows; ``reverse`` turns the points round."""
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
    everybody = np.zeros(len(answers), dtype=np.int8)
    return item_counts_by_group(answers, everybody, 1, scale_points=scale_points, reverse=reverse)[0]


def item_counts_by_group(
    column: PointArray, groups: IntArray, count: int, *, scale_points: int, reverse: bool = False
) -> list[ItemTally]:
    """Count the answers to one item in each of ``count`` groups, empty ones included.

    Args:
        groups: shape (respondents,), 0..count-1, or -1 for a respondent who belongs to none.

    The other arguments and errors are those of :func:`item_counts`.
    """
    found = patterns(column[:, np.newaxis], scale_points=scale_points)
    return pattern_tallies(
        found.rows[:, 0], found.counts(groups, count), scale_points=scale_points, reverse=reverse
    )


def pattern_tallies(
    column: PointArray, counts: Counts, *, scale_points: int, reverse: bool = False
) -> list[ItemTally]:
    """Count the answers to one item from the patterns that it is part of.

    Args:
        column: shape (patterns,), the answer to the item in each pattern.
        counts: shape (groups, patterns), the respondents who have it.

    Returns:
        one tally per group.
    """
    shown = np.array([*range(scale_points + 1), DONT_KNOW])
    table = counts @ (column[:, np.newaxis] == shown).astype(np.int64)
    return [ItemTally.of(row, reverse=reverse) for row in table]


def _percent(part: float, whole: int) -> float | None:
    return 100 * part / whole if whole else None
