"""A wave's comments beside its snapshot: they are stored once, in their own table, and read from there.

What is erased from the table is gone from every page and file at once.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Comment, Wave
from cultureassess.scoring.answers import Comment as Written
from cultureassess.services.closing import read_snapshot
from cultureassess.snapshot.comments import with_comments
from cultureassess.snapshot.types import Snapshot


def read_with_comments(session: Session, wave: Wave) -> Snapshot:
    """Return a wave's newest snapshot with all its comments, for those who screen them.

    Raises:
        cultureassess.services.closing.NoSnapshot: the wave has none yet.
    """
    return with_comments(read_snapshot(session, wave), comments_of(session, wave))


def comments_of(session: Session, wave: Wave) -> tuple[Written, ...]:
    """Return what was written in a wave, in the order of the random keys."""
    wanted = sa.select(Comment.question, Comment.audience, Comment.text).filter_by(wave_id=wave.id)
    return tuple(Written(*row) for row in session.execute(wanted.order_by(Comment.id)))
