"""One wave's results, opened for whoever asks: every page and file begins here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import abort, current_app

from cultureassess.models import Presentation, Wave
from cultureassess.report.words import ENGLISH, Words
from cultureassess.services.actions.practice_check import done_by
from cultureassess.services.comment_screening import all_read, decisions_of, screened
from cultureassess.services.comments import comments_of
from cultureassess.services.consultant_notes import notes_of, presentation_of
from cultureassess.services.releasing import readable_results
from cultureassess.snapshot.comments import with_comments
from cultureassess.snapshot.document import from_json, to_json
from cultureassess.snapshot.types import Snapshot
from cultureassess.web import access, database
from cultureassess.web.results import pages
from cultureassess.web.results.cells import Setting

COMMENTED = frozenset({"index", "comments", "words", "files"})
"""Pages that show comments or say whether they were read; no other page fetches them."""


@dataclass(frozen=True)
class Reading:
    """What one reader may see of one wave.

    Attributes:
        wave: whose results they are.
        page: key of the page that is read.
        leader: reads for a leader, not for the consultant.
        snapshot: after the screening of the comments: the only source of what is shown.
        unread: there are comments that wait for the consultant to read them.
        presentation: the consultant's choice of pages, and who signs the notes.
        notes: the consultant's words, place to text.
    """

    wave: Wave
    page: str
    leader: bool
    snapshot: Snapshot
    unread: bool
    presentation: Presentation
    notes: Mapping[str, str]
    words: Words = ENGLISH

    @property
    def name(self) -> str:
        return pages.page_name(self.page)

    @property
    def setting(self) -> Setting:
        return Setting(self.snapshot, self.words, self.done)

    @cached_property
    def done(self) -> tuple[str, ...]:
        """Codes of the practices that the company has already."""
        return done_by(database.session(), self.wave.assessment.organisation)

    @property
    def date(self) -> str:
        return self.words.date(self.snapshot.wave.date)

    @cached_property
    def first_index(self) -> str:
        """The index that "one index" opens with: the first priority."""
        codes = [priority.index for priority in self.snapshot.priorities]
        codes += [index.code for index in self.snapshot.indices]
        return codes[0]

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.presentation.pages or pages.USUAL

    @property
    def main(self) -> tuple[pages.Link, ...]:
        """The leaders' pages."""
        return self._links(self.chosen)

    @property
    def room(self) -> tuple[pages.Link, ...]:
        """The analysis room; empty for leaders."""
        if self.leader:
            return ()
        rest = [key for key in pages.CHOOSABLE if key not in self.chosen]
        return self._links((*rest, *pages.DESK))

    @property
    def room_open(self) -> bool:
        """Whether the room's links are in sight: in the room, and on the page that the wave leads to."""
        return self.page not in self.chosen or self.page == "answer"

    @property
    def indices(self) -> tuple[tuple[str, str], ...]:
        """Code and name of every index, for the links to their pages."""
        return tuple((index.code, index.name) for index in self.snapshot.indices)

    def _links(self, keys: tuple[str, ...]) -> tuple[pages.Link, ...]:
        return pages.links(keys, self.wave.id, current=self.page, first_index=self.first_index)

    @property
    def json(self) -> str:
        """The snapshot as a file: what reports and data files are made of."""
        return to_json(self.snapshot).decode()


def read(wave: Wave, page: str) -> Reading:
    """Open a wave's results at one page.

    A leader finds the pages that the consultant has chosen; every other one is 404.

    Raises:
        cultureassess.services.releasing.ResultsSealed: nobody may read them yet.
    """
    session, leader = database.session(), not access.runs(wave)
    record = readable_results(session, wave, leader=leader)
    presentation, key = presentation_of(session, wave), current_app.extensions["settings"].secret_key
    if leader and page in pages.CHOOSABLE and page not in (presentation.pages or pages.USUAL):
        abort(404)
    whole = from_json(record.json)
    if page in COMMENTED:
        whole = with_comments(whole, comments_of(session, wave))
    return Reading(
        wave=wave,
        page=page,
        leader=leader,
        snapshot=screened(whole, presentation, decisions_of(session, wave), secret_key=key),
        unread=any(found.comments for found in whole.comments)
        and not all_read(presentation, whole, secret_key=key),
        presentation=presentation,
        notes=notes_of(session, wave),
    )
