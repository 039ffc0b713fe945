"""The planner's numbers are METHOD's."""

import pytest

from cultureassess.instruments.types import Audience
from cultureassess.scoring.power import detectable_gap, people_needed
from cultureassess.services import planning, readiness
from cultureassess.services.readiness import Point
from tests import scene

METHOD_3_4 = [
    (10, 100, 20.4, 28.8),
    (20, 100, 14.2, 18.8),
    (30, 200, 11.3, 14.7),
    (50, 200, 9.0, 11.6),
    (100, 400, 6.3, 8.1),
]


@pytest.mark.parametrize(("managers", "customers", "alone", "together"), METHOD_3_4)
def test_the_smallest_gaps_are_those_of_the_method(managers, customers, alone, together):
    finds = planning.outlook(managers, customers, family=8).finds
    assert finds is not None
    assert (round(finds.alone, 1), round(finds.together, 1)) == (alone, together)


@pytest.mark.parametrize(("managers", "customers"), [(9, 100), (100, 9), (0, 0)])
def test_below_ten_on_a_side_no_gap_is_judged(managers, customers):
    assert planning.outlook(managers, customers).finds is None


def test_what_it_takes_to_see_a_gap_is_just_enough():
    found = planning.outlook(40, 60, gap=10)
    assert found.more_customers == people_needed(10, 40)
    assert found.more_managers == people_needed(10, 60)
    both = found.on_both_sides
    assert detectable_gap(both, both) <= 10 < detectable_gap(both - 1, both - 1)


def test_too_few_managers_cannot_be_made_up_for_by_customers():
    assert planning.outlook(20, 100, gap=10).more_customers is None


def test_the_questionnaire_has_eight_indices_to_judge_together(instrument):
    assert planning.family_of(instrument) == 8


@pytest.mark.parametrize(
    ("answers", "share", "asked"), [(100, 100, 100), (100, 50, 200), (33, 25, 132), (1, 75, 2)]
)
def test_so_many_are_asked_for_so_many_answers(answers, share, asked):
    assert planning.to_ask(answers, share) == asked
    assert planning.answering(asked, share) >= answers


def budgets(wave, instrument):
    return {budget.key: budget for budget in planning.segment_budgets(wave, instrument)}


def test_a_segment_is_affordable_if_every_value_can_reach_ten(session, instrument):
    asked = {Audience.MANAGEMENT: 20, Audience.STAFF: 70, Audience.CUSTOMER: 29}
    found = budgets(scene.draft_wave(session, invited=asked), instrument)
    function, decider = found["inside.function"], found["outside.decider"]
    assert (function.values, function.asked, function.per_value, function.affordable) == (9, 90, 10, True)
    assert (decider.values, decider.asked, decider.per_value, decider.affordable) == (3, 29, 9, False)


def test_without_a_number_nobody_can_tell(session, instrument):
    assert budgets(scene.draft_wave(session), instrument)["inside.function"].affordable is None


@pytest.mark.parametrize(
    ("number", "point"),
    [(4, Point.NEVER_SHOWN), (9, Point.NO_VERDICT), (99, Point.BELOW_AIM), (100, None), (None, None)],
)
def test_too_few_customers_are_remarked_on_by_degree(session, instrument, number, point):
    invited = {} if number is None else {Audience.CUSTOMER: number}
    wave = scene.draft_wave(
        session, invited=invited, segments=(), opens_on=scene.TODAY, closes_on=scene.TODAY
    )
    found = readiness.remarks(wave, instrument, today=scene.TODAY)
    assert [remark.point for remark in found] == ([] if point is None else [point])
    assert not any(remark.stops for remark in found)


def test_missing_dates_and_a_missing_side_stop_an_opening(session, instrument):
    wave = scene.draft_wave(session, definitions={Audience.STAFF: "All."}, segments=())
    found = readiness.remarks(wave, instrument, today=scene.TODAY)
    assert [(remark.point, remark.stops) for remark in found] == [
        (Point.DATES_MISSING, True),
        (Point.SIDE_MISSING, True),
    ]
