"""How far managers' expectation is from what customers say (METHOD 1.7), with a range where there is one."""

from __future__ import annotations

import math

from cultureassess.report.words import NO_DIFFERENCE, Words, half_up
from cultureassess.snapshot.types import Estimate, Range, Share, Snapshot


def expectation_sentence(snapshot: Snapshot, words: Words) -> str | None:
    """Say the distance with its range; None without both sides, and no size without a range."""
    found = snapshot.headline
    apart = found.calibration
    expected, customers = found.forecast.get("management"), found.groups.get("customer")
    if apart is None or expected is None or customers is None:
        return None
    interval = expectation_range(expected, customers)
    if interval is None:
        return _unsized(apart, words)
    if interval.low <= 0 <= interval.high:
        low, high = words.ends(interval, NO_DIFFERENCE)
        text = words.gettext(
            "Managers’ expectation minus what customers say is {difference} percentage points, but anything "
            "from {low} to {high} is compatible.",
            difference=words.points(apart, NO_DIFFERENCE),
            low=low,
            high=high,
        )
    else:
        text = _sized(apart, interval, words)
    return f"{text} {_rounded(words)}" if _differs(apart, expected, customers) else text


def expectation_range(expected: Estimate, customers: Share) -> Range | None:
    """The 95% interval of expectation minus share, in percentage points; None without both intervals.

    The distances of both values from the ends of their own intervals, squared and added, as Newcombe does
    for two shares. Source: Zou & Donner 2008, doi 10.1002/sim.3095.
    """
    guess, share = expected.mean, customers.percent
    around_guess, around_share = expected.interval, customers.interval
    if guess is None or share is None or around_guess is None or around_share is None:
        return None
    apart = guess - share
    return Range(
        apart - math.hypot(guess - around_guess.low, around_share.high - share),
        apart + math.hypot(around_guess.high - guess, share - around_share.low),
    )


def _sized(apart: float, interval: Range, words: Words) -> str:
    near, far = words.sizes(sorted((abs(interval.low), abs(interval.high))), NO_DIFFERENCE)
    places = {
        "points": words.size(apart, NO_DIFFERENCE),
        "low": near,
        "high": far,
    }
    if apart > 0:
        return words.gettext(
            "Managers expected {points} percentage points more than customers say (likely between {low} and "
            "{high}): by about so much they misjudge their customers.",
            **places,
        )
    return words.gettext(
        "Managers expected {points} percentage points less than customers say (likely between {low} and "
        "{high}): they expect less than customers give.",
        **places,
    )


def _unsized(apart: float, words: Words) -> str:
    if apart > 0:
        return words.gettext(
            "The managers who answered expected more than customers say; by how much, so few answers do not "
            "tell."
        )
    return words.gettext(
        "The managers who answered expected no more than customers say; by how much less, so few answers do "
        "not tell."
    )


def _differs(apart: float, expected: Estimate, customers: Share) -> bool:
    """The two printed numbers are another whole number of points apart than the distance that is printed."""
    return half_up(expected.mean or 0.0) - half_up(customers.percent or 0.0) != half_up(apart)


def _rounded(words: Words) -> str:
    return words.gettext("Computed before rounding.")
