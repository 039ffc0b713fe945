"""The appendix as an Excel workbook: typed numbers, frozen heads, and text that is never a formula."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from cultureassess.report.document import Document
from cultureassess.report.languages import words_in
from cultureassess.report.pdf.render import Order
from cultureassess.report.sheets import Column, Kind, Sheet, Value, sheets
from cultureassess.report.sheets.types import FINEST, Figure, Signed
from cultureassess.report.spoken import spoken
from cultureassess.snapshot.types import Snapshot

FORMATS: dict[Kind, str] = {
    "text": "@",
    "count": "#,##0_)",
    "score": "0.0",
    "points": "+0.0;−0.0;0.0",
    "percent": '0.0"%"',
    "coefficient": "0.00_);−0.00_)",
}
FINER: dict[Kind, str] = {"score": "0.{0}", "points": "+0.{0};−0.{0};0.{0}", "percent": '0.{0}"%"'}
"""Formats of values that need more decimals: 0.03 points beside a limit of 0, 44.46 where a page has 44."""

NOTE, LINE, HIGHEST = 90, 15.0, 409.0
"""Characters that a note is wide, the points of a line, and of the highest row that a workbook can have."""

ARROW = 2
"""Characters of a head's filter."""

LEFTWARDS = {"reading_order": 2, "align": "right"}
"""Texts of a sheet that is read from right to left."""

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(order: Order) -> bytes:
    """Every shown number of a snapshot as an XLSX file; what is withheld says so in words.

    The same order gives the same bytes.
    """
    import xlsxwriter

    words = words_in(order.options.language)
    report = order.document(words)
    snapshot = _in_order(spoken(order.snapshot, words), report)
    earlier = spoken(order.earlier, words) if order.earlier is not None else None
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, SAFE)
    book.set_properties(
        {
            "title": report.title,
            "author": snapshot.wave.organisation,
            "comments": f"{snapshot.fingerprint} · {order.seal[:12]}",
            "created": _created(snapshot.wave.date),
        }
    )
    rtl = words.direction == "rtl"
    styles = _styles(book, rtl=rtl)
    for sheet in sheets(snapshot, words, order.seal, earlier):
        _write(book.add_worksheet(sheet.name), sheet, styles, rtl=rtl)
    book.close()
    return written.getvalue()


def _in_order(snapshot: Snapshot, report: Document) -> Snapshot:
    """The same figures, the indices in the order of the report's overview."""
    codes = [row.code for group in report.overview.plot.groups for row in group.rows]
    codes += [index.code for index in snapshot.indices if index.code not in codes]
    drivers = sorted(snapshot.importance.drivers, key=lambda driver: codes.index(driver.index))
    return replace(
        snapshot,
        importance=replace(snapshot.importance, drivers=tuple(drivers)),
        indices=tuple(snapshot.index(code) for code in codes),
        pairs=tuple(pair for code in codes for pair in snapshot.pairs_of(code)),
    )


def _created(date: str) -> dt.datetime:
    try:
        return dt.datetime.combine(dt.date.fromisoformat(date), dt.time())
    except ValueError:
        return dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a document property without a zone


def _styles(book: Any, *, rtl: bool) -> dict[str, Any]:  # noqa: ANN401  (XlsxWriter has no types)
    way: dict[str, Any] = LEFTWARDS if rtl else {}
    styles: dict[str, Any] = {
        kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()
    }
    for kind, form in FINER.items():
        for places in range(2, FINEST + 1):
            number = form.format("0" * places)
            styles[f"{kind} {places}"] = book.add_format({"num_format": number, "valign": "top"})
    head = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom", "bg_color": "#F1F4F6"}
    quiet = {"italic": True, "font_color": "#5A6572", "valign": "top"}
    styles["head"] = book.add_format({**head, **way})
    styles["head of numbers"] = book.add_format({**head, **way, "align": "right"})
    styles["text"] = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, **way})
    styles["figure"] = book.add_format({"num_format": "@", "valign": "top", **way, "align": "right"})
    styles["hidden"] = book.add_format({**quiet, **way})
    styles["note"] = book.add_format({**quiet, "text_wrap": True, **way})
    return styles


def _write(page: Any, sheet: Sheet, styles: dict[str, Any], *, rtl: bool) -> None:  # noqa: ANN401
    """One sheet: heads in row 1, frozen together with the first columns; a note under the last row."""
    if rtl:
        page.right_to_left()
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(
            0, place, column.head, styles["head" if column.kind == "text" else "head of numbers"]
        )
    page.set_row(0, _height((column.head, column.width - ARROW) for column in sheet.columns))
    for line, row in enumerate(sheet.rows, 1):
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _cell(page, line, place, value, column, styles)
        texts = zip(row, sheet.columns, strict=True)
        page.set_row(line, _height((str(text or ""), of.width) for text, of in texts if of.kind == "text"))
    page.freeze_panes(1, sheet.frozen)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    below = len(sheet.rows) + 2
    for line, (name, value, kind) in enumerate(sheet.facts, below):
        page.write_string(line, sheet.frozen - 1, name, styles["text"])
        _cell(page, line, sheet.frozen, value, Column(name, kind), styles)
    if sheet.note:
        _note(page, sheet, below + len(sheet.facts) + bool(sheet.facts), styles["note"])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _note(page: Any, sheet: Sheet, line: int, style: Any) -> None:  # noqa: ANN401
    """A text across the columns, in a row as high as its lines."""
    across, last = sheet.columns[0].width, 0
    while across < NOTE and last < len(sheet.columns) - 1:
        last += 1
        across += sheet.columns[last].width
    page.set_row(line, _height([(sheet.note, across)]))
    page.merge_range(line, 0, line, last, "", style)
    page.write_string(line, 0, sheet.note, style)


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Points of a row that shows texts whole, each in its column's width: not every program fits rows."""
    lines = (
        sum(max(1, len(textwrap.wrap(_measured(line), max(1, int(width))))) for line in text.splitlines())
        for text, width in texts
    )
    return min(LINE * max(1, *lines), HIGHEST)


def _measured(text: str) -> str:
    """A text in which Chinese letters count twice, as they are twice as wide."""
    return "".join(one * 2 if unicodedata.east_asian_width(one) in "WF" else one for one in text)


def _cell(page: Any, line: int, place: int, value: Value, column: Column, styles: dict[str, Any]) -> None:  # noqa: ANN401
    if value is None:
        page.write_blank(line, place, None, styles["text"])
    elif isinstance(value, Figure):
        page.write_string(line, place, value, styles["figure"])
    elif isinstance(value, str):
        page.write_string(line, place, value, styles["text" if column.kind == "text" else "hidden"])
    else:
        page.write_number(
            line, place, value, styles[_style(value, "points" if isinstance(value, Signed) else column.kind)]
        )


def _style(value: float, kind: Kind) -> str:
    """The format of a number: the kind's own, or one with the further decimals that it was given."""
    if kind not in FINER:
        return kind
    _, _, decimals = f"{value:.{FINEST}f}".rstrip("0").partition(".")
    return f"{kind} {len(decimals)}" if len(decimals) > 1 else kind
