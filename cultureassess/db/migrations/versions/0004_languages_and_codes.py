"""Short addresses and access codes of open links; how a wave speaks to people and of the organisation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("open_link", sa.Column("short_hash", sa.LargeBinary(32)))
    op.add_column("open_link", sa.Column("code_hash", sa.String(200)))
    op.add_column("open_link", sa.Column("wrong_codes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("open_link", sa.Column("wrong_since", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_open_link_short_hash", "open_link", ["short_hash"], unique=True)
    op.add_column("wave", sa.Column("informal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("wave", sa.Column("organisation_names", sa.Text(), nullable=False, server_default="{}"))
