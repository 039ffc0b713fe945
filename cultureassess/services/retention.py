"""How long things are kept, and deleting what has stayed long enough (RELIABILITY R11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import (
    AccountNumber,
    Base,
    Draft,
    Invitation,
    OpenLink,
    SnapshotRecord,
    State,
    Submission,
    Wave,
)

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Rule:
    """What is deleted how long after its wave closed.

    Attributes:
        what: in words, plural.
        model: the table; it has a ``wave_id``.
        days: full days after the day of the close; the rows go at the midnight (UTC) that ends them.
    """

    what: str
    model: type[Base]
    days: int

    @property
    def wave_id(self) -> sa.ColumnElement[Any]:
        return self.model.__table__.c.wave_id

    def expired(self, now: dt.datetime) -> Condition:
        """The condition on the table's rows that have stayed too long at ``now`` (timezone-aware)."""
        return self.wave_id.in_(closed_by(now.astimezone(dt.UTC).date() - dt.timedelta(days=self.days)))


RULES = (
    Rule("marks of having sent", Submission, 0),
    Rule("account numbers", AccountNumber, 0),
    Rule("drafts", Draft, 7),
    Rule("personal links", Invitation, 90),
    Rule("open links", OpenLink, 90),
)
"""Every table that holds something of a respondent besides the answers themselves.

A table with e-mail addresses, letters or a record of what staff did gets its rule here: 90 days, 30 days
and 12 months (RELIABILITY R11).
"""


def closed_by(day: dt.date) -> sa.Select[int]:
    """The waves whose close, the day of their first snapshot, was on ``day`` or before."""
    return (
        sa.select(SnapshotRecord.wave_id)
        .join(Wave, Wave.id == SnapshotRecord.wave_id)
        .where(Wave.state.in_((State.CLOSED, State.REPORTED)), SnapshotRecord.version == 1)
        .where(SnapshotRecord.created_on <= day)
    )


def purge(session: Session, *, now: dt.datetime, dry_run: bool = False) -> dict[str, int]:
    """Delete what has stayed long enough, in the caller's transaction.

    Args:
        now: timezone-aware.
        dry_run: count only.

    Returns:
        what -> rows deleted, or to be deleted; every rule, also with 0.
    """
    act: Callable[[Session, Rule, Condition], int] = _count if dry_run else _delete
    return {rule.what: act(session, rule, rule.expired(now)) for rule in RULES}


def overdue(session: Session, wave: Wave, *, now: dt.datetime) -> dict[str, int]:
    """What of one wave should be gone by ``now``, as :func:`purge` names it."""
    return {rule.what: _count(session, rule, rule.expired(now) & (rule.wave_id == wave.id)) for rule in RULES}


def _count(session: Session, rule: Rule, expired: Condition) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(rule.model).where(expired)) or 0


def _delete(session: Session, rule: Rule, expired: Condition) -> int:
    found = _count(session, rule, expired)
    if found:
        session.execute(sa.delete(rule.model).where(expired).execution_options(synchronize_session=False))
    return found
