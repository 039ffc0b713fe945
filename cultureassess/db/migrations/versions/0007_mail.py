"""People invited, and the mail outbox."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

AUDIENCES = ("management", "staff", "customer", "partner")
STATES = ("queued", "claimed", "retry", "sent", "bounced", "unknown", "dropped")
KINDS = ("invitation", "reminder")
CHANNELS = ("mail", "letter", "list")


def upgrade() -> None:
    _invitation()
    _plan()
    _people()
    _outbox()


def _invitation() -> None:
    op.add_column("invitation", sa.Column("seed", sa.LargeBinary(16)))
    op.add_column("invitation", sa.Column("code_finder", sa.String(4)))
    op.add_column("invitation", sa.Column("code_hash", sa.String(200)))
    op.add_column("invitation", sa.Column("code_failures", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_invitation_code_finder", "invitation", ["code_finder"], unique=True)


def _plan() -> None:
    op.create_table(
        "mail_plan",
        wave_id("mail_plan"),
        sa.Column("sender_name", sa.String(200), nullable=False),
        sa.Column("reply_to", sa.String(254), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("remind_after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_mail_plan")),
        sa.CheckConstraint("keep_days IN (0, 7, 14, 30, 90)", name=op.f("ck_mail_plan_keep_days_offered")),
    )
    op.create_table(
        "mail_text",
        wave_id("mail_text"),
        sa.Column("kind", choice("run_kind", KINDS), nullable=False),
        sa.Column("side", choice("side", ("inside", "outside")), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "kind", "side", "language", name=op.f("pk_mail_text")),
    )


def _people() -> None:
    op.create_table(
        "invitee",
        sa.Column("id", sa.Integer(), nullable=False),
        wave_id("invitee"),
        sa.Column("invitation_id", sa.Integer()),
        sa.Column("audience", choice("audience", AUDIENCES), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("address", sa.String(254)),
        sa.Column("folded", sa.String(254)),
        sa.Column("postal", sa.String(500), nullable=False),
        sa.Column("band", sa.String(100)),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("channel", choice("channel", CHANNELS)),
        sa.Column("reached_on", sa.Date()),
        sa.Column("bounced", sa.Boolean(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_invitee_invitation_id_invitation"),
            ondelete="SET NULL",
        ),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_invitee_invitation_id")),
        sa.UniqueConstraint("wave_id", "folded", name=op.f("uq_invitee_wave_id_folded")),
    )
    op.create_index("ix_invitee_wave_id", "invitee", ["wave_id"])
    op.create_table(
        "pending_list",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        wave_id("pending_list"),
        sa.Column("audience", choice("audience", AUDIENCES), nullable=False),
        sa.Column("owner", sa.LargeBinary(32), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.String(2000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_list")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pending_list_wave_id", "pending_list", ["wave_id"])


def _outbox() -> None:
    op.create_table(
        "mail_run",
        sa.Column("id", sa.Integer(), nullable=False),
        wave_id("mail_run"),
        sa.Column("kind", choice("run_kind", KINDS), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_run")),
        sa.UniqueConstraint("wave_id", "kind", "number", name=op.f("uq_mail_run_wave_id_kind_number")),
        sa.CheckConstraint("kind <> 'reminder' OR number <= 3", name=op.f("ck_mail_run_three_reminders")),
    )
    op.create_index("ix_mail_run_wave_id", "mail_run", ["wave_id"])
    op.create_table(
        "mail_pace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_pace")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("state", choice("mail_state", STATES), nullable=False),
        parent("mail", "organisation"),
        parent("mail", "mail_run", "run_id"),
        parent("mail", "invitee"),
        sa.Column("address", sa.String(254)),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("refused_since", sa.BigInteger()),
        sa.Column("worker", sa.String(32)),
        sa.Column("talking", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("settled_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_mail_kind_key")),
        sa.CheckConstraint("(address IS NULL) OR (invitee_id IS NULL)", name=op.f("ck_mail_one_addressee")),
        sqlite_autoincrement=True,
    )
    for column in ("organisation_id", "run_id", "invitee_id", "settled_on"):
        op.create_index(f"ix_mail_{column}", "mail", [column])
    op.create_index("ix_mail_waiting", "mail", ["state", "priority", "due", "id"])


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)


def wave_id(table: str) -> sa.Column[Any]:
    key = sa.ForeignKey("wave.id", name=f"fk_{table}_wave_id_wave", ondelete="CASCADE")
    return sa.Column("wave_id", sa.Integer(), key, nullable=False)


def parent(table: str, target: str, column: str = "") -> sa.Column[Any]:
    name = column or f"{target}_id"
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}_{target}", ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), key)
