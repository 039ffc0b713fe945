"""What somebody buys is not kept of a person any more: it is of use as a customer segment only."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("invitee", "band")
