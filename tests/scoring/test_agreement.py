"""METHOD 3.7: agreement within a group (rwg) and difference between groups (ICC)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.agreement import (
    SLIGHT_SKEW,
    Agreement,
    BetweenGroups,
    GroupEffect,
    WithinGroup,
    agreement_band,
    between_groups,
    group_effect,
    null_variance,
    rwg,
    rwg_j,
    shrout_fleiss,
    uniform_null,
    within_group,
)
from cultureassess.scoring.covariance import covariance
from cultureassess.scoring.scores import Scores
from tests.scoring.reference import column, expected, near, points, rows

COHESION = ("COH01", "COH02", "COH03", "COH04", "COH05")


def unit(name):
    return points([row for row in rows("c09_cohesion.csv") if row["UNIT"] == name], COHESION)


@pytest.mark.parametrize("name", ["1044B", "1044C"])
def test_cohesion_of_two_units(name):
    want = expected("c09_agreement")["cohesion"]
    members = unit(name)
    found = within_group(members, scale_points=5)
    assert found.n == want["gsize"][name]
    assert found.rwg_j == near(want["rwg_j"][name])
    assert found.rwg[0] == near(want["rwg_COH01"][name])
    mean_variance = covariance(members).variances.mean()
    assert rwg(mean_variance, uniform_null(5)) == near(want["rwg_j_lindell"][name])


@pytest.mark.parametrize("measure", ["COHES", "LEAD", "HRS", "WBEING"])
def test_companies_of_bh1996(measure):
    want = expected("c09_agreement")["bh1996"][measure]
    found = between_groups(
        Scores.of(column("c09_bh1996.csv", measure)), column("c09_bh1996.csv", "GRP").astype(int)
    )
    assert (found.n, found.groups) == (want["n"], want["n_groups"])
    assert (found.between, found.within) == near((want["msb"], want["msw"]))
    assert found.between / found.within == near(want["F"])
    assert (found.icc1, found.icc2) == near((want["icc1"], want["icc2"]))
    assert found.icc1_unequal == near(want["icc1_with_n0_for_unequal_groups"])


def test_the_six_forms_of_shrout_and_fleiss():
    want = expected("c10_icc_shrout_fleiss")
    found = shrout_fleiss(np.column_stack([column("c10_shrout_fleiss.csv", f"J{j}") for j in range(1, 5)]))
    assert (found.icc1, found.icc2, found.icc3) == near((want["ICC1"], want["ICC2"], want["ICC3"]))
    assert (found.icc1k, found.icc2k, found.icc3k) == near((want["ICC1k"], want["ICC2k"], want["ICC3k"]))


def test_null_variances():
    assert [uniform_null(a) for a in (2, 5, 7)] == [0.25, 2.0, 4.0]
    assert null_variance((0.2,) * 5) == near(2.0)
    assert null_variance(SLIGHT_SKEW) == near(1.34)


def test_rwg_is_not_negative():
    assert rwg(2.5, 2.0) == 0.0
    assert rwg_j(2.5, 5, 2.0) == 0.0


def test_full_agreement_is_one():
    found = within_group(np.full((12, 3), 4, dtype=np.uint8), scale_points=5)
    assert (found.rwg, found.rwg_j, found.rwg_j_skewed) == ((1.0, 1.0, 1.0), 1.0, 1.0)
    assert found.band is Agreement.VERY_STRONG
    assert not found.camps


def test_two_camps_are_named_from_ten_managers_on():
    camps = np.array([[1, 1, 1], [5, 5, 5]] * 5, dtype=np.uint8)
    assert within_group(camps, scale_points=5).camps
    assert within_group(camps, scale_points=5).rwg_j == 0.0
    assert not within_group(camps[:9], scale_points=5).camps


def test_the_skewed_null_is_for_five_points():
    answers = np.array([[1, 2], [2, 3], [3, 3]], dtype=np.uint8)
    assert within_group(answers, scale_points=5).rwg_j_skewed < within_group(answers, scale_points=5).rwg_j
    assert within_group(answers, scale_points=7).rwg_j_skewed is None


def test_an_item_counts_everyone_who_answered_it_the_index_only_complete_cases():
    answers = np.array([[3, 4], [3, 4], [1, 0]], dtype=np.uint8)
    found = within_group(answers, scale_points=5)
    assert (found.n, found.rwg_j) == (2, 1.0)
    assert found.rwg == (near(1 - (4 / 3) / 2), 1.0)


@pytest.mark.parametrize("respondents", [0, 1])
def test_one_person_cannot_agree(respondents):
    assert within_group(np.full((respondents, 3), 4, dtype=np.uint8), scale_points=5) is None


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0.0, Agreement.LACK),
        (0.30, Agreement.LACK),
        (0.301, Agreement.WEAK),
        (0.50, Agreement.WEAK),
        (0.70, Agreement.MODERATE),
        (0.90, Agreement.STRONG),
        (0.901, Agreement.VERY_STRONG),
    ],
)
def test_bands_of_agreement_include_their_upper_bound(value, band):
    assert agreement_band(value) is band


@pytest.mark.parametrize(
    ("value", "effect"),
    [
        (-0.02, GroupEffect.NEGLIGIBLE),
        (0.01, GroupEffect.SMALL),
        (0.0999, GroupEffect.SMALL),
        (0.10, GroupEffect.MEDIUM),
        (0.25, GroupEffect.LARGE),
    ],
)
def test_sizes_of_a_group_effect(value, effect):
    assert group_effect(value) is effect


def test_functions_may_be_ranked_from_a_reliability_of_seventy_percent():
    wellbeing = between_groups(
        Scores.of(column("c09_bh1996.csv", "WBEING")), column("c09_bh1996.csv", "GRP").astype(int)
    )
    assert wellbeing.may_rank
    assert wellbeing.effect is GroupEffect.SMALL
    same = between_groups(Scores.of([1.0, 3.0, 1.0, 3.0]), np.array([0, 0, 1, 1]))
    assert (same.between, same.icc2, same.may_rank) == (0.0, None, False)
    assert same.icc1 == near(-1.0)


def test_people_without_a_group_or_a_score_are_left_out():
    scores = Scores.of([1.0, 2.0, 5.0, 6.0, 99.0, np.nan])
    found = between_groups(scores, np.array([0, 0, 3, 3, -1, 3]))
    assert (found.n, found.groups) == (4, 2)
    assert (found.between, found.within) == (16.0, 0.5)


@pytest.mark.parametrize(
    ("scores", "groups"),
    [([], []), ([1.0, 2.0], [0, 0]), ([1.0, 2.0], [0, 1]), ([2.0, 2.0, 2.0, 2.0], [0, 0, 1, 1])],
)
def test_groups_that_cannot_be_compared(scores, groups):
    assert between_groups(Scores.of(scores), np.array(groups, dtype=int)) is None


def test_judges_who_see_no_difference_between_targets():
    assert shrout_fleiss(np.array([[1.0, 2.0], [1.0, 2.0]])) is None
    assert shrout_fleiss(np.array([[1.0, 2.0]])) is None


def test_a_missing_rating_is_refused():
    with pytest.raises(ValueError, match="Every target must be rated by every judge"):
        shrout_fleiss(np.array([[1.0, np.nan], [2.0, 3.0]]))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=30))
def test_agreement_lies_between_nought_and_one(table):
    found = within_group(np.array(table, dtype=np.uint8), scale_points=5)
    assert 0 <= found.rwg_j <= 1
    assert all(0 <= value <= 1 for value in found.rwg)
    assert found.rwg_j_skewed <= found.rwg_j


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 4)), min_size=4, max_size=40))
def test_mean_squares_split_the_total_sum_of_squares(pairs):
    scores, groups = np.array(pairs, dtype=float).T
    found = between_groups(Scores.of(scores), groups.astype(int))
    if found is not None:
        total = found.between * (found.groups - 1) + found.within * (found.n - found.groups)
        assert total == pytest.approx(np.sum((scores - scores.mean()) ** 2))


def test_camps_begin_below_one_half():
    assert not WithinGroup(n=10, rwg=(), rwg_j=0.50, rwg_j_skewed=None).camps
    assert WithinGroup(n=10, rwg=(), rwg_j=0.499, rwg_j_skewed=None).camps


def test_a_reliability_of_seventy_percent_is_enough_to_rank():
    exactly = BetweenGroups(n=90, groups=3, between=10.0, within=3.0, icc1=0.07, icc2=0.70, icc1_unequal=0.07)
    assert exactly.may_rank


def test_a_group_of_one_is_a_group():
    found = between_groups(Scores.of([1.0, 3.0, 8.0]), np.array([0, 0, 1]))
    assert (found.n, found.groups, found.between, found.within) == (3, 2, near(24.0), near(2.0))


def test_groups_that_differ_little_have_a_reliability_too():
    found = between_groups(Scores.of([0.0, 1.0, 1.0, 2.0]), np.array([0, 0, 1, 1]))
    assert (found.between, found.within, found.icc2) == (1.0, 0.5, 0.5)


@pytest.mark.parametrize("unit", [1.0, 0.1])
def test_two_judges_of_two_targets_in_any_unit(unit):
    # Mean squares by hand, in the first unit: targets 6.25, judges 2.25, error 0.25, within targets 1.25.
    found = shrout_fleiss(unit * np.array([[1.0, 2.0], [3.0, 5.0]]))
    assert (found.icc1, found.icc2, found.icc3) == near((5 / 7.5, 6 / 8.5, 6 / 6.5))
    assert (found.icc1k, found.icc2k, found.icc3k) == near((5 / 6.25, 6 / 7.25, 6 / 6.25))
