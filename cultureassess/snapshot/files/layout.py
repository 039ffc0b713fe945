"""Which column of a file holds what. The order of the columns is free; unknown ones are named, not read."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cultureassess.instruments.types import Instrument, Outcome, Side
from cultureassess.snapshot.files.blocks import Block
from cultureassess.snapshot.files.cells import Table
from cultureassess.snapshot.files.errors import FileError, shown

RESPONDENT: Final = "rid"
AUDIENCE: Final = "audience"
ROLE: Final = "role"
TYPE: Final = "type"
ACCOUNT: Final = "account"
SECONDS: Final = "seconds"
FAST: Final = "fast"
LATE: Final = "late"
DAY: Final = "day"
LANGUAGE: Final = "language"

_SEPARATORS: Final = ",;\t"


@dataclass(frozen=True)
class Layout:
    """The columns of a file by what they mean; None where the file does not have the column.

    Attributes:
        items: place in ``instrument.rated`` -> column.
        outcomes: (place in ``instrument.outcomes``, the outcome, column).
        segments: attribute code -> column, in the order of the instrument; ``role`` and ``type`` first.
        comments: open question id -> column.
        ignored: the names of columns that nothing reads.
    """

    respondent: int
    items: Mapping[int, int]
    outcomes: tuple[tuple[int, Outcome, int], ...]
    segments: Mapping[str, int]
    comments: Mapping[str, int]
    audience: int | None
    account: int | None
    seconds: int | None
    fast: int | None
    late: int | None
    day: int | None
    ignored: tuple[str, ...]

    @property
    def texts(self) -> dict[str, int]:
        """The columns that hold one of a few texts: name -> column."""
        others = {AUDIENCE: self.audience, DAY: self.day, ACCOUNT: self.account}
        return {**self.segments, **{name: column for name, column in others.items() if column is not None}}


def read_header(path: Path, first: Block) -> tuple[Table, Block]:
    """Take the column names off the first block; the separator is the one that stands there most often.

    Raises:
        FileError: no names, a name twice, or line ends of an old Macintosh.
    """
    line, _, rest = first.data.partition(b"\n")
    text = line.decode("utf-8").removesuffix("\r")
    if not text.strip():
        raise FileError(path, "it has no column names", "Write them into the first line", line=1)
    if "\r" in text:
        raise FileError(path, "its lines end with CR only", "Save it again as CSV in UTF-8", line=1)
    separator = max(_SEPARATORS, key=text.count)
    names = tuple(name.strip() for name in next(csv.reader([text], delimiter=separator)))
    for name, count in Counter(names).items():
        if name and count > 1:
            raise FileError(path, f"it stands {count} times", "Keep one of them", line=1, column=name)
    return Table(path, names, separator), Block(rest, first.line + 1)


def segment_codes(instrument: Instrument, side: Side) -> tuple[str, ...]:
    """The attributes that a file of one side may have: role or type, then the segment questions."""
    codes = [ROLE if side is Side.INSIDE else TYPE]
    codes += [question.code for question in instrument.segments if question.side is side]
    return tuple(dict.fromkeys(codes))


def lay_out(table: Table, instrument: Instrument, side: Side, *, roles: bool, accounts: bool) -> Layout:
    """Find every column that one side's file may have.

    Args:
        roles: whether the audience of an insider hangs on the role, so that a file needs it.
        accounts: whether the business accounts of customers are read.

    Raises:
        FileError: a column that must be there is missing, or two say the same.
    """
    column = {name: number for number, name in enumerate(table.header) if name}
    rated = instrument.rated_on(side)
    needed = [RESPONDENT, *(item.id for item in rated)]
    if side is Side.INSIDE and roles and AUDIENCE not in column:
        needed.insert(1, ROLE)
    _refuse_swapped(table, instrument, side, column)
    _require(table, needed, column)
    if LATE in column and DAY in column:
        raise FileError(table.path, "it has both columns late and day", "Keep one of them", line=1)
    outcomes = [
        (place, outcome, column[outcome.id])
        for place, outcome in enumerate(instrument.outcomes)
        if outcome.wording(side) is not None and outcome.id in column
    ]
    questions = [question.id for question in instrument.open_questions if question.side is side]
    return Layout(
        respondent=column[RESPONDENT],
        items={instrument.position[item.id]: column[item.id] for item in rated},
        outcomes=tuple(outcomes),
        segments={code: column[code] for code in segment_codes(instrument, side) if code in column},
        comments={id_: column[id_] for id_ in questions if id_ in column},
        audience=column.get(AUDIENCE),
        account=column.get(ACCOUNT) if accounts and side is Side.OUTSIDE else None,
        seconds=column.get(SECONDS),
        fast=column.get(FAST),
        late=column.get(LATE),
        day=column.get(DAY),
        ignored=tuple(name for name in table.header if name not in _known(instrument, side)),
    )


def _known(instrument: Instrument, side: Side) -> set[str]:
    known = {RESPONDENT, AUDIENCE, SECONDS, FAST, LATE, DAY, LANGUAGE, *segment_codes(instrument, side)}
    known.update(item.id for item in instrument.rated_on(side))
    known.update(outcome.id for outcome in instrument.outcomes_on(side))
    known.update(question.id for question in instrument.open_questions if question.side is side)
    return known | {ACCOUNT} if side is Side.OUTSIDE else known


def _refuse_swapped(table: Table, instrument: Instrument, side: Side, column: Mapping[str, int]) -> None:
    """Both sides share most columns, so that files in the wrong order look almost right.

    Role and inside-only blocks have no place in a file of customers, whatever else that has: insiders
    would count as customers.
    """
    other = Side.OUTSIDE if side is Side.INSIDE else Side.INSIDE
    own, others = ({*segment_codes(instrument, which)} for which in (side, other))
    inside_only = (item.id for block in instrument.blocks for item in block.items)
    foreign = (others - own) & column.keys()
    insiders = side is Side.OUTSIDE and {ROLE, *inside_only} & column.keys()
    if insiders or (foreign and not own & column.keys() and AUDIENCE not in column):
        raise FileError(
            table.path,
            f"its columns are those of the other file ({', '.join(sorted(insiders or foreign))})",
            "Name the file of managers and employees first, that of customers second",
            line=1,
        )


def _require(table: Table, needed: Sequence[str], column: Mapping[str, int]) -> None:
    for name in (name for name in needed if name not in column):
        alike = next((there for there in column if there.casefold() == name.casefold()), None)
        reason = "the column is missing" + (f" (there is “{shown(alike)}”)" if alike else "")
        raise FileError(table.path, reason, f"Add a column with the name {name}", line=1, column=name)
