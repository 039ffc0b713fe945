"""Reading the comments before others do: withhold one, or mask a name in it (METHOD 4.3 K, 4.4).

The snapshot itself never changes. What leaves the consultant's screening page, as a page or as a file,
is the snapshot that :func:`screened` makes of it: without the lists that nobody has read to the end,
without what was withheld, and with masked words replaced. Nobody can put words into a mouth: masking
takes words away and does nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.orm import Session

from cultureassess.models import CommentScreening, Presentation, Wave
from cultureassess.services.consultant_notes import presentation_of
from cultureassess.services.errors import DomainError
from cultureassess.snapshot.comments import FEWEST, without_comments
from cultureassess.snapshot.types import CommentList, Snapshot

MASK = "[…]"


class CommentUnknown(DomainError):
    """The wave has no such comment."""

    def __init__(self) -> None:
        super().__init__("This comment is not among the wave's comments.")


class WordsNotFound(DomainError):
    """What should be masked does not stand in the comment."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words}” does not stand in this comment. Type it as it is written there."
            if words
            else "Type the words that should be masked."
        )


@dataclass(frozen=True)
class Decision:
    """What was decided about a comment; neither field set: it is shown as it was written."""

    withheld: bool = False
    masked: tuple[str, ...] = ()


SHOWN = Decision()

Decisions = Mapping[bytes, Decision]


def digest(found: CommentList, text: str, *, secret_key: str) -> bytes:
    """The 32 bytes by which one comment of one list is known.

    Keyed with the installation's secret: nobody who copies the database can try out guesses about a text.
    """
    name = "\x00".join(("comment", found.audience, found.question, text))
    return hmac.digest(secret_key.encode(), name.encode(), "sha256")


def decisions_of(session: Session, wave: Wave) -> dict[bytes, Decision]:
    """Return what was decided so far: digest to decision."""
    wanted = sa.select(CommentScreening).where(CommentScreening.wave_id == wave.id)
    return {row.digest: Decision(row.withheld, row.masked) for row in session.scalars(wanted)}


def decide(
    session: Session, wave: Wave, snapshot: Snapshot, comment: bytes, decision: Decision, *, secret_key: str
) -> bool:
    """Store a decision about one comment, in place of an earlier one.

    Returns:
        Whether it differs from what was decided before.

    Raises:
        CommentUnknown: no comment of the snapshot has this digest.
        WordsNotFound: words to mask do not stand in it.
    """
    text = _texts(snapshot, secret_key).get(comment)
    if text is None:
        raise CommentUnknown
    for words in decision.masked:
        if not words.strip() or masked(text, (words,)) == text:
            raise WordsNotFound(words)
    row = session.get(CommentScreening, (wave.id, comment))
    before = SHOWN if row is None else Decision(row.withheld, row.masked)
    row = row or CommentScreening(wave_id=wave.id, digest=comment)
    row.withheld, row.masked = decision.withheld, decision.masked
    session.add(row)
    session.flush()
    return before != decision


def forget_decisions(session: Session, wave: Wave, snapshot: Snapshot, *, secret_key: str) -> None:
    """Delete what was decided about comments that are no longer there: masked words are words of theirs."""
    gone = sa.delete(CommentScreening).where(CommentScreening.wave_id == wave.id)
    left = list(_texts(snapshot, secret_key))
    session.execute(gone.where(CommentScreening.digest.not_in(left)))


def mark_read(session: Session, wave: Wave, snapshot: Snapshot, *, secret_key: str) -> None:
    """Note that somebody has read every comment of this snapshot; the lists go out from now on.

    What was decided about comments that are not among them goes.
    """
    forget_decisions(session, wave, snapshot, secret_key=secret_key)
    row = presentation_of(session, wave)
    row.comments_read = _all(snapshot, secret_key)
    session.add(row)
    session.flush()


def all_read(presentation: Presentation, snapshot: Snapshot, *, secret_key: str) -> bool:
    """Tell whether exactly these comments were read to the end."""
    return presentation.comments_read == _all(snapshot, secret_key)


def screened(
    snapshot: Snapshot, presentation: Presentation, decisions: Decisions, *, secret_key: str
) -> Snapshot:
    """Return the snapshot as it may leave the screening: to a page, a report or a file."""
    if not any(found.comments for found in snapshot.comments):
        return snapshot
    if not all_read(presentation, snapshot, secret_key=secret_key):
        return without_comments(snapshot)
    every = (_kept(found, decisions, secret_key) for found in snapshot.comments)
    lists = tuple(kept for kept in every if kept is not None)
    return snapshot if lists == snapshot.comments else replace(snapshot, comments=lists)


def masked(text: str, words: tuple[str, ...]) -> str:
    """The text with each of the words replaced, however they are capitalised."""
    for part in sorted(words, key=len, reverse=True):
        text = re.sub(re.escape(part), MASK, text, flags=re.IGNORECASE)
    return text


def _kept(found: CommentList, decisions: Decisions, secret_key: str) -> CommentList | None:
    """A list after the screening; None where too few comments are left for their authors to hide."""
    names = {text: digest(found, text, secret_key=secret_key) for text in found.comments}
    decided = [(text, decisions.get(names[text], SHOWN)) for text in found.comments]
    left = tuple(masked(text, decision.masked) for text, decision in decided if not decision.withheld)
    return None if found.comments and len(left) < FEWEST else replace(found, comments=left)


def _texts(snapshot: Snapshot, secret_key: str) -> dict[bytes, str]:
    return {
        digest(found, text, secret_key=secret_key): text
        for found in snapshot.comments
        for text in found.comments
    }


def _all(snapshot: Snapshot, secret_key: str) -> bytes:
    return hashlib.sha256(b"".join(sorted(_texts(snapshot, secret_key)))).digest()
