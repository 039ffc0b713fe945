"""Where members are signed in: kept on the server, so that ending a session ends it (RELIABILITY V7)."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Member, MemberSession

IDLE = dt.timedelta(hours=2)
ABSOLUTE = dt.timedelta(hours=12)
SEEN_EVERY = dt.timedelta(minutes=5)
"""How old ``seen`` may be before it is written again, so that reading pages writes seldom."""


def start(session: Session, member: Member, *, now: dt.datetime) -> str:
    """Sign a member in somewhere and return the secret that the browser keeps; only its hash is stored."""
    token = secrets.token_urlsafe(32)
    numbers = sa.select(sa.func.coalesce(sa.func.max(MemberSession.number), 0))
    at = int(now.timestamp())
    found = MemberSession(
        token_hash=hashed(token),
        member_id=member.id,
        number=(session.scalar(numbers.where(MemberSession.member_id == member.id)) or 0) + 1,
        started=at,
        seen=at,
    )
    member.last_signed_in_on = now.date()
    session.add(found)
    session.flush()
    return token


def find(session: Session, token: str, *, now: dt.datetime) -> MemberSession | None:
    """The session of this secret, if it still counts and its member may sign in; None otherwise."""
    wanted = (
        sa.select(MemberSession).join(MemberSession.member).where(MemberSession.token_hash == hashed(token))
    )
    return session.scalar(wanted.where(Member.active, *_alive(now)))


def touch(session: Session, found: MemberSession, *, now: dt.datetime) -> None:
    """Note that a session is in use."""
    key = MemberSession.token_hash == found.token_hash
    session.execute(sa.update(MemberSession).where(key).values(seen=int(now.timestamp())))


def is_stale(found: MemberSession, *, now: dt.datetime) -> bool:
    """Whether :func:`touch` is due."""
    return int(now.timestamp()) - found.seen >= SEEN_EVERY.total_seconds()


def of_member(session: Session, member: Member, *, now: dt.datetime) -> Sequence[MemberSession]:
    """The member's sessions that count, the one used last first."""
    wanted = sa.select(MemberSession).where(MemberSession.member_id == member.id, *_alive(now))
    return session.scalars(wanted.order_by(MemberSession.seen.desc(), MemberSession.number.desc())).all()


def end(session: Session, token: str) -> None:
    """End the session of this secret."""
    ending = sa.update(MemberSession).where(MemberSession.token_hash == hashed(token))
    session.execute(ending.values(ended=True))


def end_number(session: Session, member: Member, number: int) -> None:
    """End one session of a member by its number; nothing happens if there is none."""
    ending = sa.update(MemberSession).where(MemberSession.member_id == member.id)
    session.execute(ending.where(MemberSession.number == number).values(ended=True))


def end_all(session: Session, member: Member, *, but: str | None = None) -> None:
    """End a member's sessions, all or all but the one of a secret."""
    ending = sa.update(MemberSession).where(MemberSession.member_id == member.id)
    if but is not None:
        ending = ending.where(MemberSession.token_hash != hashed(but))
    session.execute(ending.values(ended=True))


def hashed(token: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(token.encode()).digest()


def _alive(now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    at = int(now.timestamp())
    return (
        ~MemberSession.ended,
        MemberSession.seen > at - int(IDLE.total_seconds()),
        MemberSession.started > at - int(ABSOLUTE.total_seconds()),
    )
