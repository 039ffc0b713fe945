"""Key figures: counted by the company itself, each month, by hand or from a file (METHOD 6.4, SOURCES S4).

There is none without an answer to "what will we change if it moves?".
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Better, KeyFigure, KeyFigureValue, Organisation
from cultureassess.models.key_figures import LONG
from cultureassess.services.errors import DomainError
from cultureassess.services.people.reading import ListRefused, ListTable, read_list
from cultureassess.snapshot.files.formulas import unguarded

MOST = 20
"""Figures of one organisation: more are counted than decided on."""

MOST_MONTHS = 240
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 1)
LARGEST = 1e12

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(-01)?", re.ASCII)
_NUMBER = re.compile(r"[-+−]?[0-9]{1,13}([.,][0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Suggested:
    """A figure that others keep (SOURCES S4, S5)."""

    name: str
    unit: str
    better: Better


SUGGESTED = (
    Suggested("Net promoter score", "", Better.UP),
    Suggested("Returns", "", Better.DOWN),
    Suggested("Complaints", "", Better.DOWN),
    Suggested("Positive reviews", "", Better.UP),
    Suggested("Negative reviews", "", Better.DOWN),
    Suggested("Repeat business", "%", Better.UP),
    Suggested("Start-up completed", "%", Better.UP),
    Suggested("Time to first response", "h", Better.DOWN),
    Suggested("Solved at first contact", "%", Better.UP),
)


class FigureRefused(DomainError):
    """A key figure or a value cannot be stored; ``field`` is the one at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Imported:
    """What a file brought: values stored, and its lines that were passed over with the reason."""

    stored: int
    passed: tuple[tuple[int, str], ...]


def figures_of(session: Session, organisation: Organisation) -> Sequence[KeyFigure]:
    """Return an organisation's figures, in the order in which they were added."""
    wanted = sa.select(KeyFigure).where(KeyFigure.organisation_id == organisation.id)
    return session.scalars(wanted.order_by(KeyFigure.id)).all()


def add_figure(
    session: Session, organisation: Organisation, *, name: str, unit: str, better: Better, decision: str
) -> KeyFigure:
    """Add a figure with the decision that hangs on it.

    Raises:
        FigureRefused: no name, a name that is there already, no decision, or too many figures.
    """
    there = figures_of(session, organisation)
    if len(there) >= MOST:
        raise FigureRefused("name", f"There are {MOST} figures already. Delete one that changes no decision.")
    _check(name, decision, [figure.name for figure in there])
    figure = KeyFigure(
        organisation_id=organisation.id,
        name=name.strip(),
        unit=unit.strip(),
        better=better,
        decision=decision.strip(),
    )
    session.add(figure)
    session.flush()
    return figure


def _check(name: str, decision: str, others: Sequence[str]) -> None:
    if not name.strip():
        raise FigureRefused("name", "Enter the name of the figure.")
    if name.strip().casefold() in (other.casefold() for other in others):
        raise FigureRefused("name", "There is a figure of this name already.")
    if not decision.strip():
        raise FigureRefused(
            "decision",
            "Say what you will change if it moves. A figure that changes nothing is not worth it.",
        )
    if len(decision) > LONG:
        raise FigureRefused("decision", f"Shorten this to {LONG:,} characters.")


def set_value(session: Session, figure: KeyFigure, month: dt.date, value: float | None) -> None:
    """Store a month's value in place of an earlier one; None takes it away.

    Args:
        month: any day of it.

    Raises:
        FigureRefused: the value is no finite number, or the month is out of range.
    """
    first = month.replace(day=1)
    if not EARLIEST <= first <= LATEST:
        raise FigureRefused("month", "Enter a month from 2000 to 2100.")
    row = session.get(KeyFigureValue, (figure.id, first))
    if value is None:
        if row is not None:
            session.delete(row)
    elif not math.isfinite(value) or abs(value) > LARGEST:
        raise FigureRefused("value", "Enter a number.")
    else:
        row = row or KeyFigureValue(figure_id=figure.id, month=first)
        row.value = value
        session.add(row)
    session.flush()
    session.expire(figure, ["values"])


def remove_figure(session: Session, figure: KeyFigure) -> None:
    """Delete a figure with its values; cards that name it keep everything else."""
    session.delete(figure)
    session.flush()


def import_values(session: Session, organisation: Organisation, data: bytes) -> Imported:
    """Read values from a CSV or XLSX file with the columns month, figure and value.

    The month is written 2026-11 or 2026-11-01, the figure by its name, the value with a point or a comma.
    Lines that name no figure of the organisation, or no month or number, are passed over and told. A later
    line replaces an earlier one.

    Raises:
        FigureRefused: the file cannot be read, or lacks a column.
    """
    try:
        table = read_list(data)
    except ListRefused as error:
        raise FigureRefused("file", str(error).replace("people", "values")) from error
    known = {figure.name.casefold(): figure for figure in figures_of(session, organisation)}
    passed: list[tuple[int, str]] = []
    stored = 0
    for line, month, name, value in _rows(table):
        found, problem = known.get(unguarded(name).casefold()), ""
        day, number = read_month(month), read_number(value)
        if found is None:
            problem = "no figure of this name"
        elif day is None or not EARLIEST <= day <= LATEST:
            problem = "no month such as 2026-11"
        elif number is None:
            problem = "no number"
        elif abs(number) > LARGEST:
            problem = "a number too large"
        if problem or found is None or day is None:
            passed.append((line, problem))
            continue
        set_value(session, found, day, number)
        stored += 1
    return Imported(stored, tuple(passed))


def _rows(table: ListTable) -> Iterator[tuple[int, str, str, str]]:
    heads = [head.casefold() for head in table.header]
    missing = [name for name in ("month", "figure", "value") if name not in heads]
    if missing:
        raise FigureRefused("file", f"The file lacks the column {missing[0]} of month, figure, value.")
    places = [heads.index(name) for name in ("month", "figure", "value")]
    for line, row in zip(table.lines, table.rows, strict=True):
        month, figure, value = (row[place] for place in places)
        yield line, month, figure, value


def read_month(text: str) -> dt.date | None:
    """The first day of a month written 2026-11, or 2026-11-01 as spreadsheets do; None for the rest."""
    found = _MONTH.fullmatch(text.strip().partition(" ")[0])
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        return None
    return dt.date(int(found[1]), int(found[2]), 1)


def read_number(text: str) -> float | None:
    """A number with a point or a comma for decimals; None for all else, thousands separators included."""
    typed = unguarded(text.strip())
    if not _NUMBER.fullmatch(typed):
        return None
    return float(typed.replace(",", ".").replace("−", "-"))
