"""The frozen aggregates of a wave: all that a page, chart, file or API answer may read."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cultureassess.models.mapping import Base


class SnapshotRecord(Base):
    """One version of a wave's snapshot. A trigger refuses every change; a new release is a new version."""

    __tablename__ = "snapshot"
    __table_args__ = (sa.CheckConstraint("version >= 1", name="version_from_1"),)

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    json: Mapped[str] = mapped_column(sa.Text)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    created_on: Mapped[dt.date]
