"""Mails put into the outbox, and what has become of them."""

import datetime as dt

import sqlalchemy as sa

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import Mail, MailState
from cultureassess.services import outbox

SECRET_LINK = "https://culture.example.org/reset/" + "x" * 43


def nobody(_session, _mail, _settings):
    """There are no invitees in these tests."""
    return "no invitee"


def put(engine, settings, number=1, **more):
    """Queue mails to person-0@, person-1@ ... and return how many went in."""
    with transaction(engine) as session:
        return sum(
            outbox.enqueue(
                session,
                **{
                    "to": f"person-{place}@nordlicht.example",
                    "subject": "Set your password",
                    "body": f"Hello {place},\n\n{SECRET_LINK}\n",
                    "kind": "member",
                    "key": f"member-{place}",
                    "secret_key": settings.secret_key,
                    "now": clock.now(),
                    **more,
                },
            )
            for place in range(number)
        )


def mails(engine):
    with transaction(engine) as session:
        return list(session.scalars(sa.select(Mail).order_by(Mail.id)))


def states(engine):
    return [mail.state for mail in mails(engine)]


def only(engine):
    (mail,) = mails(engine)
    return mail


def make_due(engine):
    """Let the time pass until everything that waits is due."""
    with transaction(engine) as session:
        session.execute(sa.update(Mail).values(due=0).where(Mail.state.in_(outbox.WAITING)))


def end_leases(engine):
    """Let the time pass until every worker's claim has run out."""
    with transaction(engine) as session:
        outbox.expire(session, now=clock.now() + dt.timedelta(seconds=outbox.LEASE + 1))


__all__ = ["SECRET_LINK", "MailState", "end_leases", "mails", "make_due", "nobody", "only", "put", "states"]
