"""Members of staff, their rights and sessions, and the audit log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROLE = sa.Enum("consultant", "leader", name="role", native_enum=False, create_constraint=True, length=16)


def upgrade() -> None:
    members()
    memberships()
    member_sessions()
    member_invitations()
    audit_entries()
    op.create_table(
        "rate_count",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_count")),
    )
    op.create_table(
        "day_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_key")),
        sa.CheckConstraint("id = 1", name=op.f("ck_day_key_only_one")),
    )


def members() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password", sa.String(255)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("consultant", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("tf_primary_method", sa.String(64)),
        sa.Column("tf_totp_secret", sa.String(255)),
        sa.Column("tf_counter", sa.Integer()),
        sa.Column("mf_recovery_codes", sa.Text(), nullable=False),
        sa.Column("last_signed_in_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("email", name=op.f("uq_member_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_member_fs_uniquifier")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_member_name_given")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_member_email_folded")),
    )


def memberships() -> None:
    op.create_table(
        "membership",
        key("membership", "member"),
        key("membership", "organisation"),
        sa.Column("role", ROLE, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "organisation_id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_organisation_id", "membership", ["organisation_id"])


def member_sessions() -> None:
    op.create_table(
        "member_session",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        key("member_session", "member"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_member_session")),
        sa.UniqueConstraint("member_id", "number", name=op.f("uq_member_session_member_id_number")),
    )
    op.create_index("ix_member_session_member_id", "member_session", ["member_id"])


def member_invitations() -> None:
    op.create_table(
        "member_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("consultant", sa.Boolean(), nullable=False),
        key("member_invitation", "organisation", nullable=True),
        sa.Column("role", ROLE),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_member_invitation_token_hash")),
        sa.CheckConstraint(
            "(organisation_id IS NULL) = (role IS NULL)",
            name=op.f("ck_member_invitation_role_in_organisation"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_member_invitation_email_folded")),
    )
    op.create_index("ix_member_invitation_email", "member_invitation", ["email"])
    op.create_index("ix_member_invitation_organisation_id", "member_invitation", ["organisation_id"])


def audit_entries() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        key("audit_entry", "member", nullable=True, ondelete="SET NULL"),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        key("audit_entry", "organisation", nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("object_id", sa.Integer()),
        sa.Column("detail", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    for column in ("at", "member_id", "action", "organisation_id"):
        op.create_index(f"ix_audit_entry_{column}", "audit_entry", [column])


def key(table: str, target: str, *, nullable: bool = False, ondelete: str = "CASCADE") -> sa.Column[Any]:
    name = f"fk_{table}_{target}_id_{target}"
    reference = sa.ForeignKey(f"{target}.id", name=name, ondelete=ondelete)
    return sa.Column(f"{target}_id", sa.Integer(), reference, nullable=nullable)
