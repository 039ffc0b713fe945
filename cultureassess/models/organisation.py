"""The client, and that client's use of one instrument; and the consultancy that runs the installation."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.models.mapping import Base, intpk, name200
from cultureassess.models.wave import Wave


class LogoColumns:
    """A logo as it was re-encoded by :mod:`cultureassess.services.branding`; all None without one.

    Attributes:
        logo: the bytes of the picture; loaded only where they are asked for.
        logo_type: "png" or "jpeg".
        logo_digest: names the picture in its address: 32 hexadecimal digits of its SHA-256.
        logo_width, logo_height: in pixels.
    """

    logo: Mapped[bytes | None] = mapped_column(sa.LargeBinary(), deferred=True)
    logo_type: Mapped[str | None] = mapped_column(sa.String(8))
    logo_digest: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    logo_width: Mapped[int | None]
    logo_height: Mapped[int | None]


class Organisation(LogoColumns, Base):
    """A client.

    Attributes:
        slug: names it in addresses: lower-case letters, digits and hyphens.
        timezone: IANA name, for example "Europe/Berlin"; a wave's days begin and end there.
        contact: whom its respondents may ask; "" for the installation's contact.
        accent: its colour as "#rrggbb"; None for ours.
    """

    __tablename__ = "organisation"
    __table_args__ = (sa.CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[intpk]
    name: Mapped[name200]
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    timezone: Mapped[str] = mapped_column(sa.String(64), default="UTC")
    contact: Mapped[name200] = mapped_column(default="")
    accent: Mapped[str | None] = mapped_column(sa.String(7))

    assessments: Mapped[list[Assessment]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan", passive_deletes=True
    )


class Assessment(Base):
    """One organisation's use of one instrument; its waves can be compared with each other."""

    __tablename__ = "assessment"

    id: Mapped[intpk]
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    instrument: Mapped[str] = mapped_column(sa.String(64))
    """Code of a packaged instrument, for example ``customer_culture_v1``."""

    organisation: Mapped[Organisation] = relationship(back_populates="assessments")
    waves: Mapped[list[Wave]] = relationship(
        back_populates="assessment",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Wave.id",
    )


class Consultancy(LogoColumns, Base):
    """Who runs this installation, as reports name them: one row at most. ``contact`` is one line of text."""

    __tablename__ = "consultancy"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[intpk]
    name: Mapped[name200] = mapped_column(default="")
    contact: Mapped[name200] = mapped_column(default="")
