"""How small a gap can a wave find, and how many people would it take? Source: METHOD 3.4.

The planning figures rest on Welch's t test, two-sided, with a standard deviation of 20 points on
both sides (the median of 16 public data sets, METHOD 2.6) and a power of 80%.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from cultureassess.scoring.describe import TYPICAL_SD

ALONE = 0.05
"""Two-sided error of one index judged alone."""

POWER = 0.80

MOST = 1 << 20
"""People beyond whom no answer is looked for."""


class Detectable(NamedTuple):
    """Smallest gaps, in points, that a wave finds four times out of five."""

    alone: float
    together: float


@lru_cache(maxsize=4096)
def detectable_gap(
    n_a: int, n_b: int, *, alpha: float = ALONE, sd: float = TYPICAL_SD, power: float = POWER
) -> float | None:
    """Smallest true gap, in points, that Welch's test finds with the given power.

    Solved from the noncentral t distribution with Welch's df. The chance that the test errs to the
    other side, below one in a million at this power, is left out.

    Args:
        n_a, n_b: answers on the two sides.
        alpha: two-sided error.
        sd: standard deviation of both sides, in points.

    Returns:
        None for fewer than two answers on a side.
    """
    from scipy.special import nctdtrinc, stdtrit

    if min(n_a, n_b) < 2:
        return None
    a, b = sd**2 / n_a, sd**2 / n_b
    df = (a + b) ** 2 / (a**2 / (n_a - 1) + b**2 / (n_b - 1))
    critical = stdtrit(df, 1 - alpha / 2)
    return float(nctdtrinc(df, 1 - power, critical)) * math.sqrt(a + b)


def detectable(n_a: int, n_b: int, *, family: int, sd: float = TYPICAL_SD) -> Detectable | None:
    """Both ends of what a wave finds: one index alone, and all ``family`` indices judged together.

    Together means Bonferroni's ``alpha / family``, the first step of Holm.

    Returns:
        None for fewer than two answers on a side.

    Raises:
        ValueError: ``family`` is below 1.
    """
    if family < 1:
        raise ValueError("At least one index must be tested.")
    alone = detectable_gap(n_a, n_b, sd=sd)
    together = detectable_gap(n_a, n_b, alpha=ALONE / family, sd=sd)
    return None if alone is None or together is None else Detectable(alone, together)


@lru_cache(maxsize=1024)
def people_needed(
    gap: float, others: int, *, alpha: float = ALONE, sd: float = TYPICAL_SD, power: float = POWER
) -> int | None:
    """Fewest answers on one side that make a gap of ``gap`` points detectable.

    Args:
        gap: the true gap to be found, in points.
        others: answers on the other side, at least 10 (no gap is shown below, METHOD 2.0).

    Returns:
        a number of 2 or more; None where the other side is too small for any number to do.

    Raises:
        ValueError: ``gap`` is not above 0, or ``others`` is below 10.
    """
    if not gap > 0:
        raise ValueError("The gap to be found must be above 0 points.")
    if others < 10:
        raise ValueError("A gap is judged from 10 answers on each side.")

    def found(n: int) -> bool:
        smallest = detectable_gap(n, others, alpha=alpha, sd=sd, power=power)
        return smallest is not None and smallest <= gap

    enough = 2
    while not found(enough):
        if enough >= MOST:
            return None
        enough *= 2
    too_few = enough // 2
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        too_few, enough = (too_few, middle) if found(middle) else (middle, enough)
    return enough
