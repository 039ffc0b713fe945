"""What customers and staff are told of a wave by the links that they answered with, once it is approved."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cultureassess.models.mapping import Base, name200

LONG = 2000
"""Characters of a text."""


class LoopText(Base):
    """What one language of a wave says. Empty until somebody writes it.

    Attributes:
        heard: what we heard.
        expected: what the company had expected.
        doing: what it does now.
    """

    __tablename__ = "loop_text"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    heard: Mapped[str] = mapped_column(sa.String(LONG), default="")
    expected: Mapped[str] = mapped_column(sa.String(LONG), default="")
    doing: Mapped[str] = mapped_column(sa.String(LONG), default="")


class LoopApproval(Base):
    """Who approved the texts. ``digest`` is theirs: a change of any text ends the approval."""

    __tablename__ = "loop_approval"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes]
    approved_by: Mapped[name200]
    approved_on: Mapped[dt.date]
