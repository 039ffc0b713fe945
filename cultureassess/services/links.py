"""Links into a wave: making them, and finding the door that a token opens (RELIABILITY R1, R5, T.3)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Anonymity, Assessment, Invitation, OpenLink, Wave
from cultureassess.services import typed
from cultureassess.services.errors import LinkRevoked, LinkUnknown, WaveRefused

Link = TypeVar("Link", OpenLink, Invitation)

TOKEN_LENGTH = 43
"""A 256-bit number in URL-safe base 64."""

_TOKEN = re.compile(r"[<(\"']{0,2}(?:3D)?([A-Za-z0-9_-]{43})[>).,;:!\"']{0,3}", re.ASCII)
"""A token, and what mail programs are known to leave around one."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORT = re.compile(f"[{_CROCKFORD}]{{8}}")
_MISREAD = str.maketrans("ILO", "110")


@dataclass(frozen=True)
class Door:
    """What a token opens. ``audience`` is None where the first page must ask for it.

    Either ``invitation`` or ``link`` is there: the personal or the open link itself.
    """

    wave: Wave
    side: Side
    audience: Audience | None
    invitation: Invitation | None = None
    link: OpenLink | None = None

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
        wave=wave,
        side=side,
        audience=audience,
        seed=seed,
        token_hash=token_hash(_seeded(secret_key, seed)),
        short_hash=_short_hash(_short(secret_key, seed), secret_key),
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


def short_code(link: OpenLink, *, secret_key: str) -> str:
    """What a poster shows for typing: eight characters without I, L, O and U, for example ``7KQ2-M9XD``.

    It is computed anew, like the token. 40 random bits are enough for a link that hangs on a wall.
    """
    code = _short(secret_key, link.seed)
    return f"{code[:4]}-{code[4:]}"


def find_short(session: Session, text: str, *, secret_key: str) -> OpenLink:
    """The open link of a short code as somebody typed it: any case, with or without hyphen, O for 0.

    Raises:
        LinkUnknown: malformed or unknown.
    """
    code = typed.code(text).upper().translate(_MISREAD)
    link = None
    if _SHORT.fullmatch(code):
        link = session.scalar(sa.select(OpenLink).filter_by(short_hash=_short_hash(code, secret_key)))
    if link is None:
        raise LinkUnknown
    return link


def _short(secret_key: str, seed: bytes) -> str:
    digest = hmac.digest(secret_key.encode(), b"short-code" + seed, "sha256")
    return "".join(_CROCKFORD[byte & 31] for byte in digest[:8])


def _short_hash(code: str, secret_key: str) -> bytes:
    """Keyed, because all codes of 40 bits can be tried against a plain hash."""
    return hmac.digest(secret_key.encode(), b"short-hash" + code.encode("ascii"), "sha256")


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
        LinkUnknown: malformed or unknown.
        LinkRevoked: withdrawn.
    """
    cleaned = clean_token(token)
    if cleaned is None:
        raise LinkUnknown
    wanted = token_hash(cleaned)
    link = session.scalar(_by_token(OpenLink), {"wanted": wanted})
    if link is not None:
        return door_of(link)
    invitation = session.scalar(_by_token(Invitation), {"wanted": wanted})
    if invitation is None:
        raise LinkUnknown
    return door_of_invitation(invitation)


@cache
def _by_token(kind: type[Link]) -> sa.Select[Link]:
    """A link with its wave, assessment and organisation, in one question; built once, asked on every page."""
    assessment = joinedload(kind.wave, innerjoin=True).joinedload(Wave.assessment, innerjoin=True)
    wanted = sa.select(kind).where(kind.token_hash == sa.bindparam("wanted"))
    return wanted.options(assessment.joinedload(Assessment.organisation, innerjoin=True))


def door_of_invitation(invitation: Invitation) -> Door:
    """What a personal link opens.

    Raises:
        LinkRevoked: withdrawn.
    """
    if invitation.revoked:
        raise LinkRevoked
    return Door(invitation.wave, invitation.audience.side, invitation.audience, invitation)


def door_of(link: OpenLink) -> Door:
    """What an open link opens.

    Raises:
        LinkRevoked: withdrawn.
    """
    if link.revoked:
        raise LinkRevoked
    return Door(link.wave, link.side, link.audience, link=link)


def open_links(session: Session, wave: Wave) -> list[OpenLink]:
    """A wave's open links that still work, insiders first."""
    wanted = sa.select(OpenLink).filter_by(wave_id=wave.id, revoked=False)
    return list(session.scalars(wanted.order_by(OpenLink.side, OpenLink.audience, OpenLink.id)))
