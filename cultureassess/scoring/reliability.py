"""Do the items of an index move together? Alpha, omega, Spearman-Brown, and what to warn of.

Every coefficient is a function of one covariance of complete cases, so that a million respondents
are read once. Source: METHOD 3.7; values checked against R psych, factanal and lavaan (c01-c03).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from cultureassess.scoring.answers import FloatArray, PointArray
from cultureassess.scoring.covariance import VANISHING, Covariance, covariance
from cultureassess.scoring.describe import CONFIDENCE, Interval
from cultureassess.scoring.scores import Counts

MINIMUM_N = 30
"""Complete cases below which no reliability is computed (METHOD 2.0, 3.7)."""

LEAST_UNIQUENESS = 0.005
"""Lower bound of an item's unique variance share in the factor model, as in R's factanal."""


class Concern(StrEnum):
    """What a reader is warned of. The report owns the words; no score ever changes."""

    READ_ITEMS = "read items"
    """Alpha below .70: read the items, not only the index."""
    ITEMS_APART = "items apart"
    """Alpha below .60: the items do not move together."""
    REDUNDANT = "redundant"
    """Alpha above .95: the items say the same thing."""
    WEAK_PAIR = "weak pair"
    """A two-item index with Spearman-Brown below .50."""
    WEAK_ITEM = "weak item"
    """Item-rest correlation below .20."""
    CHECK_CODING = "check coding"
    """Item-rest correlation below 0."""


class Warned(NamedTuple):
    """One concern; ``item`` is a column of the index, or None for the whole index."""

    concern: Concern
    item: int | None = None


@dataclass(frozen=True)
class Omega:
    """McDonald's omega of a one-factor model.

    Attributes:
        raw: share of the sum score's variance that the factor explains, 0-1.
        standardised: the same for standardised items.
        loadings: shape (k,), in the items' own unit; their sum is never negative.
        heywood: a uniqueness ended on its lower bound: the model fits badly, do not print omega alone.
    """

    raw: float
    standardised: float
    loadings: FloatArray
    heywood: bool


@dataclass(frozen=True)
class Reliability:
    """One index in one audience.

    ``omega`` and the concerns about alpha exist for three items and more, ``spearman_brown`` for two.
    ``item_rest`` has one value per item, None where the item or the rest does not vary.
    """

    n: int
    k: int
    alpha: float
    interval: Interval
    omega: Omega | None
    spearman_brown: float | None
    item_rest: tuple[float | None, ...]
    concerns: tuple[Warned, ...]


def reliability(points: PointArray, counts: Counts | None = None) -> Reliability | None:
    """Judge the reliability of one index in one audience. Source: METHOD 3.7.

    Args:
        points: shape (respondents, items of the index), 1-9, 0 skipped, 20 "don't know"; reverse
            items already turned round.
        counts: shape (respondents,), how many answered like this one; None: each for himself.

    Returns:
        None for fewer than two items, fewer than 30 complete cases, or a sum score that never varies.
    """
    if points.shape[1] < 2:
        return None
    answers = covariance(points, counts)
    coefficient = alpha(answers) if answers.n >= MINIMUM_N else None
    if coefficient is None:
        return None
    rest = tuple(None if np.isnan(r) else float(r) for r in item_rest_r(answers))
    pair = spearman_brown(float(answers.correlation[0, 1])) if answers.k == 2 else None
    return Reliability(
        n=answers.n,
        k=answers.k,
        alpha=coefficient,
        interval=feldt_interval(coefficient, n=answers.n, k=answers.k),
        omega=omega(answers),
        spearman_brown=pair,
        item_rest=rest,
        concerns=concerns(coefficient, pair, rest),
    )


def alpha(answers: Covariance) -> float | None:
    """Cronbach's alpha, k/(k-1) (1 - sum of variances / variance of the sum).

    It falls below 0 when items work against each other, and is returned as it is: nothing is turned
    round silently. None for fewer than two items or a sum that does not vary.
    """
    total = answers.matrix.sum()
    if answers.k < 2 or not total > VANISHING * answers.variances.sum():
        return None
    return float(answers.k / (answers.k - 1) * (1 - answers.variances.sum() / total))


def standardised(answers: Covariance) -> Covariance:
    """The same cases with every item scaled to variance 1; NaN where an item does not vary."""
    return Covariance(answers.n, np.zeros(answers.k), answers.correlation)


def alpha_if_dropped(answers: Covariance) -> tuple[float | None, ...]:
    """Alpha of the index without each item in turn, in the order of the columns."""
    return tuple(alpha(answers.without(column)) for column in range(answers.k))


def feldt_interval(alpha: float, *, n: int, k: int, level: float = CONFIDENCE) -> Interval:
    """Feldt's exact interval of alpha from F(n - 1, (n - 1)(k - 1)).

    Args:
        alpha: the coefficient, at most 1.
        n: complete cases, 2 or more.
        k: items, 2 or more.
    """
    from scipy.special import fdtri

    tail = (1 - level) / 2
    upper, lower = fdtri(n - 1, (n - 1) * (k - 1), np.array([tail, 1 - tail]))
    return Interval(float(1 - (1 - alpha) * lower), float(1 - (1 - alpha) * upper))


def spearman_brown(r: float) -> float | None:
    """Reliability 2r / (1 + r) of a two-item index whose items correlate ``r``; None where undefined."""
    return 2 * r / (1 + r) if r > -1 else None


def item_rest_r(answers: Covariance) -> FloatArray:
    """Correlation of each item with the sum of the others: shape (k,), NaN where one does not vary."""
    variances = answers.variances
    with_sum = answers.matrix.sum(axis=1)
    rest = np.maximum(answers.matrix.sum() - 2 * with_sum + variances, 0.0)
    scale = np.sqrt(variances * rest)
    varies = scale > VANISHING * variances.sum()
    correlation: FloatArray = np.full(answers.k, np.nan)
    np.divide(with_sum - variances, scale, out=correlation, where=varies)
    return correlation


def omega(answers: Covariance) -> Omega | None:
    """McDonald's omega from a one-factor maximum-likelihood model.

    The model is fitted to the correlations, which gives the same solution as the covariances, and
    its loadings are scaled back. Omega is (sum l)^2 / ((sum l)^2 + sum theta). A negative loading
    is summed with its sign, which lowers omega: an item that works against the others is no
    support of the index. Uniquenesses are kept above ``LEAST_UNIQUENESS``; see :class:`Omega`.

    Returns:
        None for fewer than three items, an item that does not vary, or items that determine one
        another exactly (no likelihood exists).
    """
    if answers.k < 3 or np.isnan(answers.correlation).any():
        return None
    if np.linalg.eigvalsh(answers.correlation)[0] < VANISHING:
        return None
    loadings, uniquenesses = _one_factor(answers.correlation)
    sd = np.sqrt(answers.variances)
    raw = loadings * sd
    return Omega(
        raw=_explained(raw, uniquenesses * answers.variances),
        standardised=_explained(loadings, uniquenesses),
        loadings=-raw if raw.sum() < 0 else raw,
        heywood=bool((uniquenesses <= LEAST_UNIQUENESS).any()),
    )


def concerns(
    alpha: float, spearman_brown: float | None, item_rest: tuple[float | None, ...]
) -> tuple[Warned, ...]:
    """What METHOD 3.7 warns of, the whole index first, then item by item.

    A two-item index has one limit only, of ``spearman_brown``.
    """
    if len(item_rest) == 2:
        weak = spearman_brown is None or spearman_brown < 0.50
        return (Warned(Concern.WEAK_PAIR),) if weak else ()
    whole = tuple(
        Warned(concern)
        for concern, applies in (
            (Concern.ITEMS_APART, alpha < 0.60),
            (Concern.READ_ITEMS, 0.60 <= alpha < 0.70),
            (Concern.REDUNDANT, alpha > 0.95),
        )
        if applies
    )
    single = tuple(
        Warned(Concern.CHECK_CODING if r < 0 else Concern.WEAK_ITEM, item)
        for item, r in enumerate(item_rest)
        if r is not None and r < 0.20
    )
    return whole + single


def _explained(loadings: FloatArray, unique: FloatArray) -> float:
    common = loadings.sum() ** 2
    return float(common / (common + unique.sum()))


def _one_factor(correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Loadings and uniquenesses, each of shape (k,), of the best one-factor model.

    Joreskog's concentrated likelihood: for given uniquenesses the loadings follow from the largest
    eigenvalue, so that only k numbers are searched. Three items need no search.
    """
    if (solved := _three_items(correlation)) is not None:
        return solved
    from scipy.optimize import minimize

    k = len(correlation)
    start = (1 - 0.5 / k) / np.linalg.inv(correlation).diagonal()
    fitted = minimize(
        _discrepancy,
        np.clip(start, LEAST_UNIQUENESS, 1.0),
        args=(correlation,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUENESS, 1.0)] * k,
        options={"ftol": 1e-13, "gtol": 1e-9},
    )
    uniquenesses: FloatArray = fitted.x
    return _loadings(uniquenesses, correlation)[0], uniquenesses


def _three_items(correlation: FloatArray) -> tuple[FloatArray, FloatArray] | None:
    """The model of three items, which fits exactly: l_i^2 = r_ij r_ik / r_jk.

    None for another number of items, and where no such model keeps every uniqueness above its bound.
    """
    if len(correlation) != 3:
        return None
    first, second, third = correlation[0, 1], correlation[0, 2], correlation[1, 2]
    product = first * second * third
    if not product > 0:
        return None
    loading = np.sqrt(product) / abs(third)
    loadings: FloatArray = np.array([loading, first / loading, second / loading])
    uniquenesses = 1 - loadings**2
    return (loadings, uniquenesses) if uniquenesses.min() > LEAST_UNIQUENESS else None


def _loadings(uniquenesses: FloatArray, correlation: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Best loadings for given uniquenesses, and the eigenvalues that the factor leaves over."""
    scale = 1 / np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
    return vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0)) / scale, values[:-1]


def _discrepancy(uniquenesses: FloatArray, correlation: FloatArray) -> tuple[float, FloatArray]:
    """Twice the likelihood's distance from the unrestricted model per case, and its gradient."""
    loadings, left = _loadings(uniquenesses, correlation)
    gradient = (loadings**2 + uniquenesses - 1) / uniquenesses**2
    return float((left - np.log(left) - 1).sum()), gradient
