"""Every bad file gives one error: file, line, column, what is wrong and how to mend it."""

import os
from pathlib import Path

import pytest

from cultureassess import instruments
from cultureassess.snapshot.files import FileError, read_sides
from cultureassess.snapshot.files.blocks import BLOCK, LONGEST_RECORD

REFERENCE = Path(__file__).parents[1] / "fixtures" / "reference"
INSIDE = REFERENCE / "c17_demo_inside.csv"
CUSTOMERS = (REFERENCE / "c17_demo_customers.csv").read_bytes()
OURS = instruments.by_code("customer_culture_v1")

POINT = "Leave it empty if skipped, write DK for “can't judge”"
NUMBER = "Correct it, or leave it empty if not answered"
SECONDS = "Write for example 253 or 253.5"
SEPARATORS = "Check the separators (',') in this line"
RETURNS = "c.csv, line 1: its lines end with CR only. Save it again as CSV in UTF-8"
UTF8 = "Save the file as CSV in UTF-8 (in Excel: “CSV UTF-8”)"
QUOTE = "Put the whole cell between quotation marks and double those inside it"


def error(path: Path, **options) -> str:
    with pytest.raises(FileError) as refused:
        read_sides(INSIDE, path, OURS, **options)
    return str(refused.value)


def error_of(tmp_path, content: bytes, **options) -> str:
    path = tmp_path / "c.csv"
    path.write_bytes(content)
    return error(path, **options)


def edited(old: str, new: str) -> bytes:
    assert CUSTOMERS.count(old.encode()) >= 1
    return CUSTOMERS.replace(old.encode(), new.encode(), 1)


# The second line is: C001,partner,A,AC04,,3,2,4,...,4,3,9,253
CELLS = {
    "a point above the scale": (
        "AC04,,3,2",
        "AC04,,3,6",
        "line 2, column CF3",
        "“6” is no answer from 1 to 5",
        POINT,
    ),
    "zero": ("AC04,,3,2", "AC04,,0,2", "line 2, column CF2", "“0” is no answer from 1 to 5", POINT),
    "a negative point": (
        "AC04,,3,2",
        "AC04,,-1,2",
        "line 2, column CF2",
        "“-1” is no answer from 1 to 5",
        POINT,
    ),
    "a point with decimals": (
        "AC04,,3,2",
        "AC04,,3.0,2",
        "line 2, column CF2",
        "“3.0” is no answer from 1 to 5",
        POINT,
    ),
    "a two-digit point": (
        "AC04,,3,2",
        "AC04,,13,2",
        "line 2, column CF2",
        "“13” is no answer from 1 to 5",
        POINT,
    ),
    "a digit of another script": (
        "AC04,,3,2",
        "AC04,,٣,2",
        "line 2, column CF2",
        "“٣” is no answer from 1 to 5",
        POINT,
    ),
    "a word as an answer": (
        "AC04,,3,2",
        "AC04,,agree,2",
        "line 2, column CF2",
        "“agree” is no answer from 1 to 5",
        POINT,
    ),
    "a quoted separator as an answer": (
        "AC04,,3,2",
        'AC04,,",",2',
        "line 2, column CF2",
        "“,” is no answer from 1 to 5",
        POINT,
    ),
    "a word as a number": (
        "9,253\n",
        "9,fast\n",
        "line 2, column seconds",
        "“fast” is no number of seconds",
        SECONDS,
    ),
    "negative seconds": (
        "9,253\n",
        "9,-3\n",
        "line 2, column seconds",
        "“-3” is no number of seconds",
        SECONDS,
    ),
    "endless seconds": (
        "9,253\n",
        "9,inf\n",
        "line 2, column seconds",
        "“inf” is no number of seconds",
        SECONDS,
    ),
    "a degree beyond its options": (
        "3,9,253\n",
        "6,9,253\n",
        "line 2, column OV1",
        "“6” is no whole number from 1 to 5",
        NUMBER,
    ),
    "a degree of 0": (
        "3,9,253\n",
        "0,9,253\n",
        "line 2, column OV1",
        "“0” is no whole number from 1 to 5",
        NUMBER,
    ),
    "a recommendation of 11": (
        "3,9,253\n",
        "3,11,253\n",
        "line 2, column NPS",
        "“11” is no whole number from 0 to 10",
        NUMBER,
    ),
    "a huge recommendation": (
        "3,9,253\n",
        "3,99999999999999999999,253\n",
        "line 2, column NPS",
        "“99999999999999999999” is no whole number from 0 to 10",
        NUMBER,
    ),
    "a recommendation that cannot be judged": (
        "3,9,253\n",
        "3,DK,253\n",
        "line 2, column NPS",
        "“DK” is no whole number from 0 to 10",
        NUMBER,
    ),
    "a negative recommendation": (
        "3,9,253\n",
        "3,-1,253\n",
        "line 2, column NPS",
        "“-1” is no whole number from 0 to 10",
        NUMBER,
    ),
    "an unknown type": (
        "C001,partner,",
        "C001,competitor,",
        "line 2, column type",
        "“competitor” is no known type",
        "Write one of: customer, partner, supplier, supplier or reseller",
    ),
    "a missing id": (
        "C001,partner",
        ",partner",
        "line 2, column rid",
        "it is empty",
        "Fill it in, or delete the row",
    ),
    "an id twice": (
        "C003,",
        "C001,",
        "line 4, column rid",
        "“C001” stands already in line 2",
        "Keep one row for each respondent",
    ),
    "a far too long segment": (
        "C001,partner,A",
        "C001,partner," + "A" * 300,
        "line 2, column segment",
        "“" + "A" * 39 + "…” is longer than 255 bytes",
        "Shorten it; check that the columns are in place",
    ),
    "a control character in a long answer": (
        "AC04,,3,2",
        "AC04,,\x1b[31m" + "x" * 99 + ",2",
        "line 2, column CF2",
        "“\\x1b[31m" + "x" * 31 + "…” is no answer from 1 to 5",
        POINT,
    ),
}

LINES = {
    "a cell too few": ("9,253\n", "253\n", "line 2", "26 cells, but the header has 27", SEPARATORS),
    "a cell too many": ("9,253\n", "9,253,\n", "line 2", "28 cells, but the header has 27", SEPARATORS),
    "a quotation mark inside a cell": (
        "C001,partner,A",
        'C001,partner,5" pipe or 6" pipe',
        "line 2",
        "a quotation mark stands inside a cell",
        QUOTE,
    ),
    "text after a closing quotation mark": (
        "C001,partner,A",
        'C001,partner,"A" B',
        "line 2",
        "a quotation mark stands inside a cell",
        QUOTE,
    ),
    "doubled marks without outer ones": (
        "C001,partner,A",
        'C001,partner,A""B',
        "line 2",
        "a quotation mark stands inside a cell",
        QUOTE,
    ),
    "a quotation mark that never closes": (
        "C003,partner",
        'C003,"partner',
        "line 4",
        "a quotation mark is not closed",
        QUOTE,
    ),
}

HEADERS = {
    "a missing item": (
        "CF2,",
        "CF9,",
        "line 1, column CF2",
        "the column is missing",
        "Add a column with the name CF2",
    ),
    "an item in small letters": (
        "CF2,",
        "cf2,",
        "line 1, column CF2",
        "the column is missing (there is “cf2”)",
        "Add a column with the name CF2",
    ),
    "a missing id column": (
        "rid,",
        "id,",
        "line 1, column rid",
        "the column is missing",
        "Add a column with the name rid",
    ),
    "a column twice": ("CF2,CF3", "CF2,CF2", "line 1, column CF2", "it stands 2 times", "Keep one of them"),
    "late and day": (
        "type,segment",
        "late,day",
        "line 1",
        "it has both columns late and day",
        "Keep one of them",
    ),
}


@pytest.mark.parametrize("case", [*CELLS, *LINES, *HEADERS])
def test_a_bad_cell_line_or_header_is_named(tmp_path, case):
    old, new, place, reason, remedy = {**CELLS, **LINES, **HEADERS}[case]
    assert error_of(tmp_path, edited(old, new)) == f"c.csv, {place}: {reason}. {remedy}"


def test_line_numbers_count_blank_lines_and_line_ends_inside_cells(tmp_path):
    content = edited("C002,partner,A", '\n\nC002,partner,"A\nor B"').replace(b",9,253\n", b",9,253\n\n")
    assert error_of(tmp_path, content.replace(b"C003,partner", b"C003,pirate")).startswith(
        "c.csv, line 8, column type"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "c.csv: it is empty. Write at least the line with the column names"),
        (b"\n\n", "c.csv, line 1: it has no column names. Write them into the first line"),
        (b"\xef\xbb\xbf", "c.csv: it is empty. Write at least the line with the column names"),
        (b"rid", "c.csv, line 1, column CF1: the column is missing. Add a column with the name CF1"),
        (b"PK\x03\x04\x14\x00", f"c.csv: it is an Excel or zip file, not CSV. {UTF8}"),
        (b"\xd0\xcf\x11\xe0\xa1", f"c.csv: it is an old Excel file, not CSV. {UTF8}"),
        ("rid,CF1\n".encode("utf-16"), f"c.csv: it is UTF-16, not UTF-8. {UTF8}"),
        (CUSTOMERS.replace(b"C003", b"C\x003"), f"c.csv, line 4: it is a binary file. {UTF8}"),
        (CUSTOMERS.replace(b"C003", b"Caf\xe9"), f"c.csv, line 4: the byte 0xE9 is not UTF-8. {UTF8}"),
        (CUSTOMERS.replace(b"rid", b"r\xefd"), f"c.csv, line 1: the byte 0xEF is not UTF-8. {UTF8}"),
        (CUSTOMERS.replace(b"\n", b"\r"), RETURNS),
        (b'rid,"CF1\nx', f"c.csv, line 1: a quotation mark is not closed. {QUOTE}"),
    ],
)
def test_a_file_that_is_no_csv_is_named(tmp_path, content, message):
    assert error_of(tmp_path, content) == message


def test_a_missing_file_a_folder_and_a_pipe_are_named(tmp_path):
    assert error(tmp_path / "no.csv") == "no.csv: there is no such file. Check the name and the folder"
    assert error(tmp_path) == f"{tmp_path.name}: it is a folder. Name the CSV file in it"
    os.mkfifo(tmp_path / "pipe")
    assert error(tmp_path / "pipe") == "pipe: it is no ordinary file. Name a CSV file"
    below = INSIDE / "below.csv"
    assert error(below) == "below.csv: it cannot be read (Not a directory). Check the name and the folder"


def test_a_file_that_may_not_be_read_is_named(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = tmp_path / "c.csv"
    path.write_bytes(CUSTOMERS)
    path.chmod(0)
    assert error(path) == "c.csv: it cannot be read (Permission denied). Check the file and its permissions"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="Linux only")
def test_a_file_that_fails_while_it_is_read_is_named():
    expected = "mem: it cannot be read (Input/output error). Check the file and its permissions"
    assert error(Path("/proc/self/mem")) == expected


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "c.csv"
    with path.open("wb") as handle:
        handle.truncate(1_000_000_000)
    assert (
        error(path)
        == "c.csv: it has 1,000.0 MB, the limit is 500.0 MB. Raise the limit, or split off other waves"
    )


def test_the_size_limit_is_the_callers(tmp_path):
    assert error_of(tmp_path, CUSTOMERS * 20, size_limit=5000).startswith(
        "c.csv: it has 0.1 MB, the limit is 0.0 MB"
    )


def test_an_endless_line_is_refused(tmp_path):
    content = CUSTOMERS + b"x" * (LONGEST_RECORD + 2 * BLOCK)
    expected = "c.csv, line 62: the line is longer than a million bytes. Check the line ends"
    assert error_of(tmp_path, content) == expected


def test_an_error_far_down_the_file_is_placed_exactly(tmp_path):
    header, first = CUSTOMERS.splitlines()[:2]
    rows = [first.replace(b"C001", b"R%d" % number) for number in range(30_000)]
    rows[25_000] = rows[25_000].replace(b",253", b",quick")
    message = error_of(tmp_path, b"\n".join([header, *rows]))
    assert message.startswith("c.csv, line 25002, column seconds: “quick”")


def test_an_id_twice_is_found_across_the_whole_file(tmp_path):
    header, first = CUSTOMERS.splitlines()[:2]
    rows = [first.replace(b"C001", b"respondent-%d" % number) for number in range(30_000)]
    rows[29_999] = rows[7]
    message = error_of(tmp_path, b"\n".join([header, *rows]))
    assert message.startswith("c.csv, line 30001, column rid: “respondent-7” stands already in line 9.")


@pytest.mark.parametrize(
    ("audience", "message"),
    [
        ("staff", "“staff” is no audience of this file. Write customer or partner"),
        ("", "it is empty. Fill it in, or delete the row"),
    ],
)
def test_a_column_audience_must_hold_an_audience_of_the_side_in_every_row(tmp_path, audience, message):
    header, first, second, *_ = CUSTOMERS.decode().splitlines()
    lines = [f"{header},audience", f"{first},partner", f"{second},{audience}"]
    assert error_of(tmp_path, "\n".join(lines).encode()) == f"c.csv, line 3, column audience: {message}"


@pytest.mark.parametrize("day", ["31.3.2025", "2025-02-30", "20250331", "2025-W01-1", "yesterday"])
def test_a_day_must_be_an_iso_date(tmp_path, day):
    header, first, *_ = CUSTOMERS.decode().splitlines()
    expected = f"c.csv, line 2, column day: “{day}” is no date. Write year, month and day like 2025-03-31"
    assert error_of(tmp_path, f"{header},day\n{first},{day}".encode()) == expected


def test_late_must_be_0_or_1(tmp_path):
    header, first, *_ = CUSTOMERS.decode().splitlines()
    expected = f"c.csv, line 2, column late: “2” is no whole number from 0 to 1. {NUMBER}"
    assert error_of(tmp_path, f"{header},late\n{first},2".encode()) == expected


def test_a_missing_role_column_is_named_because_management_hangs_on_it(tmp_path):
    path = tmp_path / "i.csv"
    path.write_bytes(INSIDE.read_bytes().replace(b"rid,role", b"rid,rank"))
    with pytest.raises(FileError) as refused:
        read_sides(path, REFERENCE / "c17_demo_customers.csv", OURS)
    expected = "i.csv, line 1, column role: the column is missing. Add a column with the name role"
    assert str(refused.value) == expected


def test_the_parts_of_an_error_can_be_read_one_by_one(tmp_path):
    path = tmp_path / "c.csv"
    path.write_bytes(edited("AC04,,3,2", "AC04,,3,6"))
    with pytest.raises(FileError) as refused:
        read_sides(INSIDE, path, OURS)
    found = refused.value
    assert (found.file, found.line, found.column, found.remedy) == (path, 2, "CF3", POINT)
    assert found.reason == "“6” is no answer from 1 to 5"
