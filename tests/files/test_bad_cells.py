"""Every bad cell, line or header gives one error: file, line, column, what is wrong and how to mend it."""

import pytest

from tests.files.refusals import NUMBER, POINT, QUOTE, SECONDS, SEPARATORS, edited, error_of

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
