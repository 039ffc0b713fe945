"""What the consultant adds to a wave's results: words, the choice of pages, and the screening of comments.

Nothing here is about a respondent; a comment is known by the digest of its list and its text alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from cultureassess.models.mapping import Base, Texts

NOTE_LENGTH = 1200
SIGNATURE_LENGTH = 500


class ConsultantNote(Base):
    """The consultant's words at one place: ``answer``, ``recommendation`` or the code of an index."""

    __tablename__ = "consultant_note"
    __table_args__ = (sa.CheckConstraint("length(text) BETWEEN 1 AND 1200", name="text_length"),)

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    text: Mapped[str] = mapped_column(sa.Text)


class Presentation(Base):
    """How a wave's results are handed to its leaders.

    Attributes:
        pages: the leaders' pages in their order; empty stands for the usual five.
        signature: who speaks in the notes, and how to reach them.
        comments_read: digest of the comment lists that somebody has read to the end; None until then.
            Where a new release brings other comments, the digest no longer fits and they are read again.
    """

    __tablename__ = "presentation"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    pages: Mapped[Texts] = mapped_column(default=())
    signature: Mapped[str] = mapped_column(sa.String(SIGNATURE_LENGTH), default="")
    comments_read: Mapped[bytes | None]


class CommentScreening(Base):
    """What was decided about one comment: withheld as a whole, or some of its words masked."""

    __tablename__ = "comment_screening"

    wave_id: Mapped[int] = mapped_column(sa.ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    withheld: Mapped[bool] = mapped_column(default=False)
    masked: Mapped[Texts] = mapped_column(default=())
