"""A wave that is extended: its mails wait as long as it takes answers, and nobody is lost."""

import dataclasses

import pytest
import sqlalchemy as sa
import time_machine

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import Invitation, Mail, MailState, Wave
from cultureassess.services import erasure, fielding, inviting, outbox, setting_up

from ..mail.outgoing import mails, states
from .scenery import customers, days_later, invite, people


@pytest.fixture
def wave_id(engine, mailing):
    """A wave of three days that has invited three people, of whose mails none has left."""
    number = invite(engine, mailing, customers(3), closes_on=days_later(2).date())
    send(engine, number)
    return number


def send(engine, wave_id):
    with transaction(engine) as session:
        return inviting.send_invitations(session, session.get_one(Wave, wave_id), now=clock.now()).total


def extend(engine, wave_id, days):
    last = None if days is None else days_later(days).date()
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        plan = dataclasses.replace(fielding.plan_of(wave), closes_on=last)
        setting_up.change_wave(session, wave, plan, today=clock.today())


def not_invited(engine, wave_id):
    with transaction(engine) as session:
        return len(session.scalars(inviting.not_yet_invited(session.get_one(Wave, wave_id))).all())


def lose(engine):
    """Let the first mail be one of which nobody can tell whether it left; its number."""
    first = mails(engine)[0].id
    with transaction(engine) as session:
        session.execute(sa.update(Mail).where(Mail.id == first).values(state=MailState.UNKNOWN))
    return first


@pytest.mark.parametrize("days", [20, None])
def test_mails_wait_until_the_new_last_day(engine, postman, post, wave_id, days):
    doubtful = lose(engine)
    extend(engine, wave_id, days)
    with time_machine.travel(days_later(5)):
        with transaction(engine) as session:
            outbox.send_again(session, doubtful, now=clock.now())
        assert postman.deliver() == {"sent": 3}
    assert len(post.taken) == 3


def test_whose_mail_has_expired_is_not_invited_and_may_be(engine, postman, post, wave_id):
    with time_machine.travel(days_later(5)):
        postman.deliver()
        assert (post.taken, not_invited(engine, wave_id)) == ([], 3)
        extend(engine, wave_id, 20)
        assert send(engine, wave_id) == 3
        assert postman.deliver() == {"sent": 3}
    assert not_invited(engine, wave_id) == 0


def test_a_mail_in_doubt_is_not_sent_after_the_last_day(engine, wave_id):
    doubtful = lose(engine)
    late = days_later(5)
    with transaction(engine) as session, pytest.raises(outbox.MailTooOld):
        outbox.send_again(session, doubtful, now=late)
    assert states(engine)[0] is MailState.UNKNOWN


def test_an_erased_link_takes_its_mail_along(engine, wave_id):
    lose(engine)
    gone = people(engine)[0]
    with transaction(engine) as session:
        erasure.erase_invitation(session, session.get_one(Invitation, gone.invitation_id))
    assert gone.id not in [mail.invitee_id for mail in mails(engine)]
    assert len(mails(engine)) == 2
