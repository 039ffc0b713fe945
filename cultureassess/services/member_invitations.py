"""Invitations to become a member of staff: single-use links by which people choose their own password."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Member, MemberInvitation, Organisation, Role
from cultureassess.services import member_mail, members
from cultureassess.services.errors import DomainError

LASTS = dt.timedelta(hours=72)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class InvitationUnknown(DomainError):
    """No invitation has this token, or it was used, withdrawn or is too old: all look the same."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            "This invitation does not work. It may have been used already, or it is older than three days: "
            "ask whoever invited you for a new one."
        )


@dataclass(frozen=True)
class Rights:
    """What somebody is invited to be: in the installation, or in one organisation."""

    administrator: bool = False
    consultant: bool = False
    role: Role | None = None


def invite(
    session: Session,
    *,
    email: str | None,
    rights: Rights,
    now: dt.datetime,
    name: str = "",
    organisation: Organisation | None = None,
) -> tuple[MemberInvitation, str]:
    """Invite somebody and return the invitation with its token, of which only the hash is stored.

    Earlier invitations of this address to the same organisation, or to the installation, end.

    Args:
        email: None for whoever has the link: the first administrator enters an address with the name.

    Raises:
        cultureassess.services.members.MemberRefused: no address, or an active member has it and is in this
            organisation already.
    """
    address = "" if email is None else members.clean_address(email)
    known = members.find_member(session, address)
    place = None if organisation is None else organisation.id
    if known is not None and known.password is not None and _has(known, place):
        raise members.MemberRefused(f"{known.name} ({address}) is a member here already.")
    _withdraw_others(session, address, place, now=now)
    token = secrets.token_urlsafe(32)
    invitation = MemberInvitation(
        token_hash=_hash(token),
        name=members.clean_name(name) if name.strip() else "",
        email=address,
        administrator=rights.administrator,
        consultant=rights.consultant,
        organisation_id=place,
        role=rights.role,
        expires=int((now + LASTS).timestamp()),
    )
    session.add(invitation)
    session.flush()
    return invitation, token


def find(session: Session, token: str, *, now: dt.datetime) -> MemberInvitation:
    """The invitation of a token, if it can still be accepted.

    Raises:
        InvitationUnknown: it cannot.
    """
    if _TOKEN.fullmatch(token):
        wanted = sa.select(MemberInvitation).where(MemberInvitation.token_hash == _hash(token))
        found = session.scalar(wanted.where(*_open(now)))
        if found is not None:
            return found
    raise InvitationUnknown


def accept(
    session: Session,
    invitation: MemberInvitation,
    *,
    name: str,
    password: str | None,
    now: dt.datetime,
    email: str = "",
) -> Member:
    """Make the invited person a member, or give a member what the invitation says. Works once.

    Args:
        password: the hash of the chosen one; None for a member who has one already and keeps it.
        email: for an invitation that names no address.

    Raises:
        InvitationUnknown: somebody else was faster.
        cultureassess.services.members.MemberRefused: the name or the address will not do.
    """
    claim = sa.update(MemberInvitation).where(MemberInvitation.id == invitation.id, *_open(now))
    if session.scalar(claim.values(used=True).returning(MemberInvitation.id)) is None:
        raise InvitationUnknown
    member_mail.end_invitation(session, invitation.token_hash, today=now.date())
    member = members.find_member(session, invitation.email)
    if member is None:
        address = invitation.email or email
        member = members.create_member(session, name=name, email=address, password=password)
    elif member.password is None:
        member.name, member.password = members.clean_name(name), password
    member.administrator |= invitation.administrator
    member.consultant |= invitation.consultant
    if invitation.organisation is not None and invitation.role is not None:
        members.grant(session, member, invitation.organisation, invitation.role)
    session.flush()
    return member


def pending(
    session: Session, *, now: dt.datetime, organisation: Organisation | None = None
) -> Sequence[MemberInvitation]:
    """The invitations that wait to be accepted: all, or those into one organisation."""
    wanted = sa.select(MemberInvitation).where(*_open(now)).order_by(MemberInvitation.id)
    if organisation is not None:
        wanted = wanted.where(MemberInvitation.organisation_id == organisation.id)
    return session.scalars(wanted).all()


def withdraw(session: Session, invitation: MemberInvitation, *, now: dt.datetime) -> None:
    """End an invitation: its link, and its mail if that has not surely left."""
    invitation.used = True
    member_mail.end_invitation(session, invitation.token_hash, today=now.date())


def _withdraw_others(
    session: Session, address: str, organisation_id: int | None, *, now: dt.datetime
) -> None:
    """End the invitations of an address to one organisation, or to the installation."""
    same = sa.select(MemberInvitation).where(
        MemberInvitation.email == members.folded(address),
        MemberInvitation.organisation_id == organisation_id,
        ~MemberInvitation.used,
    )
    for invitation in session.scalars(same):
        withdraw(session, invitation, now=now)


def _has(member: Member, organisation_id: int | None) -> bool:
    if organisation_id is None:
        return True
    return any(held.organisation_id == organisation_id for held in member.memberships)


def _open(now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return ~MemberInvitation.used, MemberInvitation.expires > int(now.timestamp())


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
