"""The consultant's words, the choice of pages, and the screening of comments."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultant_note",
        wave_id("consultant_note"),
        sa.Column("place", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 1200", name=op.f("ck_consultant_note_text_length")),
        sa.PrimaryKeyConstraint("wave_id", "place", name=op.f("pk_consultant_note")),
    )
    op.create_table(
        "presentation",
        wave_id("presentation"),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(500), nullable=False),
        sa.Column("comments_read", sa.LargeBinary(32)),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_presentation")),
    )
    op.create_table(
        "comment_screening",
        wave_id("comment_screening"),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "digest", name=op.f("pk_comment_screening")),
    )


def wave_id(table: str) -> sa.Column[Any]:
    key = sa.ForeignKey("wave.id", name=f"fk_{table}_wave_id_wave", ondelete="CASCADE")
    return sa.Column("wave_id", sa.Integer(), key, nullable=False)
