"""Members of staff: finding them, giving and taking rights, ending their access."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from cultureassess.models import Member, Membership, Organisation, Role
from cultureassess.services import member_sessions
from cultureassess.services.errors import DomainError
from cultureassess.services.mail.addresses import check_address

LONGEST_NAME = 200
LONGEST_ADDRESS = 254


class MemberRefused(DomainError):
    """A member cannot be made or changed as asked; the sentence says why, ``field`` where it was asked."""

    def __init__(self, sentence: str, *, field: str = "email") -> None:
        super().__init__(sentence)
        self.field = field


def create_member(session: Session, *, name: str, email: str, password: str | None) -> Member:
    """Add a member without any right.

    Args:
        password: its hash; None for somebody who cannot sign in until they have one.

    Raises:
        MemberRefused: the name or the address will not do, or the address is taken.
    """
    given = clean_name(name)
    address = clean_address(email)
    if find_member(session, address) is not None:
        raise MemberRefused(f"There is a member with the address {address} already.")
    member = Member(name=given, email=address, password=password, fs_uniquifier=secrets.token_hex(16))
    session.add(member)
    session.flush()
    return member


def find_member(session: Session, email: str) -> Member | None:
    """The member with an address, in whatever case it is written."""
    return session.scalar(sa.select(Member).where(Member.email == folded(email)))


def members(session: Session) -> Sequence[Member]:
    """All members, the active ones first, by name, with their memberships."""
    wanted = sa.select(Member).order_by(Member.active.desc(), Member.name, Member.id)
    loaded = selectinload(Member.memberships).selectinload(Membership.organisation)
    return session.scalars(wanted.options(loaded)).all()


def leaders(session: Session, organisation: Organisation) -> Sequence[Member]:
    """The active members who read the results of an organisation, by name."""
    reading = sa.and_(Membership.organisation_id == organisation.id, Membership.role == Role.LEADER)
    wanted = sa.select(Member).join(Member.memberships).where(reading, Member.active)
    return session.scalars(wanted.order_by(Member.name)).all()


def is_empty(session: Session) -> bool:
    """Whether nobody has an account here yet."""
    return session.scalar(sa.select(Member.id).limit(1)) is None


def grant(session: Session, member: Member, organisation: Organisation, role: Role) -> None:
    """Give a member a role in an organisation, instead of one held there."""
    held = session.get(Membership, (member.id, organisation.id))
    if held is None:
        member.memberships.append(Membership(organisation=organisation, role=role))
    else:
        held.role = role
    session.flush()


def revoke(session: Session, member: Member, organisation: Organisation) -> None:
    """Take a member's role in an organisation away; nothing happens if there is none."""
    held = session.get(Membership, (member.id, organisation.id))
    if held is not None:
        member.memberships.remove(held)
    session.flush()


def set_rights(session: Session, member: Member, *, administrator: bool, consultant: bool) -> None:
    """Decide what a member is in the whole installation.

    Raises:
        MemberRefused: nobody would administer the installation any more.
    """
    if member.administrator and not administrator:
        _refuse_last_administrator(session, member)
    member.administrator = administrator
    member.consultant = consultant
    session.flush()


def deactivate(session: Session, member: Member) -> None:
    """End a member's access: with the next request every session is over.

    Raises:
        MemberRefused: nobody would administer the installation any more.
    """
    if member.administrator:
        _refuse_last_administrator(session, member)
    member.active = False
    forget_sessions(session, member)


def activate(session: Session, member: Member) -> None:
    """Let a member sign in again, with the rights that were left."""
    member.active = True
    session.flush()


def forget_sessions(session: Session, member: Member) -> None:
    """End all sessions and all reset links of a member."""
    member.fs_uniquifier = secrets.token_hex(16)
    member_sessions.end_all(session, member)
    session.flush()


def reset_second_factor(session: Session, member: Member) -> None:
    """Forget a lost authenticator app: the member signs in with the password alone and sets up another."""
    member.tf_primary_method = None
    member.tf_totp_secret = None
    member.mf_recovery_codes = ()
    forget_sessions(session, member)


def change_name(session: Session, member: Member, name: str) -> None:
    """Rename a member.

    Raises:
        MemberRefused: the name will not do.
    """
    member.name = clean_name(name)
    session.flush()


def change_address(session: Session, member: Member, email: str) -> None:
    """Give a member another address to sign in with; reset links sent to the old one are worth nothing now.

    Raises:
        MemberRefused: it is taken, or no address.
    """
    address = clean_address(email)
    taken = find_member(session, address)
    if taken is not None and taken.id != member.id:
        raise MemberRefused("This address cannot be used.")
    member.email = address
    session.flush()


def words_about(member: Member) -> tuple[str, ...]:
    """What somebody would try first as this member's password."""
    return (member.name, member.email, *(held.organisation.name for held in member.memberships))


def clean_name(name: str) -> str:
    """A name without blanks around it.

    Raises:
        MemberRefused: it is empty, too long, or has control characters.
    """
    given = " ".join(name.split())
    if not given or len(given) > LONGEST_NAME or not given.isprintable():
        raise MemberRefused(f"Please enter a name of at most {LONGEST_NAME} characters.", field="name")
    return given


def clean_address(email: str) -> str:
    """An e-mail address as it is stored.

    Raises:
        MemberRefused: it is not one address.
    """
    try:
        address = folded(check_address(email.strip()))
    except DomainError as error:
        raise MemberRefused("Please enter an e-mail address, for example name@example.org.") from error
    if len(address) > LONGEST_ADDRESS:
        raise MemberRefused(f"Please enter an e-mail address of at most {LONGEST_ADDRESS} characters.")
    return address


def folded(email: str) -> str:
    """An address in the case in which it is stored and compared."""
    return email.strip().lower()


def _refuse_last_administrator(session: Session, member: Member) -> None:
    others = sa.select(Member.id).where(Member.administrator, Member.active, Member.id != member.id)
    if session.scalar(others.limit(1)) is None:
        raise MemberRefused("This is the only administrator. Make somebody else one first.")
