"""The customers' journey as the organisation draws it: touchpoints, pain points, steps, and three choices."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.models.mapping import Base, enum_type, intpk, name200

LONG = 1000
"""Characters of a text."""


class PainSource(StrEnum):
    """Where a pain point comes from."""

    GAP = "gap"
    DONT_KNOW = "dont know"
    COMMENTS = "comments"
    FEEDBACK = "feedback"


class StepValue(StrEnum):
    """Whom a step of a process serves."""

    CUSTOMER = "customer"
    REQUIRED = "required"
    OURS = "ours"


class Touchpoint(Base):
    """A place on the journey where customers meet the organisation; ``place`` counts from 1."""

    __tablename__ = "touchpoint"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "name"),
        sa.CheckConstraint("length(trim(name)) > 0", name="name_given"),
    )

    id: Mapped[intpk]
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[int]
    name: Mapped[name200]


class PainPoint(Base):
    """Where it hurts. Of the same source and theme an organisation has one.

    What comes from a snapshot (``gap``, ``dont know``) is computed each time; its row only remembers the
    touchpoint that somebody gave it. ``theme`` is then the id of the item.

    Attributes:
        reach: how many cases were counted; None for what comes from a snapshot.
    """

    __tablename__ = "pain_point"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "source", "theme"),
        sa.CheckConstraint("length(trim(theme)) > 0", name="theme_given"),
        sa.CheckConstraint("reach >= 0", name="reach_not_negative"),
    )

    id: Mapped[intpk]
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    source: Mapped[PainSource] = mapped_column(enum_type(PainSource, "pain_source"))
    theme: Mapped[name200]
    touchpoint_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("touchpoint.id", ondelete="SET NULL"), index=True
    )
    reach: Mapped[int | None]

    touchpoint: Mapped[Touchpoint | None] = relationship()


class ProcessStep(Base):
    """One step of the process that was reviewed in a workshop; ``hand_off``: somebody else goes on."""

    __tablename__ = "process_step"
    __table_args__ = (sa.CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[name200]
    serves: Mapped[StepValue] = mapped_column(enum_type(StepValue, "step_value"))
    hand_off: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[name200] = mapped_column(default="")


class ThreeChoices(Base):
    """The value proposition in three choices: which needs, which level of service, what deliberately not."""

    __tablename__ = "three_choices"

    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    process: Mapped[name200] = mapped_column(default="")
    """Which process the steps belong to."""
    needs: Mapped[str] = mapped_column(sa.String(LONG), default="")
    service: Mapped[str] = mapped_column(sa.String(LONG), default="")
    not_done: Mapped[str] = mapped_column(sa.String(LONG), default="")
    changed_on: Mapped[dt.date]
