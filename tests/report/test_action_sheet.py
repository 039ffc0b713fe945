"""The action sheet says what the card's form says, holds three at most, and prints numbers whole."""

from __future__ import annotations

import msgspec
import pytest

from cultureassess.models import Better, Moves
from cultureassess.practices import CardKind
from cultureassess.report.document.action import action_section
from cultureassess.report.languages import words_in
from cultureassess.report.narrative.priorities import actionable
from cultureassess.report.words import ENGLISH
from cultureassess.services.actions import key_figures
from cultureassess.services.actions.plan import action_plan
from cultureassess.services.actions.rice import suggest
from cultureassess.snapshot.types import Driver
from tests import scene
from tests.actions import scenery
from tests.report import scenes
from tests.report.test_agreed import CARD


@pytest.fixture(scope="module")
def snapshot():
    return scenes.SCENES["strong"]()


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ar"])
def test_a_deleted_key_figure_is_no_score_of_the_customers(snapshot, language):
    words = ENGLISH if language == "en" else words_in(language)
    card = msgspec.structs.replace(CARD, moves="key figure", target="14", index="CF")
    (printed,) = action_section(snapshot, words, agreed=(card,)).agreed
    told = words.gettext("a key figure that was deleted")
    assert (words.gettext("Figure that should move"), told) in printed.lines
    assert (language == "en") == (told == "a key figure that was deleted")


@pytest.mark.parametrize(
    ("target", "unit", "printed"),
    [
        (12345678, "", "12,345,678"),
        (4.5, "%", "4.5%"),
        (-0.25, "h", "−0.25 h"),
        (1e12, "", "1,000,000,000,000"),
    ],
)
def test_a_target_is_printed_with_all_its_digits_and_its_unit(session, target, unit, printed):
    wave = scene.draft_wave(session)
    figure = key_figures.add_figure(
        session,
        wave.assessment.organisation,
        name="Returns",
        unit=unit,
        better=Better.DOWN,
        decision="We move people.",
    )
    scenery.card(session, wave, agreed=True, moves=Moves.KEY_FIGURE, key_figure_id=figure.id, target=target)
    assert action_plan(session, wave).cards[0].target == printed


def test_the_sheet_suggests_what_the_cards_form_suggests(snapshot):
    """What is left of the gaps when others have a card is not the most important one for that."""
    gaps = actionable(snapshot)
    drivers = tuple(Driver(index.code, 0.1 if index == gaps[-1] else 0.5) for index in snapshot.indices)
    found = msgspec.structs.replace(
        snapshot, importance=msgspec.structs.replace(snapshot.importance, drivers=drivers)
    )
    agreed = tuple(msgspec.structs.replace(CARD, index=index.code) for index in gaps[:-1])
    sheet = action_section(found, ENGLISH, agreed=agreed)
    (card,) = [card for card in sheet.cards if card.name == gaps[-1].name]
    start = suggest(found, gaps[-1].code)
    assert start.impact == 1
    assert card.blanks[-1][1] == f"suggested: impact 1, confidence {100 * start.confidence:.0f}%"


def test_three_agreed_actions_leave_no_room_for_a_fourth_gap(snapshot):
    gaps = actionable(snapshot)
    other = [index.code for index in snapshot.indices if index not in gaps]
    agreed = tuple(msgspec.structs.replace(CARD, index=code) for code in (gaps[0].code, *other[:2]))
    for number, left in ((3, 0), (2, min(1, len(gaps) - 1))):
        assert len(action_section(snapshot, ENGLISH, agreed=agreed[:number]).cards) == left


@pytest.mark.parametrize(("kind", "asked"), [(CardKind.STOP, False), (CardKind.SIMPLIFY, True)])
def test_the_sheet_asks_what_to_stop_until_that_is_agreed_on(snapshot, kind, asked):
    card = msgspec.structs.replace(CARD, kind=kind)
    assert action_section(snapshot, ENGLISH, agreed=(card,)).asks_to_stop == asked
    assert action_section(snapshot, ENGLISH).asks_to_stop
