import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cultureassess.scoring.proportions import calibration_error, newcombe, tipping_point, wilson
from tests.scoring.reference import expected, near

quick = settings(max_examples=100, deadline=None, derandomize=True)
CASES = expected("c11_proportions")
share = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def counts(fraction):
    return tuple(int(number) for number in fraction.split("/"))


@pytest.mark.parametrize("fraction", CASES["wilson"])
def test_wilson_equals_the_reference_c11(fraction):
    assert wilson(*counts(fraction)) == near(CASES["wilson"][fraction])


@pytest.mark.parametrize("pair", CASES["newcombe"])
def test_newcombe_equals_the_reference_c11(pair):
    first, second = pair.split("-")
    assert newcombe(*counts(first), *counts(second)) == near(CASES["newcombe"][pair])


@quick
@given(share)
def test_wilson_is_scipys_and_holds_the_share(answers):
    bounds = wilson(*answers)
    theirs = stats.binomtest(*answers).proportion_ci(method="wilson")
    assert bounds == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert 0 <= bounds.low <= answers[0] / answers[1] <= bounds.high <= 1


@quick
@given(share, share)
def test_newcombe_changes_its_sign_when_the_sides_swap(first, second):
    forward, backward = newcombe(*first, *second), newcombe(*second, *first)
    assert backward == pytest.approx((-forward.high, -forward.low))
    assert -1 <= forward.low <= forward.high <= 1 + 1e-12


def test_nobody_and_everybody_keep_an_interval_within_bounds():
    assert wilson(0, 20).low == 0
    assert wilson(20, 20).high == 1
    assert newcombe(10, 10, 0, 10).high == 1


def test_an_effective_sample_size_may_be_fractional():
    assert wilson(8.0, 16.5).half_width > wilson(8.0, 16.5).low * 0.1


def test_nobody_answered():
    assert wilson(0, 0) is None
    assert newcombe(0, 0, 3, 5) is None
    assert newcombe(3, 5, 0, 0) is None


@pytest.mark.parametrize("wrong", [(-1, 5), (6, 5), (1, 0)])
def test_a_count_that_does_not_fit_is_refused(wrong):
    with pytest.raises(ValueError, match="does not fit"):
        wilson(*wrong)


def test_the_tipping_point_is_the_share_of_the_silent_that_would_have_to_agree():
    assert tipping_point(0.7, 48, 240, 900) == near((0.7 * 900 - 48) / 660)


def test_a_tipping_point_can_be_out_of_reach_or_behind():
    assert tipping_point(0.9, 10, 90, 100) == 8
    assert tipping_point(0.1, 40, 50, 100) < 0


def test_without_silent_customers_there_is_no_tipping_point():
    assert tipping_point(0.7, 48, 240, None) is None
    assert tipping_point(0.7, 48, 240, 240) is None
    assert tipping_point(0.7, 48, 240, 200) is None


def test_calibration_is_the_forecast_minus_what_customers_say():
    assert calibration_error(58.5, 17) == 41.5
    assert calibration_error(None, 17) is None
    assert calibration_error(58.5, None) is None
