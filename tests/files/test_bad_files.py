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
        f"c.csv, line 2, column CF3: “6” is no answer from 1 to 5. {POINT}",
    ),
    "zero": ("AC04,,3,2", "AC04,,0,2", f"c.csv, line 2, column CF2: “0” is no answer from 1 to 5. {POINT}"),
    "a negative point": ("AC04,,3,2", "AC04,,-1,2", f"c.csv, line 2, column CF2: “-1” is no answer from 1 to 5. {POINT}"),
    "a point with decimals": (
        "AC04,,3,2",
        "AC04,,3.0,2",
        f"c.csv, line 2, column CF2: “3.0” is no answer from 1 to 5. {POINT}",
    ),
    "a two-digit point": (
        "AC04,,3,2",
        "AC04,,13,2",
        f"c.csv, line 2, column CF2: “13” is no answer from 1 to 5. {POINT}",
    ),
    "a digit of another script": (
        "AC04,,3,2",
        "AC04,,٣,2",
        f"c.csv, line 2, column CF2: “٣” is no answer from 1 to 5. {POINT}",
    ),
    "a word as an answer": (
        "AC04,,3,2",
        "AC04,,agree,2",
        f"c.csv, line 2, column CF2: “agree” is no answer from 1 to 5. {POINT}",
    ),
    "a quoted separator as an answer": (
        "AC04,,3,2",
        'AC04,,",",2',
        f"c.csv, line 2, column CF2: “,” is no answer from 1 to 5. {POINT}",
    ),
    "a word as a number": ("9,253\n", "9,fast\n", "c.csv, line 2, column seconds: “fast” is no number of seconds. Write for example 253 or 253.5"),
    "negative seconds": ("9,253\n", "9,-3\n", "c.csv, line 2, column seconds: “-3” is no number of seconds. Write for example 253 or 253.5"),
    "endless seconds": ("9,253\n", "9,inf\n", "c.csv, line 2, column seconds: “inf” is no number of seconds. Write for example 253 or 253.5"),
    "a degree beyond its options": ("3,9,253\n", "6,9,253\n", f"c.csv, line 2, column OV1: “6” is no whole number from 1 to 5. {NUMBER}"),
    "a degree of 0": ("3,9,253\n", "0,9,253\n", f"c.csv, line 2, column OV1: “0” is no whole number from 1 to 5. {NUMBER}"),
    "a recommendation of 11": ("3,9,253\n", "3,11,253\n", f"c.csv, line 2, column NPS: “11” is no whole number from 0 to 10. {NUMBER}"),
    "a huge recommendation": (
        "3,9,253\n",
        "3,99999999999999999999,253\n",
        f"c.csv, line 2, column NPS: “99999999999999999999” is no whole number from 0 to 10. {NUMBER}",
    ),
    "a recommendation that cannot be judged": (
        "3,9,253\n",
        "3,DK,253\n",
        f"c.csv, line 2, column NPS: “DK” is no whole number from 0 to 10. {NUMBER}",
    ),
    "a negative recommendation": (
        "3,9,253\n",
        "3,-1,253\n",
        f"c.csv, line 2, column NPS: “-1” is no whole number from 0 to 10. {NUMBER}",
    ),
    "an unknown type": (
        "C001,partner,",
        "C001,competitor,",
        "c.csv, line 2, column type: “competitor” is no known type."
        " Write one of: customer, partner, supplier, supplier or reseller",
    ),
    "a missing id": ("C001,partner", ",partner", "c.csv, line 2, column rid: it is empty. Fill it in, or delete the row"),
    "an id twice": ("C003,", "C001,", "c.csv, line 4, column rid: “C001” stands already in line 2. Keep one row for each respondent"),
    "a far too long segment": (
        "C001,partner,A",
        "C001,partner," + "A" * 300,
        f"c.csv, line 2, column segment: “{'A' * 39}…” is longer than 255 bytes."
        " Shorten it; check that the columns are in place",
    ),
    "a control character in a long answer": (
        "AC04,,3,2",
        "AC04,,\x1b[31m" + "x" * 99 + ",2",
        f"c.csv, line 2, column CF2: “\\x1b[31m{'x' * 31}…” is no answer from 1 to 5. {POINT}",
    ),
}  # fmt: skip

LINES = {
    "a cell too few": (
        "9,253\n",
        "253\n",
        "c.csv, line 2: 26 cells, but the header has 27. Check the separators (',') in this line",
    ),
    "a cell too many": (
        "9,253\n",
        "9,253,\n",
        "c.csv, line 2: 28 cells, but the header has 27. Check the separators (',') in this line",
    ),
    "a quotation mark inside a cell": (
        "C001,partner,A",
        'C001,partner,5" pipe',
        f"c.csv, line 2: a quotation mark stands inside a cell. {QUOTE}",
    ),
    "text after a closing quotation mark": (
        "C001,partner,A",
        'C001,partner,"A" B',
        f"c.csv, line 2: a quotation mark stands inside a cell. {QUOTE}",
    ),
    "doubled marks without outer ones": (
        "C001,partner,A",
        'C001,partner,A""B',
        f"c.csv, line 2: a quotation mark stands inside a cell. {QUOTE}",
    ),
    "a quotation mark that never closes": (
        "C003,customer",
        'C003,"customer',
        "c.csv, line 4: a quotation mark is not closed. Close it, or double it inside a text",
    ),
}

HEADERS = {
    "a missing item": ("CF2,", "CF9,", "c.csv, line 1, column CF2: the column is missing. Add a column with the name CF2"),
    "an item in small letters": (
        "CF2,",
        "cf2,",
        "c.csv, line 1, column CF2: the column is missing (there is “cf2”). Add a column with the name CF2",
    ),
    "a missing id column": ("rid,", "id,", "c.csv, line 1, column rid: the column is missing. Add a column with the name rid"),
    "a column twice": ("CF2,CF3", "CF2,CF2", "c.csv, line 1, column CF2: it stands 2 times. Keep one of them"),
    "late and day": ("type,segment", "late,day", "c.csv, line 1: it has both columns late and day. Keep one of them"),
}  # fmt: skip


@pytest.mark.parametrize("case", [*CELLS, *LINES, *HEADERS])
def test_a_bad_cell_line_or_header_is_named(tmp_path, case):
    old, new, message = {**CELLS, **LINES, **HEADERS}[case]
    if case == "a negative recommendation" or case == "a quotation mark that never closes":
        pass
    assert error_of(tmp_path, edited(old, new)) == message
