"""When an action was agreed on, and whether that was too late for the next wave to tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action_card", sa.Column("agreed_on", sa.Date(), nullable=True))
    op.add_column(
        "action_card", sa.Column("overtaken", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE action_card SET agreed_on = (SELECT max(day) FROM action_note"
        " WHERE action_note.card_id = action_card.id AND action_note.text = 'Agreed on.')"
    )
