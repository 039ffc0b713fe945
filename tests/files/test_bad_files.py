"""Every bad file gives one error: file, line, column, what is wrong and how to mend it."""

import os
from pathlib import Path

import numpy as np
import pytest

from cultureassess.snapshot.files import FileError, duplicates, read_sides
from cultureassess.snapshot.files.blocks import BLOCK, LONGEST_RECORD, Block, read_blocks
from cultureassess.snapshot.files.cells import split
from cultureassess.snapshot.files.columns import hashes
from cultureassess.snapshot.files.layout import read_header
from cultureassess.snapshot.files.reading import SIZE_LIMIT
from tests.files.refusals import (
    CUSTOMERS,
    INSIDE,
    NUMBER,
    OURS,
    POINT,
    QUOTE,
    REFERENCE,
    RETURNS,
    UTF8,
    edited,
    error,
    error_of,
)


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


def test_two_ids_that_only_share_a_hash_are_not_refused():
    table, _ = read_header(INSIDE, next(read_blocks(INSIDE, size_limit=SIZE_LIMIT)))
    cells = split(Block(b"\n".join(INSIDE.read_bytes().splitlines()[1:3]) + b"\n", 2), table)
    column = table.header.index("rid")
    first, _ = hashes(cells, column)
    duplicates.refuse(np.array([first, first]), table, column, SIZE_LIMIT)


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


@pytest.mark.parametrize("more", [b"role", b"EE1"])
def test_insiders_are_not_counted_as_customers(tmp_path, more):
    content = CUSTOMERS.replace(b"rid", b"rid," + more, 1).replace(b"\nC", b"\n,C")
    assert error_of(tmp_path, content) == (
        f"c.csv, line 1: its columns are those of the other file ({more.decode()}). "
        "Name the file of managers and employees first, that of customers second"
    )


def test_the_file_of_insiders_given_twice_is_refused():
    with pytest.raises(FileError, match="its columns are those of the other file"):
        read_sides(REFERENCE / "c17_demo_inside.csv", REFERENCE / "c17_demo_inside.csv", OURS)


@pytest.mark.parametrize("again", ["C002 ", " C002", "\t C002", '" C002"'])
def test_spaces_around_an_id_do_not_make_two_of_one_respondent(tmp_path, again):
    content = edited("C003,partner", f"{again},partner")
    assert "stands already in line 3" in error_of(tmp_path, content)


def test_an_attribute_with_countless_values_is_refused(tmp_path):
    lines = CUSTOMERS.decode().splitlines()
    head, row = lines[0].split(","), lines[1].split(",")
    rows = []
    for number in range(201):
        row[head.index("rid")], row[head.index("segment")] = str(number), f"customer {number}"
        rows.append(",".join(row))
    assert error_of(tmp_path, "\n".join([lines[0], *rows]).encode()) == (
        "c.csv, column segment: it has more than 200 different values, so it names people, not groups. "
        "Put its values into groups, or delete the column"
    )


@pytest.mark.parametrize(
    ("column", "said"), [("NPS", "no whole number from 0 to 10"), ("seconds", "no number")]
)
def test_a_number_of_thousands_of_digits_is_refused(tmp_path, column, said):
    lines = CUSTOMERS.decode().splitlines()
    row = lines[1].split(",")
    row[lines[0].split(",").index(column)] = "9" * 5000
    found = error_of(tmp_path, "\n".join([lines[0], ",".join(row)]).encode())
    assert f"line 2, column {column}" in found
    assert said in found
