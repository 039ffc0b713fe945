"""Covariances of complete cases, exact and fast at a million respondents.

Answers are small whole numbers, so that their sums of products are exact: a block of rows is
multiplied in single precision, where every partial sum stays below 2**24, and the blocks are added
as 64-bit integers. Rows that stand for many respondents are multiplied as integers at once.
Scores are whole millionths (METHOD 2.2), and are multiplied as such in two halves. No sum is ever
rounded, so that the order of the respondents changes no bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.answers import DONT_KNOW, SKIPPED, BoolArray, FloatArray, IntArray, PointArray
from cultureassess.scoring.scores import MILLION, Counts, Scores, blocks

ROWS = 65_536
"""Rows in a block: 65,536 x 9 x 9 < 2**24, and a block of 20 columns is 5 MB."""

_HALF = 15
"""Bits of the lower half of a score in millionths."""

LARGEST = 4000.0
"""Largest score, either way: a block's products of upper halves then stay below 2**53."""

VANISHING = 1e-9
"""Share of its variance below which what is left of a variable is rounding, not signal."""


@dataclass(frozen=True)
class Covariance:
    """Means and covariances of ``n`` complete cases on ``k`` variables.

    Attributes:
        n: number of complete cases.
        means: shape (k,); NaN where n is 0.
        matrix: shape (k, k), divisor n - 1; NaN where n < 2.
    """

    n: int
    means: FloatArray
    matrix: FloatArray

    @property
    def k(self) -> int:
        return len(self.matrix)

    @property
    def variances(self) -> FloatArray:
        return self.matrix.diagonal()

    @cached_property
    def correlation(self) -> FloatArray:
        """Shape (k, k), -1 to 1; NaN in the rows and columns of a variable that does not vary."""
        sd = np.sqrt(np.where(self.variances > 0, self.variances, np.nan))
        correlation: FloatArray = np.clip(self.matrix / np.outer(sd, sd), -1.0, 1.0)
        return correlation

    def without(self, column: int) -> Covariance:
        """The same complete cases, one variable fewer."""
        kept = np.delete(np.arange(self.k), column)
        return Covariance(self.n, self.means[kept], self.matrix[np.ix_(kept, kept)])


@dataclass(frozen=True)
class Products:
    """Exact sums over pairs of columns (the cells where both are given).

    Attributes:
        counts: shape (k, k), rows in which both columns are given.
        sums: shape (k, k), sum of the row's column over those rows.
        products: shape (k, k), sum of the product of both columns.
    """

    counts: NDArray[np.int64]
    sums: NDArray[np.int64]
    products: NDArray[np.int64]

    def covariance(self) -> FloatArray:
        """Shape (k, k), divisor (pairs - 1); NaN where fewer than two rows give both columns."""
        n = self.counts.astype(np.float64)
        numerator = (self.counts * self.products - self.sums * self.sums.T).astype(np.float64)
        divisor = n * (n - 1)
        covariance: FloatArray = np.full(n.shape, np.nan)
        np.divide(numerator, divisor, out=covariance, where=divisor > 0)
        return covariance


def given(points: PointArray) -> BoolArray:
    """True where a cell carries a point, not a skip or a "don't know"; same shape as ``points``."""
    answered: BoolArray = (points != SKIPPED) & (points != DONT_KNOW)
    return answered


def covariance(points: PointArray, counts: Counts | None = None) -> Covariance:
    """Covariance of the respondents who gave a point on every item. Source: METHOD 3.7.

    Args:
        points: shape (respondents, items), 1-9; ``SKIPPED`` and ``DONT_KNOW`` are missing.
        counts: shape (respondents,), how many answered like this one; None: each for himself.

    Returns:
        the exact covariance in squared points, rounded once; ``n`` may be 0.
    """
    total = _summed(points, _complete, counts)
    n = int(total.counts[0, 0])
    means = total.sums[:, 0] / n if n else np.full(points.shape[1], np.nan)
    return Covariance(n, means, total.covariance())


def pairwise_covariance(points: PointArray, counts: Counts | None = None) -> Covariance:
    """Covariance of every two items from the respondents who answered both.

    Some tools default to it; ours only shows it to explain a difference in the third decimal. The
    matrix need not be positive definite. ``n`` counts the respondents with at least one point.
    Arguments as for :func:`covariance`.
    """
    total = _summed(points, given, counts)
    each = np.maximum(total.counts.diagonal(), 1)
    some = given(points).any(axis=1)
    n = int(some.sum() if counts is None else counts[some].sum())
    return Covariance(n, total.sums.diagonal() / each, total.covariance())


def covariance_of_scores(columns: Sequence[Scores]) -> Covariance:
    """Covariance of the respondents who have every score.

    Args:
        columns: k measures of the same respondents, in any unit.

    Raises:
        ValueError: a score beyond ``LARGEST``.
    """
    k = len(columns)
    tables = [_millionths(column.values) for column in columns]
    total = np.zeros((1 + 2 * k, 1 + 2 * k), dtype=np.int64)
    for rows in blocks(len(columns[0])):
        parts = _halves([column.codes[rows] for column in columns], tables)
        total += (parts @ parts.T).astype(np.int64)
    n, sums, products = int(total[0, 0]), *_put_together(total, k)
    means = (sums / n).astype(np.float64) / MILLION if n else np.full(k, np.nan)
    if n < 2:
        return Covariance(n, means, np.full((k, k), np.nan))
    spread = (n * products - np.outer(sums, sums)) / (n * (n - 1))
    return Covariance(n, means, spread.astype(np.float64) / MILLION**2)


def _halves(codes: Sequence[IntArray], tables: Sequence[FloatArray]) -> FloatArray:
    """The complete rows of one block of scores in millionths: shape (1 + 2k, complete rows).

    The first line is 1, then come all upper halves, then all lower ones.
    """
    complete = np.flatnonzero(np.minimum.reduce(codes) >= 0)
    parts = np.empty((1 + 2 * len(codes), len(complete)))
    parts[0] = 1
    for line, (code, table) in enumerate(zip(codes, tables, strict=True), start=1):
        places = code.take(complete).astype(np.intp)
        table[0].take(places, out=parts[line], mode="clip")
        table[1].take(places, out=parts[line + len(codes)], mode="clip")
    return parts


def _put_together(total: NDArray[np.int64], k: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Sums, shape (k,), and sums of products, shape (k, k), as Python's unlimited integers."""
    whole = total.astype(object)
    upper, lower = slice(1, 1 + k), slice(1 + k, None)
    middle = whole[upper, lower] + whole[lower, upper]
    products = ((whole[upper, upper] << _HALF) + middle << _HALF) + whole[lower, lower]
    return (whole[0, upper] << _HALF) + whole[0, lower], products


def _millionths(values: FloatArray) -> FloatArray:
    """Scores as whole millionths in an upper and a lower half: shape (2, values)."""
    if np.abs(values).max(initial=0.0) > LARGEST:
        raise ValueError(f"A score of {np.abs(values).max()} is beyond {LARGEST}.")
    whole = np.rint(values * MILLION).astype(np.int64)
    halves: FloatArray = np.stack([whole >> _HALF, whole & ((1 << _HALF) - 1)]).astype(np.float64)
    return halves


def complete_scores(columns: Sequence[Scores]) -> FloatArray:
    """The respondents who have every score: shape (complete cases, columns)."""
    complete = np.logical_and.reduce([column.present for column in columns])
    return np.column_stack([column.values[column.codes[complete]] for column in columns])


def _blocks(points: PointArray) -> Iterator[PointArray]:
    for start in range(0, max(len(points), 1), ROWS):
        yield points[start : start + ROWS]


def _complete(block: PointArray) -> BoolArray:
    """Shape of the block: True in the rows that have a point in every column."""
    return np.broadcast_to(given(block).all(axis=1, keepdims=True), block.shape)


def _summed(
    points: PointArray, counted: Callable[[PointArray], BoolArray], counts: Counts | None
) -> Products:
    """Add the cross-products of the cells that count."""
    if counts is not None:
        return _weighted(points, counted(points), counts)
    parts = [_products(block, counted(block)) for block in _blocks(points)]
    numbers, sums, products = (np.sum(kind, axis=0) for kind in zip(*parts, strict=True))
    return Products(numbers, sums, products)


def _products(block: PointArray, mask: BoolArray) -> tuple[NDArray[np.int64], ...]:
    """Counts, sums and products of one block: exact, because no partial sum reaches 2**24."""
    present = mask.astype(np.float32)
    values = np.where(mask, block, 0).astype(np.float32)
    cross = (present.T @ present, values.T @ present, values.T @ values)
    return tuple(part.astype(np.int64) for part in cross)


def _weighted(points: PointArray, mask: BoolArray, counts: Counts) -> Products:
    """The cross-products of rows that stand for several respondents each, in whole numbers."""
    present = mask.astype(np.int64)
    values = np.where(mask, points, 0).astype(np.int64)
    times = counts[:, np.newaxis]
    weighted = values * times
    return Products((present * times).T @ present, weighted.T @ present, weighted.T @ values)
