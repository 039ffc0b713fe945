import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.describe import Estimate, Interval
from cultureassess.scoring.levels import (
    LEVELS,
    Cut,
    Levels,
    overall_placement,
    placement,
    printed_score,
)
from tests.scoring.reference import case

quick = settings(max_examples=100, deadline=None, derandomize=True)


def scored(mean, half_width=5.0, n=40):
    return Estimate(n, mean, 20.0, Interval(mean - half_width, mean + half_width))


def table(*starts, numbers=None):
    numbers = numbers or range(1, len(starts) + 1)
    return Levels(
        "x", tuple(Cut(n, start, "name", "words") for n, start in zip(numbers, starts, strict=True))
    )


@pytest.mark.parametrize(("mean", "level"), case("c19_decision_rules")["levels"])
def test_lower_bounds_are_inclusive_and_compared_unrounded_c19(mean, level):
    assert LEVELS.level_of(mean) == level


def test_the_table_is_that_of_the_method():
    assert LEVELS.version == "1"
    assert [(cut.number, cut.start, cut.name) for cut in LEVELS.cuts] == [
        (1, 0, "Inward"),
        (2, 35, "Aware"),
        (3, 50, "Practising"),
        (4, 65, "Embedded"),
        (5, 80, "Lived"),
    ]
    assert LEVELS.cut(4).reads_as == "a clear majority agrees"


def test_a_missing_score_has_no_level():
    with pytest.raises(ValueError, match="missing"):
        LEVELS.level_of(math.nan)


def test_every_level_that_the_interval_touches_is_named():
    assert LEVELS.levels_touched(44, 56) == (2, 3)
    assert LEVELS.levels_touched(51, 64.9) == (3,)
    assert LEVELS.levels_touched(51, 65) == (3, 4)
    assert LEVELS.levels_touched(-3, 104) == (1, 2, 3, 4, 5)


def test_another_table_may_be_configured():
    assert [table(0, 25, 50, 75).level_of(mean) for mean in (0, 24.9, 25, 74, 75, 100)] == [1, 1, 2, 3, 4, 4]


@pytest.mark.parametrize("starts", [(), (5, 35), (0, 50, 35), (0, 35, 35), (0, 101), (0, math.nan)])
def test_a_table_that_does_not_rise_from_0_to_100_is_refused(starts):
    with pytest.raises(ValueError, match="starts at 0"):
        table(*starts)


def test_levels_must_be_numbered_from_one():
    with pytest.raises(ValueError, match="numbered"):
        table(0, 50, numbers=(1, 3))


def test_a_level_needs_ten_answers():
    assert placement(scored(70, n=9)) is None
    assert placement(scored(70, n=10)).number == 4
    assert placement(Estimate(0, None, None, None)) is None
    assert placement(Estimate(12, None, None, None)) is None


def test_a_big_level_needs_a_half_width_of_at_most_seven_and_a_half():
    assert placement(scored(70, half_width=7.5)).big
    assert not placement(scored(70, half_width=7.51)).big


def test_without_interval_the_level_stands_alone_and_small():
    place = placement(Estimate(12, 70.0, None, None))
    assert (place.number, place.touched, place.big) == (4, (4,), False)


def test_the_overall_level_is_at_most_one_above_the_weakest_index():
    place = overall_placement(scored(82, half_width=3), {"CF": 85, "EO": 49, "CI": 90, "SB": 95})
    assert (place.number, place.touched, place.capped_by) == (3, (3,), "EO")
    assert place.printed == "82"


def test_the_cap_names_an_index_only_where_it_holds_the_level_down():
    place = overall_placement(scored(64, half_width=3), {"CF": 70, "EO": 49})
    assert (place.number, place.touched, place.capped_by) == (3, (3,), None)


def test_the_lowest_of_several_weak_indices_is_named():
    assert overall_placement(scored(82), {"CF": 40, "EO": 36, "CI": 36}).capped_by == "EO"


def test_without_index_scores_there_is_no_cap():
    assert overall_placement(scored(82), {}) == placement(scored(82))
    assert overall_placement(scored(82, n=5), {"CF": 40}) is None


@pytest.mark.parametrize(
    ("mean", "printed"),
    [
        (49.58, "49.5"),
        (49.5, "49.5"),
        (49.4999, "49"),
        (49.999999, "49.9"),
        (50.0, "50"),
        (50.4, "50"),
        (64.6, "64.6"),
        (62.5, "63"),
        (61.5, "62"),
        (0.0, "0"),
        (0.4, "0"),
        (99.6, "100"),
        (100.0, "100"),
    ],
)
def test_a_score_is_never_printed_as_if_it_had_reached_a_cut(mean, printed):
    assert printed_score(mean) == printed


def test_printing_respects_configured_cuts():
    assert printed_score(49.58, (0, 25, 75)) == "50"
    assert printed_score(74.7, (0, 25, 75)) == "74.7"


@quick
@given(st.floats(0, 100))
def test_the_printed_score_has_the_level_of_the_score(mean):
    printed = float(printed_score(mean))
    assert LEVELS.level_of(printed) == LEVELS.level_of(mean)
    assert abs(printed - mean) <= 0.5


@quick
@given(st.floats(0, 100), st.floats(0, 30))
def test_the_level_is_one_of_those_touched(mean, half_width):
    place = placement(scored(mean, half_width))
    assert place.number in place.touched


def test_a_level_may_begin_at_the_very_top_and_not_beyond():
    assert table(0, 100).level_of(100.0) == 2
    with pytest.raises(ValueError, match="up to 100"):
        table(0, 100.5)
