"""What a closing wave forgets: whatever could still lead from a response to a person or a moment."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Instrument, Side
from cultureassess.models import Comment, Invitation, Response, Submission, Wave
from cultureassess.scoring.careless import SECONDS_PER_ITEM
from cultureassess.services.accounts import forget_accounts
from cultureassess.services.intake import shuffle
from cultureassess.services.people.accepting import forget_people
from cultureassess.services.reading import AUDIENCES


def settle(session: Session, wave: Wave, instrument: Instrument) -> None:
    """Keep of the timings only the flag, of the links only that they were used, and no order.

    In the caller's transaction, which has mixed everything. Timings identify (METHOD 3.9); role,
    segments and account on an invitation have done their work and would join it to responses.
    """
    _keep_flags(session, wave, instrument)
    session.execute(sa.delete(Submission).where(Submission.wave_id == wave.id))
    forget_accounts(session, wave)
    _empty_invitations(session, wave)
    _forget_order(session, wave)


def _empty_invitations(session: Session, wave: Wave) -> None:
    """Forget what invitations knew and whose they were, under a savepoint: on PostgreSQL that is a
    transaction number (xmin) of their own, so that they have none in common with the responses that are
    written anew."""
    with session.begin_nested():
        session.execute(
            sa.update(Invitation)
            .where(Invitation.wave_id == wave.id)
            .values(role=None, account=None, segments={})
        )
        forget_people(session, wave)
        _renumber_invitations(session, wave)


def _renumber_invitations(session: Session, wave: Wave) -> None:
    """Deal the invitations' numbers out anew and write them in another order: people were listed in the
    order of their invitations, so that the first person would still have the first link."""
    table = Invitation.__table__
    taken = sa.delete(Invitation).where(Invitation.wave_id == wave.id).returning(*table.columns)
    rows = [dict(row) for row in session.execute(taken).mappings()]
    numbers = [row["id"] for row in rows]
    secrets.SystemRandom().shuffle(numbers)
    secrets.SystemRandom().shuffle(rows)
    if rows:
        session.execute(
            sa.insert(Invitation), [{**row, "id": n} for row, n in zip(rows, numbers, strict=True)]
        )
    session.expire_all()


def _keep_flags(session: Session, wave: Wave, instrument: Instrument) -> None:
    """Replace times by whether they were too short, as :func:`cultureassess.scoring.careless.rushed` says."""
    for side, audiences in AUDIENCES.items():
        fewest = SECONDS_PER_ITEM * len(instrument.rated_on(Side(side)))
        session.execute(
            sa.update(Response)
            .where(Response.wave_id == wave.id, Response.audience.in_(audiences))
            .values(fast=sa.func.coalesce(Response.seconds < fewest, Response.fast), seconds=None)
        )


def _forget_order(session: Session, wave: Wave) -> None:
    """Write all rows anew in random order where a table keeps the order of its batches.

    SQLite keeps these tables in the order of their random keys.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    for audience in (audience for audiences in AUDIENCES.values() for audience in audiences):
        shuffle(session, Response, Response, wave, audience)
        shuffle(session, Comment, Comment, wave, audience)
