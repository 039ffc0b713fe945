"""The client, and that client's use of one instrument."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.models.mapping import Base, intpk, name200
from cultureassess.models.wave import Wave


class Organisation(Base):
    """A client. ``slug`` names it in addresses: lower-case letters, digits and hyphens."""

    __tablename__ = "organisation"
    __table_args__ = (sa.CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[intpk]
    name: Mapped[name200]
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)

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
