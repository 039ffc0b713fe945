"""A check of Welch's interval that assumes no shape: the stratified percentile bootstrap.

Source: METHOD 3.2; agrees with R's boot on c06.
"""

from __future__ import annotations

import numpy as np

from cultureassess.scoring.answers import FloatArray
from cultureassess.scoring.describe import Interval
from cultureassess.scoring.scores import Tally

REPEATS = 2000

FEW = 200
"""Answers on a side below which the check is computed."""

VERY_FEW = 15
"""Answers on a side below which the check is printed whatever it says."""

APART = 3.0
"""Difference of a bound from Welch's, in points, from which the check is printed."""


DRAWN_ONE_BY_ONE = 800
"""Answers up to which drawing people is faster than drawing the counts of their scores."""


def bootstrap_needed(n_a: int, n_b: int) -> bool:
    """Is the check computed at all? Where a side has fewer than 200 answers."""
    return min(n_a, n_b) < FEW


def bootstrap_printed(welch: Interval, boot: Interval, n_a: int, n_b: int) -> bool:
    """Is the check shown? Where a bound is more than 3 points off, or a side has fewer than 15 answers."""
    apart = max(abs(welch.low - boot.low), abs(welch.high - boot.high))
    return apart > APART or min(n_a, n_b) < VERY_FEW


def bootstrap_interval(a: Tally, b: Tally, *, seed: int, repeats: int = REPEATS) -> Interval | None:
    """Percentile interval of mean(a) - mean(b), each side drawn again from its own scores.

    The scores are used in ascending order, so that the interval depends on the answers and the seed
    alone, never on who answered first.

    Args:
        a, b: distributions of the two sides.
        seed: derived from the fingerprint of the input, not negative.
        repeats: number of drawn data sets.

    Returns:
        None for fewer than two answers on a side.
    """
    if min(a.n, b.n) < 2:
        return None
    random = np.random.default_rng(seed)
    differences = _drawn_means(a, random, repeats) - _drawn_means(b, random, repeats)
    low, high = np.quantile(differences, (0.025, 0.975))
    return Interval(float(low), float(high))


def _drawn_means(side: Tally, random: np.random.Generator, repeats: int) -> FloatArray:
    """Means of ``repeats`` samples with replacement: shape (repeats,).

    A large side is drawn as counts of its distinct values, which costs the same for a million.
    """
    if side.n <= DRAWN_ONE_BY_ONE:
        places = random.integers(side.n, size=(repeats, side.n), dtype=np.int64)
        means: FloatArray = side.repeated()[places].mean(axis=1)
    else:
        drawn = random.multinomial(side.n, side.counts / side.n, size=repeats)
        means = drawn @ side.values / side.n
    return means
