"""Open links after they were made: withdrawn, restored, renewed."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import OpenLink, State, Wave
from cultureassess.services.errors import WaveRefused
from cultureassess.services.links import create_open_link


def all_links(session: Session, wave: Wave) -> Sequence[OpenLink]:
    """A wave's open links, the withdrawn ones as well: insiders first, the newest last."""
    wanted = sa.select(OpenLink).filter_by(wave_id=wave.id)
    return session.scalars(wanted.order_by(OpenLink.side, OpenLink.audience, OpenLink.id)).all()


def doors_of(wave: Wave) -> tuple[Audience | Side, ...]:
    """The open links that a wave can have: one for insiders together, one per outside audience."""
    outside = tuple(a for a in (Audience.CUSTOMER, Audience.PARTNER) if a in wave.audiences)
    inside = any(audience.side is Side.INSIDE for audience in wave.audiences)
    return (*((Side.INSIDE,) if inside else ()), *outside)


def add_link(session: Session, wave: Wave, who: Audience | Side, *, secret_key: str) -> OpenLink:
    """Make the open link of a door that has none.

    Raises:
        WaveRefused: the wave is closed, does not ask this audience, or the door has a working link.
    """
    _require_unclosed(wave)
    if who not in doors_of(wave):
        raise WaveRefused(f"The wave {wave.label} does not ask them.")
    if any(not link.revoked and door_of(link) is who for link in all_links(session, wave)):
        raise WaveRefused("There is such a link already. Renew it to have another address.")
    return create_open_link(session, wave, who, secret_key=secret_key)


def add_missing_links(session: Session, wave: Wave, *, secret_key: str) -> None:
    """Make an open link for every door that never had one."""
    had = {door_of(link) for link in all_links(session, wave)}
    for who in doors_of(wave):
        if who not in had:
            create_open_link(session, wave, who, secret_key=secret_key)


def door_of(link: OpenLink) -> Audience | Side:
    """Whom a link is for: its audience, or insiders together."""
    return link.audience or link.side


def revoke_link(session: Session, link: OpenLink) -> None:
    """Withdraw a link: whoever comes by it is told so. :func:`restore_link` takes that back."""
    link.revoked = True
    session.flush()


def restore_link(session: Session, link: OpenLink) -> None:
    """Let a withdrawn link work again.

    Raises:
        WaveRefused: the wave is closed.
    """
    _require_unclosed(link.wave)
    link.revoked = False
    session.flush()


def renew_link(session: Session, link: OpenLink, *, secret_key: str) -> OpenLink:
    """Withdraw a link and make another with the same access code; addresses and posters change.

    Raises:
        WaveRefused: the wave is closed.
    """
    _require_unclosed(link.wave)
    revoke_link(session, link)
    renewed = create_open_link(session, link.wave, door_of(link), secret_key=secret_key)
    renewed.code_hash = link.code_hash
    session.flush()
    return renewed


def _require_unclosed(wave: Wave) -> None:
    if wave.state not in (State.DRAFT, State.OPEN):
        raise WaveRefused(f"The wave {wave.label} is closed; it needs no links any more.")
