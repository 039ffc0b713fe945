"""One group's mean with its uncertainty. Source: METHOD 1.9, 2.4, 3.4."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

from cultureassess.scoring.scores import Tally

CONFIDENCE = 0.95
TYPICAL_SD = 20.0
"""The median SD of real 0-100 culture scores (METHOD 2.6)."""

Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
"""The normal quantile of a two-sided 95% interval, 1.96."""


class Interval(NamedTuple):
    """A 95% interval in the unit of what it belongs to."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Estimate:
    """A group's mean.

    Attributes:
        n: respondents with a score.
        mean: None if nobody has a score.
        sd: sample standard deviation (divisor n - 1); None below two scores.
        interval: None where it is not defined (below two scores, or an unknown standard error).
    """

    n: int
    mean: float | None
    sd: float | None
    interval: Interval | None


@lru_cache(maxsize=4096)
def t_quantile(df: float) -> float:
    """The t quantile of a two-sided 95% interval; ``df`` finite and above 0, not necessarily whole."""
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + CONFIDENCE) / 2))


def t_probability(t: float, df: float) -> float:
    """The two-sided p value of ``t``."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def t_interval(mean: float, se: float, df: float) -> Interval:
    """mean ± t(df) * se."""
    margin = t_quantile(df) * se
    return Interval(mean - margin, mean + margin)


def estimate(tally: Tally) -> Estimate:
    """A group's mean with its t interval (n - 1 degrees of freedom), not clipped to 0-100.

    Nobody: only ``n`` is set. One score: no sd, no interval. All scores alike: sd 0 and an interval
    of no width; whether that may be shown is for the disclosure rules to say. Source: METHOD 2.4, 3.2.
    """
    if tally.n < 2:
        return Estimate(tally.n, tally.mean if tally.n else None, None, None)
    return Estimate(tally.n, tally.mean, tally.sd, t_interval(tally.mean, tally.se, tally.n - 1))


def nominal_half_width(n: int, sd: float = TYPICAL_SD) -> float | None:
    """The half-width of a mean's interval if the SD were ``sd``: what tiny groups print (METHOD 1.9).

    Returns:
        points; None below two respondents.
    """
    return t_quantile(n - 1) * sd / math.sqrt(n) if n >= 2 else None
