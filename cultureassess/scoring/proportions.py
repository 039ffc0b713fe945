"""Shares and their intervals, the tipping point, and the calibration of a forecast.

Shares are proportions, 0 to 1. Counts may be fractional, so that an effective sample size can be used.
Source: METHOD 1.7, 3.2, 3.8b.
"""

from __future__ import annotations

import math

from cultureassess.scoring.describe import Interval, Z


def wilson(count: float, n: float) -> Interval | None:
    """Wilson's 95% score interval of a share, without continuity correction.

    Args:
        count: how many said yes, 0..n.
        n: how many answered.

    Returns:
        bounds within 0-1; None if nobody answered.

    Raises:
        ValueError: ``count`` is not in 0..n.
    """
    if not 0 <= count <= n:
        raise ValueError(f"a count of {count} does not fit {n} answers")
    if n == 0:
        return None
    share, adjusted = count / n, 1 + Z**2 / n
    middle = (share + Z**2 / (2 * n)) / adjusted
    margin = Z * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)) / adjusted
    low = middle - margin if count > 0 else 0.0  # exactly, where rounding would leave 1e-17
    return Interval(low, middle + margin if count < n else 1.0)


def newcombe(count_a: float, n_a: float, count_b: float, n_b: float) -> Interval | None:
    """Newcombe's 95% interval of a difference of two shares, a minus b (his method 10).

    Returns:
        bounds within -1 to 1; None if nobody answered on a side.

    Raises:
        ValueError: a count does not fit its number of answers.
    """
    a, b = wilson(count_a, n_a), wilson(count_b, n_b)
    if a is None or b is None:
        return None
    share_a, share_b = count_a / n_a, count_b / n_b
    difference = share_a - share_b
    return Interval(
        difference - math.hypot(share_a - a.low, b.high - share_b),
        difference + math.hypot(a.high - share_a, share_b - b.low),
    )


def tipping_point(share_management: float, count: int, n: int, invited: int | None) -> float | None:
    """The share of the silent who would have to say yes for customers to match management.

    (p M - k) / (M - n), with M invited, of whom n answered and k of those said yes. Source: METHOD 3.8b.

    Returns:
        above 1: cannot happen; 0 or below: customers already match. None if the number invited is
        unknown, or if nobody is silent.
    """
    if invited is None or invited <= n:
        return None
    return (share_management * invited - count) / (invited - n)


def calibration_error(forecast_mean: float | None, customers_percent: float | None) -> float | None:
    """What management expected customers to say minus what they said, in percentage points.

    Positive: management expected more. None if either is missing. Source: METHOD 1.7.
    """
    if forecast_mean is None or customers_percent is None:
        return None
    return forecast_mean - customers_percent
