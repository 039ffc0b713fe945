"""METHOD 3.8: response rate, margin of error, answers needed, early against late answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.coverage import (
    LateAnswers,
    answers_for_margin,
    answers_needed,
    lagging_segments,
    late_answers,
    margin,
    response_rate,
)
from cultureassess.scoring.describe import nominal_half_width
from cultureassess.scoring.scores import Scores
from tests.scoring.reference import expected, near


def moe_cases():
    for text, value in expected("c12_fpc_and_clusters")["moe_points"].items():
        answers, population = text.split(" of ")
        yield int(answers), None if population == "inf" else int(population), value


@pytest.mark.parametrize(("answers", "population", "points"), list(moe_cases()))
def test_margin_of_error(answers, population, points):
    assert margin(answers, population) == near(points)


@pytest.mark.parametrize(("answers", "population"), [(20, 20), (1, 1)])
def test_a_full_census_has_no_margin(answers, population):
    assert margin(answers, population) == 0.0


def test_krejcie_and_morgan_reproduce():
    table = expected("c12_fpc_and_clusters")["krejcie_morgan_1970_rounded"]
    assert {size: round(answers_for_margin(5.0, int(size))) for size in table} == table


@pytest.mark.parametrize(("answers", "population"), [(0, None), (0, 10), (11, 10)])
def test_a_margin_of_impossible_counts_is_refused(answers, population):
    with pytest.raises(ValueError, match="answer"):
        margin(answers, population)


@pytest.mark.parametrize(
    ("usable", "invited", "undeliverable", "percent"),
    [(30, 100, 0, 30.0), (30, 110, 10, 30.0), (0, 5, 0, 0.0), (5, None, 0, None), (0, 3, 3, None)],
)
def test_response_rate(usable, invited, undeliverable, percent):
    assert response_rate(usable, invited, undeliverable=undeliverable) == percent


@pytest.mark.parametrize(
    ("usable", "invited", "undeliverable"), [(-1, 5, 0), (1, 5, -1), (0, 5, 6), (6, 5, 0)]
)
def test_impossible_counts_are_refused(usable, invited, undeliverable):
    with pytest.raises(ValueError, match=r"cannot (be negative|come from)"):
        response_rate(usable, invited, undeliverable=undeliverable)


def test_segments_that_lag_more_than_fifteen_points():
    assert lagging_segments({"sales": 60.0, "IT": 45.0, "HR": 44.9}) == ("HR",)
    assert lagging_segments({"sales": 60.0}) == ()
    assert lagging_segments({}) == ()


@pytest.mark.parametrize(
    ("n", "points"),
    [(5, 24.8), (10, 14.3), (20, 9.4), (30, 7.5), (50, 5.7), (100, 4.0), (200, 2.8), (400, 2.0)],
)
def test_answers_needed_undo_the_half_widths_of_the_method(n, points):
    assert round(nominal_half_width(n), 1) == points
    assert answers_needed(nominal_half_width(n)) == n


def test_the_half_width_of_the_big_level_needs_about_thirty_answers():
    assert answers_needed(7.5) == 30


@pytest.mark.parametrize("width", [0.0, -1.0, float("nan")])
def test_no_number_of_answers_makes_an_interval_of_no_width(width):
    with pytest.raises(ValueError, match="wider than 0"):
        answers_needed(width)


def test_late_answers_five_points_lower_are_notable():
    found = late_answers(Scores.of([60.0, 70.0, 65.0, np.nan, 60.0]), np.array([False] * 3 + [True] * 2))
    assert found == LateAnswers(early=65.0, late=60.0, early_n=3, late_n=1)
    assert (found.difference, found.notable) == (-5.0, True)


def test_late_answers_four_points_higher_are_not():
    found = late_answers(Scores.of([60.0, 64.0]), np.array([False, True]))
    assert (found.difference, found.notable) == (4.0, False)


@pytest.mark.parametrize("late", [[False, False], [True, True]])
def test_nothing_to_compare(late):
    assert late_answers(Scores.of([60.0, 64.0]), np.array(late)) is None


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.floats(0.5, 60.0), st.floats(1.0, 40.0))
def test_answers_needed_is_the_smallest_number_that_does(width, sd):
    n = answers_needed(width, sd=sd)
    assert nominal_half_width(n, sd) <= width
    assert n == 2 or nominal_half_width(n - 1, sd) > width


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(2, 10_000), st.floats(1.0, 40.0))
def test_the_sample_for_a_margin_has_that_margin(population, points):
    answers = answers_for_margin(points, population)
    assert 0 < answers <= population
    assert margin(int(np.ceil(answers)), population) <= points + 1e-9


def test_an_invitation_arrives_unless_it_is_said_to_have_come_back():
    assert response_rate(10, 10) == 100.0


def test_answers_needed_depend_on_the_width_in_standard_deviations():
    assert answers_needed(0.1, sd=0.5) == answers_needed(4.0, sd=20.0)
