"""Do the members of a group answer alike (rwg), and do groups differ (ICC)?

Variances have divisor n - 1 throughout. Source: METHOD 3.7; values checked against R multilevel (c09)
and psych (c10).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cultureassess.scoring.answers import FloatArray, IntArray, PointArray
from cultureassess.scoring.covariance import covariance, pairwise_covariance
from cultureassess.scoring.scores import Counts, Scores

SLIGHT_SKEW = (0.05, 0.15, 0.20, 0.35, 0.25)
"""Shares of points 1-5 that a mildly friendly crowd gives without any agreement; variance 1.34."""

CAMPS_N = 10
"""Answers from which disagreement in the management is reported (METHOD 3.7)."""


class Agreement(StrEnum):
    """Bands of rwg and rwg(j) (LeBreton & Senter 2008); the upper bound belongs to the band."""

    LACK = "lack"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"
    VERY_STRONG = "very strong"


class GroupEffect(StrEnum):
    """Size of ICC(1): how much the group a person belongs to tells about the answer."""

    NEGLIGIBLE = "negligible"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True)
class WithinGroup:
    """Agreement of one group on one index.

    Attributes:
        n: complete cases, those that ``rwg_j`` rests on.
        rwg: per item 0-1, from all who answered it; None for fewer than two answers.
        rwg_j: 0-1, for the index, against a uniform null.
        rwg_j_skewed: the same against ``SLIGHT_SKEW``, as a sensitivity check; None unless five points.
    """

    n: int
    rwg: tuple[float | None, ...]
    rwg_j: float
    rwg_j_skewed: float | None

    @property
    def band(self) -> Agreement:
        return agreement_band(self.rwg_j)

    @property
    def camps(self) -> bool:
        """The members disagree so much that their average hides camps."""
        return self.n >= CAMPS_N and self.rwg_j < 0.50


@dataclass(frozen=True)
class BetweenGroups:
    """One-way analysis of variance over groups.

    Attributes:
        n, groups: answers and groups with at least one answer.
        between, within: mean squares.
        icc1: (MSB - MSW) / (MSB + (k - 1) MSW), k the mean group size; may be negative.
        icc2: (MSB - MSW) / MSB, reliability of the group means; None where MSB is 0.
        icc1_unequal: ICC(1) with the size n0 that corrects for unequal groups.
    """

    n: int
    groups: int
    between: float
    within: float
    icc1: float
    icc2: float | None
    icc1_unequal: float

    @property
    def effect(self) -> GroupEffect:
        return group_effect(self.icc1)

    @property
    def may_rank(self) -> bool:
        """Group means are reliable enough to be put in an order (ICC(2) of .70)."""
        return self.icc2 is not None and self.icc2 >= 0.70


@dataclass(frozen=True)
class ShroutFleiss:
    """The six intraclass correlations of Shrout & Fleiss (1979), for single and averaged judges."""

    icc1: float
    icc2: float
    icc3: float
    icc1k: float
    icc2k: float
    icc3k: float


def uniform_null(scale_points: int) -> float:
    """Variance of answers spread evenly over 1..``scale_points``: 2 for five points, 4 for seven."""
    return (scale_points**2 - 1) / 12


def null_variance(shares: tuple[float, ...]) -> float:
    """Variance of points 1..k given with these shares, which sum to 1."""
    points = np.arange(1, len(shares) + 1)
    mean = np.dot(points, shares)
    return float(np.dot((points - mean) ** 2, shares))


def rwg(variance: float, null: float) -> float:
    """Agreement on one item, 1 - variance / null, 0 where the answers vary more than the null."""
    return max(0.0, 1 - variance / null)


def rwg_j(mean_variance: float, items: int, null: float) -> float:
    """Agreement on an index of ``items`` items, from the mean of the items' variances; 0-1."""
    single = rwg(mean_variance, null)
    return items * single / (items * single + 1 - single)


def within_group(
    points: PointArray, counts: Counts | None = None, *, scale_points: int
) -> WithinGroup | None:
    """Agreement of one group on one index. Source: METHOD 3.7.

    Args:
        points: shape (members, items), 1..scale_points, 0 skipped, 20 "don't know".
        counts: shape (members,), how many answered like this one; None: each for himself.
        scale_points: number of labelled points, which sets the null.

    Returns:
        None for fewer than two complete cases.
    """
    complete = covariance(points, counts)
    if complete.n < 2:
        return None
    null = uniform_null(scale_points)
    variances = pairwise_covariance(points, counts).variances
    mean = float(complete.variances.mean())
    skewed = null_variance(SLIGHT_SKEW) if scale_points == len(SLIGHT_SKEW) else None
    return WithinGroup(
        n=complete.n,
        rwg=tuple(rwg(float(variance), null) for variance in variances),
        rwg_j=rwg_j(mean, complete.k, null),
        rwg_j_skewed=None if skewed is None else rwg_j(mean, complete.k, skewed),
    )


def agreement_band(value: float) -> Agreement:
    """Name an rwg or rwg(j) between 0 and 1."""
    bounds = {0.30: Agreement.LACK, 0.50: Agreement.WEAK, 0.70: Agreement.MODERATE, 0.90: Agreement.STRONG}
    return next((band for bound, band in bounds.items() if value <= bound), Agreement.VERY_STRONG)


def group_effect(icc1: float) -> GroupEffect:
    """Name an ICC(1): .01 small, .10 medium, .25 large; lower bounds inclusive."""
    bounds = {0.25: GroupEffect.LARGE, 0.10: GroupEffect.MEDIUM, 0.01: GroupEffect.SMALL}
    return next((effect for bound, effect in bounds.items() if icc1 >= bound), GroupEffect.NEGLIGIBLE)


def between_groups(scores: Scores, groups: IntArray) -> BetweenGroups | None:
    """ICC(1) and ICC(2) of a score over functions or accounts. Source: METHOD 3.7.

    Args:
        scores: the respondents' scores in any unit; missing ones are left out.
        groups: shape (respondents,), group numbers from 0; negative is left out.

    Returns:
        None for fewer than two groups, no group with two answers, or scores that are all equal.
    """
    used = scores.present & (groups >= 0)
    values, groups = scores.values[scores.codes[used]], groups[used]
    counts = np.bincount(groups)
    sizes = counts[counts > 0]
    n, number = len(values), len(sizes)
    if number < 2 or n == number or values.min() == values.max():
        return None
    centred = values - values.mean()
    means = np.bincount(groups, centred) / np.maximum(counts, 1)
    between = float(np.sum(counts * means**2)) / (number - 1)
    within = float(np.sum((centred - means[groups]) ** 2)) / (n - number)
    unequal = (n - float(np.sum(sizes**2)) / n) / (number - 1)
    return BetweenGroups(
        n=n,
        groups=number,
        between=between,
        within=within,
        icc1=_icc1(between, within, n / number),
        icc2=(between - within) / between if between > 0 else None,
        icc1_unequal=_icc1(between, within, unequal),
    )


def shrout_fleiss(ratings: FloatArray) -> ShroutFleiss | None:
    """The six forms of the intraclass correlation.

    Args:
        ratings: shape (targets, judges), every target rated by every judge.

    Returns:
        None for fewer than two targets or judges, or where a mean square that a form divides by is 0.

    Raises:
        ValueError: a rating is missing.
    """
    targets, judges = ratings.shape
    if np.isnan(ratings).any():
        raise ValueError("Every target must be rated by every judge.")
    if targets < 2 or judges < 2:
        return None
    centred = ratings - ratings.mean()
    rows = judges * float(np.sum(centred.mean(axis=1) ** 2))
    columns = targets * float(np.sum(centred.mean(axis=0) ** 2))
    residual = max(float(np.sum(centred**2)) - rows - columns, 0.0)
    target = rows / (targets - 1)
    judge = columns / (judges - 1)
    error = residual / ((targets - 1) * (judges - 1))
    within = (columns + residual) / (targets * (judges - 1))
    if target <= 0:
        return None
    bias = judge - error
    return ShroutFleiss(
        icc1=_icc1(target, within, judges),
        icc2=(target - error) / (target + (judges - 1) * error + judges * bias / targets),
        icc3=_icc1(target, error, judges),
        icc1k=(target - within) / target,
        icc2k=(target - error) / (target + bias / targets),
        icc3k=(target - error) / target,
    )


def _icc1(between: float, within: float, size: float) -> float:
    return (between - within) / (between + (size - 1) * within)
