"""One fielding period, and what it freezes when it opens (METHOD 2.0, step 1)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from cultureassess.instruments.types import Audience
from cultureassess.models.mapping import (
    Anonymity,
    Base,
    Chosen,
    State,
    Texts,
    TextTable,
    intpk,
    name200,
)

if TYPE_CHECKING:
    from cultureassess.models.organisation import Assessment


class Wave(Base):
    """A fielding period. Triggers refuse a change of what is frozen, and a step back in ``state``.

    Attributes:
        opens_on, closes_on: first and last day on which somebody may begin.
        period: the time asked about, for example "12 months"; part of the wording.
        chosen: how customers were chosen (METHOD 3.8b).
        anonymity: "confidential" as soon as personal links or accounts exist (METHOD 4.2).
        k, k_comments, k_distribution: the thresholds of METHOD 4.2, never below 5, 10 and 10.
        accounts: whether business accounts are declared (METHOD 3.8).
        business: whether customers are told that "I" means them and their company.
        management_roles: the role codes that count as management (METHOD 1.8).
        segments: the "about you" questions asked, as ``side.code``, in the order of the response's
            segment columns of that side.
        segment_options: for ``side.code``, the organisation's own values instead of the instrument's.
        left_out: ids of the optional outcomes that are switched off (METHOD 1.7).
        languages: BCP 47 codes offered, the first being the default.
        informal: whether insiders are addressed informally, in languages that make a difference.
        organisation_names: language to a one-item list: what the organisation is called in a sentence of
            that language, for example with the noun that Arabic needs; else the language file's way.
        rated_items, outcome_items: lengths that the stored answers must have.
        stopped: no answers are taken for now. Unlike a close it can be taken back: nothing is computed,
            so nobody has seen a result.
    """

    __tablename__ = "wave"
    __table_args__ = (
        sa.CheckConstraint("k >= 5", name="k_at_least_5"),
        sa.CheckConstraint("k_comments >= 10", name="k_comments_at_least_10"),
        sa.CheckConstraint("k_distribution >= 10", name="k_distribution_at_least_10"),
        sa.CheckConstraint(
            "closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on", name="dates_in_order"
        ),
        sa.CheckConstraint("NOT accounts OR anonymity = 'confidential'", name="accounts_are_confidential"),
        sa.CheckConstraint("rated_items BETWEEN 1 AND 500", name="rated_items_plausible"),
        sa.CheckConstraint("outcome_items BETWEEN 0 AND 50", name="outcome_items_plausible"),
    )

    id: Mapped[intpk]
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    label: Mapped[name200]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    opens_on: Mapped[dt.date | None]
    closes_on: Mapped[dt.date | None]
    period: Mapped[name200]
    chosen: Mapped[Chosen]
    anonymity: Mapped[Anonymity] = mapped_column(default=Anonymity.ANONYMOUS)
    k: Mapped[int] = mapped_column(default=5)
    k_comments: Mapped[int] = mapped_column(default=10)
    k_distribution: Mapped[int] = mapped_column(default=10)
    accounts: Mapped[bool] = mapped_column(default=False)
    business: Mapped[bool] = mapped_column(default=False)
    management_roles: Mapped[Texts]
    segments: Mapped[Texts] = mapped_column(default=())
    segment_options: Mapped[TextTable] = mapped_column(default=dict)
    left_out: Mapped[Texts] = mapped_column(default=())
    languages: Mapped[Texts] = mapped_column(default=("en",))
    informal: Mapped[bool] = mapped_column(default=False)
    organisation_names: Mapped[TextTable] = mapped_column(default=dict)
    rated_items: Mapped[int]
    outcome_items: Mapped[int]
    stopped: Mapped[bool] = mapped_column(default=False)

    assessment: Mapped[Assessment] = relationship(back_populates="waves")
    audiences: Mapped[dict[Audience, WaveAudience]] = relationship(
        collection_class=attribute_keyed_dict("audience"), cascade="all, delete-orphan", passive_deletes=True
    )


class WaveAudience(Base):
    """One audience of a wave: who is meant, how many there are, how many were asked.

    ``definition`` is frozen when the wave opens; ``population`` and ``invited`` may still be corrected.
    None means unknown, as with an open link.
    """

    __tablename__ = "wave_audience"
    __table_args__ = (
        sa.CheckConstraint("population >= 0", name="population_not_negative"),
        sa.CheckConstraint("invited >= 0", name="invited_not_negative"),
    )

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[Audience] = mapped_column(primary_key=True)
    definition: Mapped[str] = mapped_column(sa.String(1000), default="")
    population: Mapped[int | None]
    invited: Mapped[int | None]
