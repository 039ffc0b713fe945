"""The action sheet prints what the company has agreed on, and asks only about the gaps that are left."""

import msgspec
import pytest

from cultureassess.practices import CardKind, PlannedCard
from cultureassess.report.document.action import action_section
from cultureassess.report.languages import words_in
from cultureassess.report.narrative.priorities import actionable
from cultureassess.report.options import Options, from_json, to_json
from cultureassess.report.pdf import Order
from cultureassess.report.pdf.render import page_of
from cultureassess.report.words import ENGLISH
from tests.report import scenes

CARD = PlannedCard(
    kind=CardKind.STOP,
    title="Stop asking for a signature on every claim",
    index="",
    practice="",
    owner="Ada Jansen",
    first_step="Ask the three teams.",
    first_step_by="2026-12-10",
    moves="customers",
    figure="",
    target="",
    due="2027-05-01",
)


@pytest.fixture(scope="module")
def snapshot():
    return scenes.SCENES["strong"]()


@pytest.fixture(scope="module")
def first(snapshot):
    return actionable(snapshot)[0]


def test_an_agreed_action_is_printed_with_owner_step_figure_and_day(snapshot, first):
    card = msgspec.structs.replace(CARD, index=first.code)
    (printed,) = action_section(snapshot, ENGLISH, agreed=(card,)).agreed
    assert printed.name == "Stop: Stop asking for a signature on every claim"
    today = ENGLISH.score(first.groups["customer"].mean, snapshot.level_cuts)
    assert printed.lines == (
        ("Owner", "Ada Jansen"),
        ("First step", "Ask the three teams. (by 10 December 2026)"),
        ("Figure that should move", f"customers’ {first.name}: {today} today"),
        ("By when", "1 May 2027"),
    )


def test_what_was_left_open_has_no_line(snapshot):
    (printed,) = action_section(
        snapshot, ENGLISH, agreed=(msgspec.structs.replace(CARD, first_step="", due=""),)
    ).agreed
    assert [label for label, _ in printed.lines] == ["Owner"]


def test_a_key_figure_is_named_with_its_target(snapshot):
    card = msgspec.structs.replace(CARD, moves="key figure", figure="Returns", target="4.5")
    (printed,) = action_section(snapshot, ENGLISH, agreed=(card,)).agreed
    assert ("Figure that should move", "Returns, to reach 4.5") in printed.lines


def test_a_gap_that_an_action_is_about_is_not_asked_about_again(snapshot, first):
    usual = [card.name for card in action_section(snapshot, ENGLISH).cards]
    card = msgspec.structs.replace(CARD, index=first.code)
    left = [card.name for card in action_section(snapshot, ENGLISH, agreed=(card,)).cards]
    assert usual == [first.name, *left]


@pytest.mark.parametrize("language", ["de", "fr", "es", "ar"])
def test_the_page_says_it_in_the_readers_language(snapshot, language):
    words, order = words_in(language), Order(snapshot, Options(language=language, agreed=(CARD,)))
    page = page_of(order.document(words), words)
    assert "Ada Jansen" in page
    assert "Agreed on" not in page
    assert ENGLISH.gettext("First step") not in page


def test_agreed_actions_travel_with_the_report():
    options = Options(agreed=(CARD,))
    assert from_json(to_json(options)) == options
