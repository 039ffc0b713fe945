"""Covariances of complete cases: exact, in blocks, and the same as NumPy's."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from cultureassess.scoring.answers import DONT_KNOW, SKIPPED
from cultureassess.scoring.covariance import (
    ROWS,
    Covariance,
    complete_scores,
    covariance,
    covariance_of_scores,
    pairwise_covariance,
)
from cultureassess.scoring.scores import Scores

random = np.random.default_rng(7)


@pytest.fixture(scope="module")
def many():
    """More than one block of answers, a tenth of them missing in one way or the other."""
    answers = random.integers(1, 10, (2 * ROWS + 11, 4)).astype(np.uint8)
    answers[random.random(answers.shape) < 0.05] = SKIPPED
    answers[random.random(answers.shape) < 0.05] = DONT_KNOW
    return answers


def complete(answers):
    return answers[((answers != SKIPPED) & (answers != DONT_KNOW)).all(axis=1)].astype(float)


def test_complete_cases_over_several_blocks(many):
    found = covariance(many)
    assert found.n == len(complete(many))
    np.testing.assert_allclose(found.means, complete(many).mean(axis=0), rtol=1e-14)
    np.testing.assert_allclose(found.matrix, np.cov(complete(many).T), rtol=1e-9)


def test_a_block_full_of_nines_is_counted_exactly():
    answers = np.full((ROWS + 1, 2), 9, dtype=np.uint8)
    answers[-1] = 1
    found = covariance(answers)
    assert found.means[0] * found.n == pytest.approx(9 * ROWS + 1, abs=1e-6)
    assert found.matrix[0, 1] == pytest.approx(64 * ROWS / (ROWS + 1) / ROWS, rel=1e-14)


def test_pairwise_cases_use_everyone_who_answered_both(many):
    few = many[:500]
    given = (few != SKIPPED) & (few != DONT_KNOW)
    both = given[:, 0] & given[:, 2]
    found = pairwise_covariance(few)
    assert found.matrix[0, 2] == pytest.approx(np.cov(few[both][:, [0, 2]].T.astype(float))[0, 1], rel=1e-9)
    assert found.n == given.any(axis=1).sum()


def test_scores_over_several_blocks():
    columns = random.normal(60, 20, (3, ROWS + 9)).round(2)
    columns[1, :100] = np.nan
    found = covariance_of_scores([Scores.of(column) for column in columns])
    assert found.n == ROWS + 9 - 100
    np.testing.assert_allclose(found.means, columns[:, 100:].mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(found.matrix, np.cov(columns[:, 100:]), rtol=1e-9)


def test_a_score_that_is_constant_among_complete_cases_has_no_variance_at_all():
    holes = Scores.of([1.0, 2.0, 4.0, np.nan])
    found = covariance_of_scores([holes, Scores.of([33.333333] * 3 + [75.0])])
    assert found.variances[1] == 0.0
    assert found.n == 3


def test_complete_scores_are_the_rows_without_a_hole():
    first, second = Scores.of([1.0, np.nan, 3.0]), Scores.of([10.0, 20.0, 30.0])
    assert complete_scores([first, second]).tolist() == [[1.0, 10.0], [3.0, 30.0]]


def test_nobody_complete():
    holes = Scores.of([np.nan, np.nan])
    found = covariance_of_scores([holes, Scores.of([1.0, 2.0])])
    assert found.n == 0
    assert np.isnan(found.matrix).all()
    assert np.isnan(covariance(np.zeros((0, 3), dtype=np.uint8)).means).all()


def test_one_respondent_has_a_mean_and_no_covariance():
    found = covariance_of_scores([Scores.of([4.0]), Scores.of([6.0])])
    assert found.means.tolist() == [4.0, 6.0]
    assert np.isnan(found.matrix).all()


def test_a_column_that_never_varies_has_no_correlation():
    found = covariance(np.array([[1, 3, 2], [2, 3, 4], [5, 3, 5]], dtype=np.uint8))
    assert np.isnan(found.correlation[1]).all()
    assert found.correlation[0, 0] == pytest.approx(1.0)
    assert found.without(1).k == 2


def test_a_score_too_large_to_be_multiplied_exactly_is_refused():
    with pytest.raises(ValueError, match=r"A score of 4000\.5 is beyond 4000\.0"):
        covariance_of_scores([Scores.of([1.0, -4000.5])])
    assert covariance_of_scores([Scores.of([1.0, 4000.0])]).n == 2


def test_no_correlation_is_beyond_one_even_by_rounding():
    variances = np.arange(1, 200) / 7
    alike = np.outer(np.sqrt(variances), np.sqrt(variances))
    for matrix in (np.diag(variances), alike, -alike + 2 * np.diag(variances)):
        correlation = Covariance(50, np.zeros(len(matrix)), matrix).correlation
        assert (correlation.min() >= -1.0, correlation.max() <= 1.0) == (True, True)


def test_pairwise_means_are_those_of_everyone_who_answered_the_item():
    answers = np.array([[1, SKIPPED], [4, 5], [4, DONT_KNOW]], dtype=np.uint8)
    assert pairwise_covariance(answers).means.tolist() == [3.0, 5.0]


def test_two_respondents_have_a_covariance():
    found = covariance_of_scores([Scores.of([40.0, 60.0]), Scores.of([10.0, 50.0])])
    assert found.matrix.tolist() == [[200.0, 400.0], [400.0, 800.0]]


def test_scores_are_multiplied_to_the_last_millionth():
    columns = [[33.333333, 66.666667, 8.333334, 0.000002], [91.666667, 41.666668, 58.333333, 0.000004]]
    found = covariance_of_scores([Scores.of(column) for column in columns])
    exact = [[Fraction(str(score)) for score in column] for column in columns]
    means = [sum(column) / 4 for column in exact]
    for (line, first), (place, other) in itertools.product(enumerate(exact), repeat=2):
        products = [(a - means[line]) * (b - means[place]) for a, b in zip(first, other, strict=True)]
        assert found.matrix[line, place] == pytest.approx(float(sum(products) / 3), rel=1e-15)
