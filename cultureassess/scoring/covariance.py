"""Covariances of complete cases, exact and fast at a million respondents.

Answers are small whole numbers, so that their sums of products are exact: a block of rows is
multiplied in single precision, where every partial sum stays below 2**24, and the blocks are added
as 64-bit integers; the items of one index are few enough to count every pattern of answers instead.
Scores are whole millionths (METHOD 2.2), and are multiplied as such in two halves. No sum is ever
rounded, so that the order of the respondents changes no bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.answers import DONT_KNOW, SKIPPED, BoolArray, FloatArray, IntArray, PointArray
from cultureassess.scoring.scores import MILLION, Scores

ROWS = 65_536
"""Rows in a block: 65,536 x 9 x 9 < 2**24, and a block of 20 columns is 5 MB."""

PATTERN_COLUMNS = 4
"""Columns up to which patterns of answers are counted: 10**4 of them."""

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


def covariance(points: PointArray) -> Covariance:
    """Covariance of the respondents who gave a point on every item. Source: METHOD 3.7.

    Args:
        points: shape (respondents, items), 1-9; ``SKIPPED`` and ``DONT_KNOW`` are missing.

    Returns:
        the exact covariance in squared points, rounded once; ``n`` may be 0.
    """
    if 0 < points.shape[1] <= PATTERN_COLUMNS:
        total = _of_patterns(points)
    else:
        total = _summed((block, _complete(block)) for block in _blocks(points))
    n = int(total.counts[0, 0])
    means = total.sums[:, 0] / n if n else np.full(points.shape[1], np.nan)
    return Covariance(n, means, total.covariance())


def pairwise_covariance(points: PointArray) -> Covariance:
    """Covariance of every two items from the respondents who answered both.

    Some tools default to it; ours only shows it to explain a difference in the third decimal. The
    matrix need not be positive definite. ``n`` counts the respondents with at least one point.
    """
    total = _summed((block, given(block)) for block in _blocks(points))
    counts = np.maximum(total.counts.diagonal(), 1)
    n = int(given(points).any(axis=1).sum())
    return Covariance(n, total.sums.diagonal() / counts, total.covariance())


def covariance_of_scores(columns: Sequence[Scores]) -> Covariance:
    """Covariance of the respondents who have every score.

    Args:
        columns: k measures of the same respondents, in any unit.

    Raises:
        ValueError: a score beyond ``LARGEST``.
    """
    k = len(columns)
    tables = [_millionths(column.values) for column in columns]
    n = 0
    sums, products = np.zeros(k, dtype=object), np.zeros((k, k), dtype=object)
    for codes in _code_blocks(columns):
        complete = np.logical_and.reduce([code >= 0 for code in codes])
        halves = np.empty((2, k, len(complete)))
        for place, (table, code) in enumerate(zip(tables, codes, strict=True)):
            table.take(np.where(complete, code, -1), axis=1, out=halves[:, place], mode="wrap")
        n += int(np.count_nonzero(complete))
        sums += _whole(*halves.sum(axis=2))
        both = halves.reshape(2 * k, -1)
        upper, middle, lower = (cross := both @ both.T)[:k, :k], cross[:k, k:], cross[k:, k:]
        products += _whole(_whole(upper, middle + middle.T), lower)
    means = (sums / n).astype(np.float64) / MILLION if n else np.full(k, np.nan)
    if n < 2:
        return Covariance(n, means, np.full((k, k), np.nan))
    spread = (n * products - np.outer(sums, sums)) / (n * (n - 1))
    return Covariance(n, means, spread.astype(np.float64) / MILLION**2)


def _millionths(values: FloatArray) -> FloatArray:
    """Scores as whole millionths in an upper and a lower half: shape (2, values + 1), the last one 0."""
    if np.abs(values).max(initial=0.0) > LARGEST:
        raise ValueError(f"A score of {np.abs(values).max()} is beyond {LARGEST}.")
    whole = np.append(np.rint(values * MILLION), 0).astype(np.int64)
    halves: FloatArray = np.stack([whole >> _HALF, whole & ((1 << _HALF) - 1)]).astype(np.float64)
    return halves


def _whole(upper: NDArray[Any], lower: NDArray[Any]) -> NDArray[Any]:
    """Put two halves together again, as Python's unlimited integers."""
    whole: NDArray[Any] = _integers(upper) * (1 << _HALF) + _integers(lower)
    return whole


def _integers(numbers: NDArray[Any]) -> NDArray[Any]:
    return numbers if numbers.dtype == object else numbers.astype(np.int64).astype(object)


def complete_scores(columns: Sequence[Scores]) -> FloatArray:
    """The respondents who have every score: shape (complete cases, columns)."""
    return np.concatenate(list(_complete_rows(columns)))


def _blocks(points: PointArray) -> Iterator[PointArray]:
    for start in range(0, max(len(points), 1), ROWS):
        yield points[start : start + ROWS]


def _complete(block: PointArray) -> BoolArray:
    """Shape (rows, 1): True where a row has a point in every column."""
    return np.asarray(given(block).all(axis=1))[:, np.newaxis]


def _summed(blocks: Iterator[tuple[PointArray, BoolArray]]) -> Products:
    """Add the cross-products of the cells that count (a mask that broadcasts over the block)."""
    parts = [_products(block, np.broadcast_to(mask, block.shape)) for block, mask in blocks]
    counts, sums, products = (np.sum(kind, axis=0) for kind in zip(*parts, strict=True))
    return Products(counts, sums, products)


def _products(block: PointArray, mask: BoolArray) -> tuple[NDArray[np.int64], ...]:
    """Counts, sums and products of one block: exact, because no partial sum reaches 2**24."""
    present = mask.astype(np.float32)
    values = np.where(mask, block, 0).astype(np.float32)
    cross = (present.T @ present, values.T @ present, values.T @ values)
    return tuple(part.astype(np.int64) for part in cross)


def _of_patterns(points: PointArray) -> Products:
    """The cross-products of complete rows, from how often each pattern of answers occurs."""
    k = points.shape[1]
    counts = np.zeros(10**k, dtype=np.int64)
    for block in _blocks(points):
        keys = np.zeros(len(block), dtype=np.intp)
        for column in block.T:
            keys *= 10
            keys += np.where(column <= 9, column, 0)
        counts += np.bincount(keys, minlength=10**k)
    patterns = np.stack(np.unravel_index(np.flatnonzero(counts), (10,) * k), axis=1).astype(np.int64)
    complete = patterns.all(axis=1)
    patterns, counts = patterns[complete], counts[counts > 0][complete]
    weighted = patterns * counts[:, np.newaxis]
    n = np.full((k, k), counts.sum())
    return Products(n, np.repeat(weighted.sum(axis=0)[:, np.newaxis], k, axis=1), patterns.T @ weighted)


def _code_blocks(columns: Sequence[Scores]) -> Iterator[list[IntArray]]:
    for start in range(0, max(len(columns[0]), 1), ROWS):
        yield [column.codes[start : start + ROWS] for column in columns]


def _complete_rows(columns: Sequence[Scores]) -> Iterator[FloatArray]:
    for codes in _code_blocks(columns):
        complete = np.logical_and.reduce([code >= 0 for code in codes])
        parts = [column.values[code[complete]] for column, code in zip(columns, codes, strict=True)]
        yield np.column_stack(parts)
