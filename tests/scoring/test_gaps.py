import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cultureassess.scoring.describe import t_quantile
from cultureassess.scoring.gaps import (
    Magnitude,
    Step,
    cliffs_delta,
    delta_label,
    g_label,
    gap,
    hedges_g,
    steps,
    welch,
    welch_from,
)
from cultureassess.scoring.scores import Tally
from tests.scoring.reference import case, column, expected, near, tally

quick = settings(max_examples=100, deadline=None, derandomize=True)
group = st.lists(st.integers(0, 12).map(lambda step: round(step * 25 / 3, 6)), min_size=2, max_size=25)
varied = group.filter(lambda scores: len(set(scores)) > 1)


def check_two_groups(a, b, wanted):
    """Everything a case file says about two groups and this module computes."""
    test, dominance = welch(a, b), cliffs_delta(a, b)
    assert (a.n, b.n) == (wanted["n_a"], wanted["n_b"])
    assert (a.mean, b.mean, a.sd, b.sd) == near([wanted[key] for key in ("mean_a", "mean_b", "sd_a", "sd_b")])
    assert (test.difference, test.se, test.t, test.df, test.p) == near(
        [wanted[key] for key in ("diff", "se", "t", "df", "p")]
    )
    assert test.interval == near(wanted["ci95"])
    assert hedges_g(a, b) == near(wanted["g"])
    assert dominance.delta == near(wanted["cliff_delta"])
    assert dominance.interval == near(wanted["cliff_ci_t"])
    assert dominance.label == wanted["cliff_label"]


def test_sleep_data_give_the_reference_numbers_c04():
    extra, side = column("c04_sleep.csv", "extra"), column("c04_sleep.csv", "group")
    a, b = Tally.of(extra[side == 1]), Tally.of(extra[side == 2])
    check_two_groups(a, b, expected("c04_welch_sleep"))


def test_the_interval_of_delta_is_not_that_of_effsizes_fast_path_c04():
    extra, side = column("c04_sleep.csv", "extra"), column("c04_sleep.csv", "group")
    interval = cliffs_delta(Tally.of(extra[side == 1]), Tally.of(extra[side == 2])).interval
    assert interval != pytest.approx((-0.79804, 0.02108), abs=1e-4)


def test_hogarty_and_kromreys_example_gives_the_reference_numbers_c05():
    reference = case("c05_cliff_hogarty_kromrey.expected")
    check_two_groups(Tally.of(reference["a"]), Tally.of(reference["b"]), reference["expected"])


@quick
@given(varied, varied)
def test_welch_is_scipys(a, b):
    ours, theirs = welch(Tally.of(a), Tally.of(b)), stats.ttest_ind(a, b, equal_var=False)
    assert (ours.t, ours.df) == pytest.approx((theirs.statistic, theirs.df), rel=1e-6, abs=1e-9)
    assert ours.p == pytest.approx(theirs.pvalue, rel=1e-6)
    assert ours.interval == pytest.approx(theirs.confidence_interval(), rel=1e-6, abs=1e-6)


def dominance_matrix(a, b):
    return np.sign(np.subtract.outer(np.round(a, 6), np.round(b, 6)))


@quick
@given(group, group)
def test_delta_is_the_mean_of_the_dominance_matrix(a, b):
    matrix = dominance_matrix(a, b)
    ours = cliffs_delta(Tally.of(a), Tally.of(b))
    assert ours.delta == pytest.approx(matrix.mean())
    assert ours.superiority == pytest.approx(((matrix > 0) + 0.5 * (matrix == 0)).mean())
    assert -1 <= ours.interval.low <= ours.delta <= ours.interval.high <= 1


@quick
@given(group, group)
def test_the_interval_of_delta_is_cliffs_from_the_full_matrix(a, b):
    matrix = dominance_matrix(a, b)
    (m, n), d = matrix.shape, matrix.mean()
    unbiased = (
        (n**2 * ((matrix.mean(1) - d) ** 2).sum() + m**2 * ((matrix.mean(0) - d) ** 2).sum())
        - ((matrix - d) ** 2).sum()
    ) / (m * n * (m - 1) * (n - 1))
    s = math.sqrt(max(unbiased, (1 - d**2) / (m * n - 1)))
    if abs(d) < 1:
        t = t_quantile(m + n - 2)
        spread = t * s * math.sqrt((1 - d**2) ** 2 + (t * s) ** 2)
        bounds = [(d - d**3 + sign * spread) / (1 - d**2 + (t * s) ** 2) for sign in (-1, 1)]
        assert cliffs_delta(Tally.of(a), Tally.of(b)).interval == pytest.approx(bounds)


@quick
@given(group, group)
def test_a_gap_changes_its_sign_when_the_sides_swap(a, b):
    first = gap(management=Tally.of(a), customers=Tally.of(b))
    second = gap(management=Tally.of(b), customers=Tally.of(a))
    assert second.difference == pytest.approx(-first.difference)
    assert second.dominance.delta == -first.dominance.delta
    assert second.dominance.interval == pytest.approx(
        [-bound for bound in reversed(first.dominance.interval)]
    )
    if first.test:
        assert second.test.interval == pytest.approx([-bound for bound in reversed(first.test.interval)])
        assert second.test.p == pytest.approx(first.test.p)
    assert second.hedges_g == (None if first.hedges_g is None else pytest.approx(-first.hedges_g))


@quick
@given(group, group, st.randoms())
def test_permuting_respondents_changes_no_bit_of_a_gap(a, b, random):
    shuffled = random.sample(a, len(a))
    assert gap(management=Tally.of(a), customers=Tally.of(b)) == gap(
        management=Tally.of(shuffled), customers=Tally.of(b)
    )


def test_a_positive_gap_means_that_management_sees_it_rosier():
    assert gap(management=tally(80, 90), customers=tally(40, 60)).difference == 35


def test_a_gap_to_nobody_is_not_defined():
    nothing = gap(management=tally(80, 90), customers=Tally.of([]))
    assert (nothing.difference, nothing.test, nothing.hedges_g, nothing.dominance) == (None,) * 4


def test_one_respondent_on_a_side_has_a_difference_and_no_test():
    single = gap(management=tally(80), customers=tally(40, 60))
    assert (single.difference, single.test, single.hedges_g) == (30, None, None)
    assert (single.dominance.delta, single.dominance.interval) == (1, None)


def test_no_spread_on_either_side_allows_no_test():
    flat = gap(management=tally(80, 80), customers=tally(40, 40))
    assert (flat.difference, flat.test, flat.hedges_g) == (40, None, None)


def test_no_spread_on_one_side_uses_the_other_sides_degrees_of_freedom():
    test = welch(tally(80, 80, 80), tally(40, 50, 60))
    assert (test.df, test.se) == near((2, 10 / math.sqrt(3)))


def test_g_has_no_correction_at_one_degree_of_freedom():
    a, b = tally(80, 80), tally(40, 60)
    assert welch(a, b).df == 1
    assert hedges_g(a, b) is None


def test_the_correction_of_g_tends_to_one():
    big = Tally(np.array([40.0, 60.0]), np.array([500_000, 500_000]))
    shifted = Tally(big.values + 10, big.counts)
    assert hedges_g(shifted, big) == near(1 - 3 / (4 * (2e6 - 2) - 1), relative=1e-5)


def test_external_standard_errors_replace_those_of_the_respondents():
    test = welch_from(75, 3, 19, 50, 4, 12)
    assert (test.difference, test.se, test.t) == (25, 5, 5)
    assert test.df == near(5**4 / (3**4 / 19 + 4**4 / 12))
    assert gap(management=tally(70, 80), customers=tally(40, 62), test=test).difference == 25
    assert gap(management=tally(70, 80), customers=tally(40, 62), test=test).test is test


def test_two_known_means_allow_no_test():
    assert welch_from(75, 0, 19, 50, 0, 12) is None


def test_groups_that_do_not_overlap_get_wilsons_bound_of_the_smaller_one():
    above, below = Tally.of(range(81, 91)), Tally.of(range(1, 41))
    t = t_quantile(48)
    bound = (10 - t**2) / (10 + t**2)
    assert cliffs_delta(above, below).interval == near((bound, 1))
    assert cliffs_delta(below, above).interval == near((-1, -bound))


def test_groups_of_one_and_the_same_score_are_not_certain_to_be_alike():
    same = cliffs_delta(tally(*[50] * 10), tally(*[50] * 20))
    assert same.delta == 0
    assert same.interval.low == -same.interval.high == near(-same.interval.high)
    assert same.interval.high > 0.1


def test_labels_start_at_their_bound_and_compare_unrounded():
    assert [g_label(g) for g in (0.1999, 0.2, -0.4999, 0.5, 0.7999, -0.8)] == [
        Magnitude.NEGLIGIBLE,
        Magnitude.SMALL,
        Magnitude.SMALL,
        Magnitude.MEDIUM,
        Magnitude.MEDIUM,
        Magnitude.LARGE,
    ]
    assert [delta_label(delta) for delta in (-0.14681694, 0.147, 0.33, -0.474)] == list(Magnitude)


def test_the_steps_add_up_to_the_gap():
    groups = [("management", tally(80, 90)), ("staff", tally(60, 70)), ("customer", tally(40, 62))]
    chain = steps(groups)
    assert [(step.upper, step.lower) for step in chain] == [("management", "staff"), ("staff", "customer")]
    assert [step.difference for step in chain] == [20, 14]
    assert chain[0].test == welch(groups[0][1], groups[1][1])


def test_an_empty_group_is_left_out_of_the_chain():
    groups = [("management", tally(80)), ("staff", Tally.of([])), ("customer", tally(40, 60))]
    assert steps(groups) == (Step("management", "customer", 30, None),)
    assert steps(groups[:2]) == ()


@quick
@given(st.lists(group, min_size=3, max_size=3))
def test_any_chain_adds_up(groups):
    tallies = [Tally.of(scores) for scores in groups]
    chain = steps([(str(place), each) for place, each in enumerate(tallies)])
    assert math.fsum(step.difference for step in chain) == pytest.approx(
        tallies[0].mean - tallies[2].mean, abs=1e-9
    )
    assert [step.lower for step in chain[:-1]] == [step.upper for step in itertools.islice(chain, 1, None)]


def test_hedges_g_exists_between_one_and_two_degrees_of_freedom():
    a, b = Tally.of([40, 50]), Tally.of([60, 80])
    assert 1 < welch(a, b).df < 2
    df = welch(a, b).df
    correction = math.gamma(df / 2) / (math.sqrt(df / 2) * math.gamma((df - 1) / 2))
    assert hedges_g(a, b) == near(-25 / math.sqrt((50 + 200) / 2) * correction)
