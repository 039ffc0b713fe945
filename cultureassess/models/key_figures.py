"""Figures that a company counts itself, month by month, and the monthly meeting that looks at them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.models.mapping import Base, enum_type, intpk, name200

LONG = 1000
"""Characters of a text."""


class Better(StrEnum):
    """In which direction a figure gets better."""

    UP = "up"
    DOWN = "down"


class KeyFigure(Base):
    """A figure of the organisation's own. There is none without a decision that hangs on it (METHOD 6.4).

    Attributes:
        decision: what will be changed if it moves.
        unit: what stands behind its values, for example "%"; "" for a bare number.
    """

    __tablename__ = "key_figure"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "name"),
        sa.CheckConstraint("length(trim(name)) > 0", name="name_given"),
        sa.CheckConstraint("length(trim(decision)) > 0", name="decision_given"),
    )

    id: Mapped[intpk]
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[name200]
    unit: Mapped[str] = mapped_column(sa.String(16), default="")
    better: Mapped[Better] = mapped_column(enum_type(Better, "better"))
    decision: Mapped[str] = mapped_column(sa.String(LONG))

    values: Mapped[list[KeyFigureValue]] = relationship(
        back_populates="figure",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="KeyFigureValue.month",
    )


class KeyFigureValue(Base):
    """What a figure was in one month; ``month`` is its first day."""

    __tablename__ = "key_figure_value"

    figure_id: Mapped[int] = mapped_column(
        sa.ForeignKey("key_figure.id", ondelete="CASCADE"), primary_key=True
    )
    month: Mapped[dt.date] = mapped_column(primary_key=True)
    value: Mapped[float] = mapped_column(sa.Float(53))

    figure: Mapped[KeyFigure] = relationship(back_populates="values")


class Meeting(Base):
    """The meeting of one month: what was agreed on, by whom it is done, and what became of it.

    Attributes:
        month: its first day.
        agreement: the one improvement.
        outcome: what became of it, written a month later; "" until then.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "month"),
        sa.CheckConstraint("length(trim(agreement)) > 0", name="agreement_given"),
    )

    id: Mapped[intpk]
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    month: Mapped[dt.date]
    agreement: Mapped[str] = mapped_column(sa.String(LONG))
    owner: Mapped[name200] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(sa.String(LONG), default="")
