"""How fast mail leaves: a turn for each, over all workers, and a number for each day."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db.conflicts import insert
from cultureassess.models import MailPace

PACE = 1
"""Key of the one row of ``mail_pace``."""

AHEAD = 30_000
"""Milliseconds. A turn further ahead was taken by a clock that has since been set back."""


def take_turn(session: Session, *, now: dt.datetime, per_second: int) -> float:
    """Reserve the next moment at which a mail may leave, over all workers; return the seconds until then."""
    milliseconds, step = int(now.timestamp() * 1000), 1000 // per_second
    first = insert(session, MailPace).values(id=PACE, free_at=0, day=now.date(), sent=0)
    session.execute(first.on_conflict_do_nothing())
    ahead = MailPace.free_at.between(milliseconds, milliseconds + AHEAD)
    start = sa.case((ahead, MailPace.free_at), else_=milliseconds)
    turn = sa.update(MailPace).where(MailPace.id == PACE)
    turn = turn.values(
        free_at=start + step,
        sent=sa.case((MailPace.day == now.date(), MailPace.sent + 1), else_=1),
        day=now.date(),
    )
    free_at = session.scalar(turn.returning(MailPace.free_at))
    return max(0, (free_at or 0) - step - milliseconds) / 1000


def sent_today(session: Session, *, today: dt.date) -> int:
    """How many mails have had their turn on this day (UTC): attempts and passed-over reminders included."""
    pace = session.get(MailPace, PACE, populate_existing=True)
    return pace.sent if pace is not None and pace.day == today else 0
