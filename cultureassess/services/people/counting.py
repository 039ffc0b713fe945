"""How many people of a wave are where. Nothing here looks at who has answered."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience
from cultureassess.models import Channel, Invitee, Mail, MailState, RunKind, Wave


@dataclass(frozen=True)
class Counts:
    """One audience: people, how they were reached, and who cannot be."""

    audience: Audience
    people: int = 0
    mailed: int = 0
    handed: int = 0
    """By letter or list."""
    waiting: int = 0
    """In the outbox, or unknown."""
    bounced: int = 0
    without_address: int = 0
    """Of those not reached: mail cannot reach them."""

    @property
    def untouched(self) -> int:
        """Neither reached nor on the way."""
        return self.people - self.mailed - self.handed - self.waiting - self.bounced


def counts_of(session: Session, wave: Wave) -> list[Counts]:
    """Each audience that takes part, in the order of METHOD 1.8."""
    waiting = sa.select(Mail.invitee_id).where(
        Mail.kind == RunKind.INVITATION.value,
        Mail.state.in_((MailState.QUEUED, MailState.CLAIMED, MailState.RETRY, MailState.UNKNOWN)),
        Mail.invitee_id.is_not(None),
    )
    new = Invitee.channel.is_(None) & ~Invitee.bounced
    handed = Invitee.channel.in_((Channel.LETTER, Channel.LIST))
    wanted = sa.select(
        Invitee.audience,
        sa.func.count(),
        _number((Invitee.channel == Channel.MAIL) & ~Invitee.bounced),
        _number(handed),
        _number(new & Invitee.id.in_(waiting)),
        _number(Invitee.bounced & sa.or_(Invitee.channel.is_(None), ~handed)),
        _number(new & Invitee.address.is_(None)),
    )
    rows = session.execute(wanted.where(Invitee.wave_id == wave.id).group_by(Invitee.audience)).all()
    found = {row[0]: Counts(*row) for row in rows}
    return [found.get(audience, Counts(audience)) for audience in Audience if audience in wave.audiences]


def _number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)
