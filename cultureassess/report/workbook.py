"""The appendix as an Excel workbook: typed numbers, frozen heads, and text that is never a formula."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from msgspec.structs import replace

from cultureassess.report.document import Document
from cultureassess.report.languages import words_in
from cultureassess.report.pdf.render import Order
from cultureassess.report.sheets import Column, Kind, Sheet, Value, sheets
from cultureassess.report.spoken import spoken
from cultureassess.snapshot.types import Snapshot

FORMATS: dict[Kind, str] = {
    "text": "@",
    "count": "#,##0",
    "score": "0.0",
    "points": "+0.0;−0.0;0.0",
    "percent": '0"%"',
    "coefficient": "0.00",
}
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
    styles = _styles(book)
    for sheet in sheets(snapshot, words, order.seal, earlier):
        _write(book.add_worksheet(sheet.name), sheet, styles, rtl=words.direction == "rtl")
    book.close()
    return written.getvalue()


def _in_order(snapshot: Snapshot, report: Document) -> Snapshot:
    """The same figures, the indices in the order of the report's overview."""
    codes = [row.code for group in report.overview.plot.groups for row in group.rows]
    codes += [index.code for index in snapshot.indices if index.code not in codes]
    return replace(
        snapshot,
        indices=tuple(snapshot.index(code) for code in codes),
        pairs=tuple(pair for code in codes for pair in snapshot.pairs_of(code)),
    )


def _created(date: str) -> dt.datetime:
    try:
        return dt.datetime.combine(dt.date.fromisoformat(date), dt.time())
    except ValueError:
        return dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a document property without a zone


def _styles(book: Any) -> dict[str, Any]:  # noqa: ANN401  (XlsxWriter has no types)
    styles: dict[str, Any] = {
        kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()
    }
    styles["head"] = book.add_format(
        {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom", "bg_color": "#F1F4F6"}
    )
    styles["wrapped"] = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    styles["hidden"] = book.add_format({"italic": True, "font_color": "#5A6572", "valign": "top"})
    styles["note"] = book.add_format({"italic": True, "font_color": "#5A6572"})
    return styles


def _write(page: Any, sheet: Sheet, styles: dict[str, Any], *, rtl: bool) -> None:  # noqa: ANN401
    """One sheet: heads in row 1, frozen together with the first columns; a note under the last row."""
    if rtl:
        page.right_to_left()
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.head, styles["head"])
    for line, row in enumerate(sheet.rows, 1):
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _cell(page, line, place, value, column, styles)
    page.freeze_panes(1, sheet.frozen)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    if sheet.note:
        page.write_string(len(sheet.rows) + 2, 0, sheet.note, styles["note"])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _cell(page: Any, line: int, place: int, value: Value, column: Column, styles: dict[str, Any]) -> None:  # noqa: ANN401
    if value is None:
        page.write_blank(line, place, None, styles["text"])
    elif isinstance(value, str):
        style = (
            styles["wrapped" if column.width > 30 else "text"] if column.kind == "text" else styles["hidden"]
        )
        page.write_string(line, place, value, style)
    else:
        page.write_number(line, place, value, styles[column.kind])
