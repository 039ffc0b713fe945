"""The flag that outlives the timings, numbers for accounts, and the ledger of releases."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("intake", "response"):
        op.add_column(table, sa.Column("fast", sa.Boolean()))
    op.create_table(
        "account_number",
        wave_id("account_number"),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "name", name=op.f("pk_account_number")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_account_number_wave_id_number")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release",
        wave_id("release"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "version", name=op.f("pk_release")),
    )
    refuse_changes("release_immutable", "release", "what was released is not changed afterwards")


def wave_id(table: str) -> sa.Column[Any]:
    key = sa.ForeignKey("wave.id", name=f"fk_{table}_wave_id_wave", ondelete="CASCADE")
    return sa.Column("wave_id", sa.Integer(), key, nullable=False)


def refuse_changes(name: str, table: str, message: str) -> None:
    """Make the database refuse every UPDATE of a table, on either engine."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
