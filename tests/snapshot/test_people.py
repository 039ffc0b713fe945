"""Who was asked, who answered, who is silent: one definition everywhere (METHOD 3.8, 3.8b, 3.9)."""

from dataclasses import replace

import numpy as np
import pytest

from cultureassess.snapshot.types import CarelessCounts
from tests.snapshot.waves import inside, outside, snapshot

INVITED = {"management": 20, "staff": 50, "customer": 60, "partner": 40}


def without_outcome(answers, rows):
    outcomes = answers.outcomes.copy()
    outcomes[rows, 0] = -1
    return replace(answers, outcomes=outcomes)


def careless(answers, rows):
    """The same side in which some gave one answer throughout, in no time."""
    points = answers.points.copy()
    points[rows] = np.where(points[rows] > 0, 3, 0)
    seconds = np.full(len(answers), 300.0)
    seconds[rows] = 5
    return replace(answers, points=points, seconds=seconds)


def test_who_skipped_a_question_has_not_been_silent():
    result = snapshot(inside(20, 40), without_outcome(outside(42), slice(22)), invited=INVITED)
    coverage = next(row for row in result.coverage if row.audience == "customer")
    tipping = result.headline.tipping
    assert (coverage.answered, result.headline.groups["customer"].n) == (42, 20)
    assert (tipping.invited, tipping.silent) == (60, 18)


def test_if_the_tipping_share_of_the_silent_agreed_customers_would_match_management():
    result = snapshot(inside(20, 40), without_outcome(outside(42), slice(22)), invited=INVITED)
    groups, tipping = result.headline.groups, result.headline.tipping
    agreeing = groups["customer"].count + tipping.silent * tipping.share / 100
    assert 100 * agreeing / (groups["customer"].n + tipping.silent) == pytest.approx(
        groups["management"].percent
    )


def test_who_was_left_out_as_careless_has_not_been_silent():
    result = snapshot(inside(20, 40), careless(outside(42), slice(3)), invited=INVITED)
    coverage = next(row for row in result.coverage if row.audience == "customer")
    assert (coverage.answered, coverage.usable, coverage.rate) == (42, 39, 100 * 39 / 60)
    assert result.headline.tipping.silent == 60 - 42


def test_careless_answers_are_counted_by_audience():
    rows = [0, 1, 44]
    outsiders = careless(outside(42, 12), rows)
    side = snapshot(inside(20, 40), outsiders, invited=INVITED).careless[1]
    assert side.audiences == (
        CarelessCounts("customer", answered=42, unusable=0, straight=2, fast=2, excluded=2),
        CarelessCounts("partner", answered=12, unusable=0, straight=1, fast=1, excluded=1),
    )
    assert (side.answered, side.straight, side.excluded) == (54, 3, 3)


def test_careless_answers_of_a_side_with_a_small_audience_are_not_counted():
    side = snapshot(inside(20, 40), careless(outside(42, 4), [0, 43])).careless[1]
    assert (side.answered, side.audiences) == (None, ())
