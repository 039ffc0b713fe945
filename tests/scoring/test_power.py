"""METHOD 3.4: the gap that a wave can find, and the people it would take."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cultureassess.scoring.power import detectable, detectable_gap, people_needed

METHOD_TABLE = [
    (10, 100, 20.4, 28.8),
    (20, 100, 14.2, 18.8),
    (30, 200, 11.3, 14.7),
    (50, 200, 9.0, 11.6),
    (100, 400, 6.3, 8.1),
]


@pytest.mark.parametrize(("managers", "customers", "alone", "together"), METHOD_TABLE)
def test_the_table_of_the_method(managers, customers, alone, together):
    found = detectable(managers, customers, family=8)
    assert (round(found.alone, 1), round(found.together, 1)) == (alone, together)


def achieved_power(gap, n_a, n_b, *, alpha=0.05, sd=20.0):
    """Both tails of the noncentral t distribution, from scipy.stats."""
    a, b = sd**2 / n_a, sd**2 / n_b
    df = (a + b) ** 2 / (a**2 / (n_a - 1) + b**2 / (n_b - 1))
    critical, shift = stats.t.isf(alpha / 2, df), gap / (a + b) ** 0.5
    return stats.nct.sf(critical, df, shift) + stats.nct.cdf(-critical, df, shift)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(5, 500), st.integers(5, 5000), st.sampled_from([0.05, 0.05 / 8]))
def test_the_detectable_gap_has_eighty_percent_power(n_a, n_b, alpha):
    assert achieved_power(detectable_gap(n_a, n_b, alpha=alpha), n_a, n_b, alpha=alpha) == pytest.approx(
        0.80, abs=2e-6
    )


def test_the_gap_grows_with_the_standard_deviation():
    assert detectable_gap(20, 100, sd=40.0) == pytest.approx(2 * detectable_gap(20, 100))


def test_sides_are_interchangeable():
    assert detectable_gap(20, 100) == pytest.approx(detectable_gap(100, 20), rel=1e-12)


def test_one_answer_finds_nothing():
    assert detectable_gap(1, 100) is None
    assert detectable(1, 100, family=8) is None


def test_a_family_has_at_least_one_index():
    with pytest.raises(ValueError, match="At least one index"):
        detectable(20, 100, family=0)


def test_one_index_is_its_own_family():
    found = detectable(20, 100, family=1)
    assert found.alone == found.together


@pytest.mark.parametrize(("others", "gap"), [(20, 14.3), (20, 30.0), (200, 5.0), (10, 20.0)])
def test_people_needed_is_the_smallest_number_that_does(others, gap):
    n = people_needed(gap, others)
    assert detectable_gap(n, others) <= gap < detectable_gap(n - 1, others)


def test_a_gap_that_is_just_detectable_needs_no_more_people():
    assert people_needed(detectable_gap(17, 20), 20) == 17


def test_a_gap_of_one_point_may_be_asked_for():
    assert detectable_gap(people_needed(1.0, 100_000), 100_000) <= 1.0


def test_a_million_people_are_looked_for_and_no_more():
    assert people_needed(1.0001 * detectable_gap(2**20, 10**9), 10**9) <= 2**20
    assert people_needed(0.9999 * detectable_gap(2**20, 10**9), 10**9) is None


def test_two_people_are_enough_for_an_enormous_gap():
    assert people_needed(500.0, 100) == 2


def test_ten_managers_never_find_a_small_gap():
    assert people_needed(10.0, 10) is None


@pytest.mark.parametrize(("gap", "others"), [(0.0, 20), (-3.0, 20), (10.0, 9)])
def test_questions_without_an_answer_are_refused(gap, others):
    with pytest.raises(ValueError, match=r"above 0 points|10 answers"):
        people_needed(gap, others)
