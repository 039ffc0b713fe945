"""Business accounts under another name: what joins two answers of one account must not name it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cultureassess.models.mapping import Base


class AccountNumber(Base):
    """The number that stands for an account in one wave's responses. Emptied when the wave closes."""

    __tablename__ = "account_number"
    __table_args__ = (sa.UniqueConstraint("wave_id", "number"), {"sqlite_with_rowid": False})

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    number: Mapped[int]
