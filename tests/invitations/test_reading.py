"""Uploaded lists: what is read, and what is refused before anything is looked at."""

import io
import zipfile

import openpyxl
import pytest

from cultureassess.services.people.reading import COLUMNS, FORMULA, ROWS, ListRefused, read_list

from .scenery import csv_of


def sheet_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


ANNA = ("Anna Berg", "anna@kunde.example")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_spreadsheet_programs_write_csv_in_many_ways(separator, encoding):
    table = read_list(csv_of(("Jürgen Groß", "j@kunde.example"), separator=separator, encoding=encoding))
    assert (table.header, table.rows) == (("Name", "E-Mail"), (("Jürgen Groß", "j@kunde.example"),))


def test_xlsx_is_read_like_csv():
    table = read_list(sheet_of(("Name", "E-Mail", "PLZ"), (*ANNA, 20095)))
    assert (table.header, table.rows, table.lines) == (("Name", "E-Mail", "PLZ"), ((*ANNA, "20095"),), (2,))


def test_a_formula_is_not_evaluated_and_not_kept():
    table = read_list(sheet_of(("Name", "E-Mail"), ('=HYPERLINK("http://evil.example")', "a@b.example")))
    assert table.rows == ((FORMULA, "a@b.example"),)


def test_lines_are_those_of_the_file():
    table = read_list(b'\n\nName;E-Mail\n\n"Anna\nBerg";a@b.example\n;\nBen;b@b.example\n')
    assert [table.lines, table.rows[0][0]] == [(5, 8), "Anna\nBerg"]


def test_short_and_long_lines_get_the_width_of_the_header():
    assert read_list(b"a;b\n1\n1;2;3\n").rows == (("1", ""), ("1", "2"))


def packed(name):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (70_000_000 if name == "bomb" else 10))
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\n;;\n", "empty"),
        (b"Name;E-Mail\n", "nobody below it"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "neither a CSV nor an XLSX file"),
        (b"%PDF-1.7\n\x00\x01", "neither a CSV nor an XLSX file"),
        (b"Name;E-Mail\nAnna\x00;a@b.example\n", "neither a CSV nor an XLSX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "neither a CSV nor an XLSX file"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (packed("small"), "cannot be read"),
        (packed("bomb"), "more than 60 MB"),
        (b"a;b\n" + b"x;y\n" * (ROWS + 1), "more than 10,000 people"),
        ((";".join(f"c{n}" for n in range(1001)) + "\nx\n").encode(), "1,001 columns; there may be 100"),
        (b'Name;E-Mail\n"Anna;a@b.example\n', "Line 2 cannot be read"),
        (b"x" * 2_000_001, "larger than 2 MB"),
        (b"a;" + b"y" * 200_000 + b"\nb\n", "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_with_a_reason(data, sentence):
    with pytest.raises(ListRefused, match=sentence):
        read_list(data)


def test_a_zip_that_is_no_workbook_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("people.csv", "a;b")
    with pytest.raises(ListRefused, match="no XLSX file"):
        read_list(written.getvalue())


def test_the_limits_themselves_are_allowed():
    assert len(read_list(b"a\n" + b"x\n" * ROWS).rows) == ROWS
    assert len(read_list((";".join(["c"] * COLUMNS) + "\nx\n").encode()).header) == COLUMNS


def test_a_workbook_that_lies_about_its_size_is_read_by_its_rows():
    with zipfile.ZipFile(io.BytesIO(sheet_of(("Name",), *(("x",),) * 5))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<dimension ref="A1:A6"', b'<dimension ref="A1:XFD1048576"')
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for part, content in parts.items():
            target.writestr(part, content)
    assert len(read_list(written.getvalue()).rows) == 5
