"""The page on which the consultant writes, chooses the leaders' pages, and releases the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from cultureassess.models import State
from cultureassess.services.consultant_notes import ANSWER, MOST_PAGES, RECOMMENDATION
from cultureassess.snapshot.types import Snapshot
from cultureassess.web.i18n import gettext
from cultureassess.web.results.pages import CHOOSABLE, page_name
from cultureassess.web.results.reading import Reading


@dataclass(frozen=True)
class WordsForm:
    """What was typed: place to text, and the signature."""

    notes: Mapping[str, str]
    signature: str

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> WordsForm:
        """The fields of the request; every note's begins with ``note-``."""
        notes = {name.removeprefix("note-"): text for name, text in form.items() if name.startswith("note-")}
        return cls(notes, form.get("signature", ""))

    def notes_for(self, snapshot: Snapshot) -> dict[str, str]:
        """The notes at places that the results have."""
        known = {place for place, _ in places(snapshot)}
        return {place: text for place, text in self.notes.items() if place in known}


ANCHORS = {"pages": "slot-1", "release": "release-read"}
"""Where a complaint leads that is about no text of the consultant's."""


@dataclass(frozen=True)
class Field:
    """One text area. ``error`` is empty unless the text was refused."""

    place: str
    label: str
    text: str
    error: str

    @property
    def name(self) -> str:
        return self.place if self.place == "signature" else f"note-{self.place}"

    @property
    def anchor(self) -> str:
        return ANCHORS.get(self.place, self.name)


@dataclass(frozen=True)
class WordsPage:
    """See ``templates/results/words.html``. ``slots`` are the chosen keys in order, "" for an empty one."""

    fields: tuple[Field, ...]
    signature: Field
    slots: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    pages_error: Field | None
    release_error: Field | None
    released: bool
    unread: bool

    @property
    def errors(self) -> tuple[Field, ...]:
        found = (self.release_error, self.pages_error, *self.fields, self.signature)
        return tuple(field for field in found if field is not None and field.error)


def places(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Where the consultant may say something: a key and the label of its field."""
    return (
        (ANSWER, gettext("On the answer")),
        *((index.code, index.name) for index in snapshot.indices),
        (RECOMMENDATION, gettext("On what to do now")),
    )


def words_page(
    reading: Reading,
    *,
    form: WordsForm | None = None,
    pages: Sequence[str] | None = None,
    place: str = "",
    error: str = "",
) -> WordsPage:
    """The page with what is stored, or with what was typed and refused.

    Args:
        reading: the results.
        form: what was typed; None for what is stored.
        pages: the chosen pages as they were sent; None for what is stored.
        place: the field that was refused, and ``error`` why.
    """
    notes = reading.notes if form is None else form.notes
    signature = reading.presentation.signature if form is None else form.signature
    slots = list(reading.chosen if pages is None else pages)[:MOST_PAGES]
    return WordsPage(
        fields=tuple(
            Field(key, label, notes.get(key, ""), error if key == place else "")
            for key, label in places(reading.snapshot)
        ),
        signature=Field("signature", gettext("Signature"), signature, error if place == "signature" else ""),
        slots=tuple(slots + [""] * (MOST_PAGES - len(slots))),
        options=tuple((key, page_name(key)) for key in CHOOSABLE),
        pages_error=Field("pages", "", "", error) if place == "pages" else None,
        release_error=Field("release", "", "", error) if place == "release" else None,
        released=reading.wave.state is State.REPORTED,
        unread=reading.unread,
    )
