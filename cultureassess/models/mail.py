"""The outbox: mails as rows, claimed by a worker, settled once; and how a wave writes to its people."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cultureassess.instruments.types import Side
from cultureassess.models.mapping import Base, Texts, enum_type, intpk, name200, wave_key

ADDRESS_LENGTH = 254
"""The longest e-mail address that SMTP takes (RFC 5321)."""


class MailState(StrEnum):
    """Where a mail stands. ``unknown``: the mail server may have taken it, and nobody can tell."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    RETRY = "retry"
    SENT = "sent"
    BOUNCED = "bounced"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class RunKind(StrEnum):
    """Why a wave writes to its people."""

    INVITATION = "invitation"
    REMINDER = "reminder"


class Mail(Base):
    """One mail to one person. Of the same ``kind`` and ``key`` there is one, however often it is asked for.

    A mail either holds its sealed text, or names an invitee and is written at the moment of sending: then
    no link is stored, not even sealed.

    Attributes:
        address, sealed: to whom, and subject and body encrypted with the installation's key; None for
            an invitee's mail, and once the mail is sent.
        priority: 0 for what somebody waits for, 1 for a wave's mails.
        due: when it may be tried, or while it is claimed, when the claim ends; seconds since 1970, UTC.
        expires: from then on it is dropped instead of sent.
        attempts: how often it was claimed.
        refused_since: when the mail server first refused it for now; seconds since 1970, UTC.
        worker: who has claimed it.
        talking: whether the mail server may have been given the text in this attempt.
        reason: why it was bounced or dropped, as a code.
        settled_on: the day on which it reached its last state.
    """

    __tablename__ = "mail"
    __table_args__ = (
        sa.UniqueConstraint("kind", "key"),
        sa.CheckConstraint("(address IS NULL) OR (invitee_id IS NULL)", name="one_addressee"),
        sa.Index("ix_mail_waiting", "state", "priority", "due", "id"),
        # A number is in a Message-ID: it must never be given a second time.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[intpk]
    kind: Mapped[str] = mapped_column(sa.String(32))
    key: Mapped[str] = mapped_column(sa.String(128))
    state: Mapped[MailState] = mapped_column(enum_type(MailState, "mail_state"), default=MailState.QUEUED)
    organisation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mail_run.id", ondelete="CASCADE"), index=True)
    invitee_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitee.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str | None] = mapped_column(sa.String(ADDRESS_LENGTH))
    sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    priority: Mapped[int] = mapped_column(default=1)
    due: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    expires: Mapped[int] = mapped_column(sa.BigInteger)
    attempts: Mapped[int] = mapped_column(default=0)
    refused_since: Mapped[int | None] = mapped_column(sa.BigInteger)
    worker: Mapped[str | None] = mapped_column(sa.String(32))
    talking: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(sa.String(32))
    settled_on: Mapped[dt.date | None] = mapped_column(index=True)


class MailPace(Base):
    """One row: when the next mail may leave, and how many left on a day, over all workers."""

    __tablename__ = "mail_pace"

    id: Mapped[intpk]
    free_at: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """Milliseconds since 1970, UTC."""
    day: Mapped[dt.date]
    sent: Mapped[int] = mapped_column(default=0)


class MailRun(Base):
    """One mailing of a wave. Its counts are of people gone through, written to or not.

    A reminder is prepared for everybody, and the worker passes over those who have answered; so its counts
    do not tell how many have. ``gone`` counts the mails that are settled and deleted.
    """

    __tablename__ = "mail_run"
    __table_args__ = (
        sa.UniqueConstraint("wave_id", "kind", "number"),
        sa.CheckConstraint("kind <> 'reminder' OR number <= 3", name="three_reminders"),
    )

    id: Mapped[intpk]
    wave_id: Mapped[wave_key]
    kind: Mapped[RunKind] = mapped_column(enum_type(RunKind, "run_kind"))
    number: Mapped[int]
    day: Mapped[dt.date]
    total: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)


class MailPlan(Base):
    """How a wave writes to its people.

    Attributes:
        sender_name, reply_to: what stands beside the installation's own address, and who gets the replies.
        keep_days: days after the close until people and addresses are deleted.
        remind_after: days after the opening on which those who have not answered are reminded.
    """

    __tablename__ = "mail_plan"
    __table_args__ = (sa.CheckConstraint("keep_days IN (0, 7, 14, 30, 90)", name="keep_days_offered"),)

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    sender_name: Mapped[name200] = mapped_column(default="")
    reply_to: Mapped[str] = mapped_column(sa.String(ADDRESS_LENGTH), default="")
    keep_days: Mapped[int] = mapped_column(default=7)
    remind_after: Mapped[Texts] = mapped_column(default=())


class MailText(Base):
    """A wave's own wording of one kind of mail to one side, in one language, instead of the packaged one."""

    __tablename__ = "mail_text"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[RunKind] = mapped_column(enum_type(RunKind, "run_kind"), primary_key=True)
    side: Mapped[Side] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    subject: Mapped[name200]
    body: Mapped[str] = mapped_column(sa.Text)
