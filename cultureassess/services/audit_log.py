"""What members of staff did: written in the transaction of the deed, read by administrators and consultants.

Never about a respondent, never an answer: whoever calls :func:`record` passes the names of clients, waves and
members of staff, and numbers of rows, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from cultureassess.models import AuditEntry, Organisation
from cultureassess.services.rights import Actor, Capability, within_reach

KEPT = dt.timedelta(days=365)
"""How long an entry stays (RELIABILITY R11)."""

LONGEST_DETAIL = 500


@dataclass(frozen=True)
class Wanted:
    """Which entries somebody asks for; None and "" leave a field open. The days are days in UTC."""

    organisation_id: int | None = None
    who: str = ""
    action: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def record(
    session: Session,
    actor: Actor,
    action: str,
    *,
    now: dt.datetime,
    organisation_id: int | None = None,
    kind: str = "",
    object_id: int | None = None,
    detail: str = "",
) -> None:
    """Note what somebody did; kept if the caller commits what was done.

    Args:
        action: what, in the past tense, as the page shows it: "closed a wave". At most 64 characters.
        now: timezone-aware.
        organisation_id: the client that it concerns; its entries are deleted together with it.
        kind, object_id: what it was done to, for example "wave" and 3.
        detail: a short addition, cut after 500 characters. Nothing about a respondent.
    """
    entry = AuditEntry(
        at=int(now.timestamp()),
        member_id=actor.member_id,
        who=actor.name,
        action=action,
        organisation_id=organisation_id,
        kind=kind,
        object_id=object_id,
        detail=detail[:LONGEST_DETAIL],
    )
    session.add(entry)
    session.flush()


def entries(
    session: Session, actor: Actor, wanted: Wanted, *, before: int | None = None, limit: int | None = None
) -> Sequence[AuditEntry]:
    """The entries that somebody may read, the newest first.

    Args:
        before: only those with a smaller number: the next page.
        limit: at most so many.
    """
    found = _readable(actor, wanted).options(joinedload(AuditEntry.organisation))
    if before is not None:
        found = found.where(AuditEntry.id < before)
    return session.scalars(found.order_by(AuditEntry.id.desc()).limit(limit)).all()


def people(session: Session, actor: Actor) -> Sequence[str]:
    """The names in the entries that somebody may read."""
    return _distinct(session, actor, AuditEntry.who)


def actions(session: Session, actor: Actor) -> Sequence[str]:
    """The actions in the entries that somebody may read."""
    return _distinct(session, actor, AuditEntry.action)


def _distinct(session: Session, actor: Actor, column: sa.orm.InstrumentedAttribute[str]) -> Sequence[str]:
    inner = _readable(actor, Wanted()).with_only_columns(column).distinct().subquery()
    return session.scalars(sa.select(inner.c[0]).order_by(inner.c[0])).all()


def _readable(actor: Actor, wanted: Wanted) -> sa.Select[AuditEntry]:
    found = sa.select(AuditEntry)
    if not actor.may(Capability.ADMINISTER):
        own = sa.select(Organisation.id).where(within_reach(actor, Capability.RUN_WAVES))
        found = found.where(AuditEntry.organisation_id.in_(own))
    if wanted.organisation_id is not None:
        found = found.where(AuditEntry.organisation_id == wanted.organisation_id)
    if wanted.who:
        found = found.where(AuditEntry.who == wanted.who)
    if wanted.action:
        found = found.where(AuditEntry.action == wanted.action)
    if wanted.since is not None:
        found = found.where(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until is not None:
        found = found.where(AuditEntry.at < _midnight(wanted.until + dt.timedelta(days=1)))
    return found


def _midnight(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())
