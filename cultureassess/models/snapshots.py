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


class ReleaseRecord(Base):
    """The ledger: whom each published cell of a snapshot was about (METHOD 4.3 T). Never changes either.

    Attributes:
        digest: SHA-256 of the snapshot's JSON, 64 hexadecimal digits.
        cells: JSON of :class:`cultureassess.services.releases.Ledger`: no answers, and no more about who
            is in a cell than the responses tell themselves.
    """

    __tablename__ = "release"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    cells: Mapped[str] = mapped_column(sa.Text)
