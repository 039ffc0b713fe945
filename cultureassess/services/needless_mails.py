"""Ending mails that nobody needs any more: their link has ended, or what they remind of is settled."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Mail, MailState
from cultureassess.services import outbox

WITHDRAWN = "withdrawn"
"""Why such a mail was dropped."""


def end_mails(session: Session, *which: sa.ColumnElement[bool], today: dt.date) -> None:
    """End those of some mails that are not settled.

    One that waits is deleted, so that it can be asked for again. One that may have left keeps its row without
    text and address: its kind and key stop a second one.
    """
    session.execute(sa.delete(Mail).where(*which, Mail.state.in_(outbox.WAITING)))
    ended = sa.update(Mail).where(*which, Mail.state == MailState.UNKNOWN)
    ended = ended.values(state=MailState.DROPPED, reason=WITHDRAWN, settled_on=today)
    session.execute(ended.values(sealed=None, address=None, worker=None))
