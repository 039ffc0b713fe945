"""METHOD 6.1: which indices go with the outcome."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.covariance import Covariance, covariance_of_scores
from cultureassess.scoring.drivers import (
    Standing,
    cases_needed,
    framework_weights,
    johnson_weights,
    key_drivers,
    lmg,
)
from cultureassess.scoring.scores import Scores
from tests.scoring.reference import column, expected, near

WANT = expected("c15_key_drivers")
FILES = {"mobi": "c15_mobi_drivers.csv", "attitude": "c02_attitude.csv"}
OUTCOMES = {"mobi": "CUSA", "attitude": "rating"}


def reference(name):
    names = [OUTCOMES[name], *WANT[name]["lmg"]]
    return [Scores.of(column(FILES[name], header)) for header in names]


def survey(n, *, predictors=3, seed=1):
    """An outcome and predictors that share a common part, the last one against the others."""
    random = np.random.default_rng(seed)
    common = random.normal(size=n)
    parts = [common + random.normal(size=n) for _ in range(predictors)] + [
        random.normal(size=n) - 0.7 * common
    ]
    return Scores.of(common + random.normal(size=n)), [Scores.of(part) for part in parts]


def correlated(matrix):
    matrix = np.array(matrix)
    return Covariance(500, np.zeros(len(matrix)), matrix)


@pytest.mark.parametrize("name", FILES)
def test_shares_of_explained_variance(name):
    want, data = WANT[name], covariance_of_scores(reference(name))
    assert data.n == want["n"]
    assert tuple(lmg(data.matrix)) == near(tuple(want["lmg"].values()))
    assert tuple(johnson_weights(data)) == near(tuple(want["johnson"].values()))
    assert tuple(data.correlation[0, 1:]) == near(tuple(want["correlation"].values()))
    assert tuple(data.correlation[0, 1:] ** 2) == near(tuple(want["first"].values()))
    assert lmg(data.matrix).sum() == near(want["r2"])
    assert johnson_weights(data).sum() == near(want["r2"])


def test_phone_customers_are_ranked_by_quality_first():
    outcome, *predictors = reference("mobi")
    found = key_drivers(outcome, predictors, seed=1)
    assert (found.standing, found.n, found.needed) == (Standing.FIRM, 250, 100)
    assert found.r2 == near(WANT["mobi"]["r2"])
    assert [d.rank for d in found.drivers] == [2, 4, 1, 3]
    assert [d.weight for d in found.drivers] == near([d.lmg / found.r2 for d in found.drivers])
    assert {d.low for d in found.drivers} == {None}


def test_thirty_departments_are_too_few_to_rank():
    outcome, *predictors = reference("attitude")
    found = key_drivers(outcome, predictors, seed=1)
    assert (found.standing, found.n, found.r2, found.drivers) == (Standing.REFUSED, 30, None, ())


@pytest.mark.parametrize(("predictors", "cases"), [(1, 100), (8, 100), (10, 100), (11, 110)])
def test_cases_needed(predictors, cases):
    assert cases_needed(predictors) == cases


@pytest.mark.parametrize(
    ("n", "standing"),
    [(99, Standing.REFUSED), (100, Standing.INDICATIVE), (199, Standing.INDICATIVE), (200, Standing.FIRM)],
)
def test_standing_by_complete_cases(n, standing):
    assert key_drivers(*survey(n), seed=1).standing is standing


def test_indicative_shares_carry_an_interval():
    found = key_drivers(*survey(150), seed=4)
    for driver in found.drivers:
        assert 0 <= driver.low < driver.lmg < driver.high <= 1


def test_the_interval_depends_on_the_answers_and_the_seed_alone():
    outcome, predictors = survey(120)
    backwards = [Scores(s.values, s.codes[::-1]) for s in (outcome, *predictors)]
    found = key_drivers(outcome, predictors, seed=4).drivers
    again = key_drivers(backwards[0], backwards[1:], seed=4).drivers
    assert [d.low for d in found] == near([d.low for d in again])
    assert [d.low for d in found] != [d.low for d in key_drivers(outcome, predictors, seed=5).drivers]


def test_a_negative_correlation_is_shown_and_not_ranked():
    found = key_drivers(*survey(300), seed=1)
    *others, negative = found.drivers
    assert negative.r < 0 < negative.lmg
    assert (negative.rank, negative.weight) == (None, 0.0)
    assert sorted(d.rank for d in others) == [1, 2, 3]
    assert sum(d.weight for d in others) == near(1.0)


def test_a_predictor_that_never_varies_explains_nothing():
    outcome, predictors = survey(200)
    found = key_drivers(outcome, [*predictors, Scores.of(np.full(200, 50.0))], seed=1)
    constant = found.drivers[-1]
    assert (constant.r, constant.lmg, constant.johnson, constant.rank) == (None, 0.0, 0.0, None)


def test_an_outcome_that_never_varies_has_no_drivers():
    _, predictors = survey(200)
    assert key_drivers(Scores.of(np.full(200, 4.0)), predictors, seed=1).standing is Standing.REFUSED


def test_nothing_is_ranked_where_every_correlation_is_negative():
    outcome, predictors = survey(200)
    assert key_drivers(outcome, predictors[-1:], seed=1).standing is Standing.REFUSED


def test_without_predictors_there_is_nothing_to_rank():
    assert key_drivers(survey(200)[0], [], seed=1).standing is Standing.REFUSED


def test_an_index_that_one_person_sees_differently_keeps_a_sane_interval():
    outcome, predictors = survey(120)
    lonely = np.full(120, 33.333333)
    lonely[np.argmax(outcome.array())] = 66.666667
    driver = key_drivers(outcome, [*predictors, Scores.of(lonely)], seed=1).drivers[-1]
    assert driver.low == 0.0
    assert driver.low < driver.high < 0.3


def test_copies_share_what_one_of_them_explains():
    data = correlated([[1.0, 0.6, 0.6], [0.6, 1.0, 1.0], [0.6, 1.0, 1.0]])
    assert tuple(lmg(data.matrix)) == near((0.18, 0.18))
    assert tuple(johnson_weights(data)) == near((0.18, 0.18))


def test_framework_weights_of_the_eight_indices_sum_to_one():
    weights = framework_weights((True, False, True, True, False, False, False, True))
    assert weights == (0.15, 0.10, 0.15, 0.15, 0.10, 0.10, 0.10, 0.15)
    assert sum(weights) == near(1.0)


def shapley_by_orders(matrix):
    """LMG as it is defined: the gain of R^2 averaged over every order of entry."""

    def r2(chosen):
        if not chosen:
            return 0.0
        inside = np.ix_(chosen, chosen)
        return matrix[0, chosen] @ np.linalg.solve(matrix[inside], matrix[chosen, 0]) / matrix[0, 0]

    predictors = range(1, len(matrix))
    gains = np.zeros(len(matrix) - 1)
    for order in itertools.permutations(predictors):
        for place, predictor in enumerate(order):
            gains[predictor - 1] += r2(list(order[: place + 1])) - r2(list(order[:place]))
    return gains / math.factorial(len(matrix) - 1)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_shares_are_the_mean_gain_over_all_orders(predictors, seed):
    data = np.random.default_rng(seed).normal(size=(40, predictors + 1))
    matrix = np.cov(data.T)
    assert tuple(lmg(matrix)) == pytest.approx(tuple(shapley_by_orders(matrix)), abs=1e-9)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(1, 8), st.integers(0, 10_000))
def test_both_methods_share_out_the_same_r2(predictors, seed):
    data = np.random.default_rng(seed).normal(size=(60, predictors + 1))
    data[:, 1:] += data[:, :1]
    found = Covariance(60, data.mean(axis=0), np.cov(data.T))
    slopes, *_ = np.linalg.lstsq(data[:, 1:] - data[:, 1:].mean(axis=0), data[:, 0] - data[:, 0].mean())
    fitted = (data[:, 1:] - data[:, 1:].mean(axis=0)) @ slopes
    r2 = fitted.var() / data[:, 0].var()
    assert lmg(found.matrix).sum() == pytest.approx(r2)
    assert johnson_weights(found).sum() == pytest.approx(r2)


@pytest.mark.parametrize("unit", [0.01, 1.0, 20.0])
def test_the_unit_of_the_outcome_does_not_matter(unit):
    outcome, predictors = survey(200)
    found = key_drivers(Scores.of(unit * np.round(outcome.array(), 2)), predictors, seed=1)
    assert found.standing is Standing.FIRM
    want = key_drivers(Scores.of(np.round(outcome.array(), 2)), predictors, seed=1)
    assert [d.lmg for d in found.drivers] == near([d.lmg for d in want.drivers])


def test_the_first_index_may_be_the_one_that_never_varies():
    outcome, predictors = survey(200)
    assert (
        key_drivers(outcome, [Scores.of(np.full(200, 50.0)), *predictors], seed=1).standing is Standing.FIRM
    )


def test_an_index_that_does_not_go_with_the_outcome_by_itself_is_ranked_by_what_it_adds():
    outcome, other = np.tile([1.0, 1.0, -1.0, -1.0], 50), np.tile([1.0, -1.0, 1.0, -1.0], 50)
    predictors = [Scores.of(other - outcome), Scores.of(other)]
    against, unrelated = key_drivers(Scores.of(outcome), predictors, seed=1).drivers
    assert (against.r, against.lmg, against.rank) == (near(-math.sqrt(0.5)), near(0.75), None)
    assert (unrelated.r, unrelated.lmg, unrelated.rank, unrelated.weight) == (0.0, near(0.25), 1, 1.0)


def test_an_outcome_that_does_not_vary_is_explained_by_nothing():
    assert lmg(np.diag([0.0, 1.0, 1.0])).tolist() == [0.0, 0.0]


def test_the_interval_is_that_of_five_hundred_samples_of_the_sorted_answers():
    random = np.random.default_rng(8)
    first, second = random.integers(1, 6, (2, 110))
    outcome = np.clip(first + random.integers(-1, 2, 110), 1, 5)
    table = sorted(zip(outcome.tolist(), first.tolist(), second.tolist(), strict=True))
    places = np.random.default_rng(3).integers(110, size=(500, 110))
    shares = [lmg(np.cov(np.array(table, dtype=float)[drawn].T)) for drawn in places]
    low, high = np.quantile(shares, (0.025, 0.975), axis=0)
    found = key_drivers(Scores.of(outcome), [Scores.of(first), Scores.of(second)], seed=3).drivers
    ranked = [driver for driver in found if driver.low is not None]
    assert [driver.low for driver in ranked] == pytest.approx(low.tolist(), rel=1e-9, abs=1e-12)
    assert [driver.high for driver in ranked] == pytest.approx(high.tolist(), rel=1e-9)
