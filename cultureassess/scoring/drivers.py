"""Which indices go with the outcome: correlation, Shapley (LMG) shares of R^2, Johnson's weights.

Everything follows from one covariance of complete cases, so that a million respondents cost one
pass. A driver is a companion of the outcome, never called its cause. Source: METHOD 6.1; values
checked against R relaimpo and pingouin (c15).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from cultureassess.scoring.answers import FloatArray
from cultureassess.scoring.covariance import VANISHING, Covariance, complete_scores, covariance_of_scores
from cultureassess.scoring.scores import Scores

FIRM_N = 200
"""Complete cases below which the ranking is "indicative" and carries bootstrap intervals."""

REPEATS = 500
"""Drawn data sets behind a percentile interval: enough for "indicative", in about 15 ms."""

EMPHASISED_WEIGHT = 0.15
OTHER_WEIGHT = 0.10


class Standing(StrEnum):
    """How far derived importance may be trusted."""

    FIRM = "firm"
    INDICATIVE = "indicative"
    REFUSED = "refused"
    """Too few complete cases, or nothing varies: use :func:`framework_weights`."""


@dataclass(frozen=True)
class Driver:
    """One index.

    Attributes:
        r: correlation with the outcome; None where the index does not vary.
        lmg: its Shapley share of R^2, 0-1.
        johnson: its relative weight, 0-1; both sum to R^2.
        low, high: 95% percentile bootstrap interval of ``lmg``; None unless indicative.
        rank: 1 for the largest ``lmg``; None where ``r`` is negative or missing: shown, not ranked.
        weight: importance for the priorities, sums to 1 over the ranked; 0 where not ranked.
    """

    r: float | None
    lmg: float
    johnson: float
    low: float | None
    high: float | None
    rank: int | None
    weight: float


@dataclass(frozen=True)
class Drivers:
    """Derived importance of the indices for one outcome; ``drivers`` is empty where refused.

    ``n`` is the number of complete cases, ``needed`` the least that allows a ranking.
    """

    standing: Standing
    n: int
    needed: int
    r2: float | None = None
    drivers: tuple[Driver, ...] = ()


def cases_needed(predictors: int) -> int:
    """Complete cases needed before anything is ranked: max(100, 10 x predictors)."""
    return max(100, 10 * predictors)


def key_drivers(outcome: Scores, predictors: Sequence[Scores], *, seed: int) -> Drivers:
    """Derive the importance of the indices for an outcome. Source: METHOD 6.1.

    Args:
        outcome: OV1 or the recommendation of every respondent.
        predictors: index scores of the same respondents, at most 12 (2^p regressions are solved).
        seed: of the bootstrap, derived from the fingerprint of the input, not negative.

    Returns:
        refused without predictors, below ``cases_needed``, where the outcome does not vary, or where
        no index may be ranked.
    """
    columns = (outcome, *predictors)
    needed = cases_needed(len(predictors))
    data = covariance_of_scores(columns)
    if not predictors or data.n < needed or not data.variances[0] > 0:
        return Drivers(Standing.REFUSED, data.n, needed)
    shares = lmg(data.matrix)
    correlations = data.correlation[0, 1:]
    rankable = correlations >= 0
    if not shares[rankable].sum() > VANISHING:
        return Drivers(Standing.REFUSED, data.n, needed)
    firm = data.n >= FIRM_N
    bounds = np.full((2, len(predictors)), np.nan) if firm else _interval(complete_scores(columns), seed)
    return Drivers(
        Standing.FIRM if firm else Standing.INDICATIVE,
        data.n,
        needed,
        float(shares.sum()),
        _table(correlations, shares, johnson_weights(data), bounds),
    )


def lmg(matrix: FloatArray) -> FloatArray:
    """Shapley value of R^2 of each predictor: its gain, averaged over all orders of entry.

    Args:
        matrix: covariance, shape (..., 1 + p, 1 + p), the outcome first.

    Returns:
        shape (..., p), 0-1, summing to R^2; 0 for a predictor that does not vary.
    """
    predictors = matrix.shape[-1] - 1
    shares: FloatArray = _subset_r2(matrix) @ _shapley(predictors).T
    return np.maximum(shares, 0.0)


def johnson_weights(data: Covariance) -> FloatArray:
    """Johnson's relative weights, from the symmetric square root of the predictors' correlations.

    Args:
        data: covariance with the outcome first.

    Returns:
        shape (p,), 0-1, summing to R^2; 0 for a predictor that does not vary. Directions in which
        the predictors are copies of one another are left out, so that the sum holds.
    """
    correlation = np.nan_to_num(data.correlation)
    values, vectors = np.linalg.eigh(correlation[1:, 1:])
    root = np.sqrt(np.maximum(values, 0.0))
    inverse = np.divide(1.0, root, out=np.zeros_like(root), where=values > VANISHING)
    bridge = (vectors * root) @ vectors.T
    slopes = (vectors * inverse) @ vectors.T @ correlation[0, 1:]
    weights: FloatArray = bridge**2 @ slopes**2
    return weights


def framework_weights(emphasised: Sequence[bool]) -> tuple[float, ...]:
    """Weights where importance cannot be derived: .15 for an emphasised index, .10 for another."""
    return tuple(EMPHASISED_WEIGHT if is_emphasised else OTHER_WEIGHT for is_emphasised in emphasised)


def _table(
    correlations: FloatArray, shares: FloatArray, johnson: FloatArray, bounds: FloatArray
) -> tuple[Driver, ...]:
    rankable = correlations >= 0
    order = sorted(np.flatnonzero(rankable), key=lambda place: -shares[place])
    ranks = {int(place): rank for rank, place in enumerate(order, start=1)}
    total = shares[rankable].sum()
    return tuple(
        Driver(
            r=_number(correlations[place]),
            lmg=float(shares[place]),
            johnson=float(johnson[place]),
            low=_number(bounds[0, place]),
            high=_number(bounds[1, place]),
            rank=ranks.get(place),
            weight=float(shares[place] / total) if place in ranks else 0.0,
        )
        for place in range(len(shares))
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _interval(rows: FloatArray, seed: int) -> FloatArray:
    """95% percentile bootstrap bounds of every LMG share: shape (2, p).

    Rows are sorted first, so that the bounds depend on the answers, not on their order.
    """
    rows = rows[np.lexsort(rows.T[::-1])]
    n, k = rows.shape
    centred = rows - np.median(rows, axis=0)
    pairs = (centred[:, :, np.newaxis] * centred[:, np.newaxis, :]).reshape(n, k * k)
    places = np.random.default_rng(seed).integers(n, size=(REPEATS, n), dtype=np.int64)
    places += n * np.arange(REPEATS)[:, np.newaxis]
    drawn = np.bincount(places.ravel(), minlength=REPEATS * n).reshape(REPEATS, n) / n
    means = drawn @ centred
    moments = (drawn @ pairs).reshape(REPEATS, k, k)
    bounds: FloatArray = np.quantile(
        lmg(moments - means[:, :, np.newaxis] * means[:, np.newaxis, :]), (0.025, 0.975), axis=0
    )
    return bounds


def _subset_r2(matrix: FloatArray) -> FloatArray:
    """R^2 of the outcome on every subset of the predictors: shape (..., 2^p).

    The lowest bit of a place tells whether the last predictor is in, and so on upwards. The
    predictors are taken one after the other, from the last: each step keeps what is left of the
    covariance without the predictor and with it swept out, so that all 2^p regressions cost p
    array operations.
    """
    spread = np.moveaxis(matrix.diagonal(axis1=-2, axis2=-1), -1, 0)
    left = np.ascontiguousarray(np.moveaxis(matrix, (-2, -1), (0, 1)))[:, :, np.newaxis]
    for predictor in reversed(range(1, len(spread))):
        swept = _swept(left, negligible=VANISHING * spread[predictor])
        left = np.concatenate([left[:-1, :-1], swept], axis=2)
    total, gone = spread[0], left[0, 0]
    unexplained = np.divide(gone, total, out=np.ones_like(gone), where=total > 0)
    explained: FloatArray = 1 - np.moveaxis(unexplained, 0, -1)
    return explained


def _swept(left: FloatArray, *, negligible: FloatArray) -> FloatArray:
    """Take the last variable out of the others; one without variance of its own takes out nothing."""
    own, shared = left[-1, -1], left[-1, :-1]
    slopes = np.divide(shared, own, out=np.zeros_like(shared), where=own > negligible)
    swept: FloatArray = left[:-1, :-1] - slopes[:, np.newaxis] * shared
    return swept


@lru_cache(maxsize=16)
def _shapley(predictors: int) -> FloatArray:
    """Weight of every subset's R^2 in every predictor's share: shape (p, 2^p), subsets as above."""
    subsets = np.arange(2**predictors)
    inside = (subsets >> np.arange(predictors)[::-1, np.newaxis]) & 1 == 1
    sizes = inside.sum(axis=0)
    orders = [math.factorial(s) * math.factorial(predictors - 1 - s) for s in range(predictors)]
    before = np.array(orders) / math.factorial(predictors)
    gained, lost = before[np.maximum(sizes - 1, 0)], before[np.minimum(sizes, predictors - 1)]
    shares: FloatArray = np.where(inside, gained, -lost)
    return shares
