"""Closing the loop: approved before it shows, after the close, in every language, and only as approved."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from cultureassess.models import LoopText, State
from cultureassess.services.actions import closing_loop
from cultureassess.services.actions.closing_loop import LoopRefused
from cultureassess.services.erasure import erase_organisation
from tests import scene

TEXTS = {"heard": "You wait too long.", "expected": "We thought you did not.", "doing": "One number for all."}


def closed(session, **plan):
    wave = scene.open_wave(session, **plan)
    wave.state = State.CLOSED
    session.flush()
    return wave


def approve(session, wave) -> None:
    closing_loop.approve_loop(session, wave, by="Kim", today=scene.TODAY)


def test_nothing_is_told_before_it_is_approved(session):
    wave = closed(session)
    closing_loop.write_loop(session, wave, {"en": TEXTS})
    assert closing_loop.what_was_heard(session, wave, "en") is None
    approve(session, wave)
    told = closing_loop.what_was_heard(session, wave, "en")
    assert told is not None
    assert told.doing == "One number for all."


def test_a_change_of_any_text_takes_it_down(session):
    wave = closed(session, languages=("en", "de"))
    closing_loop.write_loop(session, wave, {"en": TEXTS, "de": TEXTS})
    approve(session, wave)
    assert closing_loop.write_loop(session, wave, {"de": TEXTS}) is False
    assert closing_loop.approval_of(session, wave) is not None
    assert closing_loop.write_loop(session, wave, {"de": {**TEXTS, "doing": "Etwas anderes."}}) is True
    assert closing_loop.what_was_heard(session, wave, "en") is None


def test_every_language_of_the_wave_is_written_first(session):
    wave = closed(session, languages=("en", "de"))
    closing_loop.write_loop(session, wave, {"en": TEXTS, "de": {**TEXTS, "expected": " "}})
    with pytest.raises(LoopRefused) as refused:
        approve(session, wave)
    assert refused.value.field == "expected-de"


def test_nothing_is_approved_while_the_wave_takes_answers(session):
    wave = scene.open_wave(session)
    closing_loop.write_loop(session, wave, {"en": TEXTS})
    with pytest.raises(LoopRefused, match="Close the wave first"):
        approve(session, wave)


@pytest.mark.parametrize(
    "texts", [{"fr": TEXTS}, {"en": {**TEXTS, "heard": "x" * 2001}}], ids=["a foreign language", "too long"]
)
def test_what_the_page_cannot_hold_is_refused(session, texts):
    with pytest.raises(LoopRefused):
        closing_loop.write_loop(session, closed(session), texts)


def test_it_can_be_taken_down_and_goes_with_the_organisation(session):
    wave = closed(session)
    closing_loop.write_loop(session, wave, {"en": TEXTS})
    approve(session, wave)
    assert closing_loop.withdraw_loop(session, wave) is True
    assert closing_loop.withdraw_loop(session, wave) is False
    approve(session, wave)
    erase_organisation(session, wave.assessment.organisation)
    session.flush()
    assert session.scalars(sa.select(LoopText)).all() == []
