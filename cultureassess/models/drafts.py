"""What exists before and at sending: sealed drafts, and the marks that make sending happen once."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cultureassess.models.mapping import Base, hash_key, wave_key


class Draft(Base):
    """Answers not yet sent, encrypted with a key that only the respondent's link holds."""

    __tablename__ = "draft"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key_hash: Mapped[hash_key]
    wave_id: Mapped[wave_key]
    ciphertext: Mapped[bytes] = mapped_column(sa.LargeBinary)
    updated_on: Mapped[dt.date] = mapped_column(index=True)


class Submission(Base):
    """That a browser on an open link has sent its answers. Emptied when the wave closes."""

    __tablename__ = "submission"
    __table_args__ = ({"sqlite_with_rowid": False},)

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    secret_hash: Mapped[hash_key]
