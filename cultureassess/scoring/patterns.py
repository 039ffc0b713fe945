"""A few items answered together: a million respondents share a few hundred patterns of answers.

Whatever is needed of an index, its scores, the counts behind its items, its covariances, is computed
once per pattern, and each respondent is touched once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from cultureassess.scoring.answers import DONT_KNOW, IntArray, PointArray
from cultureassess.scoring.scores import Counts, column_blocks, count_pairs

MOST = 1 << 16
"""Combinations that are numbered whether somebody has them or not: a number takes two bytes."""


@dataclass(frozen=True, eq=False)
class Patterns:
    """How every respondent answered some items.

    Attributes:
        rows: shape (patterns, items), the answers of each pattern; not every pattern need occur.
        codes: shape (respondents,), the respondent's place in ``rows``.
    """

    rows: PointArray
    codes: IntArray

    def counts(self, groups: IntArray, count: int) -> Counts:
        """How many respondents of each group have each pattern, shape (count, patterns).

        Args:
            groups: shape (respondents,), 0..count-1, or -1 for a respondent who belongs to none.
        """
        return count_pairs(groups, self.codes, (count, len(self.rows)))[1:, 1:]


def patterns(points: PointArray, *, scale_points: int) -> Patterns:
    """Find the pattern of every respondent.

    Args:
        points: shape (respondents, items), 1..scale_points, ``SKIPPED`` or ``DONT_KNOW``.
        scale_points: number of labelled points, 2 to 9.

    Raises:
        ValueError: a point lies above ``scale_points`` and is not ``DONT_KNOW``.
    """
    items, answers = points.shape[1], scale_points + 2
    if items > 1 and answers**items > MOST:
        half = items // 2
        parts = (points[:, :half], points[:, half:])
        return _joined(*(patterns(part, scale_points=scale_points) for part in parts))
    codes = np.empty(len(points), dtype=np.uint16)
    for respondents, columns in column_blocks(points):
        check_points(columns, scale_points)
        codes[respondents] = numbered(np.minimum(columns, answers - 1), (answers,) * items)
    rows = np.indices((answers,) * items, dtype=np.uint8).reshape(items, answers**items).T
    return Patterns(np.where(rows == answers - 1, np.uint8(DONT_KNOW), rows), codes)


def check_points(points: PointArray, scale_points: int) -> None:
    """Refuse a point that the scale does not have.

    Raises:
        ValueError: a point lies above ``scale_points`` and is not ``DONT_KNOW``.
    """
    wrong = points[(points > scale_points) & (points != DONT_KNOW)]
    if wrong.size:
        raise ValueError(f"answer {wrong[0]} is above the scale's {scale_points} points")


def numbered(
    columns: Sequence[IntArray] | PointArray, sizes: Sequence[int], kind: DTypeLike = np.uint16
) -> IntArray:
    """One number per respondent that tells all columns: the place in an array of these sizes.

    Args:
        columns: one array a column, shape (respondents,) each, at least one, 0..size-1.
        sizes: the size of each column.
        kind: of the numbers; two bytes hold what :func:`fits`.
    """
    numbers: IntArray = columns[0].astype(kind)
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        numbers *= numbers.dtype.type(size)
        numbers += column.astype(kind)
    return numbers


def fits(sizes: Sequence[int]) -> bool:
    """Whether :func:`numbered` has a number for every combination."""
    return math.prod(sizes) <= MOST


def _joined(left: Patterns, right: Patterns) -> Patterns:
    """The patterns of both halves of the items, those only that somebody has."""
    pairs = left.codes.astype(np.int64) * len(right.rows) + right.codes
    held, codes = np.unique(pairs, return_inverse=True)
    first, second = np.divmod(held, len(right.rows))
    return Patterns(np.hstack([left.rows[first], right.rows[second]]), codes.astype(np.int32))
