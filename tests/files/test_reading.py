"""What a good file is read as: dialects, optional columns, audiences, segments, comments."""

import csv
import hashlib
import io
from pathlib import Path

import numpy as np
import pytest

from cultureassess import instruments
from cultureassess.instruments import load
from cultureassess.scoring.answers import DONT_KNOW, NOT_GIVEN, SKIPPED, Comment, Segment
from cultureassess.snapshot.files import FileError, read_sides

REFERENCE = Path(__file__).parents[1] / "fixtures" / "reference"
INSIDE = REFERENCE / "c17_demo_inside.csv"
CUSTOMERS = REFERENCE / "c17_demo_customers.csv"
OURS = instruments.by_code("customer_culture_v1")
OTHER = load(Path(__file__).parents[1] / "fixtures" / "instruments" / "service_pulse_7.toml")


@pytest.fixture(scope="module")
def demo():
    return read_sides(INSIDE, CUSTOMERS, OURS)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def point(cell: str) -> int:
    return {"": SKIPPED, "DK": DONT_KNOW}.get(cell) if cell in {"", "DK"} else int(cell)


def counts(segment: Segment) -> dict[str, int]:
    return {value: int((segment.codes == place).sum()) for place, value in enumerate(segment.values)}


def read_customers(tmp_path: Path, *lines: str, **options):
    path = tmp_path / "c.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return read_sides(INSIDE, path, OURS, **options)


ITEMS = ",".join(item.id for item in OURS.items if item.customer)
PLAIN = ",".join("12345" * 4)


def test_the_demo_is_read_cell_by_cell(demo):
    for side, path in ((demo.inside, INSIDE), (demo.outside, CUSTOMERS)):
        for number, row in enumerate(rows(path)):
            cells = {item.id: point(row.get(item.id, "")) for item in OURS.rated}
            assert dict(zip(cells, side.points[number], strict=True)) == cells
            asked = [row.get(outcome.id, "") for outcome in OURS.outcomes]
            assert side.outcomes[number].tolist() == [int(cell) if cell else NOT_GIVEN for cell in asked]
            assert side.seconds[number] == float(row["seconds"])


def test_the_demo_has_the_known_audiences_and_segments(demo):
    assert demo.warnings == ()
    assert (demo.inside.points.shape, demo.outside.points.shape) == ((40, 33), (60, 33))
    assert np.bincount(demo.inside.audience).tolist() == [18, 22]
    assert np.bincount(demo.outside.audience).tolist() == [42, 18]
    assert counts(demo.inside.segments["role"]) == {
        "executive": 4,
        "middle manager": 6,
        "frontline manager or supervisor": 8,
        "no people responsibility": 22,
    }
    assert counts(demo.inside.segments["function"])["prefer not to say"] == 1
    assert counts(demo.outside.segments["segment"]) == {"A": 30, "B": 26, "C": 4}
    assert counts(demo.outside.segments["type"]) == {
        "partner": 13,
        "supplier": 0,
        "customer": 42,
        "supplier or reseller": 5,
    }
    assert (demo.outside.account, demo.outside.late, demo.outside.comments) == (None, None, ())


def test_the_fingerprint_is_of_both_files_bytes(demo):
    sums = [hashlib.sha256(path.read_bytes()).digest() for path in (INSIDE, CUSTOMERS)]
    assert demo.fingerprint == hashlib.sha256(b"".join(sums)).hexdigest()


def dialect(
    separator: str = ",", newline: str = "\n", quoting: int = csv.QUOTE_MINIMAL, reverse: bool = False
) -> bytes:
    table = list(csv.reader(CUSTOMERS.read_text("utf-8").splitlines()))
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator=newline, quoting=quoting)
    writer.writerows(row[::-1] if reverse else row for row in table)
    return target.getvalue().encode()


DIALECTS = {
    "semicolons": dialect(";"),
    "tabs": dialect("\t"),
    "CRLF": dialect(newline="\r\n"),
    "everything quoted": dialect(quoting=csv.QUOTE_ALL),
    "quoted, CRLF, semicolons": dialect(";", "\r\n", csv.QUOTE_ALL),
    "columns the other way round": dialect(reverse=True),
    "the other way round, CRLF": dialect(newline="\r\n", reverse=True),
    "byte order mark": b"\xef\xbb\xbf" + dialect(),
    "byte order mark and quotes": b"\xef\xbb\xbf" + dialect(quoting=csv.QUOTE_ALL),
    "no last line end": dialect().rstrip(b"\n"),
    "blank lines": dialect().replace(b"\n", b"\n\n\n"),
    "blank lines, CRLF": dialect(newline="\r\n").replace(b"\r\n", b"\r\n\r\n"),
    "rows of separators below": dialect() + (b"," * 26 + b"\n") * 5,
    "small letters": dialect().replace(b"DK", b"dk"),
    "mixed letters": dialect().replace(b"DK", b"Dk"),
    "spaces around cells": dialect().replace(b",", b" , "),
    "quoted DK": dialect().replace(b"DK", b'"DK"'),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_reads_the_same(tmp_path, demo, name):
    path = tmp_path / "c.csv"
    path.write_bytes(DIALECTS[name])
    read = read_sides(INSIDE, path, OURS)
    assert read.warnings == ()
    np.testing.assert_array_equal(read.outside.points, demo.outside.points)
    np.testing.assert_array_equal(read.outside.outcomes, demo.outside.outcomes)
    np.testing.assert_array_equal(read.outside.audience, demo.outside.audience)
    np.testing.assert_array_equal(read.outside.seconds, demo.outside.seconds)
    for code, segment in demo.outside.segments.items():
        assert read.outside.segments[code].values == segment.values
        np.testing.assert_array_equal(read.outside.segments[code].codes, segment.codes)


def test_a_header_alone_is_an_empty_side(tmp_path):
    read = read_customers(tmp_path, f"rid,{ITEMS},seconds,type")
    assert read.outside.points.shape == (0, 33)
    assert read.outside.outcomes.shape == (0, 4)
    assert read.outside.audiences == ("customer", "partner")
    assert (len(read.outside), dict(read.outside.segments)) == (0, {})


def test_outcomes_segments_and_seconds_may_be_missing(tmp_path):
    read = read_customers(tmp_path, f"rid,{ITEMS}", f"1,{PLAIN}")
    assert read.outside.outcomes.tolist() == [[NOT_GIVEN] * 4]
    assert read.outside.audience.tolist() == [0]
    assert (read.outside.seconds, read.outside.late, dict(read.outside.segments)) == (None, None, {})


def test_unknown_columns_are_named_and_not_read(tmp_path):
    read = read_customers(tmp_path, f"rid,{ITEMS},e-mail,CF4,", f"1,{PLAIN},a@b.example,9,x")
    assert read.warnings == (
        "c.csv: the column “e-mail” is unknown and was not read.",
        "c.csv: the column “CF4” is unknown and was not read.",
        "c.csv: the column “” is unknown and was not read.",
    )
    assert read.outside.points[0, OURS.position["CF4"]] == SKIPPED


def test_language_is_known_and_not_kept(tmp_path):
    assert read_customers(tmp_path, f"rid,{ITEMS},language", f"1,{PLAIN},de").warnings == ()


def test_seconds_may_have_decimals_or_be_unknown(tmp_path):
    cells = ["253", "253.5", '"253,5"', "", "1234567", " 7 "]
    lines = [f"{number},{PLAIN},{cell}" for number, cell in enumerate(cells)]
    read = read_customers(tmp_path, f"rid,{ITEMS},seconds", *lines)
    np.testing.assert_array_equal(read.outside.seconds, [253, 253.5, 253.5, np.nan, 1234567, 7])


def test_an_empty_type_is_a_customer_and_capital_letters_do_not_matter(tmp_path):
    types = ["", "customer", "Customer", "PARTNER", "supplier"]
    lines = [f"{number},{PLAIN},{cell}" for number, cell in enumerate(types)]
    outside = read_customers(tmp_path, f"rid,{ITEMS},type", *lines).outside
    assert outside.audience.tolist() == [0, 0, 0, 1, 1]
    assert outside.segments["type"].codes[0] == NOT_GIVEN


def test_accounts_are_read_only_if_the_wave_declares_them(tmp_path):
    lines = [f"rid,{ITEMS},account", f"1,{PLAIN},ACME", f"2,{PLAIN},", f"3,{PLAIN},Aarhus", f"4,{PLAIN},ACME"]
    assert read_customers(tmp_path, *lines).outside.account is None
    assert read_customers(tmp_path, *lines, accounts=True).outside.account.tolist() == [0, NOT_GIVEN, 1, 0]


def test_segments_come_in_the_instruments_order_and_do_not_hang_on_the_rows(tmp_path):
    lines = [
        f"{n},{PLAIN},{cell}" for n, cell in enumerate(["weekly or more", "zeta", "", "monthly", "alpha"])
    ]
    segment = read_customers(tmp_path, f"rid,{ITEMS},contact", *lines).outside.segments["contact"]
    offered = ("once so far", "a few times a year", "monthly", "weekly or more", "prefer not to say")
    assert (segment.values, segment.offered) == ((*offered, "alpha", "zeta"), 5)
    assert segment.codes.tolist() == [3, 6, NOT_GIVEN, 2, 5]


def test_a_segment_that_nobody_gave_is_left_out(tmp_path):
    read = read_customers(tmp_path, f"rid,{ITEMS},contact", f"1,{PLAIN},", f"2,{PLAIN}, ")
    assert dict(read.outside.segments) == {}


def test_long_and_foreign_values_are_told_apart(tmp_path):
    values = [
        "customer service or success",
        "customer service or succesS",
        "Müller & Söhne",
        "Müller & Söhné",
        "日本",
    ]
    lines = [f"{n},{PLAIN},{cell}" for n, cell in enumerate(values * 2)]
    segment = read_customers(tmp_path, f"rid,{ITEMS},segment", *lines).outside.segments["segment"]
    assert [segment.values[code] for code in segment.codes] == values * 2


@pytest.mark.parametrize(
    ("roles", "managers"),
    [(None, 18), (["executive"], 4), (["EXECUTIVE", "Middle Manager"], 10), ([], 0)],
)
def test_management_is_who_the_wave_says(roles, managers):
    read = read_sides(INSIDE, CUSTOMERS, OURS, management_roles=roles)
    assert int((read.inside.audience == 0).sum()) == managers


def test_every_other_role_is_staff_and_unknown_ones_are_named(tmp_path):
    path = tmp_path / "i.csv"
    roles = ["", "prefer not to say", "no people responsibility", "Executive", "Head of sales"]
    items = ",".join(item.id for item in OURS.rated)
    cells = ",".join(["3"] * 33)
    path.write_text(
        "\n".join([f"rid,role,{items}", *(f"{n},{r},{cells}" for n, r in enumerate(roles))]), "utf-8"
    )
    read = read_sides(path, CUSTOMERS, OURS)
    assert read.inside.audience.tolist() == [1, 1, 1, 0, 1]
    assert read.warnings == ("i.csv: the role “Head of sales” is unknown and counts as staff.",)


def insiders(tmp_path, *roles: str):
    path = tmp_path / "i.csv"
    items, cells = ",".join(item.id for item in OURS.rated), ",".join(["3"] * 33)
    path.write_text(
        "\n".join([f"rid,role,{items}", *(f"{n},{r},{cells}" for n, r in enumerate(roles))]), "utf-8"
    )
    return path


def test_roles_in_words_of_ones_own_are_refused_until_somebody_says_which_are_management(tmp_path):
    path = insiders(tmp_path, "Geschäftsführung", "Teamleiter", "Fahrer")
    with pytest.raises(FileError, match=r"i\.csv, column role: no role in it is management; “Fahrer” is"):
        read_sides(path, CUSTOMERS, OURS)
    read = read_sides(path, CUSTOMERS, OURS, management_roles=["geschäftsführung", "Teamleiter"])
    assert read.inside.audience.tolist() == [0, 0, 1]


def test_a_file_of_employees_alone_is_read(tmp_path):
    read = read_sides(insiders(tmp_path, "no people responsibility", ""), CUSTOMERS, OURS)
    assert read.inside.audience.tolist() == [1, 1]


def test_files_in_the_wrong_order_are_called_that():
    with pytest.raises(FileError, match=r"columns are those of the other file \(.*type\)\. Name the file of"):
        read_sides(CUSTOMERS, INSIDE, OURS)


def test_a_column_audience_decides_instead_of_the_type(tmp_path):
    lines = [f"rid,{ITEMS},type,audience", f"1,{PLAIN},,partner", f"2,{PLAIN},dealer,customer"]
    outside = read_customers(tmp_path, *lines).outside
    assert outside.audience.tolist() == [1, 0]
    assert outside.segments["type"].values == ("partner", "supplier", "dealer")


def test_comments_lose_their_rows_and_keep_their_audience(tmp_path):
    lines = [
        f"rid,{ITEMS},type,OPEN_C1,OPEN_C2",
        f"1,{PLAIN},customer,Zebra crossings,",
        f'2,{PLAIN},partner,"Quick, ""friendly"" help\nand more",  ',
        f"3,{PLAIN},customer,'=Apples,Less paper",
    ]
    assert read_customers(tmp_path, *lines).outside.comments == (
        Comment("OPEN_C1", "customer", "=Apples"),
        Comment("OPEN_C1", "customer", "Zebra crossings"),
        Comment("OPEN_C1", "partner", 'Quick, "friendly" help\nand more'),
        Comment("OPEN_C2", "customer", "Less paper"),
    )


def test_late_is_read_as_it_stands(tmp_path):
    lines = [f"{number},{PLAIN},{late}" for number, late in enumerate(["0", "1", ""])]
    assert read_customers(tmp_path, f"rid,{ITEMS},late", *lines).outside.late.tolist() == [False, True, False]


def with_days(tmp_path, days):
    lines = [f"{number},{PLAIN},{day}" for number, day in enumerate(days)]
    return read_customers(tmp_path, f"rid,{ITEMS},day", *lines).outside.late


def test_late_is_the_last_quarter_of_the_days(tmp_path):
    days = [f"2025-03-{day:02}" for day in range(1, 29)]
    assert with_days(tmp_path, days).tolist() == [False] * 21 + [True] * 7


def test_late_is_dropped_if_either_part_has_fewer_than_five(tmp_path):
    assert with_days(tmp_path, ["2025-03-01"] * 20 + ["2025-03-20"] * 4) is None
    assert with_days(tmp_path, ["2025-03-01"] * 4 + ["2025-03-20"] * 20) is None
    assert with_days(tmp_path, ["2025-03-01"] * 20) is None
    assert with_days(tmp_path, [""] * 20) is None
    assert with_days(tmp_path, ["2025-03-01"] * 5 + ["2025-03-20"] * 5).sum() == 5


def test_an_instrument_unlike_ours_reads_its_own_points(tmp_path):
    inside, customers = tmp_path / "i.csv", tmp_path / "c.csv"
    inside.write_text("rid,SP1,SP2,WT2\na,7,1,DK\nb,,4,6\n", "utf-8")
    customers.write_text("rid,WT1,SP2,SP1\nc,5,6,7\n", "utf-8")
    read = read_sides(inside, customers, OTHER)
    assert read.inside.points.tolist() == [[7, 1, SKIPPED, DONT_KNOW], [SKIPPED, 4, SKIPPED, 6]]
    assert read.outside.points.tolist() == [[7, 6, 5, SKIPPED]]
    assert read.inside.audience.tolist() == [1, 1]
    assert read.warnings == ()


def test_where_a_file_uses_our_values_alone_those_that_nobody_gave_are_values_too(tmp_path):
    """Nobody and one to four must look the same: a missing row would tell that it is nobody."""
    lines = (REFERENCE / "c17_demo_inside.csv").read_text().splitlines()
    names = lines[0].split(",")
    place = names.index("function")
    rows = [line.split(",") for line in lines]
    for number, row in enumerate(rows[1:]):
        row[place] = ("IT", "sales")[number % 2]
    path = tmp_path / "inside.csv"
    path.write_text("\n".join(",".join(row) for row in rows))
    read = read_sides(path, REFERENCE / "c17_demo_customers.csv", OURS).inside
    offered = next(s.codes for s in OURS.segments if (s.side.value, s.code) == ("inside", "function"))
    assert read.segments["function"].values == offered
