"""METHOD 3.7: McDonald's omega, from a one-factor maximum-likelihood model."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.covariance import Covariance
from cultureassess.scoring.reliability import alpha, omega
from tests.scoring.reference import equicorrelated, near


def one_factor(*loadings):
    """The covariance of items that one factor explains exactly."""
    common = np.array(loadings)
    return Covariance(200, np.zeros(len(common)), np.outer(common, common) + np.diag(1 - common**2))


def test_copies_of_one_item_have_no_factor_model():
    assert omega(equicorrelated(1.0)) is None


@pytest.mark.parametrize(("r", "want"), [(0.5, 0.8), (0.1, 0.4 / 1.3)])
def test_omega_equals_alpha_for_parallel_items(r, want):
    answers = equicorrelated(r)
    assert omega(answers).raw == near(want)
    assert omega(answers).raw == near(alpha(answers))
    assert tuple(omega(answers).loadings) == near((np.sqrt(r),) * 4)


def test_a_negative_loading_lowers_omega():
    loadings = np.array([0.8, 0.7, 0.6, -0.5])
    found = omega(one_factor(*loadings))
    assert tuple(found.loadings) == near(tuple(loadings), 1e-5)
    assert found.raw == near(1.6**2 / (1.6**2 + (1 - loadings**2).sum()), 1e-5)


def test_the_factor_points_the_way_of_the_sum_score():
    assert tuple(omega(one_factor(-0.8, -0.7, 0.6)).loadings) == near((0.8, 0.7, -0.6), 1e-5)


def test_loadings_are_in_the_unit_of_the_items():
    unit = equicorrelated(0.5)
    sd = np.array([1.0, 2.0, 1.0, 0.5])
    found = omega(Covariance(100, np.zeros(4), unit.matrix * np.outer(sd, sd)))
    assert tuple(found.loadings) == near(tuple(sd * np.sqrt(0.5)))
    assert found.standardised == near(0.8)


def test_a_heywood_case_is_marked():
    matrix = np.array([[1.0, 0.9, 0.9], [0.9, 1.0, 0.65], [0.9, 0.65, 1.0]])
    found = omega(Covariance(50, np.zeros(3), matrix))
    assert found.heywood
    assert 0 < found.raw < 1


def test_three_items_that_no_factor_explains_exactly_get_the_likeliest_one():
    correlation = np.array([[1, 0.5, 0.4], [0.5, 1, -0.1], [0.4, -0.1, 1]])
    found = omega(Covariance(100, np.zeros(3), correlation))
    # A search of the likelihood over loadings and uniquenesses from several starts ends there too.
    assert found.loadings.tolist() == pytest.approx([0.99749927, 0.50053513, 0.39999527], abs=1e-6)
    assert found.raw == pytest.approx(0.69319358, abs=1e-7)
    assert found.heywood


loading = st.floats(0.3, 0.9)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(loading, loading, loading)
def test_three_items_have_their_model_without_a_search(first, second, third):
    found = omega(one_factor(first, second, third))
    assert tuple(found.loadings) == near((first, second, third), 1e-12)
    common, unique = (first + second + third) ** 2, 3 - first**2 - second**2 - third**2
    assert found.raw == near(common / (common + unique), 1e-12)


def test_of_three_items_two_may_be_unrelated():
    correlation = np.array([[1, 0, 0.4], [0, 1, 0.3], [0.4, 0.3, 1]])
    found = omega(Covariance(100, np.zeros(3), correlation))
    assert 0 < found.raw < 1
