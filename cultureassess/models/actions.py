"""What a company does about its results: practices that it marked, and action cards with their history.

Nothing here is about a respondent. Owners are people of the client, named by the client.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cultureassess.models.key_figures import KeyFigure
from cultureassess.models.mapping import Base, enum_type, intpk, name200
from cultureassess.models.wave import Wave
from cultureassess.practices.plan import CardKind, Mark

LONG = 1000
"""Characters of a text on a card."""


class CardState(StrEnum):
    """An action's life: thought of, agreed with owner and date, and then done or dropped."""

    IDEA = "idea"
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"


class Moves(StrEnum):
    """What is expected to move: customers' mean on the index, the gap on it, or a key figure."""

    CUSTOMERS = "customers"
    GAP = "gap"
    KEY_FIGURE = "key figure"


class PracticeMark(Base):
    """What an organisation's team says of one practice of the library, and by what it can be seen."""

    __tablename__ = "practice_mark"

    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    practice: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    mark: Mapped[Mark] = mapped_column(enum_type(Mark, "practice_mark"))
    evidence: Mapped[str] = mapped_column(sa.String(LONG), default="")
    marked_on: Mapped[dt.date]
    marked_by: Mapped[name200]


class ActionCard(Base):
    """One action (METHOD 6.7), with the estimates of METHOD 6.3 and the person who made them.

    Attributes:
        wave_id: the wave whose results brought it about.
        index_code, item: what in that wave; ``item`` is "" where no single statement did.
        practice: code of the library's practice that it carries out; "" for one of their own.
        owner_email: where reminders go; "" for none.
        first_step_by, due: days; the second is the day of the review.
        agreed_on: the last day on which it was agreed on; None for what never was.
        overtaken: the results of the next wave were there already then, so they tell nothing about it.
        target: where the figure should be: points for an index, its own unit for a key figure.
        reach: customers touched in a quarter. ``confidence`` is 0 to 1, ``effort`` in person-months.
    """

    __tablename__ = "action_card"
    __table_args__ = (
        sa.CheckConstraint("length(trim(title)) > 0", name="title_given"),
        sa.CheckConstraint("effort > 0", name="effort_positive"),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_is_a_share"),
        sa.CheckConstraint("impact IN (3, 2, 1, 0.5, 0.25)", name="impact_on_the_scale"),
        sa.CheckConstraint("reach >= 0", name="reach_not_negative"),
        sa.CheckConstraint(
            "state <> 'agreed' OR (length(trim(owner)) > 0 AND length(trim(first_step)) > 0"
            " AND first_step_by IS NOT NULL AND due IS NOT NULL)",
            name="agreed_has_owner_step_and_days",
        ),
    )

    id: Mapped[intpk]
    organisation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CardKind] = mapped_column(enum_type(CardKind, "card_kind"))
    state: Mapped[CardState] = mapped_column(enum_type(CardState, "card_state"), default=CardState.IDEA)
    title: Mapped[name200]
    index_code: Mapped[str] = mapped_column(sa.String(32))
    item: Mapped[str] = mapped_column(sa.String(32), default="")
    practice: Mapped[str] = mapped_column(sa.String(64), default="")
    owner: Mapped[name200] = mapped_column(default="")
    owner_email: Mapped[str] = mapped_column(sa.String(254), default="")
    first_step: Mapped[str] = mapped_column(sa.String(LONG), default="")
    first_step_by: Mapped[dt.date | None]
    due: Mapped[dt.date | None]
    agreed_on: Mapped[dt.date | None]
    overtaken: Mapped[bool] = mapped_column(default=False)
    moves: Mapped[Moves] = mapped_column(enum_type(Moves, "moves"), default=Moves.CUSTOMERS)
    key_figure_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("key_figure.id", ondelete="SET NULL"), index=True
    )
    target: Mapped[float | None] = mapped_column(sa.Float(53))
    reach: Mapped[int | None]
    impact: Mapped[float | None] = mapped_column(sa.Float(53))
    confidence: Mapped[float | None] = mapped_column(sa.Float(53))
    effort: Mapped[float | None] = mapped_column(sa.Float(53))
    estimated_by: Mapped[name200] = mapped_column(default="")

    wave: Mapped[Wave] = relationship()
    key_figure: Mapped[KeyFigure | None] = relationship()
    notes: Mapped[list[ActionNote]] = relationship(
        back_populates="card", cascade="all, delete-orphan", passive_deletes=True, order_by="ActionNote.id"
    )


class ActionNote(Base):
    """One line of a card's history: who did or said what on which day."""

    __tablename__ = "action_note"

    id: Mapped[intpk]
    card_id: Mapped[int] = mapped_column(sa.ForeignKey("action_card.id", ondelete="CASCADE"), index=True)
    day: Mapped[dt.date]
    who: Mapped[name200]
    text: Mapped[str] = mapped_column(sa.String(LONG))

    card: Mapped[ActionCard] = relationship(back_populates="notes")
