import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cultureassess.scoring.describe import Estimate, Interval
from cultureassess.scoring.verdicts import (
    Perception,
    State,
    on_the_border,
    perception_of,
    quadrant_of,
    state_of,
    talk_ahead_of_action,
    verdict,
)
from tests.scoring.reference import case

quick = settings(max_examples=100, deadline=None, derandomize=True)
RULES = case("c19_decision_rules")


def judge(row):
    return verdict(
        management=row["M"], customers=row["C"], low=row["lo"], high=row["hi"], p_holm=row["p_holm"]
    )


@pytest.mark.parametrize("row", RULES["classes"])
def test_state_and_class_equal_the_reference_c19(row):
    judged = judge(row)
    assert (judged.state, judged.perception) == (row["state"], row["cls"])
    assert judged.provisional == (row["state"] == "inconclusive")


def test_without_a_test_there_is_no_verdict():
    assert verdict(management=80, customers=40, low=40, high=40, p_holm=None) is None


def test_a_gap_of_exactly_ten_points_is_clear():
    assert state_of(10, 5, 15, 0.01) is State.CLEAR_GAP
    assert state_of(-10, -15, -5, 0.01) is State.CLEAR_GAP
    assert state_of(9.999999, 5, 15, 0.01) is State.SMALL_GAP


def test_aligned_needs_the_whole_interval_strictly_inside_ten_points():
    assert state_of(0, -9.999, 9.999, 0.9) is State.ALIGNED
    assert state_of(0, -10, 9.999, 0.9) is State.INCONCLUSIVE
    assert state_of(0, -9.999, 10, 0.9) is State.INCONCLUSIVE


def test_a_p_of_exactly_five_percent_is_not_enough():
    assert state_of(30, 1, 59, 0.05) is State.INCONCLUSIVE


def test_a_small_gap_is_classed_by_where_the_scores_stand():
    assert perception_of(State.SMALL_GAP, 70, 60) is Perception.MIXED
    assert perception_of(State.SMALL_GAP, 65, 65) is Perception.SHARED_STRENGTH
    assert perception_of(State.SMALL_GAP, 64, 60) is Perception.SHARED_WEAKNESS


def test_threshold_and_target_can_be_moved():
    assert state_of(12, 5, 19, 0.01, threshold=15) is State.SMALL_GAP
    assert perception_of(State.CLEAR_GAP, 90, 70, target=75) is Perception.BLIND_SPOT


@quick
@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 1))
def test_only_the_sign_of_a_clear_gap_decides_between_rosier_and_harsher(management, customers, p_holm):
    judged = verdict(management=management, customers=customers, low=-50, high=50, p_holm=p_holm)
    rosier = {Perception.BLIND_SPOT, Perception.OVERSTATED_STRENGTH}
    harsher = {Perception.HIDDEN_STRENGTH, Perception.OVER_CRITICAL}
    if judged.state is State.CLEAR_GAP:
        assert judged.perception in (rosier if management > customers else harsher)
    else:
        assert judged.perception not in rosier | harsher


@pytest.mark.parametrize("row", RULES["quadrant"])
def test_quadrants_equal_the_reference_c19(row):
    assert quadrant_of(row["emp"], row["cust"], cut=RULES["quadrant_cut"]) == row["q"]


def test_a_cross_over_a_cut_is_on_the_border():
    inside, over = Interval(66, 70), Interval(60, 65)
    assert on_the_border(inside, over)
    assert on_the_border(over, inside)
    assert not on_the_border(inside, Interval(65, 70))
    assert not on_the_border(inside, Interval(60, 64.9))


@pytest.mark.parametrize(
    ("mean", "low", "ahead"), [(5, 0.1, True), (4.9, 3, False), (8, 0, False), (-9, -12, False)]
)
def test_talk_is_ahead_of_action_from_five_points_that_are_not_chance(mean, low, ahead):
    difference = Estimate(20, mean, 8.0, Interval(low, 2 * mean - low))
    assert talk_ahead_of_action(difference) is ahead


def test_talk_cannot_be_judged_without_interval():
    assert talk_ahead_of_action(Estimate(1, 9.0, None, None)) is None
    assert talk_ahead_of_action(Estimate(0, None, None, None)) is None
