"""Practices, pain points, actions and key figures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _key_figure()
    _key_figure_value()
    _meeting()
    _practice_mark()
    _action_card()
    _action_note()
    _touchpoint()
    _pain_point()
    _process_step()
    _three_choices()
    _loop_text()
    _loop_approval()


def _key_figure() -> None:
    op.create_table(
        "key_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        key("key_figure", "organisation_id", "organisation"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("unit", sa.String(16), nullable=False),
        sa.Column("better", choice("better", ("up", "down")), nullable=False),
        sa.Column("decision", sa.String(1000), nullable=False),
        sa.CheckConstraint("length(trim(decision)) > 0", name=op.f("ck_key_figure_decision_given")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_key_figure_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_figure")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_key_figure_organisation_id_name")),
    )
    op.create_index("ix_key_figure_organisation_id", "key_figure", ["organisation_id"])


def _key_figure_value() -> None:
    op.create_table(
        "key_figure_value",
        key("key_figure_value", "figure_id", "key_figure"),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("figure_id", "month", name=op.f("pk_key_figure_value")),
    )


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        key("meeting", "organisation_id", "organisation"),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("agreement", sa.String(1000), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("outcome", sa.String(1000), nullable=False),
        sa.CheckConstraint("length(trim(agreement)) > 0", name=op.f("ck_meeting_agreement_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("organisation_id", "month", name=op.f("uq_meeting_organisation_id_month")),
    )
    op.create_index("ix_meeting_organisation_id", "meeting", ["organisation_id"])


def _practice_mark() -> None:
    op.create_table(
        "practice_mark",
        key("practice_mark", "organisation_id", "organisation"),
        sa.Column("practice", sa.String(64), nullable=False),
        sa.Column("mark", choice("practice_mark", ("do", "partly", "no")), nullable=False),
        sa.Column("evidence", sa.String(1000), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("marked_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "practice", name=op.f("pk_practice_mark")),
    )


def _action_card() -> None:
    op.create_table(
        "action_card",
        sa.Column("id", sa.Integer(), nullable=False),
        key("action_card", "organisation_id", "organisation"),
        key("action_card", "wave_id", "wave"),
        sa.Column("kind", choice("card_kind", ("keep", "start", "simplify", "stop")), nullable=False),
        sa.Column("state", choice("card_state", ("idea", "agreed", "done", "dropped")), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("index_code", sa.String(32), nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("practice", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("owner_email", sa.String(254), nullable=False),
        sa.Column("first_step", sa.String(1000), nullable=False),
        sa.Column("first_step_by", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("moves", choice("moves", ("customers", "gap", "key figure")), nullable=False),
        key("action_card", "key_figure_id", "key_figure", nullable=True, ondelete="SET NULL"),
        sa.Column("target", sa.Float(53), nullable=True),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Float(53), nullable=True),
        sa.Column("confidence", sa.Float(53), nullable=True),
        sa.Column("effort", sa.Float(53), nullable=True),
        sa.Column("estimated_by", sa.String(200), nullable=False),
        sa.CheckConstraint(
            "state <> 'agreed' OR (length(trim(owner)) > 0 AND length(trim(first_step)) > 0"
            " AND first_step_by IS NOT NULL AND due IS NOT NULL)",
            name=op.f("ck_action_card_agreed_has_owner_step_and_days"),
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_action_card_confidence_is_a_share")),
        sa.CheckConstraint("effort > 0", name=op.f("ck_action_card_effort_positive")),
        sa.CheckConstraint("impact IN (3, 2, 1, 0.5, 0.25)", name=op.f("ck_action_card_impact_on_the_scale")),
        sa.CheckConstraint("reach >= 0", name=op.f("ck_action_card_reach_not_negative")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_action_card_title_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_card")),
    )
    op.create_index("ix_action_card_key_figure_id", "action_card", ["key_figure_id"])
    op.create_index("ix_action_card_organisation_id", "action_card", ["organisation_id"])
    op.create_index("ix_action_card_wave_id", "action_card", ["wave_id"])


def _action_note() -> None:
    op.create_table(
        "action_note",
        sa.Column("id", sa.Integer(), nullable=False),
        key("action_note", "card_id", "action_card"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_note")),
    )
    op.create_index("ix_action_note_card_id", "action_note", ["card_id"])


def _touchpoint() -> None:
    op.create_table(
        "touchpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        key("touchpoint", "organisation_id", "organisation"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_touchpoint_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touchpoint")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_touchpoint_organisation_id_name")),
    )
    op.create_index("ix_touchpoint_organisation_id", "touchpoint", ["organisation_id"])


def _pain_point() -> None:
    op.create_table(
        "pain_point",
        sa.Column("id", sa.Integer(), nullable=False),
        key("pain_point", "organisation_id", "organisation"),
        sa.Column(
            "source", choice("pain_source", ("gap", "dont know", "comments", "feedback")), nullable=False
        ),
        sa.Column("theme", sa.String(200), nullable=False),
        key("pain_point", "touchpoint_id", "touchpoint", nullable=True, ondelete="SET NULL"),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.CheckConstraint("reach >= 0", name=op.f("ck_pain_point_reach_not_negative")),
        sa.CheckConstraint("length(trim(theme)) > 0", name=op.f("ck_pain_point_theme_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pain_point")),
        sa.UniqueConstraint(
            "organisation_id", "source", "theme", name=op.f("uq_pain_point_organisation_id_source_theme")
        ),
    )
    op.create_index("ix_pain_point_organisation_id", "pain_point", ["organisation_id"])
    op.create_index("ix_pain_point_touchpoint_id", "pain_point", ["touchpoint_id"])


def _process_step() -> None:
    op.create_table(
        "process_step",
        key("process_step", "organisation_id", "organisation"),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("serves", choice("step_value", ("customer", "required", "ours")), nullable=False),
        sa.Column("hand_off", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(200), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_process_step_name_given")),
        sa.PrimaryKeyConstraint("organisation_id", "place", name=op.f("pk_process_step")),
    )


def _three_choices() -> None:
    op.create_table(
        "three_choices",
        key("three_choices", "organisation_id", "organisation"),
        sa.Column("process", sa.String(200), nullable=False),
        sa.Column("needs", sa.String(1000), nullable=False),
        sa.Column("service", sa.String(1000), nullable=False),
        sa.Column("not_done", sa.String(1000), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_three_choices")),
    )


def _loop_text() -> None:
    op.create_table(
        "loop_text",
        key("loop_text", "wave_id", "wave"),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("heard", sa.String(2000), nullable=False),
        sa.Column("expected", sa.String(2000), nullable=False),
        sa.Column("doing", sa.String(2000), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "language", name=op.f("pk_loop_text")),
    )


def _loop_approval() -> None:
    op.create_table(
        "loop_approval",
        key("loop_approval", "wave_id", "wave"),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("approved_by", sa.String(200), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_loop_approval")),
    )


def key(
    table: str, column: str, to: str, *, nullable: bool = False, ondelete: str = "CASCADE"
) -> sa.Column[Any]:
    name = f"fk_{table}_{column}_{to}"
    reference = sa.ForeignKey(f"{to}.id", name=name, ondelete=ondelete)
    return sa.Column(column, sa.Integer(), reference, nullable=nullable)


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
