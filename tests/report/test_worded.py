"""Sentences that must not say more than the answers carry."""

import pytest
from msgspec.structs import replace

from cultureassess.report import narrative
from cultureassess.report.document import document
from cultureassess.report.narrative.reading import method, self_leniency
from cultureassess.report.sheets.measured import items_sheet
from cultureassess.report.sheets.tested import gaps_sheet
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot import types as t
from tests.report import factory, parts, scenes

FEW_MANAGERS = (
    "Decide what to do about what customers say: the answers of those who took part need no comparison. Only "
    "the comparison has to wait: too few managers can be compared."
)

# Too few of one side


def test_few_managers_stop_the_comparison_and_not_what_customers_say():
    lopsided = scenes.SCENES["lopsided"]()
    told = narrative.answer(lopsided)
    assert told.tally == "There are too few managers to compare the two sides index by index."
    assert told.decision == FEW_MANAGERS


def test_the_index_that_customers_rate_lowest_is_named_where_its_range_is():
    lopsided = scenes.SCENES["lopsided"]()
    first, *others = lopsided.indices
    low = replace(first, groups={**first.groups, "customer": parts.estimate(900, 40.0)})
    decision = narrative.answer(replace(lopsided, indices=(low, *others))).decision
    assert decision == f"{FEW_MANAGERS} 900 customers rate Collective Focus lowest: 40 (39 to 41)."
    asked = document(replace(lopsided, indices=(low, *others))).action.ask
    assert (asked.heading, asked.known) == (
        "One thing that customers rate low",
        "900 customers rate Collective Focus lowest: 40 (39 to 41).",
    )


def test_the_action_sheet_says_the_same_of_few_managers():
    lopsided = scenes.SCENES["lopsided"]()
    assert document(lopsided).action.lead.startswith("Too few managers answered to establish a gap.")


# Agreement everywhere


def test_where_both_sides_agree_page_one_the_list_and_the_sheet_say_one_thing():
    told = document(scenes.SCENES["no gap"]())
    assert told.cover.answer.decision == (
        "Decide what to keep doing: both sides agree on every index, and no gap has to be closed first."
    )
    assert told.action.lead.startswith("Both sides agree on every index, so no gap has to be closed first.")
    assert told.priorities.order.startswith("No rosy view of managers and no weakness that both sides share")


def test_no_index_is_called_the_lowest_of_equals():
    assert all("lowest" not in said for said in narrative.answer(scenes.SCENES["no gap"]()).sentences)


def test_a_weakness_that_both_sides_see_is_decided_on():
    agreed = scenes.SCENES["no gap"]()
    first, *others = agreed.indices
    weak = replace(first, groups={**first.groups, "customer": parts.estimate(42, 55.0)})
    told = document(replace(agreed, indices=(weak, *others)))
    assert told.cover.answer.decision == (
        f"Decide who owns {first.name}: both sides agree, and customers see something to improve there."
    )
    assert [card.name for card in told.action.cards] == [first.name]


# Definitions, methods, notes


def test_a_definition_is_never_read_as_a_finding():
    assert document(factory.c17()).inside.blocks[0].note == ("What this asks: How people are treated inside.")


@pytest.mark.parametrize(
    ("tested", "told"),
    [
        (0, "No index had answers enough to be judged."),
        (1, "One index is judged."),
        (8, "verdicts are corrected for testing 8 indices together (Holm)."),
    ],
)
def test_nothing_is_corrected_where_nothing_was_tested(tested, told):
    gaps = dict(method(factory.c17(family_size=tested), ENGLISH))["Gaps"]
    assert told in gaps
    assert ("Holm" in gaps) == (tested > 1)
    assert ("Holm" in gaps_sheet(factory.c17(family_size=tested), ENGLISH).note) == (tested > 1)


def test_a_usual_gap_is_one_in_which_managers_rate_higher():
    assert self_leniency(ENGLISH).endswith("so part of a gap in managers’ favour is usual.")


def test_turning_is_explained_where_something_is_turned():
    plain = factory.c17()
    turned = replace(plain, pairs=(replace(plain.pairs[0], reverse=True), *plain.pairs[1:]))
    assert items_sheet(plain, ENGLISH).note == ""
    assert items_sheet(turned, ENGLISH).note.startswith("Turned:")


# Importance


def derived(n, indicative):
    return replace(
        factory.c17(),
        importance=t.Importance("answers", "OV1", n, 0.26, indicative, factory.drivers()),
    )


def test_how_much_the_indices_account_for_stands_beside_their_importance():
    assert document(derived(142, indicative=True)).priorities.source.endswith(
        "All indices together go along with 26% of the differences in customers’ overall view (R² 0.26); the "
        "rest comes from elsewhere."
    )


def test_indicative_weights_are_called_so_on_page_one_too():
    assert (
        "lies here (indicative: fewer than 200)" in narrative.answer(derived(142, indicative=True)).decision
    )
    assert "indicative" not in narrative.answer(derived(400, indicative=False)).decision


# Below ten answers nobody is put into a field


def test_people_and_few_customers_are_given_with_numbers_and_no_place():
    few = t.Synergy(factory.c17().synergy.people, parts.estimate(6, 52.0), "people-led, customer distant")
    told = document(factory.c17(synergy=few)).inside.synergy
    assert told[0] == "Too few answers to place people and customers side by side."
    assert "customers 52 (±19)" in told[1]


def test_a_place_on_the_border_is_called_uncertain_right_after_it():
    told = document(factory.c17()).inside.synergy
    assert told[1] == "On the border: a range crosses the line, so the place is not certain."


def test_no_index_is_put_into_a_field_by_fewer_than_ten():
    tiny = scenes.with_gaps(12.0, state=None, class_="blind spot", n=(8, 7))
    assert document(tiny).views.plane is None
    assert document(tiny).views.classes == ()


def test_of_two_people_the_one_who_scores_higher_more_often_is_named():
    reverse = scenes.SCENES["reverse"]()
    gap = replace(reverse.indices[0].gap, superiority=19.0)
    found = document(replace(reverse, indices=(replace(reverse.indices[0], gap=gap), *reverse.indices[1:])))
    assert found.indices[0].plain == (
        "Pick one manager and one customer at random: in 81% of such pairs the customer’s score is higher "
        "(of equal scores, half count)."
    )
