"""Near a limit the pages cut decimals off (METHOD 2.7): slides and workbook have the same digits."""

import io

import openpyxl
import pytest
from msgspec.structs import replace
from pptx import Presentation

from cultureassess.report.document import document as report
from cultureassess.report.process import Request, written
from cultureassess.report.sheets.types import coefficient, points, score, score_ends, share
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.types import Priority, Range, Recommendation
from tests.report import scenes


def near_limits():
    """Figures that rounding would take to a limit: 34.58 below level 2, 9.68 below 10, −4.696 and 0.03."""
    base = scenes.SCENES["strong"]()
    first, second, *others = base.indices
    low = replace(first.groups["customer"], mean=34.58, interval=Range(30.24, 34.96))
    gap = replace(first.gap, difference=9.68, interval=Range(-4.696, 24.06), state="inconclusive")
    close = replace(second.gap, interval=Range(0.03, 20.31))
    first = replace(first, groups=first.groups | {"customer": low}, gap=gap)
    return replace(base, indices=(first, replace(second, gap=close), *others))


def test_a_cell_reads_as_the_page_where_that_cuts_decimals_off():
    """METHOD 2.7: rounded, they would be 34.6, 9.7, −4.7 and 0.0 beside a range that excludes 0."""
    snapshot = near_limits()
    book = openpyxl.load_workbook(io.BytesIO(written(Request("xlsx", to_json(snapshot).decode()))))
    first, second, *_ = (index.code for index in snapshot.indices)
    means = {(row[0], row[2]): row for row in book["Means"].iter_rows(min_row=2, values_only=True)}
    assert (means[first, "Customers"][4], *means[first, "Customers"][6:]) == (34.5, 30.2, 34.9)
    cells = {row[0].value: row for row in book["Gaps"].iter_rows(min_row=2) if row[0].value}
    assert [cell.value for cell in cells[first][2:5]] == [9.6, -4.6, 24.1]
    assert [cell.value for cell in cells[second][3:5]] == [0.03, 20.31]
    assert cells[second][3].number_format == "+0.00;−0.00;0.00"
    table = report(snapshot).overview.table
    printed = {row[0].text: " ".join(cell.text for cell in row) for row in table.rows}
    told = printed[snapshot.index(first).name]
    assert all(text in told for text in ("34.5", "+9.6", "−4.6 to +24.1"))
    assert "+0.03 to +20.31" in printed[snapshot.index(second).name]


def test_a_bar_has_the_value_that_the_page_prints_and_the_workbook_holds():
    snapshot = near_limits()
    found = Presentation(io.BytesIO(written(Request("pptx", to_json(snapshot).decode()))))
    indices, gaps = list(found.slides)[3:5]
    (plot,) = [shape.chart.plots[0] for shape in indices.shapes if shape.has_chart]
    customers, name = plot.series[2], snapshot.indices[0].name
    place = list(plot.categories).index(name)
    assert customers.values[place] == 34.5
    assert customers.points[place].data_label.text_frame.text == "34.5"
    (table,) = [shape.table for shape in gaps.shapes if shape.has_table]
    told = {row.cells[0].text: " ".join(cell.text for cell in row.cells) for row in table.rows}
    assert all(text in told[name] for text in ("34.5 (30.2 to 34.9)", "+9.6", "−4.6 to +24.1"))


def sheet_of(snapshot, name):
    book = openpyxl.load_workbook(io.BytesIO(written(Request("xlsx", to_json(snapshot).decode()))))
    return [list(row) for row in book[name].iter_rows(min_row=2, values_only=True)]


def test_next_to_no_balance_of_recommendation_is_none_without_a_sign():
    """Five promoters more among 8,000 are 0.06 points: "0" on the page."""
    base = scenes.SCENES["strong"]()
    found = Recommendation("NPS", "customer", 8_000, 1_005, 5_995, 1_000, 0.0625, Range(-1.04, 1.16))
    snapshot = replace(base, recommendations=(found,))
    (row,) = report(snapshot).outcomes.recommendation.rows
    assert [cell.text for cell in row[5:]] == ["0", "−1 to +1"]
    assert sheet_of(snapshot, "Would recommend")[0][5:] == [0, -1, 1.2]


def test_the_ends_of_a_share_are_those_of_the_page():
    """Rounded, both would be 0: the page prints one decimal, and so does the cell."""
    interval = Range(0.02, 0.31)
    assert ENGLISH.between(interval) == "0.0 to 0.3"
    assert score_ends(interval) == (0.0, 0.3)


def test_the_distance_to_eighty_is_that_of_the_mean_beside_it():
    base = scenes.SCENES["strong"]()
    first, *others = base.indices
    near = replace(first.groups["customer"], mean=79.96)
    indices = (replace(first, groups=first.groups | {"customer": near}), *others)
    snapshot = replace(base, indices=indices, priorities=(Priority(first.code, 0.2),))
    assert sheet_of(snapshot, "Priorities")[0][3:5] == [79.9, 0.1]


@pytest.mark.parametrize("value", [3.449, 44.46, 44.5, 44.499, 62.97, 72.496, 99.44])
def test_a_cell_rounds_to_the_whole_number_of_the_page(value):
    """44.46 is "44" there: 44.5 here would read as if it were 45. Two decimals are cut off, never rounded."""
    for cell in (score(value), share(value), points(value, (0.0,))):
        assert abs(cell - value) <= 0.06
        assert ENGLISH.number(cell) == ENGLISH.number(value)
        assert cell == round(cell, 2)
    assert points(-value, ()) == -points(value, ())


def test_a_coefficient_has_the_two_decimals_of_the_page():
    """In binary 0.285 lies below the half: the page has 0.28, which a workbook's own rounding would not."""
    assert [coefficient(value) for value in (0.285, -0.004, -0.444)] == [0.28, 0.0, -0.44]
    assert [ENGLISH.decimal(value, 2) for value in (0.285, -0.004, -0.444)] == ["0.28", "0.00", "−0.44"]
