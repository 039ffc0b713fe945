"""What has changed between two waves. Source: METHOD 5; values checked against R t.test (c14).

A change is later minus earlier, in points. Which items and audiences may be compared at all (same
wording version, same scale, same definition) is decided before these functions are called.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cultureassess.scoring.answers import FloatArray
from cultureassess.scoring.describe import Interval, Z, t_interval, t_probability

MEANINGFUL = 5.0
"""Change, in points, from which it is called one (METHOD 5.3)."""

SHIFTED = 10
"""Change of a segment's share, in percentage points, from which the change is standardised too."""


class Group(NamedTuple):
    """One audience in one wave.

    Attributes:
        mean: in points.
        se: standard error of the mean, plain, weighted or cluster-robust.
        df: its degrees of freedom; below 1 where there is too little for an interval.
    """

    mean: float
    se: float
    df: float

    @classmethod
    def of(cls, mean: float, sd: float, n: int) -> Group:
        """A plain group of ``n`` answers with standard deviation ``sd`` (divisor n - 1)."""
        return cls(mean, sd / math.sqrt(n) if n else math.nan, n - 1)


@dataclass(frozen=True)
class Change:
    """A difference between waves with its two-sided test.

    ``df`` is None for a normal (z) test; ``statistic`` is t or z; ``change``, ``se`` and ``interval``
    are in points.
    """

    change: float
    se: float
    df: float | None
    statistic: float
    p: float
    interval: Interval


@dataclass(frozen=True)
class MatchedChange:
    """The change of people who answered both waves.

    Attributes:
        pairs: people with a score in both waves.
        change: paired t test of their change.
        d_z: mean change / standard deviation of the change.
        r: correlation between the waves; None where a wave does not vary.
    """

    pairs: int
    change: Change
    d_z: float
    r: float | None


def independent_change(before: Group, after: Group) -> Change | None:
    """Welch's test of the change of one audience whose answers cannot be matched.

    Returns:
        None where a wave has too few answers, or neither wave varies.
    """
    return _contrast((after, before), (1.0, -1.0))


def change_of_gap(
    *, inside_before: Group, outside_before: Group, inside_after: Group, outside_after: Group
) -> Change | None:
    """Has the gap changed? (inside - outside) after minus (inside - outside) before.

    The variance is the sum of the four squared standard errors, with Satterthwaite's df.

    Returns:
        None where a group has too few answers, or no group varies.
    """
    groups = (inside_after, outside_after, inside_before, outside_before)
    return _contrast(groups, (1.0, -1.0, -1.0, 1.0))


def matched_change(before: FloatArray, after: FloatArray) -> MatchedChange | None:
    """Paired t test of the people who answered both waves; show it only under rule M.

    Args:
        before, after: shape (people,), 0-100, row by row the same person; NaN where missing.

    Returns:
        None for fewer than two pairs, or where everybody changed by the same amount.
    """
    both = ~np.isnan(before) & ~np.isnan(after)
    earlier, later = before[both], after[both]
    if len(earlier) < 2:
        return None
    changes = later - earlier
    mean, sd, pairs = float(changes.mean()), float(changes.std(ddof=1)), len(changes)
    if not sd > 1e-9:
        return None
    varies = min(np.ptp(earlier), np.ptp(later)) > 0
    r = float(np.corrcoef(earlier, later)[0, 1]) if varies else None
    return MatchedChange(pairs, _t_test(mean, sd / math.sqrt(pairs), pairs - 1), mean / sd, r)


def panel_may_be_shown(*, matched: int, unmatched: int, minimum: int) -> bool:
    """Rule M: a figure of the matched people must not single out the few who are not matched.

    Args:
        matched, unmatched: people of the audience with and without an answer in the other wave.
        minimum: smallest group that may be shown.
    """
    return matched >= minimum and (unmatched == 0 or unmatched >= minimum)


def nps_change(*, before: float, before_se: float, after: float, after_se: float) -> Change | None:
    """Change of a net promoter score, a z test with the plain standard errors of both waves.

    Args:
        before, after: -100 to 100.
        before_se, after_se: standard errors in the same unit.

    Returns:
        None where both standard errors are 0 (everybody answered alike).
    """
    from scipy.special import ndtr

    se = math.hypot(before_se, after_se)
    if se == 0:
        return None
    change = after - before
    z = change / se
    interval = Interval(change - Z * se, change + Z * se)
    return Change(change, se, None, z, float(2 * ndtr(-abs(z))), interval)


def moved(change: float, *, p_holm: float) -> bool:
    """Is a change to be called one? Holm-adjusted p below .05 and at least 5 points (METHOD 5.3)."""
    return p_holm < 0.05 and abs(change) >= MEANINGFUL


def composition_shifted(before: Mapping[str, int], after: Mapping[str, int]) -> bool:
    """True where a segment's share of the answers moved by more than 10 percentage points.

    Args:
        before, after: segment -> answers; a segment may be missing in a wave.
    """
    total_before, total_after = sum(before.values()), sum(after.values())
    if not total_before or not total_after:
        return False
    # In whole numbers, so that a shift of exactly 10 points is not one.
    return any(
        100 * abs(after.get(segment, 0) * total_before - before.get(segment, 0) * total_after)
        > SHIFTED * total_before * total_after
        for segment in {*before, *after}
    )


def standardised_change(
    before: Mapping[str, Group], after: Mapping[str, Group], answers_before: Mapping[str, int]
) -> Change | None:
    """The change with the later wave weighted to the earlier wave's segment shares.

    A segment that is missing in either wave cannot be weighted; it leaves both waves, and the
    shares are taken among the others.

    Args:
        before, after: segment -> its group.
        answers_before: segment -> answers in the earlier wave.

    Returns:
        None where no segment is in both waves, a group has too few answers, or none varies.
    """
    common = [name for name in before if name in after and answers_before.get(name, 0) > 0]
    total = sum(answers_before[name] for name in common)
    shares = [answers_before[name] / total for name in common]
    groups = [after[name] for name in common] + [before[name] for name in common]
    return _contrast(groups, shares + [-share for share in shares])


def _contrast(groups: Sequence[Group], weights: Sequence[float]) -> Change | None:
    """Weighted sum of independent means, tested with Satterthwaite's df; Welch's test for two."""
    if not groups or min(group.df for group in groups) <= 0:
        return None
    terms = list(zip(weights, groups, strict=True))
    estimate = math.fsum(weight * group.mean for weight, group in terms)
    variance = math.fsum((weight * group.se) ** 2 for weight, group in terms)
    if not variance > 0:
        return None
    left_over = math.fsum((weight * group.se) ** 4 / group.df for weight, group in terms)
    return _t_test(estimate, math.sqrt(variance), variance**2 / left_over)


def _t_test(estimate: float, se: float, df: float) -> Change:
    t = estimate / se
    return Change(estimate, se, df, t, t_probability(t, df), t_interval(estimate, se, df))
