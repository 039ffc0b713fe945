"""Members of staff: who they are, what they may do, where they are signed in, and how they were invited.

Respondents are never here (RELIABILITY section 4). ``models/accounts.py`` is about something else: the
business accounts of customers.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.models.mapping import Base, Texts, enum_type, hash_key, intpk, name200
from cultureassess.models.organisation import Organisation
from cultureassess.models.signing import SignsIn


class Role(StrEnum):
    """What a member is in one organisation."""

    CONSULTANT = "consultant"
    LEADER = "leader"


class Member(SignsIn, Base):
    """Somebody who may sign in.

    The names ``password``, ``active``, ``fs_uniquifier``, ``tf_*`` and ``mf_recovery_codes`` are those that
    Flask-Security asks for.

    Attributes:
        email: in lower case, the name to sign in with.
        password: the Argon2id hash; None until the member has chosen one.
        active: false ends every session and every link of the member at once.
        administrator: may do everything, members included.
        consultant: may add organisations, and runs those that were given or added.
        fs_uniquifier: part of every session and reset link; a new one ends them all.
        tf_totp_secret: the secret of the authenticator app, encrypted with a key made of the installation's.
        tf_counter: time step of the last code used, so that no code works twice.
        mf_recovery_codes: the recovery codes that are left, encrypted likewise.
        last_signed_in_on: the day, not the time.
    """

    __tablename__ = "member"
    __table_args__ = (
        sa.CheckConstraint("length(trim(name)) > 0", name="name_given"),
        sa.CheckConstraint("email = lower(email)", name="email_folded"),
    )

    id: Mapped[intpk]
    name: Mapped[name200]
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    administrator: Mapped[bool] = mapped_column(default=False)
    consultant: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(255))
    tf_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[Texts] = mapped_column(default=())
    last_signed_in_on: Mapped[dt.date | None]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="member", cascade="all, delete-orphan", passive_deletes=True
    )


class Membership(Base):
    """What a member is in one organisation."""

    __tablename__ = "membership"

    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(enum_type(Role, "role"))

    member: Mapped[Member] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()


class MemberSession(Base):
    """One browser in which a member is signed in; ending the row signs it out.

    ``number`` is what the account page calls it, so that the hash stays in the database; ``started`` and
    ``seen`` are seconds since 1970.
    """

    __tablename__ = "member_session"
    __table_args__ = (sa.UniqueConstraint("member_id", "number"),)

    token_hash: Mapped[hash_key]
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    started: Mapped[int] = mapped_column(sa.BigInteger)
    seen: Mapped[int] = mapped_column(sa.BigInteger)
    ended: Mapped[bool] = mapped_column(default=False)

    member: Mapped[Member] = relationship()


class MemberInvitation(Base):
    """A single-use link by which somebody becomes a member, or gets rights, and chooses a password.

    Attributes:
        email: whom it was made for.
        administrator, consultant: what the member becomes in the whole installation.
        organisation_id, role: what the member becomes in one organisation; both or neither.
        expires: seconds since 1970.
    """

    __tablename__ = "member_invitation"
    __table_args__ = (
        sa.CheckConstraint("(organisation_id IS NULL) = (role IS NULL)", name="role_in_organisation"),
        sa.CheckConstraint("email = lower(email)", name="email_folded"),
    )

    id: Mapped[intpk]
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    email: Mapped[str] = mapped_column(sa.String(254), index=True)
    administrator: Mapped[bool] = mapped_column(default=False)
    consultant: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role | None] = mapped_column(enum_type(Role, "role"))
    expires: Mapped[int] = mapped_column(sa.BigInteger)
    used: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation | None] = relationship()


class AuditEntry(Base):
    """What a member of staff did. Never about a respondent, never an answer.

    Attributes:
        at: seconds since 1970.
        member_id: who; None for the command line, and after the member was deleted.
        who: the name at that time.
        organisation_id: where; None for the installation. Deleting an organisation erases its entries too,
            so that nothing of a client stays (RELIABILITY R10); that it was deleted is the installation's.
        kind, object_id: what it was done to, for example ``wave`` 3.
        detail: a short addition in the words of the page.
    """

    __tablename__ = "audit_entry"

    id: Mapped[intpk]
    at: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id", ondelete="SET NULL"), index=True)
    who: Mapped[name200]
    action: Mapped[str] = mapped_column(sa.String(64), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(sa.String(32), default="")
    object_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(sa.String(500), default="")

    organisation: Mapped[Organisation | None] = relationship()


class RateCount(Base):
    """How often something was tried in a window of time; ``key`` is a keyed hash, never an address."""

    __tablename__ = "rate_count"

    key: Mapped[hash_key]
    number: Mapped[int]
    expires: Mapped[float] = mapped_column(sa.Float(53))


class DayKey(Base):
    """The one key by which network addresses are hashed today; tomorrow's overwrites it (RELIABILITY T.6)."""

    __tablename__ = "day_key"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[intpk]
    day: Mapped[dt.date]
    key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
