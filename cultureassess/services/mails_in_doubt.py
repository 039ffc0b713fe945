"""Mails of which nobody can tell whether they left, and what a person decides about them.

These are those with a text of their own: to members of staff and to owners of actions. A wave's mails to its
people are decided at the wave, which does not tell whom a reminder was for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Mail, MailState, Organisation
from cultureassess.services import outbox
from cultureassess.services.mail.sealing import open_sealed


@dataclass(frozen=True)
class Doubt:
    """One such mail. ``subject`` is empty once the text is erased; ``late``: it may not be sent any more."""

    mail_id: int
    address: str
    subject: str
    late: bool


def doubts(
    session: Session, organisation: Organisation | None, *, secret_key: str, now: dt.datetime
) -> Sequence[Doubt]:
    """The mails in doubt of one client, or without one those of the installation, the oldest first."""
    found = session.scalars(_in_doubt(organisation).order_by(Mail.id))
    return [_doubt(mail, secret_key=secret_key, now=now) for mail in found]


def numbers(session: Session) -> Mapping[int | None, int]:
    """How many mails are in doubt: number of the client, None for the installation -> mails, above 0."""
    counted = sa.select(Mail.organisation_id, sa.func.count()).where(*_OWN_TEXT)
    return dict(session.execute(counted.group_by(Mail.organisation_id)).all())


def decide(
    session: Session,
    organisation: Organisation | None,
    *,
    again: bool,
    now: dt.datetime,
    mail_id: int | None = None,
) -> int:
    """Send mails in doubt once more, or let them be: one of them, or all. Of all, late ones are not sent.

    Args:
        organisation: whose; None for the installation's.
        mail_id: which; None for all.

    Returns:
        how many it was.

    Raises:
        cultureassess.services.outbox.MailSettled: this one is not in doubt, or is somebody else's.
        cultureassess.services.outbox.MailTooOld: this one may not be sent any more.
    """
    wanted = _in_doubt(organisation)
    if mail_id is not None:
        wanted = wanted.where(Mail.id == mail_id)
    elif again:
        wanted = wanted.where(Mail.expires > int(now.timestamp()))
    found = session.scalars(wanted.with_only_columns(Mail.id)).all()
    if mail_id is not None and not found:
        raise outbox.MailSettled
    for number in found:
        if again:
            outbox.send_again(session, number, now=now)
        else:
            outbox.count_as_sent(session, number, today=now.date())
    return len(found)


_OWN_TEXT = (Mail.state == MailState.UNKNOWN, Mail.invitee_id.is_(None), Mail.run_id.is_(None))


def _in_doubt(organisation: Organisation | None) -> sa.Select[Mail]:
    place = None if organisation is None else organisation.id
    return sa.select(Mail).where(*_OWN_TEXT, Mail.organisation_id == place)


def _doubt(mail: Mail, *, secret_key: str, now: dt.datetime) -> Doubt:
    text = open_sealed(mail.sealed, secret_key=secret_key) if mail.sealed else None
    subject = "" if text is None else text.subject
    late = text is None or mail.expires <= int(now.timestamp())
    return Doubt(mail.id, mail.address or "", subject, late)
