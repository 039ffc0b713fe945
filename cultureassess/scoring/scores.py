"""The two currencies of scoring: a respondent's score, and the distribution of scores in a group.

A million respondents share a few thousand distinct scores. :class:`Scores` therefore stores a place in
a sorted list of values per respondent, and :class:`Tally` stores how often each value occurs. Every
statistic is computed from a tally, so that its cost depends on the number of distinct values, and
its last bit cannot depend on the order of the respondents. Source: METHOD 2.2.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cultureassess.scoring.answers import BoolArray, FloatArray, IntArray, PointArray

DECIMALS = 6
"""Respondent scores are rounded to these many decimals before any comparison (METHOD 2.2)."""

MILLION = 10**DECIMALS
"""A score times this is a whole number."""

BLOCK = 1 << 14
"""Respondents handled at a time, so that a block of answers stays in the processor's cache."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Tally:
    """The distribution of one measure in one group.

    Missing scores are not part of it. The sums are exactly rounded (``math.fsum``), so that the same
    answers give the same bits on every machine.

    Attributes:
        values: shape (distinct,), ascending, each held by at least one respondent.
        counts: shape (distinct,), how many respondents hold each value, at least 1.
    """

    values: FloatArray
    counts: Counts

    @classmethod
    def of(cls, scores: ArrayLike) -> Tally:
        """The tally of plain numbers: NaN left out, values rounded to 6 decimals."""
        return Scores.of(scores).tally()

    @cached_property
    def n(self) -> int:
        """The number of respondents with a score; 0 for an empty group."""
        return int(self.counts.sum())

    @cached_property
    def mean(self) -> float:
        """The mean, in the unit of the values; NaN for an empty group."""
        return math.fsum(self.values * self.counts) / self.n if self.n else math.nan

    @cached_property
    def variance(self) -> float:
        """The sample variance (divisor n - 1); NaN for fewer than two respondents."""
        if self.n < 2:
            return math.nan
        return math.fsum(self.counts * (self.values - self.mean) ** 2) / (self.n - 1)

    @property
    def sd(self) -> float:
        """The sample standard deviation (divisor n - 1); NaN for fewer than two respondents."""
        return math.sqrt(self.variance)

    @property
    def se(self) -> float:
        """The standard error of the mean; NaN for fewer than two respondents."""
        return math.sqrt(self.variance / self.n) if self.n else math.nan

    @property
    def constant(self) -> bool:
        """Whether all respondents (at least one) hold the same value."""
        return len(self.values) == 1

    def repeated(self) -> FloatArray:
        """The scores in ascending order, shape (n,)."""
        return np.repeat(self.values, self.counts)


@dataclass(frozen=True, eq=False)
class Scores:
    """One measure of every respondent of a side.

    Attributes:
        values: shape (distinct,), ascending, rounded to 6 decimals, each held by at least one respondent.
        codes: shape (respondents,), the respondent's place in ``values``, -1 where missing.
    """

    values: FloatArray
    codes: IntArray

    @classmethod
    def of(cls, scores: ArrayLike) -> Scores:
        """The scores given as numbers, shape (respondents,), NaN where missing; rounded to 6 decimals."""
        numbers: FloatArray = np.asarray(scores, dtype=np.float64)
        distinct, places = np.unique(numbers, return_inverse=True)
        return cls.from_table(places, distinct)

    @classmethod
    def from_table(cls, keys: IntArray, table: FloatArray) -> Scores:
        """The scores of respondents who differ only in a key.

        Args:
            keys: shape (respondents,), a place in ``table``.
            table: shape (any,), the score of each key, NaN where it is missing; rounded here.
        """
        table = np.round(table, DECIMALS) + 0.0  # no -0.0, whose bits differ from 0.0
        held = (count_keys(keys, len(table)) > 0) & ~np.isnan(table)
        values = np.unique(table[held])
        codes = np.full(len(table), -1, dtype=_code_type(len(values)))
        codes[held] = np.searchsorted(values, table[held])
        return cls(values, look_up(codes, keys))

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def present(self) -> BoolArray:
        """Shape (respondents,), True where the respondent has a score."""
        return self.codes >= 0

    def array(self) -> FloatArray:
        """The scores as numbers, shape (respondents,), NaN where missing."""
        return np.append(self.values, np.nan)[self.codes]

    def tally(self, members: BoolArray | None = None) -> Tally:
        """The distribution in one group: True in ``members``, shape (respondents,); None means all."""
        codes = self.codes if members is None else self.codes[members]
        return self.tally_of(np.bincount(codes + 1, minlength=len(self.values) + 1)[1:])

    def table(self, groups: IntArray, count: int) -> Counts:
        """How many respondents of each group hold each value, shape (count, distinct).

        Hand a row to :meth:`tally_of`; for a group that is a union of others, the sum of their rows.

        Args:
            groups: shape (respondents,), 0..count-1, or -1 for a respondent who belongs to none.
        """
        counts = count_pairs(groups, self.codes, (count, len(self.values)))
        return counts[1:, 1:]

    def tally_of(self, counts: Counts) -> Tally:
        """The tally of a row of counts, shape (distinct,), one count for each of ``values``."""
        held = counts > 0
        return Tally(self.values[held], counts[held])


def pooled(tallies: Sequence[Tally]) -> Tally:
    """The distribution of several groups together; groups that share respondents count them twice."""
    if not tallies:
        return Tally(np.empty(0), np.empty(0, dtype=np.int64))
    values, places = np.unique(np.concatenate([tally.values for tally in tallies]), return_inverse=True)
    counts = np.zeros(len(values), dtype=np.int64)
    np.add.at(counts, places, np.concatenate([tally.counts for tally in tallies]))
    return Tally(values, counts)


def count_keys(keys: IntArray, size: int) -> Counts:
    """How often each of the keys 0..size-1 occurs: ``numpy.bincount``, quick for narrow integers."""
    counts = np.zeros(size, dtype=np.int64)
    for rows in blocks(len(keys), size):
        counts += np.bincount(keys[rows].astype(np.intp), minlength=size)
    return counts


def count_pairs(groups: IntArray, codes: IntArray, sizes: tuple[int, int]) -> Counts:
    """How often each pair of a group and a code occurs.

    Args:
        groups, codes: shape (respondents,), 0..size-1 each, or -1 for none.
        sizes: how many groups and how many codes there are.

    Returns:
        shape (groups + 1, codes + 1), row and column 0 for those without.
    """
    width = sizes[1] + 1
    counts = np.zeros((sizes[0] + 1) * width, dtype=np.int64)
    for rows in blocks(len(codes), len(counts)):
        keys: NDArray[np.intp] = groups[rows].astype(np.intp)
        keys *= width
        keys += codes[rows]
        keys += width + 1
        counts += np.bincount(keys, minlength=len(counts))
    return counts.reshape(-1, width)


def look_up(table: NDArray[Any], keys: IntArray) -> NDArray[Any]:
    """``table[keys]``, quick for narrow integers.

    Args:
        table: shape (any,).
        keys: shape (respondents,), places in ``table``.
    """
    found = np.empty(len(keys), dtype=table.dtype)
    for rows in blocks(len(keys)):
        table.take(keys[rows].astype(np.intp), out=found[rows], mode="clip")
    return found


def blocks(respondents: int, least: int = 0) -> Iterator[slice]:
    """Slices of ``BLOCK`` respondents, or of ``least`` where each costs that much anyway."""
    size = max(BLOCK, least)
    return (slice(start, start + size) for start in range(0, respondents, size))


def column_blocks(points: PointArray, least: int = 0) -> Iterator[tuple[slice, PointArray]]:
    """The answers in :func:`blocks`, turned so that a column is contiguous.

    Yields the slice of respondents and their points, shape (items, respondents in the block).
    """
    for rows in blocks(len(points), least):
        yield rows, np.ascontiguousarray(points[rows].T)


def _code_type(values: int) -> type[np.int16 | np.int32]:
    return np.int16 if values < np.iinfo(np.int16).max else np.int32
