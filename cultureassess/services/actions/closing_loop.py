"""Closing the loop: what customers and staff read by the links that they answered with (SOURCES S2, S5).

Nothing is shown before a consultant has approved exactly these texts, in every language of the wave, and only
of a wave that is closed. Whoever may read it needs nothing but a link; nothing is stored about who does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import LoopApproval, LoopText, State, Wave
from cultureassess.models.closing_loop import LONG
from cultureassess.services.errors import DomainError

PARTS = ("heard", "expected", "doing")

Texts = Mapping[str, str]
"""Part to text."""


class LoopRefused(DomainError):
    """The texts cannot be stored or approved; ``field`` is what is missing: part and language, "heard-de"."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def loop_texts(session: Session, wave: Wave) -> dict[str, LoopText]:
    """Return what was written: language to its texts."""
    wanted = sa.select(LoopText).where(LoopText.wave_id == wave.id)
    return {row.language: row for row in session.scalars(wanted)}


def fingerprint(session: Session, wave: Wave) -> str:
    """Return what tells one state of the texts from another: for a form, to know what its reader saw."""
    return _digest(session, wave).hex()


def see_unchanged(session: Session, wave: Wave, seen: str) -> None:
    """Check that the texts are still those that somebody saw.

    Args:
        seen: the :func:`fingerprint` of then.

    Raises:
        LoopRefused: somebody else has stored another text since.
    """
    if seen != fingerprint(session, wave):
        raise LoopRefused(
            "texts",
            "Somebody else has changed these texts since you opened the page. Nothing of yours is stored "
            "yet: compare below, then send it again.",
        )


def write_loop(session: Session, wave: Wave, texts: Mapping[str, Texts]) -> bool:
    """Store the texts, language by language. A change ends an approval: what is shown was approved as it is.

    Returns:
        Whether any text is another one now.

    Raises:
        LoopRefused: a language that the wave does not speak, or a text that is too long.
    """
    for language, parts in texts.items():
        if language not in wave.languages:
            raise LoopRefused(f"heard-{language}", "The wave does not speak this language.")
        for part in PARTS:
            if len(parts.get(part, "")) > LONG:
                raise LoopRefused(f"{part}-{language}", f"Shorten this to {LONG:,} characters.")
    before = _digest(session, wave)
    for language, parts in texts.items():
        row = session.get(LoopText, (wave.id, language)) or LoopText(wave_id=wave.id, language=language)
        row.heard, row.expected, row.doing = (parts.get(part, "").strip() for part in PARTS)
        session.add(row)
    session.flush()
    return _digest(session, wave) != before


def approve_loop(session: Session, wave: Wave, *, by: str, today: dt.date) -> None:
    """Let everybody who has a link into the wave read the texts as they are now.

    Raises:
        LoopRefused: the wave is not closed, or a language lacks a part.
    """
    if wave.state not in (State.CLOSED, State.REPORTED):
        raise LoopRefused("approve", "Close the wave first: nothing is told before everybody has answered.")
    texts = loop_texts(session, wave)
    for language in wave.languages:
        for part in PARTS:
            if language not in texts or not getattr(texts[language], part).strip():
                raise LoopRefused(f"{part}-{language}", "Write this part in every language of the wave.")
    row = session.get(LoopApproval, wave.id) or LoopApproval(wave_id=wave.id)
    row.digest, row.approved_by, row.approved_on = _digest(session, wave), by, today
    session.add(row)
    session.flush()


def withdraw_loop(session: Session, wave: Wave) -> bool:
    """Show nothing any more. Returns whether something was shown."""
    row = session.get(LoopApproval, wave.id)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def approval_of(session: Session, wave: Wave) -> LoopApproval | None:
    """Return who approved the texts as they are now; None where nobody did, or a text has changed since."""
    row = session.get(LoopApproval, wave.id)
    return row if row is not None and row.digest == _digest(session, wave) else None


def what_was_heard(session: Session, wave: Wave, language: str) -> LoopText | None:
    """Return what everybody with a link may read; None before it is approved and the wave is closed."""
    if wave.state not in (State.CLOSED, State.REPORTED) or approval_of(session, wave) is None:
        return None
    texts = loop_texts(session, wave)
    return texts.get(language) or texts.get(wave.languages[0])


def _digest(session: Session, wave: Wave) -> bytes:
    """Of all texts of the wave's languages."""
    texts = loop_texts(session, wave)
    every = [
        f"{language}\x00{part}\x00{getattr(texts[language], part)}"
        for language in sorted(texts)
        for part in PARTS
    ]
    return hashlib.sha256("\x00".join(every).encode()).digest()
