"""METHOD 3.8: answers from the same account are not independent."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.clusters import Unit, clustered_mean, standard_error
from cultureassess.scoring.scores import Scores
from tests.scoring.reference import column, expected, near

WANT = expected("c12_fpc_and_clusters")


@pytest.fixture(scope="module")
def schools():
    return Scores.of(column("c12_apiclus1.csv", "api00")), column("c12_apiclus1.csv", "dnum").astype(int)


def test_simple_random_sample_with_and_without_correction():
    want = WANT["srs"]
    schools = column("c12_apisrs.csv", "api00")
    sd, n = schools.std(ddof=1), len(schools)
    assert schools.mean() == near(want["mean"])
    assert standard_error(sd, n, population=want["N"]) == near(want["se_fpc"])
    assert standard_error(sd, n) == near(want["se_nofpc"])


def test_a_census_has_no_sampling_error():
    assert standard_error(20.0, 30, population=30) == 0.0


def test_more_answers_than_people_are_refused():
    with pytest.raises(ValueError, match="31 cannot answer out of 30"):
        standard_error(20.0, 31, population=30)


def test_cluster_robust_standard_error(schools):
    want = WANT["cluster"]
    found = clustered_mean(*schools)
    assert (found.unit, found.n, found.accounts, found.df) == (Unit.ANSWER, want["n"], want["clusters"], 14)
    assert (found.mean, found.se) == near((want["mean"], want["se_nofpc"]))
    assert clustered_mean(*schools, all_accounts=757).se == near(want["se_fpc"])


def test_answers_taken_as_independent_look_three_times_too_certain(schools):
    tally = schools[0].tally()
    assert tally.se == near(WANT["cluster"]["naive_se"])
    assert clustered_mean(*schools).se > 3 * tally.se


def test_nine_accounts_count_once_each():
    scores = Scores.of([10.0, 20.0, *[50.0] * 8])
    found = clustered_mean(scores, np.array([0, 0, 1, 2, 3, 4, 5, 6, 7, 8]))
    means = np.array([15.0] + [50.0] * 8)
    assert (found.unit, found.n, found.accounts, found.df) == (Unit.ACCOUNT, 10, 9, 8)
    assert (found.mean, found.se) == near((means.mean(), means.std(ddof=1) / 3))


@pytest.mark.parametrize(("answers", "unit"), [(12, Unit.ACCOUNT), (13, Unit.ANSWER)])
def test_ten_accounts_are_clusters_above_twelve_answers(answers, unit):
    accounts = np.arange(answers) % 10
    assert clustered_mean(Scores.of(np.arange(answers, dtype=float)), accounts).unit is unit


def test_answers_without_an_account_stand_alone():
    found = clustered_mean(Scores.of([10.0, 30.0, 50.0]), np.array([-1, -1, 7]))
    assert (found.accounts, found.mean) == (3, 30.0)


def test_missing_scores_bring_no_account():
    found = clustered_mean(Scores.of([10.0, np.nan, 50.0]), np.array([0, 1, 2]))
    assert (found.n, found.accounts) == (2, 2)


def test_one_account_has_no_standard_error():
    found = clustered_mean(Scores.of([10.0, 30.0]), np.array([4, 4]))
    assert (found.mean, found.se, found.df) == (20.0, None, 0)


def test_no_answer_no_mean():
    assert clustered_mean(Scores.of([np.nan]), np.array([0])) is None
    assert clustered_mean(Scores.of([]), np.array([], dtype=int)) is None


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=40))
def test_accounts_of_one_answer_each_are_a_plain_sample(values):
    scores = Scores.of(np.array(values, dtype=float))
    found = clustered_mean(scores, np.arange(len(values)))
    assert found.mean == pytest.approx(scores.tally().mean)
    assert math.isclose(found.se, scores.tally().se, abs_tol=1e-9)


def test_unknown_accounts_are_neither_one_account_nor_any_known_one():
    scores = Scores.of([0.0, 100.0, 40.0, 60.0, 80.0])
    found = clustered_mean(scores, np.array([0, 1, -1, -1, -1]))
    assert found.accounts == 5
    assert found.mean == pytest.approx(56.0)


def test_an_unknown_account_that_comes_first_is_none_of_the_known_ones():
    found = clustered_mean(Scores.of([10.0, 20.0, 30.0, 80.0]), np.array([-1, -1, 1, 0]))
    assert (found.accounts, found.mean) == (4, 35.0)
