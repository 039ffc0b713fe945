"""Gather one side's answers block by block."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cultureassess.instruments.types import Instrument, Side
from cultureassess.scoring.answers import (
    NOT_GIVEN,
    BoolArray,
    Comment,
    PointArray,
    Segment,
    SideAnswers,
)
from cultureassess.snapshot.files import columns, days
from cultureassess.snapshot.files.audiences import AUDIENCES, Audiences
from cultureassess.snapshot.files.cells import Cells, Table, Words
from cultureassess.snapshot.files.columns import Codes, Vocabulary
from cultureassess.snapshot.files.errors import FileError, shown
from cultureassess.snapshot.files.formulas import unguarded
from cultureassess.snapshot.files.layout import (
    ACCOUNT,
    AUDIENCE,
    DAY,
    FAST,
    LATE,
    RESPONDENT,
    ROLE,
    SECONDS,
    TYPE,
    Layout,
)

MOST_VALUES: Final = 200
"""Different values that an attribute may have."""

_POINTS: Final = "points"
_OUTCOMES: Final = "outcomes"


class Gathered:
    """What has been read of one file so far."""

    def __init__(
        self,
        instrument: Instrument,
        side: Side,
        table: Table,
        layout: Layout,
        management_roles: Collection[str],
        *,
        keep_names: bool = False,
    ) -> None:
        self._keep_names = keep_names
        self._names: list[str] = []
        self._instrument, self._side, self._table, self._layout = instrument, side, table, layout
        self._audiences = Audiences(instrument, side, management_roles)
        self._words = self._vocabularies()
        self._readers = self._choose_readers()
        self._parts: dict[str, list[NDArray[Any]]] = {name: [] for name in self._readers}
        self._comments: list[tuple[str, int, str]] = []
        self._rows = 0

    def add(self, cells: Cells) -> None:
        """Read one more block.

        Raises:
            FileError: the first cell found that cannot be read.
        """
        for name, read in self._readers.items():
            self._parts[name].append(read(cells))
        for question, column in self._layout.comments.items():
            for row in np.flatnonzero(cells.lengths[column]):
                if text := unguarded(cells.text(column, int(row))):
                    self._comments.append((question, self._rows + int(row), text))
        self._rows += len(cells)

    def respondents(self) -> Words:
        """The hashed ids, shape (respondents,)."""
        return self._column(RESPONDENT)

    def names(self) -> tuple[str, ...]:
        """The ids themselves, row by row; none unless they are to be kept."""
        return tuple(self._names)

    def answers(self) -> SideAnswers:
        """Everything read, as arrays that are stored column by column."""
        audience = self._audience()
        segments = {code: self._segment(code) for code in self._layout.segments}
        return SideAnswers(
            points=self._column(_POINTS).T,
            outcomes=self._column(_OUTCOMES).T,
            audiences=AUDIENCES[self._side],
            audience=audience,
            segments={code: segment for code, segment in segments.items() if segment.values},
            seconds=self._column(SECONDS) if SECONDS in self._parts else None,
            fast=self._flag(FAST),
            late=self._late(),
            account=self._segment(ACCOUNT).codes if ACCOUNT in self._parts else None,
            comments=self._shuffled_comments(audience),
        )

    def require_management(self) -> None:
        """Refuse roles in words of one's own: everybody would count as staff, and nobody would notice.

        Raises:
            FileError: no role in the file is management, and some role is unknown.
        """
        if AUDIENCE in self._words or ROLE not in self._words:
            return
        roles = self._words[ROLE].values
        unknown = sorted(filter(self._audiences.unknown_role, roles))
        if unknown and not any(map(self._audiences.manages, roles)):
            raise FileError(
                self._table.path,
                f"no role in it is management; “{shown(unknown[0])}” is unknown",
                "Say which roles are management, for example "
                f"--management “{shown(unknown[0])}”, or write: {', '.join(self._audiences.known_roles())}",
                column=ROLE,
            )

    def refuse_countless_values(self) -> None:
        """Refuse an attribute that tells people rather than groups apart.

        Raises:
            FileError: an attribute has more than ``MOST_VALUES`` different values.
        """
        for code in self._layout.segments:
            if len(self._words[code].values) > MOST_VALUES:
                raise FileError(
                    self._table.path,
                    f"it has more than {MOST_VALUES} different values, so it names people, not groups",
                    "Put its values into groups, or delete the column",
                    column=code,
                )

    def warnings(self) -> list[str]:
        """Sentences about columns that are ignored and roles that are counted as staff."""
        file = self._table.path.name
        found = [
            f"{file}: the column “{shown(name)}” is unknown and was not read."
            for name in self._layout.ignored
        ]
        if not self._rows:
            found.append(f"{file}: there is no answer in it, so nothing is compared.")
        if AUDIENCE not in self._words and ROLE in self._words:
            unknown = sorted(filter(self._audiences.unknown_role, self._words[ROLE].values))
            found += [f"{file}: the role “{shown(role)}” is unknown and counts as staff." for role in unknown]
        return found

    def _vocabularies(self) -> dict[str, Vocabulary]:
        checks = {AUDIENCE: self._audiences.refuse_audience, DAY: days.refuse}
        if self._layout.audience is None:
            checks[TYPE] = self._audiences.refuse_type
        return {name: Vocabulary(checks.get(name)) for name in self._layout.texts}

    def _choose_readers(self) -> dict[str, Callable[[Cells], NDArray[Any]]]:
        layout = self._layout
        readers: dict[str, Callable[[Cells], NDArray[Any]]] = {
            RESPONDENT: self._read_respondents,
            _POINTS: self._read_points,
            _OUTCOMES: self._read_outcomes,
        }
        for name, column in layout.texts.items():
            readers[name] = _reader(self._words[name], column, required=name == AUDIENCE)
        if (seconds := layout.seconds) is not None:
            readers[SECONDS] = lambda cells: columns.seconds(cells, seconds)
        for name, place in ((FAST, layout.fast), (LATE, layout.late)):
            if place is not None:
                readers[name] = _flag_reader(place)
        return readers

    def _read_respondents(self, cells: Cells) -> Words:
        column = self._layout.respondent
        cells.trim(column)
        keys = columns.hashes(cells, column)
        _refuse_empty(cells, column, keys == 0)
        if self._keep_names:
            self._names += [cells.text(column, row) for row in range(len(cells))]
        return keys

    def _read_points(self, cells: Cells) -> PointArray:
        block = np.zeros((len(self._instrument.rated), len(cells)), dtype=np.uint8)
        items = self._layout.items
        block[list(items)] = columns.points(cells, list(items.values()), self._instrument.scale.points)
        return block

    def _read_outcomes(self, cells: Cells) -> NDArray[np.int16]:
        block = np.full((len(self._instrument.outcomes), len(cells)), NOT_GIVEN, dtype=np.int16)
        for place, outcome, column in self._layout.outcomes:
            low, high = (1, len(outcome.options)) if outcome.kind == "degree" else (outcome.low, outcome.high)
            block[place] = columns.whole_numbers(cells, column, low, high)
        return block

    def _column(self, name: str) -> NDArray[Any]:
        """All blocks of one column joined; the last axis is the respondents."""
        return np.concatenate(self._parts[name], axis=-1)

    def _segment(self, code: str) -> Segment:
        return self._words[code].in_order(self._column(code), _order(self._instrument, self._side, code))

    def _audience(self) -> Codes:
        for name in (AUDIENCE, ROLE, TYPE):
            if name in self._words:
                places = self._audiences.of(name, self._words[name].values)
                return np.asarray(places[self._column(name)])
        return np.full(self._rows, self._audiences.default, dtype=np.int32)

    def _late(self) -> BoolArray | None:
        if LATE in self._parts:
            return self._flag(LATE)
        return days.late(self._column(DAY), self._words[DAY].values) if DAY in self._parts else None

    def _flag(self, name: str) -> BoolArray | None:
        """A column of 0 and 1 as truth, an empty cell as 0; None without the column or any value in it."""
        given = self._column(name) if name in self._parts else np.empty(0, dtype=np.int16)
        return np.asarray(given == 1) if (given != NOT_GIVEN).any() else None

    def _shuffled_comments(self, audience: Codes) -> tuple[Comment, ...]:
        """Comments by question and text: their order says nothing about the rows they stood in."""
        names = AUDIENCES[self._side]
        comments = [Comment(question, names[audience[row]], text) for question, row, text in self._comments]
        order = list(self._layout.comments)
        return tuple(sorted(comments, key=lambda c: (order.index(c.question), c.audience, c.text)))


def _reader(words: Vocabulary, column: int, *, required: bool) -> Callable[[Cells], Codes]:
    def read(cells: Cells) -> Codes:
        codes = words.codes(cells, column)
        if required:
            _refuse_empty(cells, column, codes == NOT_GIVEN)
        return codes

    return read


def _flag_reader(column: int) -> Callable[[Cells], NDArray[np.int16]]:
    return lambda cells: columns.whole_numbers(cells, column, 0, 1)


def _refuse_empty(cells: Cells, column: int, empty: BoolArray) -> None:
    rows = np.flatnonzero(empty)
    if rows.size:
        raise cells.error(column, int(rows[0]), "it is empty", "Fill it in, or delete the row")


def _order(instrument: Instrument, side: Side, code: str) -> tuple[str, ...]:
    """The values of an attribute in the order in which the instrument offers them."""
    if code == ROLE and instrument.role_question is not None:
        return tuple(option.code for option in instrument.role_question.options)
    offered = {question.code: question.codes for question in instrument.segments if question.side is side}
    return offered.get(code, ())
