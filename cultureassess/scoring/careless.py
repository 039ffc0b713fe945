"""Who counts: usable answers, and the two marks of careless ones. Source: METHOD 3.8-3.9.

Only a respondent who both straight-lines and rushes is excluded: all items are worded positively, so
that an honest answer can be a straight line. Every function takes the columns that were asked on
that side only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.answers import DONT_KNOW, SKIPPED, BoolArray, FloatArray, PointArray
from cultureassess.scoring.scores import column_blocks

SECONDS_PER_ITEM = 2.0
"""Huang's two-seconds-per-item page-time index."""

POINTS = 9
"""The most points that a scale can have."""


@dataclass(frozen=True)
class CarelessFlags:
    """Both flags of every respondent, shape (respondents,) each."""

    straight: BoolArray
    fast: BoolArray

    @property
    def excluded(self) -> BoolArray:
        """Both flags: the only ground for exclusion."""
        return self.straight & self.fast


def careless_flags(
    points: PointArray, seconds: FloatArray | None, fast: BoolArray | None = None
) -> CarelessFlags:
    """Both flags; without timings nobody is fast, so nobody is excluded.

    Args:
        points: shape (respondents, items asked on this side).
        seconds: shape (respondents,), total time on rated pages, NaN where unknown; None if not kept.
        fast: shape (respondents,), the flag that was kept in place of the timings; it counts instead.
    """
    timed = rushed(seconds, len(points), points.shape[1]) if fast is None else fast
    return CarelessFlags(straight_lined(points), timed)


def usable(points: PointArray) -> BoolArray:
    """Who answered at least half of the rated items, a don't-know counting as an answer (METHOD 3.8).

    Args:
        points: shape (respondents, items asked on this side).

    Returns:
        shape (respondents,); nobody is usable on a form without rated items.
    """
    result = np.zeros(len(points), dtype=np.bool_)
    for rows, columns in column_blocks(points):
        result[rows] = 2 * _count(columns != SKIPPED) >= max(len(columns), 1)
    return result


def straight_lined(points: PointArray) -> BoolArray:
    """Who gave the same point throughout: a point on at least 90% of the items, and all points equal.

    A don't-know is not a point.

    Args:
        points: shape (respondents, items asked on this side).

    Returns:
        shape (respondents,).
    """
    result = np.zeros(len(points), dtype=np.bool_)
    for rows, columns in column_blocks(points):
        # Unsigned bytes wrap round: a skip is 255 steps, so that it is never the lowest, a point 0 to 8.
        steps = columns - np.uint8(1)
        points_only = columns * (steps < POINTS)
        lowest = steps.min(axis=0, initial=255)
        highest = points_only.max(axis=0, initial=0)
        enough = 10 * _count(points_only > 0) >= 9 * len(columns)
        result[rows] = enough & (highest == lowest + np.uint8(1)) & (highest > 0)
    return result


def rushed(seconds: FloatArray | None, respondents: int, items: int) -> BoolArray:
    """Who took less than two seconds per rated item of the form.

    Args:
        seconds: shape (respondents,), total time on rated pages, NaN where unknown (not rushed); None
            if no timings were kept: nobody is rushed.
        respondents, items: the shape of the answers.
    """
    if seconds is None:
        return np.zeros(respondents, dtype=np.bool_)
    fast: BoolArray = seconds < SECONDS_PER_ITEM * items
    return fast


def longest_run(points: PointArray) -> NDArray[np.int64]:
    """The longest run of identical points, in the order of the columns; a missing answer ends a run.

    Not a ground for exclusion: for judging a form. Equals R's ``careless::longstring``.

    Returns:
        shape (respondents,), 0 where no point was given.
    """
    longest = np.zeros(len(points), dtype=np.int64)
    for rows, columns in column_blocks(points):
        for run in _runs(columns):
            np.maximum(longest[rows], run, out=longest[rows])
    return longest


def within_person_sd(points: PointArray) -> FloatArray:
    """The standard deviation (divisor n - 1) of each respondent's points; missing answers left out.

    Not a ground for exclusion: for judging a form. Equals R's ``careless::irv``.

    Returns:
        shape (respondents,), in scale points; NaN below two points.
    """
    result = np.full(len(points), np.nan)
    for rows, columns in column_blocks(points):
        given = _given(columns)
        values = np.where(given, columns, 0).astype(np.int64)
        n, total, squares = _count(given), values.sum(axis=0), (values**2).sum(axis=0)
        freedom = np.where(n >= 2, n * (n - 1), np.nan)
        result[rows] = np.sqrt((n * squares - total**2) / freedom)
    return result


def _given(columns: PointArray) -> BoolArray:
    given: BoolArray = (columns != SKIPPED) & (columns != DONT_KNOW)
    return given


def _count(marks: BoolArray) -> NDArray[np.int64]:
    """How many columns are marked, shape (respondents,); bytes are added as bytes while they can hold it."""
    narrow = np.uint8 if len(marks) <= 255 else np.uint16
    total: NDArray[Any] = np.add.reduce(marks.view(np.uint8), axis=0, dtype=narrow)
    return total.astype(np.int64)


def _runs(columns: PointArray) -> Iterator[NDArray[np.int64]]:
    """The length of the run that each column is the end of, column by column."""
    run = np.zeros(columns.shape[1], dtype=np.int64)
    previous = np.zeros(columns.shape[1], dtype=np.uint8)
    for column, given in zip(columns, _given(columns), strict=True):
        run = np.where(given, np.where(column == previous, run + 1, 1), 0)
        previous = column
        yield run
