"""Invitations and reminders: who gets a mail, what it says, and what nobody can see."""

import dataclasses
import datetime as dt
import re
import threading

import pytest
import sqlalchemy as sa
import time_machine

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import (
    Channel,
    Draft,
    Invitation,
    Invitee,
    Mail,
    MailPlan,
    MailRun,
    MailState,
    RunKind,
    Wave,
)
from cultureassess.services import closing, drafts, inviting, outbox, reminding, stopping
from cultureassess.services.inviting import MailingRefused
from cultureassess.services.links import find_door
from cultureassess.services.mail.pacing import sent_today

from ..scene import answer, everything
from .scenery import customers, days_later, invite, people

LINK = re.compile(r"http://localhost:8000/s/([A-Za-z0-9_-]{43})")


def send(engine, wave_id, **more):
    with transaction(engine) as session:
        run = inviting.send_invitations(
            session, session.get_one(Wave, wave_id), **{"now": clock.now(), **more}
        )
        return run.total


def remind(engine, wave_id):
    with transaction(engine) as session:
        return reminding.remind(session, session.get_one(Wave, wave_id), now=clock.now()).total


def invited(engine, postman, mailing, number=3, **plan):
    """A wave whose people got their invitations yesterday."""
    with time_machine.travel(days_later(-1)):
        wave_id = invite(engine, mailing, customers(number), **plan)
        send(engine, wave_id)
        postman.deliver()
    postman.server.settings = mailing
    return wave_id


def tokens(post):
    return {address: LINK.search(message.get_content()).group(1) for address, message in post.taken}


def reply(engine, token):
    with transaction(engine) as session:
        answer(session, token, everything())


def progress(engine, wave_id):
    with transaction(engine) as session:
        return inviting.mailings(session, session.get_one(Wave, wave_id))


def test_everybody_gets_a_link_that_opens_the_questionnaire(engine, mailing, postman, post):
    wave_id = invite(engine, mailing, customers(3))
    assert send(engine, wave_id) == 3
    assert postman.deliver() == {"sent": 3}
    with transaction(engine) as session:
        doors = [find_door(session, token) for token in tokens(post).values()]
        assert {door.audience for door in doors} == {Audience.CUSTOMER}
        assert len({door.invitation.id for door in doors}) == 3
    assert {(p.channel, p.reached_on) for p in people(engine)} == {(Channel.MAIL, clock.today())}


def test_the_database_alone_cannot_make_a_link(engine, mailing, postman, post):
    wave_id = invite(engine, mailing, customers(1))
    send(engine, wave_id)
    with transaction(engine) as session:
        mail = session.scalars(sa.select(Mail)).one()
        assert (mail.sealed, mail.address) == (None, None)
        seed = session.scalars(sa.select(Invitation.seed)).one()
    postman.deliver()
    (token,) = tokens(post).values()
    assert inviting.token_from(seed, secret_key=mailing.secret_key) == token
    assert inviting.token_from(seed, secret_key="another key") != token


def test_sending_twice_invites_nobody_twice(engine, mailing, postman, post):
    wave_id = invite(engine, mailing, customers(3))
    send(engine, wave_id)
    with pytest.raises(MailingRefused, match="has been invited already"):
        send(engine, wave_id)
    invite(engine, mailing, customers(2, start=3), wave_id=wave_id)
    assert send(engine, wave_id) == 2
    postman.deliver()
    assert set(post.addresses().values()) == {1}


@pytest.mark.parametrize("what", [send, remind])
def test_pressed_in_two_browsers_at_once_it_is_one_mailing(engine, mailing, postman, post, what):
    wave_id = invited(engine, postman, mailing, 5)
    if what is send:
        invite(engine, mailing, customers(5, start=5), wave_id=wave_id)
    found, start = [], threading.Barrier(6)

    def press():
        start.wait()
        try:
            found.append(what(engine, wave_id))
        except MailingRefused:
            found.append(0)

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 0, 0, 0, 5]


@pytest.mark.parametrize("state", ["draft", "stopped", "over", "not yet"])
def test_nobody_is_mailed_while_nobody_can_answer(engine, mailing, state):
    today = clock.today()
    dates = {
        "draft": {"draft": True},
        "stopped": {},
        "over": {"closes_on": today},
        "not yet": {"opens_on": today + dt.timedelta(days=3)},
    }
    wave_id = invite(engine, mailing, customers(1), **dates[state])
    with transaction(engine) as session:
        session.get_one(Wave, wave_id).stopped = state == "stopped"
    with pytest.raises(MailingRefused, match="Nobody could answer now"):
        send(engine, wave_id, now=days_later(2 if state == "over" else 0))


def test_a_mail_says_who_writes_and_how_to_stop(engine, mailing, postman, post):
    wave_id = invite(engine, mailing, [("Anna Berg", "anna@kunde.example")], closes_on=dt.date(2030, 1, 31))
    with transaction(engine) as session:
        plan = session.get_one(MailPlan, wave_id)
        plan.sender_name, plan.reply_to = "Nordlicht, Kultur", "culture@nordlicht.example"
    send(engine, wave_id)
    postman.deliver()
    message = post.to("anna@kunde.example")
    assert message["From"] == '"Nordlicht, Kultur" <survey@nordlicht.example>'
    assert message["Reply-To"] == "culture@nordlicht.example"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = message["List-Unsubscribe"].strip("<>")
    text = message.get_content()
    assert text.splitlines()[0] == "Hello Anna Berg,"
    assert "It is open until 31 January 2030." in text
    assert f"No more mails about this: {stop}" in text
    assert message.get_content_type() == "text/plain"
    assert set(re.findall(r"https?://\S+", text)) == {stop, LINK.search(text).group(0)}


def test_a_mail_speaks_the_language_of_its_reader(engine, mailing, postman, post):
    header = ("Name", "E-Mail", "Sprache")
    rows = [
        ("Anna", "a@kunde.example", "Deutsch"),
        ("Ben", "b@kunde.example", "en"),
        ("Cem", "c@kunde.example", ""),
    ]
    wave_id = invite(engine, mailing, rows, header=header, languages=("de", "en"))
    send(engine, wave_id)
    postman.deliver()
    first = {address: message.get_content().splitlines()[0] for address, message in post.taken}
    assert first == {
        "a@kunde.example": "Guten Tag Anna,",
        "b@kunde.example": "Hello Ben,",
        "c@kunde.example": "Guten Tag Cem,",
    }


def test_insiders_are_addressed_as_the_wave_says(engine, mailing, postman, post):
    rows = [("Anna", "a@nordlicht.example")]
    wave_id = invite(engine, mailing, rows, audience=Audience.STAFF, languages=("de",), informal=True)
    send(engine, wave_id)
    postman.deliver()
    assert "Dein persönlicher Link:" in post.to("a@nordlicht.example").get_content()


def test_reminders_go_to_those_who_have_not_answered(engine, mailing, postman, post):
    wave_id = invited(engine, postman, mailing, 4)
    reply(engine, tokens(post)["person-2@kunde.example"])
    first = tokens(post)
    post.taken.clear()
    assert remind(engine, wave_id) == 4
    postman.deliver()
    assert tokens(post) == {address: t for address, t in first.items() if "person-2" not in address}
    assert {message["Subject"] for _, message in post.taken} == {
        "Reminder: how do you experience Nordlicht Logistics?"
    }


def test_no_count_tells_how_many_got_a_reminder_and_nothing_is_kept_of_it(engine, mailing, postman, post):
    wave_id = invited(engine, postman, mailing, 4)
    before = [(p.reached_on, p.channel) for p in people(engine)]
    reply(engine, tokens(post)["person-2@kunde.example"])
    remind(engine, wave_id)
    postman.deliver()
    shown = progress(engine, wave_id)[0]
    assert (shown.run.kind, shown.gone, shown.run.total, shown.waiting) == (RunKind.REMINDER, 4, 4, 0)
    with transaction(engine) as session:
        left = sa.select(sa.func.count()).select_from(Mail).where(Mail.kind == "reminder")
        assert session.scalar(left) == 0
    assert [(p.reached_on, p.channel) for p in people(engine)] == before


def test_who_answers_while_a_reminder_waits_gets_none(engine, mailing, postman, post):
    wave_id = invited(engine, postman, mailing, 2)
    found = tokens(post)
    post.taken.clear()
    remind(engine, wave_id)
    reply(engine, found["person-0@kunde.example"])
    postman.deliver()
    assert list(post.addresses()) == ["person-1@kunde.example"]


def test_a_reminder_goes_out_in_another_order_than_the_list(engine, mailing, postman, post):
    wave_id = invited(engine, postman, mailing, 20)
    post.taken.clear()
    remind(engine, wave_id)
    postman.deliver()
    reminded = [address for address, _ in post.taken]
    listed = [f"person-{place}@kunde.example" for place in range(20)]
    assert sorted(reminded) == sorted(listed)
    assert reminded != listed


def test_who_is_passed_over_takes_a_turn_like_who_gets_a_mail(engine, mailing, postman, post):
    """With six mails a day a reminder gets through six people, however many of them have answered."""
    wave_id = invited(engine, postman, mailing, 10)
    for token in list(tokens(post).values())[:5]:
        reply(engine, token)
    remind(engine, wave_id)
    postman.settings = dataclasses.replace(mailing, smtp_per_day=6)
    assert postman.deliver().total() == 6
    with transaction(engine) as session:
        assert sent_today(session, today=clock.today()) == 6


def test_a_reminder_that_bounces_marks_nobody(engine, mailing, postman, post):
    wave_id = invited(engine, postman, mailing, 3)
    reply(engine, tokens(post)["person-0@kunde.example"])
    remind(engine, wave_id)
    post.to_rcpt = lambda _: "550 unknown"
    assert postman.deliver() == {"bounced": 2, "dropped": 1}
    assert [p.bounced for p in people(engine)] == [False, False, False]


def test_at_most_one_reminder_a_day_and_three_in_all(engine, mailing, postman, post):
    wave_id = invited(engine, postman, mailing, 1)
    for day in range(3):
        with time_machine.travel(days_later(day)):
            assert remind(engine, wave_id) == 1
            postman.deliver()
            with pytest.raises(MailingRefused, match=r"Today|All three"):
                remind(engine, wave_id)
    with time_machine.travel(days_later(3)), pytest.raises(MailingRefused, match="All three"):
        remind(engine, wave_id)
    assert post.addresses() == {"person-0@kunde.example": 4}


def test_nobody_is_reminded_on_the_day_of_the_invitation(engine, mailing, postman):
    wave_id = invite(engine, mailing, customers(2))
    send(engine, wave_id)
    postman.deliver()
    with pytest.raises(MailingRefused, match="Reminders can go out from tomorrow"):
        remind(engine, wave_id)


@pytest.mark.parametrize("how", ["stopped", "bounced", "closed"])
def test_a_reminder_that_waits_is_not_sent_after(engine, mailing, postman, post, how):
    wave_id = invited(engine, postman, mailing, 6)
    post.taken.clear()
    remind(engine, wave_id)
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        if how == "closed":
            closing.close_wave(session, wave, today=clock.today())
        else:
            session.execute(sa.update(Invitee).values({how: True}))
    assert postman.deliver() == {"dropped": 6}
    assert post.taken == []


def test_a_bounce_is_noted_and_spared_from_then_on(engine, mailing, postman, post):
    post.to_rcpt = lambda address: "550 unknown" if "person-1" in address else "250 OK"
    wave_id = invited(engine, postman, mailing, 3)
    assert [p.bounced for p in people(engine)] == [False, True, False]
    assert progress(engine, wave_id)[0].bounced == 1
    assert remind(engine, wave_id) == 2


def test_bounces_that_came_back_by_mail_are_pasted(engine, mailing, postman):
    wave_id = invited(engine, postman, mailing, 3)
    pasted = (
        "Undelivered: <PERSON-1@kunde.example>: unknown\nalso person-2@kunde.example. and nobody@x.example"
    )
    with transaction(engine) as session:
        assert stopping.mark_bounced(session, session.get_one(Wave, wave_id), pasted) == 2
        assert stopping.mark_bounced(session, session.get_one(Wave, wave_id), pasted) == 0
    assert [p.bounced for p in people(engine)] == [False, True, True]


def test_planned_reminders_begin_by_themselves(engine, mailing, postman, post):
    with time_machine.travel(days_later(-7)):
        wave_id = invite(engine, mailing, customers(2), opens_on=clock.today())
        send(engine, wave_id)
        postman.deliver()
    with transaction(engine) as session:
        session.get_one(MailPlan, wave_id).remind_after = ("7", "14")
    begun = []
    for day in range(9):
        with time_machine.travel(days_later(day)):
            begun.append(reminding.remind_where_planned(engine, now=clock.now()))
            assert reminding.remind_where_planned(engine, now=clock.now()) == 0
            postman.deliver()
    assert begun == [1, 0, 0, 0, 0, 0, 0, 1, 0]
    assert set(post.addresses().values()) == {3}


def test_an_unknown_invitation_is_neither_reminded_nor_forgotten(engine, mailing, postman, post):
    post.to_data = lambda address: "drop" if "person-1" in address else "250 OK"
    wave_id = invited(engine, postman, mailing, 3)
    assert progress(engine, wave_id)[0].unknown == 1
    assert remind(engine, wave_id) == 2
    with transaction(engine) as session:
        mail = session.scalars(sa.select(Mail).where(Mail.state == MailState.UNKNOWN)).one()
        outbox.count_as_sent(session, mail.id, today=clock.today())
    assert {p.channel for p in people(engine)} == {Channel.MAIL}


def test_after_the_close_nobody_can_tell_who_answered(engine, mailing, postman, post):
    wave_id = invited(engine, postman, mailing, 6)
    reply(engine, tokens(post)["person-2@kunde.example"])
    with transaction(engine) as session:
        closing.close_wave(session, session.get_one(Wave, wave_id), today=clock.today())
    assert {p.invitation_id for p in people(engine)} == {None}
    with transaction(engine) as session:
        assert set(session.scalars(sa.select(Invitation.seed))) == {None}


def test_a_draft_made_by_a_mailed_link_goes_with_sending(engine, mailing, postman, post):
    invited(engine, postman, mailing, 1)
    (token,) = tokens(post).values()
    with transaction(engine) as session:
        door = find_door(session, token)
        drafts.save_draft(session, door.wave, drafts.derive(token), everything(), today=clock.today())
    reply(engine, token)
    with transaction(engine) as session:
        assert session.scalars(sa.select(Draft)).all() == []


def test_mailings_are_deleted_with_their_wave(engine, mailing, postman):
    wave_id = invited(engine, postman, mailing, 2)
    with transaction(engine) as session:
        session.execute(sa.delete(Wave).where(Wave.id == wave_id))
    with transaction(engine) as session:
        for table in (Mail, MailRun, MailPlan, Invitee, Invitation):
            assert session.scalars(sa.select(table)).all() == []
