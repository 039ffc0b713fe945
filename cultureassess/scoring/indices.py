"""From answers to scores: indices and composites of every respondent.

All arithmetic on respondents is done in whole numbers (answers counted, points added, millionths of a
point), so that nothing depends on the order of additions. Source: METHOD 2.1-2.3 and 2.10.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.answers import FloatArray, IntArray, PointArray
from cultureassess.scoring.patterns import Patterns, check_points, fits, numbered
from cultureassess.scoring.scores import (
    MILLION,
    Counts,
    Scores,
    blocks,
    column_blocks,
    count_keys,
    look_up,
)

COMPOSITE_SHARE = 0.75
"""A composite needs this share of its indices (METHOD 2.3)."""


def answers_needed(items: int) -> int:
    """How many of an index's items a respondent must answer: half, rounded up (METHOD 2.2)."""
    return math.ceil(items / 2)


def indices_needed(indices: int) -> int:
    """How many index scores a composite needs: three quarters, rounded up (METHOD 2.3)."""
    return math.ceil(COMPOSITE_SHARE * indices)


def index_scores(points: PointArray, *, scale_points: int, reverse: Sequence[bool] = ()) -> Scores:
    """Score every respondent on one index.

    A respondent's score is the mean of the items they answered, each rescaled to 0-100 by
    (x - 1) / (A - 1) * 100, if they answered at least half of the items; nothing is imputed. An index
    without items gives nobody a score. Source: METHOD 2.1-2.2.

    Args:
        points: shape (respondents, items of the index), 1..scale_points; ``SKIPPED`` and ``DONT_KNOW``
            are missing.
        scale_points: number of labelled points A, 2 to 9.
        reverse: one flag per item, True where agreeing is unfavourable (x becomes 1 + A - x); empty
            means none.

    Raises:
        ValueError: a point lies above ``scale_points``, or ``reverse`` does not fit the items.
    """
    items = points.shape[1]
    flags = tuple(reverse) or (False,) * items
    if len(flags) != items:
        raise ValueError(f"{len(flags)} reverse flags for {items} items")
    width = items * (scale_points - 1) + 1
    keys = np.zeros(len(points), dtype=np.int32)
    for rows, columns in column_blocks(points):
        check_points(columns, scale_points)
        keys[rows] = _answer_keys(columns, scale_points, flags, width)
    return Scores.from_table(keys, _index_table(items, scale_points, width))


def pattern_scores(
    found: Patterns, items: Sequence[int], *, scale_points: int, reverse: Sequence[bool] = ()
) -> Scores:
    """Score every respondent on some of the items of a pattern: as :func:`index_scores`, once per pattern.

    Args:
        found: the patterns of the respondents' answers.
        items: columns of its rows.
    """
    scored = index_scores(found.rows[:, list(items)], scale_points=scale_points, reverse=reverse)
    return Scores.from_table(found.codes, scored.array())


def composite_scores(scores: Sequence[Scores], *, needed: int | None = None) -> Scores:
    """Score every respondent on a composite: the mean of their index scores.

    The mean is taken exactly, in millionths of a point, and rounded half to even. Source: METHOD 2.3.

    Args:
        scores: the index scores of the same respondents, at least one.
        needed: how many of them a respondent must have; None means three quarters, rounded up.

    Raises:
        ValueError: no scores are given.
    """
    if not scores:
        raise ValueError("a composite needs at least one index")
    needed = indices_needed(len(scores)) if needed is None else needed
    states = _states(scores)
    means = np.rint(states.totals / np.maximum(states.counts, 1)) / MILLION
    enough = (states.counts >= needed) & (states.counts > 0)
    return Scores.from_table(states.keys, np.where(enough, means, np.nan))


def within_difference(first: Scores, second: Scores) -> Scores:
    """Every respondent's first score minus their second; missing where either is (METHOD 2.10)."""
    table = np.subtract.outer(np.append(np.nan, first.values), np.append(np.nan, second.values))
    return Scores.from_table(_combined([first, second]), table.ravel())


def _answer_keys(
    columns: PointArray, scale_points: int, flags: Sequence[bool], width: int
) -> NDArray[np.intp]:
    """One number per respondent that says how many items were answered and what their steps add up to."""
    kind = np.uint8 if width <= 256 else np.uint16  # the sums of the usual index fit in a byte
    answered: NDArray[Any] = np.zeros(columns.shape[1], dtype=kind)
    total: NDArray[Any] = np.zeros(columns.shape[1], dtype=kind)
    for column, flipped in zip(columns, flags, strict=True):
        # Unsigned bytes wrap round: skipped and don't-know land far above the scale either way.
        steps = np.uint8(scale_points) - column if flipped else column - np.uint8(1)
        valid = (steps < scale_points).view(np.uint8)
        answered += valid
        total += steps * valid
    keys: NDArray[np.intp] = answered.astype(np.intp)
    keys *= width
    keys += total
    return keys


def _index_table(items: int, scale_points: int, width: int) -> FloatArray:
    """The score of every key of :func:`_answer_keys`, NaN where too few items were answered."""
    answered, total = np.divmod(np.arange((items + 1) * width), width)
    enough = (answered >= answers_needed(items)) & (answered > 0)
    scores = total / (np.maximum(answered, 1) * (scale_points - 1)) * 100
    return np.where(enough, scores, np.nan)


@dataclass(frozen=True, eq=False)
class _States:
    """What a composite needs to know of several scores.

    Attributes:
        keys: shape (respondents,), a place in the following two.
        counts: shape (states,), how many of the scores there are.
        totals: shape (states,), their sum in millionths of a point.
    """

    keys: IntArray
    counts: Counts
    totals: Counts


def _states(scores: Sequence[Scores]) -> _States:
    """The states of respondents in several scores; half by half where there are too many combinations."""
    if len(scores) == 1 or fits([len(score.values) + 1 for score in scores]):
        return _every_state(scores)
    half = len(scores) // 2
    return _joined(_merged(_states(scores[:half])), _merged(_states(scores[half:])))


def _every_state(scores: Sequence[Scores]) -> _States:
    """A state for every combination, whether somebody has it or not."""
    counts = totals = np.zeros(1, dtype=np.int64)
    for score in scores:
        there = np.arange(len(score.values) + 1) > 0
        millionths = np.rint(np.append(0.0, score.values) * MILLION).astype(np.int64)
        counts, totals = np.add.outer(counts, there).ravel(), np.add.outer(totals, millionths).ravel()
    return _States(_combined(scores), counts, totals)


def _combined(scores: Sequence[Scores]) -> IntArray:
    """A key per respondent: the place of their combination, missing first, in the scores' outer product."""
    sizes = [len(score.values) + 1 for score in scores]
    keys: IntArray = np.empty(len(scores[0]), dtype=np.uint16 if fits(sizes) else np.int64)
    for rows in blocks(len(keys)):
        codes = [score.codes[rows] + np.ones((), score.codes.dtype) for score in scores]
        keys[rows] = numbered(codes, sizes, keys.dtype)
    return keys


def _merged(states: _States) -> _States:
    """One state for all that have the same count and total, of those that somebody has."""
    held = np.flatnonzero(count_keys(states.keys, len(states.counts)))
    most = int(states.counts.max()) + 1
    distinct, places = np.unique(states.totals[held] * most + states.counts[held], return_inverse=True)
    renamed = np.zeros(len(states.counts), dtype=np.int32)
    renamed[held] = places
    totals, counts = np.divmod(distinct, most)
    return _States(look_up(renamed, states.keys), counts, totals)


def _joined(first: _States, second: _States) -> _States:
    """Every pair of a state of the one and a state of the other."""
    keys = first.keys.astype(np.int64)
    keys *= len(second.counts)
    keys += second.keys
    counts = np.add.outer(first.counts, second.counts).ravel()
    return _States(keys, counts, np.add.outer(first.totals, second.totals).ravel())
