"""The gap between two groups: difference, Welch test, Hedges' g, Cliff's delta.

The sign of a gap, management minus customers, is fixed in :func:`gap` and nowhere else: positive means
that management sees it rosier. Source: METHOD 3.1-3.3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.describe import Interval, t_interval, t_probability, t_quantile
from cultureassess.scoring.scores import Tally


class Magnitude(StrEnum):
    """How large an effect is by convention; both measures use the same four words."""

    NEGLIGIBLE = "negligible"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


G_CUTS = (0.2, 0.5, 0.8)
"""Cohen's conventions."""

DELTA_CUTS = (0.147, 0.33, 0.474)
"""Romano 2006; Hess & Kromrey 2004."""


@dataclass(frozen=True)
class Welch:
    """A difference of two means, a minus b, with Welch's t test.

    ``difference``, ``se`` and ``interval`` are in points; ``p`` is two-sided and not adjusted.
    """

    difference: float
    se: float
    t: float
    df: float
    p: float
    interval: Interval


@dataclass(frozen=True)
class Dominance:
    """Cliff's delta: P(a > b) - P(a < b), -1 to 1. ``interval`` is None below two scores a side."""

    delta: float
    interval: Interval | None

    @property
    def superiority(self) -> float:
        """The share (0-1) of pairs in which a's score is the higher one, ties split."""
        return (1 + self.delta) / 2

    @property
    def label(self) -> Magnitude:
        return delta_label(self.delta)


@dataclass(frozen=True)
class Gap:
    """Management minus customers on one measure.

    Attributes:
        difference: points; None if a side has no score.
        test: None where no test exists: fewer than two scores a side, or no spread on either.
        hedges_g: None where there is no test, and at one degree of freedom, where it has no correction.
        dominance: None if a side has no score.
    """

    difference: float | None
    test: Welch | None
    hedges_g: float | None
    dominance: Dominance | None


@dataclass(frozen=True)
class Step:
    """The difference of two neighbours in the chain management, staff, customers: upper minus lower."""

    upper: str
    lower: str
    difference: float
    test: Welch | None


def gap(*, management: Tally, customers: Tally, test: Welch | None = None) -> Gap:
    """All views of one gap.

    Args:
        test: replaces the Welch test of the two tallies, where standard errors are cluster-robust or
            weighted (:func:`welch_from`); its difference is then the gap. The effect sizes always
            describe the respondents as they are.
    """
    test = test or welch(management, customers)
    difference = management.mean - customers.mean if management.n and customers.n else None
    return Gap(
        test.difference if test else difference,
        test,
        hedges_g(management, customers),
        cliffs_delta(management, customers),
    )


def steps(groups: Sequence[tuple[str, Tally]]) -> tuple[Step, ...]:
    """The chain of differences that adds up to the gap (METHOD 3.1).

    Args:
        groups: name and distribution, from management down to customers. A group without scores is
            left out, so that the steps still add up to the whole.
    """
    held = [group for group in groups if group[1].n]
    return tuple(
        Step(upper, lower, first.mean - second.mean, welch(first, second))
        for (upper, first), (lower, second) in pairwise(held)
    )


def welch(a: Tally, b: Tally) -> Welch | None:
    """Welch's two-sided t test of a minus b (METHOD 3.2).

    Returns:
        None if a side has fewer than two scores, or if neither side has any spread.
    """
    if a.n < 2 or b.n < 2:
        return None
    return welch_from(a.mean, a.se, a.n - 1, b.mean, b.se, b.n - 1)


def welch_from(
    mean_a: float, se_a: float, df_a: float, mean_b: float, se_b: float, df_b: float
) -> Welch | None:
    """Welch's test from means and their standard errors, wherever these come from.

    Degrees of freedom are Satterthwaite's. Cluster-robust errors bring accounts - 1, weighted means
    their own df.

    Args:
        se_a, se_b: standard errors of the means in points, 0 or more.
        df_a, df_b: their degrees of freedom, finite and above 0.

    Returns:
        None if both standard errors are 0.
    """
    variance_a, variance_b = se_a**2, se_b**2
    variance = variance_a + variance_b
    if variance == 0:
        return None
    share_a, share_b = variance_a / variance, variance_b / variance
    df = 1 / (share_a**2 / df_a + share_b**2 / df_b)
    difference, se = mean_a - mean_b, math.sqrt(variance)
    t = difference / se
    return Welch(difference, se, t, df, t_probability(t, df), t_interval(difference, se, df))


def hedges_g(a: Tally, b: Tally) -> float | None:
    """Hedges' g with the average variance of both groups and the exact correction (METHOD 3.3).

    g = (mean a - mean b) / sqrt((s_a^2 + s_b^2) / 2) * J(Welch df): the SD is not pooled, so that 400
    customers do not drown 20 managers. Equals R's ``effectsize::hedges_g(pooled_sd = FALSE)``.

    Returns:
        None where :func:`welch` is None, or at one degree of freedom, where J is not defined.
    """
    test = welch(a, b)
    if test is None or test.df <= 1:
        return None
    return test.difference / math.sqrt((a.variance + b.variance) / 2) * _small_sample_correction(test.df)


def g_label(g: float) -> Magnitude:
    """Cohen's word for ``g``, lower bounds inclusive, compared unrounded."""
    return _label(g, G_CUTS)


def delta_label(delta: float) -> Magnitude:
    """The conventional word for Cliff's delta, lower bounds inclusive, compared unrounded."""
    return _label(delta, DELTA_CUTS)


def cliffs_delta(a: Tally, b: Tally) -> Dominance | None:
    """Cliff's delta with his asymmetric interval (METHOD 3.3).

    The variance is the unbiased one, with t(n_a + n_b - 2), and at least (1 - delta^2) / (n_a n_b - 1)
    as Cliff demands (it can come out negative, and is 0 when all scores tie). Where the groups do
    not overlap (delta is 1 or -1) the formula is 0/0; the open bound is then (m - t^2) / (m + t^2)
    with m the smaller group: Wilson's bound for m of m, on the scale of delta.

    Returns:
        None if a side has no score; without interval if a side has one.
    """
    if not (a.n and b.n):
        return None
    below, above = _compared(a, b)
    pairs = a.n * b.n
    delta = int((a.counts * (below - above)).sum()) / pairs
    if min(a.n, b.n) < 2:
        return Dominance(delta, None)
    t = t_quantile(a.n + b.n - 2)
    if abs(delta) == 1:
        bound = (min(a.n, b.n) - t**2) / (min(a.n, b.n) + t**2)
        return Dominance(delta, Interval(bound, 1.0) if delta > 0 else Interval(-1.0, -bound))
    floor = (1 - delta**2) / (pairs - 1)
    variance = max(_unbiased_variance(a, b, delta), floor)
    return Dominance(delta, _asymmetric_interval(delta, variance, t))


def _small_sample_correction(df: float) -> float:
    """J(df) = Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)); the ratio of gammas is a Pochhammer symbol."""
    from scipy.special import poch

    return float(poch((df - 1) / 2, 0.5)) / math.sqrt(df / 2)


def _label(effect: float, cuts: tuple[float, ...]) -> Magnitude:
    return tuple(Magnitude)[sum(abs(effect) >= cut for cut in cuts)]


def _compared(a: Tally, b: Tally) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each value of a: how many scores of b lie below it, and how many above."""
    cumulated = np.append(0, np.cumsum(b.counts))
    below = cumulated[np.searchsorted(b.values, a.values, side="left")]
    above = b.n - cumulated[np.searchsorted(b.values, a.values, side="right")]
    return below, above


def _unbiased_variance(a: Tally, b: Tally, delta: float) -> float:
    """Cliff's unbiased variance of delta: rows, columns and cells of the dominance matrix."""
    below, above = _compared(a, b)
    wins, losses = int((a.counts * below).sum()), int((a.counts * above).sum())
    ties = a.n * b.n - wins - losses
    cells = wins * (1 - delta) ** 2 + ties * delta**2 + losses * (1 + delta) ** 2
    rows = math.fsum(a.counts * (below - above - b.n * delta) ** 2)
    below, above = _compared(b, a)
    columns = math.fsum(b.counts * (above - below - a.n * delta) ** 2)
    return (rows + columns - cells) / (a.n * b.n * (a.n - 1) * (b.n - 1))


def _asymmetric_interval(delta: float, variance: float, t: float) -> Interval:
    spread = t * math.sqrt(variance) * math.sqrt((1 - delta**2) ** 2 + t**2 * variance)
    middle, scale = delta - delta**3, 1 - delta**2 + t**2 * variance
    return Interval((middle - spread) / scale, (middle + spread) / scale)
