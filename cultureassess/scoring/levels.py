"""Maturity levels: conventions on the 0-100 scale, stated, configurable and versioned.

The level shown big is the customers'. Changing the cuts needs a new version; a finished wave keeps
the version it was reported with. Source: METHOD 2.6-2.7.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import pairwise

from cultureassess.scoring.describe import Estimate

MIN_N = 10
"""Below this there is no level (METHOD 2.7)."""

BIG_HALF_WIDTH = 7.5
"""A level is shown as one big number only if the mean is known this well, about n = 30."""


@dataclass(frozen=True)
class Cut:
    """A level and where it starts (lower bound inclusive, compared unrounded)."""

    number: int
    start: float
    name: str
    reads_as: str


@dataclass(frozen=True)
class Levels:
    """A table of levels, from the lowest up.

    Raises:
        ValueError: the levels are not numbered 1, 2, ..., do not start at 0, do not rise, or pass 100.
    """

    version: str
    cuts: tuple[Cut, ...]

    def __post_init__(self) -> None:
        if [cut.number for cut in self.cuts] != list(range(1, len(self.cuts) + 1)):
            raise ValueError("levels are numbered 1, 2, 3 and so on")
        rising = all(low < high <= 100 for low, high in pairwise(self.starts))
        if self.starts[:1] != (0,) or not rising:
            raise ValueError("the first level starts at 0, and each later one higher, up to 100")

    @property
    def starts(self) -> tuple[float, ...]:
        return tuple(cut.start for cut in self.cuts)

    def cut(self, number: int) -> Cut:
        """The level with this number, 1..highest."""
        return self.cuts[number - 1]

    def level_of(self, mean: float) -> int:
        """The level that a score has reached.

        Raises:
            ValueError: the mean is NaN.
        """
        if math.isnan(mean):
            raise ValueError("a missing score has no level")
        return max(sum(mean >= start for start in self.starts), 1)

    def levels_touched(self, low: float, high: float) -> tuple[int, ...]:
        """Every level that the interval touches; it may reach beyond 0-100."""
        return tuple(range(self.level_of(low), self.level_of(high) + 1))


LEVELS = Levels(
    "1",
    (
        Cut(1, 0, "Inward", "most disagree"),
        Cut(2, 35, "Aware", "more disagree than agree"),
        Cut(3, 50, "Practising", "past the midpoint, four to six in ten agree"),
        Cut(4, 65, "Embedded", "a clear majority agrees"),
        Cut(5, 80, "Lived", "more than four in five agree"),
    ),
)
"""The default table (METHOD 2.6)."""


@dataclass(frozen=True)
class Placement:
    """The level of one score.

    Attributes:
        number: the level reached.
        touched: every level that the 95% interval touches, ``number`` among them.
        big: whether the number may be shown large; otherwise it is put in words ("between ...").
        printed: the score as it may be printed.
        capped_by: the index that holds an overall level down; None if none does.
    """

    number: int
    touched: tuple[int, ...]
    big: bool
    printed: str
    capped_by: str | None = None


def placement(estimate: Estimate, levels: Levels = LEVELS) -> Placement | None:
    """The level of a group's score; None below 10 scores (METHOD 2.7)."""
    if estimate.n < MIN_N or estimate.mean is None:
        return None
    number = levels.level_of(estimate.mean)
    bounds = estimate.interval
    touched = levels.levels_touched(bounds.low, bounds.high) if bounds else (number,)
    big = bounds is not None and bounds.half_width <= BIG_HALF_WIDTH
    return Placement(number, touched, big, printed_score(estimate.mean, levels.starts))


def overall_placement(
    headline: Estimate, indices: Mapping[str, float], levels: Levels = LEVELS
) -> Placement | None:
    """The overall level: that of the headline composite, at most the lowest index level + 1.

    The cap holds for the touched levels too: a level that the cap forbids cannot be reached.
    Source: METHOD 2.7.

    Args:
        headline: the headline composite's score (CC4).
        indices: code -> mean of each of its indices that is shown; none means no cap. Of several
            indices at the lowest level the one with the lowest mean is named, then the first.
    """
    place = placement(headline, levels)
    if place is None or not indices:
        return place
    weakest = min(indices, key=lambda code: indices[code])
    cap = levels.level_of(indices[weakest]) + 1
    return Placement(
        min(place.number, cap),
        tuple(sorted({min(number, cap) for number in place.touched})),
        place.big,
        place.printed,
        weakest if place.number > cap else None,
    )


def printed_score(mean: float, cuts: Sequence[float] = LEVELS.starts) -> str:
    """A score as it is printed: whole, but never as if it had reached a cut that it has not.

    49.4 prints as "49", 50.2 as "50", and 49.58 as "49.5": one decimal, cut off. Halves round up.
    Source: METHOD 2.7.
    """
    exact = Decimal(str(mean))  # as the number reads: 64.6, not the binary 64.5999...
    whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if any(exact < Decimal(str(cut)) <= whole for cut in cuts):
        return str(exact.quantize(Decimal("0.1"), ROUND_FLOOR))
    return str(whole)
