"""Links that are handed over once: in printed letters with a short code, or as a list.

A letter's code has 12 characters of Crockford's base 32. The first four find the invitation; of the other
eight a password hash is stored (RELIABILITY V6, 6.5.2). The link in the letter's picture is made of the whole
code and the installation's secret key, so that the database has neither.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session, joinedload

from cultureassess.instruments.types import Audience
from cultureassess.models import Channel, Invitation, Invitee, Mail, MailState, Wave
from cultureassess.services import fielding, typed
from cultureassess.services.errors import DomainError
from cultureassess.services.inviting import MailingRefused, hold, require_personal
from cultureassess.services.links import new_token, token_hash
from cultureassess.services.outbox import WAITING

AT_ONCE = 250
"""Letters of one file. Each costs a password hash, and the page layout some memory."""

TRIES = 5
FINDER, LENGTH = 4, 12
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = re.compile(f"[{_CROCKFORD}]{{{LENGTH}}}")
_MISREAD = str.maketrans("ILO", "110")


class Who(StrEnum):
    """To whom links are handed over."""

    NEW = "new"
    BOUNCED = "bounced"
    AGAIN = "again"


class LetterCodeWrong(DomainError):
    """No letter has this code."""

    def __init__(self) -> None:
        super().__init__("This is not a code of ours. Compare it with the letter, character by character.")


class LetterCodeLocked(DomainError):
    """Five wrong codes were typed that begin like this one."""

    def __init__(self) -> None:
        super().__init__("This code is locked, because it was mistyped too often. Ask for a new letter.")


@dataclass(frozen=True)
class Handed:
    """What somebody is given: their link's token, and in a letter its short code; neither is stored."""

    invitee: Invitee
    token: str
    code: str = ""


def make_letters(
    session: Session, wave: Wave, audience: Audience, who: Who, *, secret_key: str, now: dt.datetime
) -> list[Handed]:
    """Give the next ``AT_ONCE`` people links for letters, in the caller's transaction. Old ones stop working.

    Raises:
        MailingRefused: there is nobody left.
        WaveRefused: the wave has no personal links.
    """
    people = _people(session, wave, audience, who, now=now)[:AT_ONCE]
    return [_letter(session, invitee, secret_key, now) for invitee in people]


def hand_over(
    session: Session, wave: Wave, audience: Audience, who: Who, *, now: dt.datetime
) -> list[Handed]:
    """Give everybody of a group a link for somebody else to pass on, once. Raises as :func:`make_letters`."""
    return [_listed(invitee, now) for invitee in _people(session, wave, audience, who, now=now)]


def waiting_for_letters(session: Session, wave: Wave) -> dict[tuple[Audience, Who], int]:
    """How many people of each audience are in each group."""
    found = {}
    for audience in wave.audiences:
        for who in Who:
            wanted = sa.select(sa.func.count()).select_from(_group(wave, audience, who).subquery())
            found[audience, who] = session.scalar(wanted) or 0
    return found


def _people(
    session: Session, wave: Wave, audience: Audience, who: Who, *, now: dt.datetime
) -> Sequence[Invitee]:
    require_personal(wave)
    hold(session, wave)
    wanted = _group(wave, audience, who).options(joinedload(Invitee.invitation, innerjoin=True))
    people = session.scalars(wanted.order_by(Invitee.name, Invitee.id)).all()
    if who is Who.AGAIN:
        today = fielding.today_at(wave, now)
        people = [p for p in people if p.reached_on != today] or people
    if not people:
        raise MailingRefused("There is nobody in this group.")
    return people


def _group(wave: Wave, audience: Audience, who: Who) -> sa.Select[Invitee]:
    """Whoever answered stays in the group: leaving them out would tell that they have."""
    wanted = sa.select(Invitee).where(Invitee.wave_id == wave.id, Invitee.audience == audience)
    wanted = wanted.where(Invitee.invitation_id.is_not(None))
    if who is Who.BOUNCED:
        return wanted.where(Invitee.bounced, Invitee.channel.is_distinct_from(Channel.LETTER))
    if who is Who.AGAIN:
        return wanted.where(Invitee.channel.in_((Channel.LETTER, Channel.LIST)))
    waiting = sa.select(Mail.invitee_id).where(
        Mail.state.in_((*WAITING, MailState.CLAIMED, MailState.UNKNOWN)), Mail.invitee_id.is_not(None)
    )
    return wanted.where(Invitee.channel.is_(None), ~Invitee.bounced, Invitee.id.not_in(waiting))


def _letter(session: Session, invitee: Invitee, secret_key: str, now: dt.datetime) -> Handed:
    code = _new_code(session)
    token = letter_token(code, secret_key=secret_key)
    invitation = _replace(invitee, token, Channel.LETTER, now)
    invitation.code_finder, invitation.code_hash = code[:FINDER], _hasher().hash(code[FINDER:])
    session.flush()
    return Handed(invitee, token, "-".join((code[:4], code[4:8], code[8:])))


def _listed(invitee: Invitee, now: dt.datetime) -> Handed:
    token = new_token()
    invitation = _replace(invitee, token, Channel.LIST, now)
    invitation.code_finder = invitation.code_hash = None
    return Handed(invitee, token)


def _replace(invitee: Invitee, token: str, channel: Channel, now: dt.datetime) -> Invitation:
    """Give an invitation another token; that it was used stays."""
    invitation = invitee.invitation
    if invitation is None:
        raise MailingRefused("This person has no link any more.")
    invitation.token_hash, invitation.seed, invitation.code_failures = token_hash(token), None, 0
    invitee.channel = channel
    invitee.reached_on = fielding.today_at(invitation.wave, now)
    return invitation


def _new_code(session: Session) -> str:
    """A code whose beginning no other letter has."""
    while True:
        code = "".join(secrets.choice(_CROCKFORD) for _ in range(LENGTH))
        taken = sa.select(Invitation.id).where(Invitation.code_finder == code[:FINDER])
        if session.scalar(taken) is None:
            return code


def letter_token(code: str, *, secret_key: str) -> str:
    """The token of a letter, made of its whole code."""
    digest = hmac.digest(secret_key.encode(), b"letter" + code.encode("ascii"), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def check_letter_code(session: Session, text: str, *, secret_key: str) -> str:
    """The token of a letter whose code somebody typed: any case, with or without hyphens, O for 0.

    A wrong one is counted: the caller commits either way. An unknown beginning takes as long as a known one.

    Raises:
        LetterCodeWrong: malformed, unknown or wrong.
        LetterCodeLocked: five wrong ones had this beginning.
    """
    code = typed.code(text[:100]).upper().translate(_MISREAD)
    if not _CODE.fullmatch(code):
        raise LetterCodeWrong
    invitation = session.scalar(sa.select(Invitation).where(Invitation.code_finder == code[:FINDER]))
    if invitation is not None and invitation.code_failures >= TRIES:
        raise LetterCodeLocked
    known = _matches(_nobodys() if invitation is None else invitation.code_hash or _nobodys(), code[FINDER:])
    if invitation is None or not known:
        _count_failure(session, invitation)
        raise LetterCodeWrong
    return letter_token(code, secret_key=secret_key)


def _count_failure(session: Session, invitation: Invitation | None) -> None:
    if invitation is not None:
        counted = sa.update(Invitation).where(Invitation.id == invitation.id)
        session.execute(counted.values(code_failures=Invitation.code_failures + 1))


def _matches(known: str, secret: str) -> bool:
    try:
        return _hasher().verify(known, secret)
    except VerifyMismatchError:
        return False


@cache
def _hasher() -> PasswordHasher:
    # 128 bits of hash are plenty for 40 of secret, and do not look like a link to the privacy audit
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=16)


@cache
def _nobodys() -> str:
    """A hash that nothing matches, for codes that nobody has."""
    return _hasher().hash(secrets.token_hex(16))
