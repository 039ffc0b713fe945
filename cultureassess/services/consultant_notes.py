"""The consultant's own words, and which pages leaders are given in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import ConsultantNote, Presentation, Wave
from cultureassess.models.results import NOTE_LENGTH, SIGNATURE_LENGTH
from cultureassess.services.errors import DomainError

ANSWER = "answer"
RECOMMENDATION = "recommendation"
"""The two places besides the codes of the indices."""

MOST_PAGES = 5
"""A leader is given at most as many pages."""


class TextTooLong(DomainError):
    """A note or the signature has more characters than its place holds."""

    def __init__(self, place: str, most: int) -> None:
        super().__init__(f"Please shorten this text to {most:,} characters.")
        self.place = place


class PagesRefused(DomainError):
    """The choice of pages cannot be used; the sentence says why."""


def notes_of(session: Session, wave: Wave) -> dict[str, str]:
    """Return the notes of a wave: place to text."""
    wanted = sa.select(ConsultantNote).where(ConsultantNote.wave_id == wave.id)
    return {note.place: note.text for note in session.scalars(wanted)}


def write_notes(session: Session, wave: Wave, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Store the notes of a wave; an empty text takes a note away, a place that is not named stays.

    Returns:
        The places whose text is another now.

    Raises:
        TextTooLong: a text has more than 1,200 characters; nothing is stored then.
    """
    wanted = {place: _tidy(text) for place, text in texts.items()}
    for place, text in wanted.items():
        if len(text) > NOTE_LENGTH:
            raise TextTooLong(place, NOTE_LENGTH)
    before = notes_of(session, wave)
    changed = tuple(place for place, text in wanted.items() if before.get(place, "") != text)
    session.execute(
        sa.delete(ConsultantNote).where(ConsultantNote.wave_id == wave.id, ConsultantNote.place.in_(changed))
    )
    session.add_all(
        ConsultantNote(wave_id=wave.id, place=place, text=wanted[place]) for place in changed if wanted[place]
    )
    session.flush()
    return changed


def presentation_of(session: Session, wave: Wave) -> Presentation:
    """Return how the results are presented; a new row, not stored yet, where nothing was decided."""
    found = session.get(Presentation, wave.id)
    return found or Presentation(wave_id=wave.id, pages=(), signature="", comments_read=None)


def sign(session: Session, wave: Wave, signature: str) -> bool:
    """Store who speaks in the notes. Returns whether it is another text than before.

    Raises:
        TextTooLong: it has more than 500 characters.
    """
    text = _tidy(signature)
    if len(text) > SIGNATURE_LENGTH:
        raise TextTooLong("signature", SIGNATURE_LENGTH)
    return _store(session, wave, signature=text)


def choose_pages(session: Session, wave: Wave, pages: Sequence[str], *, known: Sequence[str]) -> bool:
    """Store the leaders' pages in their order. Returns whether it is another choice than before.

    Args:
        session: the database.
        wave: whose results they are.
        pages: keys of pages, in order.
        known: the keys that may be chosen.

    Raises:
        PagesRefused: none or too many are chosen, one twice, or one that does not exist.
    """
    if not 1 <= len(pages) <= MOST_PAGES:
        raise PagesRefused(f"Please choose one to {MOST_PAGES} pages: leaders have ten minutes.")
    if len(set(pages)) < len(pages) or not set(pages) <= set(known):
        raise PagesRefused("Please choose each page once, from the list.")
    return _store(session, wave, pages=tuple(pages))


def _store(session: Session, wave: Wave, **values: object) -> bool:
    row = presentation_of(session, wave)
    changed = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return changed


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
