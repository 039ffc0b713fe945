"""METHOD 5: what has changed between two waves."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from cultureassess.scoring.scores import Tally
from cultureassess.scoring.waves import (
    Group,
    change_of_gap,
    composition_shifted,
    independent_change,
    matched_change,
    moved,
    nps_change,
    panel_may_be_shown,
    standardised_change,
)
from tests.scoring.reference import column, expected, near

WANT = expected("c14_waves")
PAIRS = ("JOBSAT_1_3", "JOBSAT_1_2", "COMMIT_1_3", "COMMIT_1_2")


def soldiers(case):
    """Both waves of the case, row by row the same soldier."""
    measure, first, second = case.split("_")
    return tuple(column("c14_univbct.csv", measure + wave) for wave in (first, second))


def group(scores):
    held = scores[~np.isnan(scores)]
    return Group.of(held.mean(), held.std(ddof=1), len(held))


@pytest.mark.parametrize("case", PAIRS)
def test_matched_soldiers(case):
    want = WANT[case]
    found = matched_change(*soldiers(case))
    test = found.change
    assert (found.pairs, test.df) == (want["n_pairs"], want["paired_df"])
    assert (test.change, test.statistic) == near((want["mean_change"], want["paired_t"]))
    assert test.p == near(want["paired_p"])
    assert test.interval == near(tuple(want["paired_ci"]))
    assert (found.d_z, found.r) == near((want["d_z"], want["r"]))


@pytest.mark.parametrize("case", PAIRS)
def test_soldiers_as_independent_samples(case):
    want = WANT[case]
    before, after = (group(scores) for scores in soldiers(case))
    found = independent_change(before, after)
    assert (found.change, found.statistic) == near((want["indep_diff"], want["indep_t"]))
    assert (found.df, found.p) == near((want["indep_df"], want["indep_p"]))
    assert found.interval == near(tuple(want["indep_ci"]))


def test_matching_decides_the_commitment_of_wave_three():
    before, after = soldiers("COMMIT_1_3")
    assert matched_change(before, after).change.p < 0.05 < independent_change(group(before), group(after)).p


def test_change_of_a_gap():
    want = WANT["gap_change_from_summaries"]
    waves = want["inputs"]
    found = change_of_gap(
        inside_before=Group.of(*waves["wave1"]["m"]),
        outside_before=Group.of(*waves["wave1"]["c"]),
        inside_after=Group.of(*waves["wave2"]["m"]),
        outside_after=Group.of(*waves["wave2"]["c"]),
    )
    assert (found.change, found.se) == near((want["d"], want["se"]))
    assert (found.df, found.p) == near((want["df"], want["p"]))
    assert found.interval == near(tuple(want["ci95"]))


def test_change_of_a_net_promoter_score():
    want = expected("c07_nps")["wave_difference"]

    def nps(promoters, passives, detractors):
        n = promoters + passives + detractors
        p, d = promoters / n, detractors / n
        return 100 * (p - d), 100 * math.sqrt((p + d - (p - d) ** 2) / n)

    (before, before_se), (after, after_se) = nps(*want["wave1"]), nps(*want["wave2"])
    found = nps_change(before=before, before_se=before_se, after=after, after_se=after_se)
    assert (found.change, found.se) == near((want["diff"], want["se"]))
    assert (found.statistic, found.p) == near((want["z"], want["p"]))
    assert found.interval == near(tuple(want["ci95"]))
    assert found.df is None


def test_a_score_that_everybody_gave_cannot_be_tested():
    assert nps_change(before=100.0, before_se=0.0, after=100.0, after_se=0.0) is None
    flat = Group.of(70.0, 0.0, 20)
    assert independent_change(flat, Group.of(60.0, 0.0, 20)) is None
    assert independent_change(flat, Group.of(60.0, 10.0, 20)).df == near(19.0)


@pytest.mark.parametrize("n", [0, 1])
def test_one_answer_is_no_wave(n):
    assert independent_change(Group.of(70.0, math.nan, n), Group.of(60.0, 10.0, 20)) is None


def test_cluster_robust_groups_bring_their_own_degrees_of_freedom():
    found = independent_change(Group(60.0, 3.0, 11), Group(66.0, 4.0, 14))
    assert (found.se, found.df) == near((5.0, 25**2 / (81 / 11 + 256 / 14)))


@pytest.mark.parametrize(("before", "after"), [([], []), ([50.0, np.nan], [60.0, 70.0])])
def test_a_panel_needs_two_people(before, after):
    assert matched_change(np.array(before), np.array(after)) is None


def test_a_change_that_is_the_same_for_all_cannot_be_tested():
    assert matched_change(np.array([50.0, 60.0]), np.array([55.0, 65.0])) is None


def test_a_wave_that_does_not_vary_has_no_correlation():
    found = matched_change(np.array([50.0, 50.0, 50.0]), np.array([55.0, 65.0, 60.0]))
    assert found.r is None
    assert found.change.change == near(10.0)


@pytest.mark.parametrize(
    ("matched", "unmatched", "shown"),
    [(5, 0, True), (5, 5, True), (5, 4, False), (5, 1, False), (4, 0, False), (4, 9, False)],
)
def test_rule_m(matched, unmatched, shown):
    assert panel_may_be_shown(matched=matched, unmatched=unmatched, minimum=5) is shown


@pytest.mark.parametrize(
    ("change", "p", "called"),
    [(5.0, 0.049, True), (-5.0, 0.049, True), (4.99, 0.001, False), (12.0, 0.05, False)],
)
def test_meaningful_change(change, p, called):
    assert moved(change, p_holm=p) is called


@pytest.mark.parametrize(
    ("before", "after", "shifted"),
    [
        ({"sales": 50, "IT": 50}, {"sales": 60, "IT": 40}, False),
        ({"sales": 50, "IT": 50}, {"sales": 61, "IT": 39}, True),
        ({"sales": 10}, {"sales": 8, "new": 2}, True),
        ({"sales": 2, "closed": 1}, {"sales": 3}, True),
        ({}, {"sales": 3}, False),
        ({"sales": 3}, {"sales": 0}, False),
    ],
)
def test_a_share_that_moved_more_than_ten_points(before, after, shifted):
    assert composition_shifted(before, after) is shifted


def test_the_later_wave_is_weighted_to_the_earlier_shares():
    before = {"sales": Group.of(60.0, 10.0, 75), "IT": Group.of(40.0, 10.0, 25)}
    after = {"sales": Group.of(62.0, 10.0, 20), "IT": Group.of(44.0, 10.0, 80)}
    found = standardised_change(before, after, {"sales": 75, "IT": 25})
    variances = [0.75**2 * 100 / 20, 0.25**2 * 100 / 80, 0.75**2 * 100 / 75, 0.25**2 * 100 / 25]
    assert found.change == near(0.75 * 2 + 0.25 * 4)
    assert found.se == near(math.sqrt(sum(variances)))
    assert found.df == near(
        sum(variances) ** 2 / sum(v**2 / d for v, d in zip(variances, (19, 79, 74, 24), strict=True))
    )


def test_a_segment_of_one_wave_only_is_left_out():
    before = {"sales": Group.of(60.0, 10.0, 30), "closed": Group.of(20.0, 10.0, 30)}
    after = {"sales": Group.of(62.0, 10.0, 30), "new": Group.of(99.0, 10.0, 30)}
    assert standardised_change(before, after, {"sales": 30, "closed": 30}) == independent_change(
        before["sales"], after["sales"]
    )
    assert standardised_change(before, {"new": after["new"]}, {"sales": 30, "closed": 30}) is None


wave = st.lists(st.integers(0, 100), min_size=2, max_size=30).map(lambda v: np.array(v, dtype=float))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(wave, wave)
def test_an_independent_change_is_scipys_welch_test(before, after):
    tallies = Tally.of(before), Tally.of(after)
    assume(not any(tally.constant for tally in tallies))
    found = independent_change(*(Group(t.mean, t.se, t.n - 1) for t in tallies))
    want = stats.ttest_ind(after, before, equal_var=False)
    assert found.statistic == pytest.approx(want.statistic)
    assert found.p == pytest.approx(want.pvalue)
    assert found.interval == pytest.approx(tuple(want.confidence_interval()))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30))
def test_a_matched_change_is_scipys_paired_test(pairs):
    before, after = np.array(pairs, dtype=float).T
    assume(len(set(after - before)) > 1)
    found = matched_change(before, after)
    want = stats.ttest_rel(after, before)
    assert found.change.statistic == pytest.approx(want.statistic)
    assert found.change.p == pytest.approx(want.pvalue)
    assert found.d_z == pytest.approx(want.statistic / math.sqrt(len(pairs)))


def test_a_small_spread_still_has_a_correlation():
    found = matched_change(np.array([50.0, 50.25, 50.5]), np.array([60.0, 60.25, 60.0]))
    assert found.r == near(0.0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"sales": 50, "IT": 39, "closed": 11}, {"sales": 56, "IT": 44}),
        ({"sales": 56, "IT": 44}, {"sales": 50, "IT": 39, "new": 11}),
    ],
)
def test_a_segment_that_is_missing_in_a_wave_has_no_share_there(before, after):
    assert composition_shifted(before, after) is True


def test_a_segment_without_answers_in_the_earlier_wave_is_left_out():
    found = {"sales": Group.of(60.0, 10.0, 30), "IT": Group(20.0, 0.0, 0)}
    alone = independent_change(found["sales"], found["sales"])
    assert standardised_change(found, found, {"sales": 30}) == alone
    assert standardised_change(found, found, {"sales": 30, "IT": 0}) == alone


def test_a_segment_with_a_single_answer_in_the_earlier_wave_cannot_be_tested():
    before = {"sales": Group.of(60.0, 10.0, 30), "IT": Group.of(20.0, 0.0, 1)}
    after = {"sales": Group.of(62.0, 10.0, 30), "IT": Group.of(44.0, 10.0, 30)}
    assert standardised_change(before, after, {"sales": 30, "IT": 1}) is None
