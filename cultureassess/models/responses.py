"""What respondents said. Nothing here leads back to a link, an address or a time of day (RELIABILITY R2)."""

from __future__ import annotations

import datetime as dt
import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from cultureassess.instruments.types import Audience
from cultureassess.models.mapping import Base, clustering_wave_key, random_key

SEGMENT_COLUMNS = ("segment_1", "segment_2", "segment_3", "segment_4")
"""Column ``n`` belongs to the ``n``-th segment question that the wave asks of the respondent's side."""

COMMENT_LENGTH = 4000


def new_key() -> bytes:
    """A random 128-bit key: it tells nothing about the order in which rows came."""
    return secrets.token_bytes(16)


class AnswerColumns:
    """The columns of a completed questionnaire.

    Attributes:
        answers: one character per rated item in the instrument's order: ``0`` skipped or not asked,
            ``1``-``9`` the point, ``D`` can't judge.
        outcomes: three characters per outcome, ``000``-``100``; ``---`` skipped or not asked.
        role, segment_1 ... segment_4: stored codes; None where not asked or not answered.
        account: number of the business account, random within the wave, where accounts are declared.
        language: of the questionnaire; "other" after the close where fewer than k used it.
        day: the day of the answer; None after the close, which replaces it by ``late``.
        late: whether it came in the last quarter of the fielding; None until the close.
        seconds: time spent on rated pages; None where unknown, and after the close.
        fast: what the close keeps of ``seconds`` (METHOD 3.9): under two seconds per rated item; None until
            then, and where no time was known.
    """

    wave_id: Mapped[clustering_wave_key]
    id: Mapped[random_key] = mapped_column(default=new_key)
    audience: Mapped[Audience]
    answers: Mapped[str] = mapped_column(sa.String(500))
    outcomes: Mapped[str] = mapped_column(sa.String(150))
    role: Mapped[str | None] = mapped_column(sa.String(100))
    segment_1: Mapped[str | None] = mapped_column(sa.String(100))
    segment_2: Mapped[str | None] = mapped_column(sa.String(100))
    segment_3: Mapped[str | None] = mapped_column(sa.String(100))
    segment_4: Mapped[str | None] = mapped_column(sa.String(100))
    account: Mapped[str | None] = mapped_column(sa.String(64))
    language: Mapped[str] = mapped_column(sa.String(16), default="en")
    day: Mapped[dt.date | None]
    late: Mapped[bool | None]
    seconds: Mapped[int | None]
    fast: Mapped[bool | None]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        return (
            sa.CheckConstraint("ltrim(answers, '0123456789D') = ''", name="answers_alphabet"),
            sa.CheckConstraint("ltrim(outcomes, '0123456789-') = ''", name="outcomes_alphabet"),
            sa.CheckConstraint("length(answers) BETWEEN 1 AND 500", name="answers_length"),
            sa.CheckConstraint("length(outcomes) % 3 = 0", name="outcomes_length"),
            sa.CheckConstraint("seconds BETWEEN 0 AND 86400", name="seconds_plausible"),
            {"sqlite_with_rowid": False},
        )


class Response(AnswerColumns, Base):
    """One completed questionnaire, mixed with at least k - 1 others before it got here."""

    __tablename__ = "response"


class Intake(AnswerColumns, Base):
    """Where a response waits until enough others have come to mix it with (RELIABILITY R3)."""

    __tablename__ = "intake"


class CommentColumns:
    """An open answer with its audience. No key joins it to a response or to another comment."""

    wave_id: Mapped[clustering_wave_key]
    id: Mapped[random_key] = mapped_column(default=new_key)
    audience: Mapped[Audience]
    question: Mapped[str] = mapped_column(sa.String(32))
    text: Mapped[str] = mapped_column(sa.Text)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        return (
            sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name="text_length"),
            {"sqlite_with_rowid": False},
        )


class Comment(CommentColumns, Base):
    __tablename__ = "comment"


class IntakeComment(CommentColumns, Base):
    """Where a comment waits: a transaction's number would join two comments of one respondent."""

    __tablename__ = "intake_comment"
