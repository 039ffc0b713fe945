"""Other feedback from a file: support, sales, reviews, each counted by its own people (SOURCES S5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from cultureassess.models import Organisation, PainSource
from cultureassess.services.actions.journey import (
    NAME,
    JourneyRefused,
    count_pain,
    journey_names,
    touchpoint_of,
)
from cultureassess.services.actions.key_figures import Imported
from cultureassess.services.people.reading import ListRefused, ListTable, read_list
from cultureassess.services.typed import line, visible
from cultureassess.snapshot.files.formulas import unguarded

ORIGIN = 60
"""Characters of what a file's origin is called."""


def import_feedback(
    session: Session, organisation: Organisation, data: bytes, *, origin: str = ""
) -> Imported:
    """Read other feedback from a CSV or XLSX file with the columns theme, touchpoint and count.

    Lines of the same theme are added up. Lines without a theme, with an unknown touchpoint or without a whole
    number are passed over and told. A theme whose touchpoint is left blank keeps the one that it has.

    Args:
        origin: where the file comes from, for example "support", up to 60 characters. It stands behind each
            theme, so that a file replaces the counts of its own origin alone; "" for files that have no name.

    Raises:
        JourneyRefused: the file cannot be read, lacks a column, or brings too many themes.
    """
    try:
        table = read_list(data)
    except ListRefused as error:
        raise JourneyRefused("file", str(error).replace("people", "feedback")) from error
    names = {name.casefold(): name for name in journey_names(session, organisation)}
    passed: list[tuple[int, str]] = []
    totals: dict[str, tuple[str, str, int]] = {}
    for number, said, touchpoint, count in _lines(table):
        problem = _problem(said, touchpoint, count, names)
        if problem:
            passed.append((number, problem))
            continue
        theme = _of_origin(said, origin)
        before = totals.get(theme.casefold(), (theme, "", 0))
        place = names.get(touchpoint.casefold(), "") or before[1]
        totals[theme.casefold()] = (before[0], place, before[2] + int(count))
    for theme, chosen, cases in totals.values():
        place = chosen or touchpoint_of(session, organisation, PainSource.FEEDBACK, theme)
        count_pain(session, organisation, PainSource.FEEDBACK, theme, place, cases)
    return Imported(len(totals), tuple(passed))


def _of_origin(theme: str, origin: str) -> str:
    return f"{theme[: NAME - len(origin) - 3]} ({origin})" if origin else theme[:NAME]


def _lines(table: ListTable) -> Iterator[tuple[int, str, str, str]]:
    heads = [head.casefold() for head in table.header]
    missing = [name for name in ("theme", "touchpoint", "count") if name not in heads]
    if missing:
        raise JourneyRefused("file", f"The file lacks the column {missing[0]} of theme, touchpoint, count.")
    places = [heads.index(name) for name in ("theme", "touchpoint", "count")]
    for number, row in zip(table.lines, table.rows, strict=True):
        theme, touchpoint, count = (unguarded(row[place]) for place in places)
        yield number, _seen(theme), _seen(touchpoint), count


def _seen(text: str) -> str:
    said = line(text)
    return said if visible(said) else ""


def _problem(theme: str, touchpoint: str, count: str, names: Mapping[str, str]) -> str:
    if not theme:
        return "no theme"
    if touchpoint and touchpoint.casefold() not in names:
        return f"no touchpoint {touchpoint[:60]}"
    return "" if count.isascii() and count.isdigit() and len(count) <= 7 else "no whole number"
