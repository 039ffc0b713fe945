import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cultureassess.scoring.describe import (
    Estimate,
    Z,
    estimate,
    nominal_half_width,
    t_probability,
    t_quantile,
)
from cultureassess.scoring.scores import Tally
from tests.scoring.reference import tally

quick = settings(max_examples=100, deadline=None, derandomize=True)


def test_an_empty_group_has_no_mean():
    assert estimate(Tally.of([])) == Estimate(0, None, None, None)


def test_one_respondent_has_a_mean_without_interval():
    assert estimate(tally(40)) == Estimate(1, 40, None, None)


def test_equal_scores_have_an_interval_of_no_width():
    assert estimate(tally(75, 75, 75)) == Estimate(3, 75, 0, (75, 75))


@quick
@given(st.lists(st.integers(0, 100), min_size=2, max_size=50).filter(lambda scores: len(set(scores)) > 1))
def test_the_interval_is_scipys_t_interval(scores):
    group = estimate(Tally.of(scores))
    assert group.interval == pytest.approx(stats.ttest_1samp(scores, 0).confidence_interval())
    assert group.sd == pytest.approx(np.std(scores, ddof=1))


@pytest.mark.parametrize("df", [1, 2, 9.388407529130564, 1690.2, 1e6])
def test_the_t_distribution_is_scipys(df):
    assert t_quantile(df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-12)
    assert t_probability(-2.5, df) == t_probability(2.5, df) == pytest.approx(2 * stats.t.sf(2.5, df))


def test_the_normal_quantile():
    assert pytest.approx(stats.norm.ppf(0.975), rel=1e-14) == Z


def test_nominal_half_widths_are_those_of_the_method():
    table = {5: 24.8, 10: 14.3, 20: 9.4, 30: 7.5, 50: 5.7, 100: 4.0, 200: 2.8, 400: 2.0}
    assert {n: round(nominal_half_width(n), 1) for n in table} == table
    assert round(nominal_half_width(8)) == 17


def test_a_nominal_half_width_needs_two_respondents():
    assert (nominal_half_width(0), nominal_half_width(1)) == (None, None)
    assert nominal_half_width(2) > 100


def test_the_half_width_of_an_interval_is_half_its_length():
    assert estimate(tally(40, 60)).interval.half_width == pytest.approx(t_quantile(1) * 10)
