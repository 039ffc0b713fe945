import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cultureassess.scoring.multiplicity import benjamini_hochberg, holm
from tests.scoring.reference import expected, near

quick = settings(max_examples=100, deadline=None, derandomize=True)
p_lists = st.lists(st.floats(0, 1), min_size=1, max_size=12)
CASES = expected("c08_multiplicity")


@pytest.mark.parametrize("name", CASES)
def test_adjusted_p_values_equal_the_reference_c08(name):
    assert holm(CASES[name]["p"]) == near(CASES[name]["holm"])
    assert benjamini_hochberg(CASES[name]["p"]) == near(CASES[name]["bh"])


def test_of_fifteen_tests_bh_rejects_four_and_holm_three_c08():
    p_values = CASES["bh1995"]["p"]
    assert sum(p < 0.05 for p in benjamini_hochberg(p_values)) == 4
    assert sum(p < 0.05 for p in holm(p_values)) == 3


@quick
@given(p_lists)
def test_benjamini_hochberg_is_scipys(p_values):
    assert benjamini_hochberg(p_values) == pytest.approx(stats.false_discovery_control(p_values))


@quick
@given(p_lists)
def test_adjusted_values_keep_the_order_and_stay_between_p_and_one(p_values):
    for adjust in (holm, benjamini_hochberg):
        adjusted = adjust(p_values)
        assert all(p <= q or math.isclose(p, q) for p, q in zip(p_values, adjusted, strict=True))
        assert max(adjusted) <= 1
        assert [q for _, q in sorted(zip(p_values, adjusted, strict=True))] == sorted(adjusted)


@quick
@given(p_lists)
def test_holm_is_at_least_as_strict_as_bh(p_values):
    pairs = zip(holm(p_values), benjamini_hochberg(p_values), strict=True)
    assert all(h >= b or math.isclose(h, b) for h, b in pairs)


@quick
@given(p_lists, st.integers(0, 11))
def test_a_test_that_was_not_made_does_not_count(p_values, place):
    for adjust in (holm, benjamini_hochberg):
        with_gap = [*p_values[:place], None, *p_values[place:]]
        adjusted = adjust(with_gap)
        assert adjusted[min(place, len(p_values))] is None
        assert [p for p in adjusted if p is not None] == adjust(p_values)


def test_an_empty_family_stays_empty():
    assert (holm([]), benjamini_hochberg([]), holm([None])) == ([], [], [None])


@pytest.mark.parametrize("wrong", [-0.1, 1.1, math.nan])
def test_what_is_no_probability_is_refused(wrong):
    for adjust in (holm, benjamini_hochberg):
        with pytest.raises(ValueError, match="between 0 and 1"):
            adjust([0.5, wrong])
