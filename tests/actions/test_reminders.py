"""Owners are reminded once of each day that comes near."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.models import CardState, Mail
from cultureassess.services.actions import cards
from cultureassess.services.actions.reminders import remind_owners
from cultureassess.services.mail.sealing import open_sealed
from cultureassess.services.member_mail import Post
from cultureassess.services.upkeep import Upkeep
from tests import scene
from tests.actions import scenery

POST = Post("https://culture.example", scene.SECRET_KEY)


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8), dt.UTC)


def test_an_owner_is_reminded_once_of_the_first_step_and_once_of_the_review(session):
    card = scenery.card(session, scene.draft_wave(session), agreed=True)
    assert card.first_step_by is not None
    assert remind_owners(session, POST, now=at(card.first_step_by - dt.timedelta(days=8))) == 0
    assert remind_owners(session, POST, now=at(card.first_step_by - dt.timedelta(days=7))) == 1
    assert remind_owners(session, POST, now=at(card.first_step_by)) == 0
    assert card.due is not None
    assert remind_owners(session, POST, now=at(card.due)) == 1
    mails = session.scalars(sa.select(Mail).order_by(Mail.id)).all()
    assert [mail.address for mail in mails] == ["ada@nordlicht.example"] * 2
    text = open_sealed(mails[0].sealed or b"", secret_key=scene.SECRET_KEY)
    assert text is not None
    assert text.subject == "Your action: first step due on 2026-11-01"
    assert "Nordlicht Logistics" in text.body
    assert "List the claims of last week." in text.body


def test_ideas_and_finished_actions_and_owners_without_address_get_no_mail(session):
    wave = scene.draft_wave(session)
    scenery.card(session, wave)
    scenery.card(session, wave, agreed=True, owner_email="")
    done = scenery.card(session, wave, agreed=True)
    cards.settle_card(session, done, CardState.DONE, by="Kim", today=scene.TODAY)
    assert remind_owners(session, POST, now=at(dt.date(2026, 11, 1))) == 0


def test_the_worker_reminds_where_mail_can_be_sent(sqlite):
    with transaction(sqlite) as session:
        scenery.card(session, scene.draft_wave(session), agreed=True)
    now = at(dt.date(2026, 11, 1))
    assert "owners of actions reminded" not in Upkeep().run(sqlite, now=now)
    assert Upkeep(post=POST).run(sqlite, now=now)["owners of actions reminded"] == 1
