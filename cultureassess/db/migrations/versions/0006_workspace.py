"""What the consultant sets up: branding, time zone and the stop of a wave."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisation", sa.Column("timezone", sa.String(64), nullable=False, server_default="UTC"))
    op.add_column("organisation", sa.Column("contact", sa.String(200), nullable=False, server_default=""))
    op.add_column("organisation", sa.Column("accent", sa.String(7)))
    for column in logo():
        op.add_column("organisation", column)
    op.create_index("ix_organisation_logo_digest", "organisation", ["logo_digest"])
    op.create_table(
        "consultancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        *logo(),
        sa.CheckConstraint("id = 1", name=op.f("ck_consultancy_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultancy")),
    )
    op.create_index("ix_consultancy_logo_digest", "consultancy", ["logo_digest"])
    op.add_column("wave", sa.Column("stopped", sa.Boolean(), nullable=False, server_default=sa.false()))


def logo() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("logo", sa.LargeBinary()),
        sa.Column("logo_type", sa.String(8)),
        sa.Column("logo_digest", sa.String(32)),
        sa.Column("logo_width", sa.Integer()),
        sa.Column("logo_height", sa.Integer()),
    )
