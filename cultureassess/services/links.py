"""Links into a wave: making them, and finding the door that a token opens (RELIABILITY R1, R5, T.3)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Anonymity, Invitation, OpenLink, Wave
from cultureassess.services.errors import LinkUnknown, WaveRefused

TOKEN_LENGTH = 43
"""A 256-bit number in URL-safe base 64."""

_TOKEN = re.compile(r"[<(\"']{0,2}(?:3D)?([A-Za-z0-9_-]{43})[>).,;:!\"']{0,3}", re.ASCII)
"""A token, and what mail programs are known to leave around one."""


@dataclass(frozen=True)
class Door:
    """What a token opens. ``audience`` is None where the first page must ask for it."""

    wave: Wave
    side: Side
    audience: Audience | None
    invitation: Invitation | None = None

    @property
    def personal(self) -> bool:
        return self.invitation is not None


def new_token() -> str:
    """A random 256-bit token."""
    return secrets.token_urlsafe(32)


def clean_token(text: str) -> str | None:
    """The token in a piece of an address, freed of what mail programs add; None if there is none."""
    found = _TOKEN.fullmatch(text)
    return found.group(1) if found else None


def token_hash(token: str) -> bytes:
    """SHA-256 of a token: all that is stored of it. A 256-bit random number needs no salt."""
    return hashlib.sha256(token.encode("ascii")).digest()


def create_open_link(session: Session, wave: Wave, who: Audience | Side, *, secret_key: str) -> OpenLink:
    """Make a link that everybody of an audience may use.

    Args:
        who: an outside audience, or ``Side.INSIDE``: insiders share one link, whose first page asks
            who leads people (METHOD 1.8).
        secret_key: the installation's; :func:`open_link_token` needs the same to show the link again.

    Raises:
        WaveRefused: an inside audience, or the outside without its audience.
    """
    if who in (Side.OUTSIDE, Audience.MANAGEMENT, Audience.STAFF):
        raise WaveRefused("An open link is for insiders together, for customers or for partners.")
    audience = who if isinstance(who, Audience) else None
    side = Side.INSIDE if audience is None else audience.side
    seed = secrets.token_bytes(16)
    link = OpenLink(
        wave=wave, side=side, audience=audience, seed=seed, token_hash=token_hash(_seeded(secret_key, seed))
    )
    session.add(link)
    session.flush()
    return link


def open_link_token(link: OpenLink, *, secret_key: str) -> str:
    """The token of an open link, computed anew: it is stored nowhere."""
    return _seeded(secret_key, link.seed)


def _seeded(secret_key: str, seed: bytes) -> str:
    digest = hmac.digest(secret_key.encode(), b"open-link" + seed, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def create_invitation(
    session: Session,
    wave: Wave,
    audience: Audience,
    *,
    role: str | None = None,
    account: str | None = None,
    segments: Mapping[str, tuple[str, ...]] | None = None,
) -> str:
    """Make a single-use link and return its token, which cannot be had a second time.

    Raises:
        WaveRefused: the wave promised anonymity, so that it has no personal links.
    """
    if wave.anonymity is not Anonymity.CONFIDENTIAL:
        raise WaveRefused("Personal links need a wave whose mode is confidential, not anonymous.")
    token = new_token()
    invitation = Invitation(
        wave=wave, audience=audience, token_hash=token_hash(token), role=role, account=account
    )
    invitation.segments = dict(segments or {})
    session.add(invitation)
    session.flush()
    return token


def find_door(session: Session, token: str) -> Door:
    """Find what a token opens; the wave may be open or not, the invitation used or not.

    Raises:
        LinkUnknown: malformed, unknown or revoked.
    """
    cleaned = clean_token(token)
    if cleaned is None:
        raise LinkUnknown
    wanted = token_hash(cleaned)
    invitation = session.scalar(sa.select(Invitation).filter_by(token_hash=wanted, revoked=False))
    if invitation is not None:
        return Door(invitation.wave, invitation.audience.side, invitation.audience, invitation)
    link = session.scalar(sa.select(OpenLink).filter_by(token_hash=wanted, revoked=False))
    if link is None:
        raise LinkUnknown
    return Door(link.wave, link.side, link.audience)


def open_links(session: Session, wave: Wave) -> list[OpenLink]:
    """A wave's open links that still work, insiders first."""
    wanted = sa.select(OpenLink).filter_by(wave_id=wave.id, revoked=False)
    return list(session.scalars(wanted.order_by(OpenLink.side, OpenLink.audience, OpenLink.id)))
