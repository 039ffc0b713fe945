"""Reading an uploaded list: CSV as spreadsheets write it, or XLSX. Formulas are never evaluated."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator

import msgspec

from cultureassess.services.errors import DomainError

BYTES = 2_000_000
ROWS = 10_000
COLUMNS = 100
CELL = 1_000
"""Characters of one cell that are looked at."""

UNPACKED = 60_000_000
"""Bytes to which an XLSX file may unpack."""

FORMULA = "\x00formula"
"""Stands for a cell with a formula: its value is known to the spreadsheet program alone."""

_ZIP = b"PK\x03\x04"
_SEPARATORS = (";", ",", "\t")


class ListRefused(DomainError):
    """An uploaded file that is no list of people; the sentence says what to do."""


class ListTable(msgspec.Struct, frozen=True):
    """A list as it was read: a header, and rows as wide as it. ``lines`` are the rows' lines in the file."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_list(data: bytes) -> ListTable:
    """Read a list by what it is, whatever it is called.

    CSV: UTF-8 with or without mark, UTF-16 with mark, or Windows-1252; comma, semicolon or tab. XLSX: the
    first sheet. The first line that is not empty names the columns; empty lines are passed over.

    Raises:
        ListRefused: too large, too many rows or columns, neither CSV nor XLSX, or without people.
    """
    if len(data) > BYTES:
        raise ListRefused("The file is larger than 2 MB. Save the list of people alone, without pictures.")
    lines = _sheet(data) if data.startswith(_ZIP) else _csv(_text(data))
    return _table(lines)


def _table(lines: Iterable[tuple[int, tuple[str, ...]]]) -> ListTable:
    filled = ((number, row) for number, row in lines if any(row))
    _, header = next(filled, (0, ()))
    header = _trimmed(header)
    if not header:
        raise ListRefused(
            "The file is empty. Its first line should name the columns, for example name;email."
        )
    if len(header) > COLUMNS:
        raise ListRefused(f"The file has {len(header):,} columns; there may be {COLUMNS}.")
    numbers: list[int] = []
    rows: list[tuple[str, ...]] = []
    for number, row in filled:
        if len(rows) == ROWS:
            raise ListRefused(f"The file has more than {ROWS:,} people. Split it.")
        numbers.append(number)
        rows.append((*row, *("",) * (len(header) - len(row)))[: len(header)])
    if not rows:
        raise ListRefused("The file has a line of column names, but nobody below it.")
    return ListTable(header, tuple(rows), tuple(numbers))


def _trimmed(header: tuple[str, ...]) -> tuple[str, ...]:
    """Column names up to the last one that is not empty."""
    last = max((place for place, name in enumerate(header) if name), default=-1)
    return header[: last + 1]


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _binary(text):
            return text
        break
    raise ListRefused(
        "This is neither a CSV nor an XLSX file. Save the list from your spreadsheet program as one of them."
    )


def _binary(text: str) -> bool:
    return any(ord(character) < 32 and character not in "\t\n\r" for character in text)


def _csv(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, tuple(_clean(cell) for cell in row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ListRefused(
            f"Line {line} cannot be read: a quotation mark is not closed, or stands inside a cell."
        ) from error


def _clean(cell: str) -> str:
    return cell.strip()[:CELL]


def _sheet(data: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    from openpyxl import load_workbook

    _refuse_bomb(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not believed
        for number, row in enumerate(sheet.iter_rows(max_row=ROWS + 200), start=1):
            yield number, tuple(_cell(cell.value, cell.data_type) for cell in row[: COLUMNS + 1])
    except ListRefused:
        raise
    except Exception as error:  # a damaged file makes openpyxl raise whatever its parsers raise
        raise ListRefused("This XLSX file cannot be read. Save it anew, or save it as CSV.") from error


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            known = "xl/workbook.xml" in packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ListRefused("This XLSX file is damaged. Save it anew, or save it as CSV.") from error
    if not known:
        raise ListRefused("This is a packed file, but no XLSX file. Save the list as XLSX or CSV.")
    if size > UNPACKED:
        raise ListRefused("This XLSX file unpacks to more than 60 MB. Save the list of people alone.")


def _cell(value: object, kind: str) -> str:
    if kind == "f":
        return FORMULA
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return "" if _binary(text.replace("_x000D_", "")) else _clean(text)
