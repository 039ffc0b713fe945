import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.describe import estimate, t_interval
from cultureassess.scoring.gaps import welch_from
from cultureassess.scoring.scores import Tally, pooled
from cultureassess.scoring.weighting import Weighting, weighted_mean
from tests.scoring.reference import expected, near, rows, tally

quick = settings(max_examples=100, deadline=None, derandomize=True)
segment = st.lists(st.integers(0, 100), min_size=2, max_size=15).map(Tally.of)
WANTED = expected("c13_weighting")
SIZES = [WANTED["strata"][name]["N"] for name in "EHM"]


@pytest.fixture(scope="module")
def schools():
    table = rows("c13_apistrat.csv")
    return [Tally.of([float(row["api00"]) for row in table if row["stype"] == name]) for name in "EHM"]


def test_strata_of_the_reference_c13(schools):
    for found, wanted in zip(schools, WANTED["strata"].values(), strict=True):
        assert (found.n, found.mean, found.sd) == near((wanted["n"], wanted["mean"], wanted["sd"]))


def test_population_weights_equal_the_reference_c13(schools):
    wanted = WANTED["pop_weighted"]
    found = weighted_mean(schools, Weighting.POPULATION, sizes=SIZES)
    assert (found.mean, found.se, found.df) == near(
        (wanted["mean"], wanted["se_nofpc"], wanted["satterthwaite_df"])
    )
    assert (found.n, found.capped, found.uncovered) == (200, False, 0)
    assert found.effective_n == near(WANTED["kish_neff_pw"])
    assert found.n / found.effective_n == near(WANTED["kish_deff_pw"])


def test_the_finite_population_correction_equals_the_reference_c13(schools):
    found = weighted_mean(schools, Weighting.POPULATION, sizes=SIZES, finite=True)
    assert found.se == near(WANTED["pop_weighted"]["se_fpc"])


def test_equal_segments_equal_the_reference_c13(schools):
    wanted = WANTED["equal_segments"]
    found = weighted_mean(schools, Weighting.EQUAL)
    assert (found.mean, found.se, found.df) == near(
        (wanted["mean"], wanted["se_nofpc"], wanted["satterthwaite_df"])
    )
    assert found.weights == near((1 / 3, 1 / 3, 1 / 3))


def test_respondents_alike_equal_the_reference_c13(schools):
    found = weighted_mean(schools, Weighting.RESPONDENTS)
    assert (found.mean, found.se) == near((WANTED["respondents"]["mean"], WANTED["respondents"]["se"]))
    assert (found.df, found.effective_n, found.weights) == (199, 200, (0.5, 0.25, 0.25))


def test_an_empty_segment_gives_its_weight_to_the_others():
    found = weighted_mean(
        [tally(40, 60), Tally.of([]), tally(70, 90)], Weighting.POPULATION, sizes=[30, 40, 10]
    )
    assert found.weights == near((0.75, 0, 0.25))
    assert found.mean == near(0.75 * 50 + 0.25 * 80)
    assert found.uncovered == near(0.5)
    equal = weighted_mean([tally(40, 60), Tally.of([]), tally(70, 90)], Weighting.EQUAL)
    assert (equal.weights, equal.uncovered) == (near((0.5, 0, 0.5)), near(1 / 3))


def test_the_size_of_an_empty_segment_may_be_zero():
    found = weighted_mean([tally(40, 60), Tally.of([])], Weighting.POPULATION, sizes=[30, 0], finite=True)
    assert (found.mean, found.uncovered) == (50, 0)


def test_no_respondent_weighs_more_than_five_times_another():
    segments = [tally(*[40, 60] * 50), tally(70, 90)]
    found = weighted_mean(segments, Weighting.EQUAL)
    assert found.capped
    assert found.weights == near((100 / 110, 10 / 110))
    assert (found.weights[1] / 2) / (found.weights[0] / 100) == near(5)


def test_nobody_answered():
    for weighting in Weighting:
        assert weighted_mean([Tally.of([]), Tally.of([])], weighting, sizes=[3, 4]) is None


def test_a_segment_of_one_leaves_the_error_unknown():
    found = weighted_mean([tally(40, 60), tally(80)], Weighting.EQUAL)
    assert (found.mean, found.se, found.df) == (65, None, None)
    assert (found.estimate().mean, found.estimate().interval) == (65, None)


def test_one_respondent_in_all_has_a_mean_only():
    found = weighted_mean([tally(80)], Weighting.RESPONDENTS)
    assert (found.n, found.mean, found.se, found.df) == (1, 80, None, None)


def test_all_alike_has_error_zero():
    found = weighted_mean([tally(50, 50), tally(50, 50, 50), Tally.of([])], Weighting.EQUAL)
    assert (found.mean, found.se, found.df) == (near(50), 0, 3)
    assert found.estimate().interval == near((50, 50))


def test_full_coverage_leaves_no_error():
    found = weighted_mean([tally(40, 60)], Weighting.POPULATION, sizes=[2], finite=True)
    assert found.se == 0


@pytest.mark.parametrize("sizes", [None, [10], [10, 0], [10, -1]])
def test_sizes_must_fit_the_segments(sizes):
    with pytest.raises(ValueError, match=r"person|people"):
        weighted_mean([tally(40, 60), tally(70)], Weighting.POPULATION, sizes=sizes)


def test_the_estimate_carries_the_t_interval_of_the_weighted_mean(schools):
    found = weighted_mean(schools, Weighting.EQUAL)
    assert found.estimate().interval == t_interval(found.mean, found.se, found.df)
    assert (found.estimate().n, found.estimate().sd) == (200, None)


def test_a_weighted_mean_can_enter_a_gap(schools):
    found = weighted_mean(schools, Weighting.EQUAL)
    test = welch_from(700, 10, 20, found.mean, found.se, found.df)
    assert test.se == near(math.hypot(10, found.se))


@quick
@given(st.lists(segment, min_size=1, max_size=5))
def test_weights_add_up_and_the_mean_lies_between_the_segments(segments):
    for weighting in Weighting:
        found = weighted_mean(segments, weighting, sizes=[each.n for each in segments])
        assert sum(found.weights) == pytest.approx(1)
        means = [each.mean for each in segments]
        assert min(means) - 1e-9 <= found.mean <= max(means) + 1e-9
        assert found.effective_n <= found.n + 1e-9


@quick
@given(st.lists(segment, min_size=1, max_size=5))
def test_segments_in_proportion_to_their_answers_give_the_plain_mean(segments):
    found = weighted_mean(segments, Weighting.POPULATION, sizes=[each.n for each in segments])
    assert found.mean == pytest.approx(estimate(pooled(segments)).mean)
    assert found.effective_n == pytest.approx(found.n)


def test_a_plain_mean_of_two_has_an_error_and_nothing_uncovered():
    found = weighted_mean([tally(40.0, 60.0)], Weighting.RESPONDENTS)
    assert found.estimate().interval is not None
    assert (found.df, found.capped, found.uncovered) == (1, False, 0.0)


def test_a_single_respondent_stands_for_the_whole_segment():
    found = weighted_mean([Tally.of([40]), Tally.of([60, 80])], Weighting.EQUAL)
    assert (found.mean, found.weights, found.se) == (55, (0.5, 0.5), None)
    assert found.effective_n == near(1 / (0.25 + 0.25 / 2))


def test_people_may_be_given_in_any_unit():
    halves = weighted_mean([Tally.of([40]), Tally.of([60, 80])], Weighting.POPULATION, sizes=[0.5, 0.5])
    assert halves.mean == 55


def test_a_segment_without_people_has_nobody_who_answers():
    with pytest.raises(ValueError, match="at least one person"):
        weighted_mean([Tally.of([40]), Tally.of([60, 80])], Weighting.POPULATION, sizes=[0, 5])
    empty = weighted_mean([Tally.of([]), Tally.of([60, 80])], Weighting.POPULATION, sizes=[0, 5])
    assert (empty.mean, empty.uncovered) == (70, 0)


def test_a_weight_of_exactly_five_times_another_is_not_capped():
    tallies = [Tally.of([40, 50]), Tally.of([60, 80])]
    assert not weighted_mean(tallies, Weighting.POPULATION, sizes=[10, 2]).capped
    assert weighted_mean(tallies, Weighting.POPULATION, sizes=[10.01, 2]).capped


def test_degrees_of_freedom_of_segments_that_hardly_vary():
    found = weighted_mean([Tally.of([50, 51]), Tally.of([60, 62])], Weighting.EQUAL)
    assert found.se == near(math.sqrt(0.0625 + 0.25))
    assert found.df == near(0.3125**2 / (0.0625**2 + 0.25**2))


def test_without_any_spread_the_degrees_of_freedom_are_the_most_there_could_be():
    found = weighted_mean([Tally.of([50] * 3), Tally.of([]), Tally.of([70] * 2)], Weighting.EQUAL)
    assert (found.se, found.df) == (0, 3)


def test_the_lightest_respondent_of_all_sets_the_cap():
    alone_in_its_segment = weighted_mean(
        [Tally.of([40]), Tally.of([60, 80])], Weighting.POPULATION, sizes=[1, 20]
    )
    assert alone_in_its_segment.capped
    assert alone_in_its_segment.weights == near((1 / 11, 10 / 11))
