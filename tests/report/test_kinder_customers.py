"""Where customers see more than managers do, every page says it in that direction."""

import pytest
from msgspec.structs import replace

from cultureassess.report.document import document
from cultureassess.report.document.facilitator import facilitator_section
from cultureassess.report.figures import priorities_plane
from cultureassess.report.narrative.decision import decision_sentence
from cultureassess.report.narrative.harsher import harsher_question, harsher_sentence
from cultureassess.report.pdf import render_html
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import scenes

CUSTOMERS, MANAGERS = "“Are customers simply harsher?”", "“Are managers simply harsher?”"


def scene(name):
    return scenes.SCENES[name]()


# Is one side simply harsher?


@pytest.mark.parametrize(
    ("name", "question"),
    [("strong", CUSTOMERS), ("no gap", CUSTOMERS), ("tiny", CUSTOMERS), ("reverse", MANAGERS)],
)
def test_who_may_be_harsher_is_the_side_that_gives_less(name, question):
    assert harsher_question(scene(name), ENGLISH)[0] == question
    assert question in dict(facilitator_section(scene(name), ENGLISH).objections)


def test_kindness_to_oneself_is_no_excuse_for_a_gap_in_the_other_direction():
    told = harsher_question(scene("reverse"), ENGLISH)[1]
    assert told == (
        "On no index are managers shown to be within 10 points of customers or above them, so a harsher way "
        "of answering cannot be ruled out. People usually rate themselves higher than others rate them; here "
        "it is the other way round, so that habit does not explain it."
    )
    assert "part of a gap in managers’ favour is usual" in harsher_question(scene("strong"), ENGLISH)[1]


def test_managers_within_ten_points_of_customers_are_not_shown_to_be_harsher():
    near = scenes.with_gaps(-7.0, state="small gap", class_="shared strength")
    first, *others = near.indices
    none = replace(first, gap=replace(first.gap, difference=-1.0, interval=t.Range(-3, 1), state="aligned"))
    assert harsher_sentence(replace(near, indices=(none, *others)), ENGLISH) == (
        "Managers who were simply harsher would be so everywhere; on every index that is compared they are "
        "within 10 points of customers, or above them."
    )


@pytest.mark.parametrize(("difference", "side"), [(-7.0, "managers"), (6.0, "customers")])
def test_small_gaps_of_one_size_are_what_harsher_answers_look_like(difference, side):
    alike = scenes.with_gaps(difference, state="small gap", class_="shared strength")
    assert harsher_sentence(alike, ENGLISH) == (
        f"The gaps are alike, as far as the ranges tell: so it would look if {side} were simply harsher, by "
        "less than 10 points. That cannot be ruled out."
    )


def test_one_gap_alone_is_not_called_alike():
    alike = scenes.with_gaps(6.0, state="small gap", class_="shared strength")
    first, *others = alike.indices
    agree = [replace(one, gap=replace(one.gap, state="aligned", interval=t.Range(-2, 6))) for one in others]
    assert "alike" not in harsher_sentence(replace(alike, indices=(first, *agree)), ENGLISH)


def test_a_small_gap_is_no_reason_to_say_that_managers_do_not_see_it():
    told = decision_sentence(scenes.with_gaps(6.0, state="small gap", class_="shared strength"), ENGLISH)
    assert "which of its statements to improve first: managers rate it a little higher" in told
    assert "do not yet see" not in told


def test_gaps_are_called_of_different_size_only_where_their_ranges_leave_no_doubt():
    alike = scene("reverse")
    first, *others = alike.indices
    larger = replace(first, gap=replace(first.gap, difference=-40.0, interval=t.Range(-46, -34)))
    size = "It would not explain why some gaps are larger than others."
    assert size not in harsher_sentence(alike, ENGLISH)
    assert harsher_sentence(replace(alike, indices=(larger, *others)), ENGLISH).endswith(size)


# What to do about it


def test_the_list_is_called_what_it_is():
    told = document(scene("reverse")).priorities.order
    assert told.startswith("Every established gap is in customers’ favour, so there is nothing to close")
    assert "nothing in it is a finding" not in told


def test_a_field_of_the_picture_names_the_direction_of_the_gap():
    assert priorities_plane(scene("reverse")).fields[2] == "weighs more, not rosier by 10"
    assert priorities_plane(scene("reverse")).fields[1].endswith("managers rosier by 10 points or more")


@pytest.mark.parametrize(
    ("name", "heading", "blank", "decide", "why"),
    [
        ("reverse", "One thing to keep", "We keep", "one thing to keep, and one to stop", "What do people"),
        ("no gap", "One thing to keep", "We keep", "one thing to keep, and one to stop", "What do people"),
        ("tiny", "Whom to hear next", "We ask", "whom to hear next, and one thing", "What would we"),
        (
            "lopsided",
            "One thing that customers rate low",
            "Owner",
            "one thing that customers",
            "The questions",
        ),
    ],
)
def test_the_sheet_has_a_field_for_all_that_it_is_to_be_used_for(name, heading, blank, decide, why):
    told = document(scene(name))
    assert (told.action.ask.heading, told.action.ask.blanks[0]) == (heading, blank)
    assert heading in render_html(scene(name))
    steps = {step: how for _, step, how in told.facilitator.steps}
    assert decide in steps["Decide"]
    assert steps["Why"].startswith(why)
    assert bool(told.facilitator.questions) == why.startswith("The questions")


def test_nothing_is_a_candidate_to_stop_where_nothing_is_known():
    assert document(scene("tiny")).action.stop == ()
    assert document(scene("strong")).action.ask is None
