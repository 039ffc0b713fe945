"""Mails of which nobody can tell whether they left, and what a person decides about them.

These are those with a text of their own: to members of staff and to owners of actions. A wave's mails to its
people are decided at the wave, which does not tell whom a reminder was for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Mail, MailState, Organisation
from cultureassess.services import outbox
from cultureassess.services.mail.sealing import open_sealed


@dataclass(frozen=True)
class Doubt:
    """One such mail. ``subject`` is empty once the text is erased or cannot be read; ``late``: it may not be
    sent any more, for this or because it has waited too long."""

    mail_id: int
    address: str
    subject: str
    late: bool


@dataclass(frozen=True)
class Decided:
    """About how many mails it was, and how many were left out because they may not be sent any more."""

    mails: int
    left_out: int


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
    mail_ids: Collection[int],
    *,
    again: bool,
    secret_key: str,
    now: dt.datetime,
) -> Decided:
    """Send mails in doubt once more, or let them be. Of several, those that may not be sent are left out.

    Args:
        organisation: whose; None for the installation's.
        mail_ids: which, as a page showed them; those that somebody has decided about since are passed over.

    Raises:
        cultureassess.services.outbox.MailSettled: none of them is in doubt, or they are somebody else's.
        cultureassess.services.outbox.MailTooOld: none of them may be sent any more.
    """
    found = doubts(session, organisation, secret_key=secret_key, now=now)
    wanted = [one for one in found if one.mail_id in mail_ids]
    if not wanted:
        raise outbox.MailSettled
    chosen = [one for one in wanted if not (again and one.late)]
    if not chosen:
        raise outbox.MailTooOld
    for one in chosen:
        if again:
            outbox.send_again(session, one.mail_id, now=now)
        else:
            outbox.count_as_sent(session, one.mail_id, today=now.date())
    return Decided(len(chosen), len(wanted) - len(chosen))


_OWN_TEXT = (Mail.state == MailState.UNKNOWN, Mail.invitee_id.is_(None), Mail.run_id.is_(None))


def _in_doubt(organisation: Organisation | None) -> sa.Select[Mail]:
    place = None if organisation is None else organisation.id
    return sa.select(Mail).where(*_OWN_TEXT, Mail.organisation_id == place)


def _doubt(mail: Mail, *, secret_key: str, now: dt.datetime) -> Doubt:
    text = open_sealed(mail.sealed, secret_key=secret_key) if mail.sealed else None
    subject = "" if text is None else text.subject
    late = text is None or mail.expires <= int(now.timestamp())
    return Doubt(mail.id, mail.address or "", subject, late)
