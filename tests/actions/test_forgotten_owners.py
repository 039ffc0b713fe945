"""An owner can be forgotten, and whoever takes a card over is reminded of it."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from cultureassess.models import CardState, Mail, MailState
from cultureassess.services.actions import cards
from cultureassess.services.actions.owners import ERASED, Owned
from cultureassess.services.actions.reminders import remind_owners
from cultureassess.services.erasure import NothingToErase, erase_name, erase_person
from tests import scene
from tests.actions import scenery
from tests.actions.test_reminders import POST, at

DUE = at(dt.date(2026, 11, 1))


def addresses(session) -> list[str | None]:
    return list(session.scalars(sa.select(Mail.address).order_by(Mail.id)))


def test_an_owner_who_was_invited_to_nothing_is_erased_with_the_mails_that_wait(session):
    wave = scene.draft_wave(session)
    card = scenery.card(session, wave, agreed=True)
    other = scenery.card(session, wave, agreed=True, owner="Bob", owner_email="bob@nordlicht.example")
    assert remind_owners(session, POST, now=DUE) == 2
    assert erase_person(session, wave, "ADA@nordlicht.example") == 1
    assert [(one.owner, one.owner_email) for one in (card, other)] == [
        (ERASED, ""),
        ("Bob", "bob@nordlicht.example"),
    ]
    assert addresses(session) == ["bob@nordlicht.example"]
    assert remind_owners(session, POST, now=DUE) == 0
    with pytest.raises(NothingToErase):
        erase_person(session, wave, "ada@nordlicht.example")


def test_whoever_takes_a_card_over_is_reminded_once_and_whoever_had_it_no_more(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    assert remind_owners(session, POST, now=DUE) == 1
    cards.write_card(session, card, scenery.text(owner="Bob", owner_email="bob@nordlicht.example"))
    assert [remind_owners(session, POST, now=DUE) for _ in range(2)] == [1, 0]
    assert addresses(session) == ["bob@nordlicht.example"]


def test_whoever_has_done_it_is_not_reminded_of_it(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    assert remind_owners(session, POST, now=DUE) == 1
    cards.settle_card(session, card, CardState.DONE, by="Kim", today=scene.TODAY)
    assert addresses(session) == []


def test_an_owner_of_an_idea_leaves_no_name(session):
    wave = scene.draft_wave(session)
    card = scenery.card(session, wave)
    assert erase_person(session, wave, "ada@nordlicht.example") == 1
    assert (card.owner, card.owner_email) == ("", "")


def test_the_key_of_a_mail_does_not_tell_the_address(session):
    """The key stays for a month after the mail was sent; the address does not."""
    scenery.card(session, scene.draft_wave(session), agreed=True)
    remind_owners(session, POST, now=DUE)
    key = session.scalars(sa.select(Mail.key)).one()
    assert "ada" not in key
    assert len(key) <= 128


def test_an_owner_with_a_mail_in_doubt_is_not_written_to_after_a_change(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    assert remind_owners(session, POST, now=DUE) == 1
    session.execute(sa.update(Mail).values(state=MailState.UNKNOWN))
    cards.settle_card(session, card, CardState.DONE, by="Kim", today=scene.TODAY)
    mail = session.scalars(sa.select(Mail)).one()
    assert (mail.state, mail.address, mail.sealed) == (MailState.DROPPED, None, None)


def test_whoever_gets_a_card_back_is_not_reminded_twice_of_what_may_have_arrived(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    assert remind_owners(session, POST, now=DUE) == 1
    session.execute(sa.update(Mail).values(state=MailState.UNKNOWN))
    cards.write_card(session, card, scenery.text(owner="Bob", owner_email="bob@nordlicht.example"))
    cards.write_card(session, card, scenery.text())
    assert remind_owners(session, POST, now=DUE) == 0


@pytest.mark.parametrize("state", [MailState.BOUNCED, MailState.CLAIMED, MailState.UNKNOWN])
def test_a_name_takes_the_address_of_every_mail_along(session, state):
    wave = scene.draft_wave(session)
    scenery.card(session, wave, agreed=True)
    remind_owners(session, POST, now=DUE)
    session.execute(sa.update(Mail).values(state=state))
    erase_name(session, wave, "Ada")
    assert addresses(session) == []


def test_what_stands_where_a_name_was_erased_is_no_name(session):
    wave = scene.draft_wave(session)
    scenery.card(session, wave, agreed=True)
    erase_name(session, wave, "Ada")
    with pytest.raises(NothingToErase, match="is no name"):
        erase_name(session, wave, " (Erased) ")


def test_a_name_without_an_address_is_found_with_its_mails_and_estimates(session):
    wave = scene.draft_wave(session)
    card = scenery.card(session, wave, agreed=True)
    other = scenery.card(session, wave, owner="Bob", owner_email="")
    other.estimated_by = "Ada"
    assert remind_owners(session, POST, now=DUE) == 1
    assert erase_name(session, wave, "ADA") == (0, Owned(cards=2, agreements=0))
    assert [(one.owner, one.owner_email) for one in (card, other)] == [(ERASED, ""), ("Bob", "")]
    assert (other.estimated_by, addresses(session)) == ("", [])
    with pytest.raises(NothingToErase):
        erase_name(session, wave, "Ada")
