"""Promoters minus detractors on a 0-10 recommendation question. Source: METHOD 2.9.

The score is a signed number of points, -100 to 100, not a percentage, and has no good or bad bands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cultureassess.scoring.answers import BoolArray, IntArray
from cultureassess.scoring.describe import Interval, Z

HIGHEST = 10
FIRST_PASSIVE = 7
FIRST_PROMOTER = 9


@dataclass(frozen=True)
class Recommendation:
    """How many are promoters (9-10), passives (7-8) and detractors (0-6)."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> float | None:
        """100 (P - D) / n; None if nobody answered."""
        return 100 * (self.promoters - self.detractors) / self.n if self.n else None

    @property
    def se(self) -> float | None:
        """The plain standard error in points; 0 if all are alike, so never print it; None without n."""
        if not self.n:
            return None
        return _standard_error(self.promoters / self.n, self.detractors / self.n, self.n)

    @property
    def interval(self) -> Interval | None:
        """The adjusted Wald 95% interval, not clipped; None if nobody answered.

        Three answers are added, three quarters of one to promoters and to detractors (Rocks 2016), so
        that ten promoters of ten do not give an interval of no width.
        """
        if not self.n:
            return None
        n = self.n + 3
        promoters, detractors = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        score, margin = 100 * (promoters - detractors), Z * _standard_error(promoters, detractors, n)
        return Interval(score - margin, score + margin)

    @property
    def printed_interval(self) -> Interval | None:
        """:attr:`interval` clipped to -100 and 100, as it is printed."""
        bounds = self.interval
        return bounds and Interval(max(bounds.low, -100.0), min(bounds.high, 100.0))


def from_counts(counts: Sequence[int]) -> Recommendation:
    """From how many chose each number, shape (11,) for 0..10.

    Raises:
        ValueError: not eleven counts.
    """
    if len(counts) != HIGHEST + 1:
        raise ValueError(f"{len(counts)} counts for the numbers 0 to {HIGHEST}")
    return Recommendation(
        promoters=int(sum(counts[FIRST_PROMOTER:])),
        passives=int(sum(counts[FIRST_PASSIVE:FIRST_PROMOTER])),
        detractors=int(sum(counts[:FIRST_PASSIVE])),
    )


def from_answers(answers: IntArray, members: BoolArray | None = None) -> Recommendation:
    """From the answers of a group.

    Args:
        answers: shape (respondents,), 0-10, or negative where missing.
        members: shape (respondents,), True for the group; None means all.

    Raises:
        ValueError: an answer is above 10.
    """
    given = answers[answers >= 0] if members is None else answers[members & (answers >= 0)]
    return from_counts(np.bincount(given, minlength=HIGHEST + 1).tolist())


def _standard_error(promoters: float, detractors: float, n: float) -> float:
    """In points, from shares 0-1: the answers are +1, 0 and -1."""
    variance = promoters + detractors - (promoters - detractors) ** 2
    return 100 * math.sqrt(max(variance, 0.0) / n)
