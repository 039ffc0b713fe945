"""The people whom a wave invites by name, and a list of them that waits to be accepted."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.instruments.types import Audience
from cultureassess.models.links import Invitation
from cultureassess.models.mail import ADDRESS_LENGTH
from cultureassess.models.mapping import Base, enum_type, intpk, name200, random_key, wave_key


class Channel(StrEnum):
    """How somebody got their link."""

    MAIL = "mail"
    LETTER = "letter"
    LIST = "list"


class Invitee(Base):
    """Somebody invited by name. What is known of them for the answers stands on their invitation alone.

    ``invitation_id`` is emptied at the close: nobody can tell any more who has answered. The row itself
    goes some days later (``MailPlan.keep_days``).

    Attributes:
        address: the e-mail address as given; None where there is none, for letters.
        folded: the address as it is compared; None as above, and such people are never duplicates.
        postal: the postal address, a line each; empty where it is not known.
        channel, reached_on: how and on which day the link was handed over; None until then.
        bounced: whether the address does not work.
        stopped: whether they asked for no more mail.
    """

    __tablename__ = "invitee"
    __table_args__ = (sa.UniqueConstraint("wave_id", "folded"),)

    id: Mapped[intpk]
    wave_id: Mapped[wave_key]
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitation.id", ondelete="SET NULL"), unique=True
    )
    audience: Mapped[Audience]
    name: Mapped[name200] = mapped_column(default="")
    address: Mapped[str | None] = mapped_column(sa.String(ADDRESS_LENGTH))
    folded: Mapped[str | None] = mapped_column(sa.String(ADDRESS_LENGTH))
    postal: Mapped[str] = mapped_column(sa.String(500), default="")
    language: Mapped[str] = mapped_column(sa.String(16))
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel, "channel"))
    reached_on: Mapped[dt.date | None]
    bounced: Mapped[bool] = mapped_column(default=False)
    stopped: Mapped[bool] = mapped_column(default=False)

    invitation: Mapped[Invitation | None] = relationship()


class PendingList(Base):
    """An uploaded list of people that somebody has yet to accept. It ends by itself after a day.

    Attributes:
        owner: who uploaded it: a hash of their session or account.
        expires: seconds since 1970, UTC.
        content: the table as it was read, as JSON.
        columns: which column means what, as JSON; empty until somebody has confirmed it.
    """

    __tablename__ = "pending_list"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[random_key]
    wave_id: Mapped[wave_key]
    audience: Mapped[Audience]
    owner: Mapped[bytes]
    expires: Mapped[int] = mapped_column(sa.BigInteger)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    columns: Mapped[str] = mapped_column(sa.String(2000), default="")
