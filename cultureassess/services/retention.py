"""How long things are kept, and deleting what has stayed long enough (RELIABILITY R11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import (
    AccountNumber,
    AuditEntry,
    Base,
    DayKey,
    Draft,
    Invitation,
    Invitee,
    Mail,
    MailPlan,
    MemberInvitation,
    MemberSession,
    OpenLink,
    PendingList,
    RateCount,
    SnapshotRecord,
    State,
    Submission,
    Wave,
)
from cultureassess.services import audit_log, member_sessions, outbox

Condition = sa.ColumnElement[bool]

KEEP_DAYS = (0, 7, 14, 30, 90)
"""What a wave's plan offers for its people and their addresses (``MailPlan.keep_days``)."""

KEPT_WITHOUT_PLAN = 7


@dataclass(frozen=True)
class Rule:
    """What is deleted when.

    Attributes:
        what: in words, plural.
        model: the table.
        until: when it goes, in words that follow "kept until".
        expired: the condition on the table's rows that have stayed too long at a moment (timezone-aware).
        days: for what goes with its wave: full days after the day of the close; the rows go at the
            midnight (UTC) that ends them. None where something else decides.
    """

    what: str
    model: type[Base]
    until: str
    expired: Callable[[dt.datetime], Condition] = field(compare=False)
    days: int | None = None


def closed_by(day: dt.date) -> sa.Select[int]:
    """The waves whose close, the day of their first snapshot, was on ``day`` or before."""
    return (
        sa.select(SnapshotRecord.wave_id)
        .join(Wave, Wave.id == SnapshotRecord.wave_id)
        .where(Wave.state.in_((State.CLOSED, State.REPORTED)), SnapshotRecord.version == 1)
        .where(SnapshotRecord.created_on <= day)
    )


def _after_close(what: str, model: type[Base], days: int) -> Rule:
    """A rule for a table with a ``wave_id``."""
    wave_id = model.__table__.c.wave_id
    until = f"{days} days after the close" if days else "the close"
    return Rule(what, model, until, lambda now: wave_id.in_(closed_by(_day(now, days))), days)


def _day(now: dt.datetime, days: int = 0) -> dt.date:
    return now.astimezone(dt.UTC).date() - dt.timedelta(days=days)


def _people(now: dt.datetime) -> Condition:
    """Invitees whose wave closed as many days ago as its plan says."""
    days = sa.func.coalesce(MailPlan.keep_days, KEPT_WITHOUT_PLAN)
    plans = sa.select(Wave.id).outerjoin(MailPlan, MailPlan.wave_id == Wave.id)
    over = ((days == keep) & Wave.id.in_(closed_by(_day(now, keep))) for keep in KEEP_DAYS)
    return Invitee.wave_id.in_(plans.where(sa.or_(*over)))


def _mails(now: dt.datetime) -> Condition:
    """Settled mails, and those that nobody settled: they may not be sent any more after ``expires``."""
    settled = Mail.state.in_(outbox.LAST) & (Mail.settled_on <= _day(now - outbox.KEPT))
    return Mail.invitee_id.is_(None) & (settled | (Mail.expires <= _second(now - outbox.KEPT)))


def _second(moment: dt.datetime) -> int:
    return int(moment.timestamp())


def _sessions(now: dt.datetime) -> Condition:
    idle = MemberSession.seen <= _second(now - member_sessions.IDLE)
    old = MemberSession.started <= _second(now - member_sessions.ABSOLUTE)
    return MemberSession.ended | idle | old


RULES = (
    _after_close("marks of having sent", Submission, 0),
    _after_close("account numbers", AccountNumber, 0),
    _after_close("drafts", Draft, 7),
    Rule("people with their addresses", Invitee, "the day that the wave's plan names", _people),
    _after_close("personal links", Invitation, 90),
    _after_close("open links", OpenLink, 90),
    Rule(
        "lists nobody accepted",
        PendingList,
        "a day after the upload",
        lambda now: PendingList.expires <= _second(now),
    ),
    Rule("mails", Mail, f"{outbox.KEPT.days} days after sending", _mails),
    Rule("sessions of staff", MemberSession, "their end", _sessions),
    Rule(
        "used or expired sign-up links",
        MemberInvitation,
        "their use or end",
        lambda now: MemberInvitation.used | (MemberInvitation.expires <= _second(now)),
    ),
    Rule(
        "counts of attempts",
        RateCount,
        "the end of their window",
        lambda now: RateCount.expires <= now.timestamp(),
    ),
    Rule(
        "keys by which network addresses are hashed",
        DayKey,
        "the end of their day",
        lambda now: DayKey.day < _day(now),
    ),
    Rule(
        "entries of what staff did",
        AuditEntry,
        f"{audit_log.KEPT.days} days later",
        lambda now: AuditEntry.at <= _second(now - audit_log.KEPT),
    ),
)
"""Every table that holds something of a person besides the answers themselves."""


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


def overdue(session: Session, wave_id: int | None, *, now: dt.datetime) -> dict[str, int]:
    """What should be gone by ``now``, as :func:`purge` names it; of one wave, or of everything if None."""
    return {
        rule.what: _count(session, rule, rule.expired(now) & _of(rule, wave_id))
        for rule in RULES
        if wave_id is None or "wave_id" in rule.model.__table__.c
    }


def _of(rule: Rule, wave_id: int | None) -> Condition:
    return sa.true() if wave_id is None else rule.model.__table__.c.wave_id == wave_id


def _count(session: Session, rule: Rule, expired: Condition) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(rule.model).where(expired)) or 0


def _delete(session: Session, rule: Rule, expired: Condition) -> int:
    found = _count(session, rule, expired)
    if found:
        session.execute(sa.delete(rule.model).where(expired).execution_options(synchronize_session=False))
    return found
