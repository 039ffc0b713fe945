"""Adjusted p values for a family of tests. Source: METHOD 3.4.

Holm for verdicts (it keeps the chance of any false alarm in the family at 5%), Benjamini-Hochberg
for exploratory tables. A None is a test that was not made: it stays None and does not count in the
size of the family.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Holm's step-down adjustment: the r-th smallest of m times (m - r + 1), never falling, at most 1.

    Returns:
        adjusted p values in the given order; ties get equal values.

    Raises:
        ValueError: a p value is NaN or not in 0-1.
    """
    ordered = _ordered(p_values)
    steps = (p * (len(ordered) - rank) for rank, (p, _) in enumerate(ordered))
    return _back(p_values, ordered, list(accumulate(steps, max)))


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """Benjamini and Hochberg's adjustment: the r-th smallest of m times m / r, never rising downwards.

    Equals ``scipy.stats.false_discovery_control``, which takes two seconds to import.

    Returns:
        adjusted p values in the given order; ties get equal values.

    Raises:
        ValueError: a p value is NaN or not in 0-1.
    """
    ordered = _ordered(p_values)
    steps = [p * len(ordered) / rank for rank, (p, _) in enumerate(ordered, start=1)]
    return _back(p_values, ordered, list(accumulate(reversed(steps), min))[::-1])


def _ordered(p_values: Sequence[float | None]) -> list[tuple[float, int]]:
    """(p, its place), smallest first."""
    made = [(p, place) for place, p in enumerate(p_values) if p is not None]
    if not all(0 <= p <= 1 for p, _ in made):
        raise ValueError("a p value lies between 0 and 1")
    return sorted(made)


def _back(
    p_values: Sequence[float | None], ordered: Sequence[tuple[float, int]], adjusted: Sequence[float]
) -> list[float | None]:
    result: list[float | None] = [None] * len(p_values)
    for (_, place), p in zip(ordered, adjusted, strict=True):
        result[place] = min(p, 1.0)
    return result
