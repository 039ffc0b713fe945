"""The appendix as a workbook: typed, frozen, and never a formula."""

import io
import re
import zipfile

import openpyxl
import pytest
from msgspec.structs import replace

from cultureassess.report.document import document as report
from cultureassess.report.languages import languages
from cultureassess.report.narrative.priorities import tied_sentences
from cultureassess.report.options import Options
from cultureassess.report.process import Request, written
from cultureassess.report.sheets.types import share
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.importance import priorities
from cultureassess.snapshot.types import Driver, Importance, Range
from tests.report import factory, scenes
from tests.report.made import document, made

FORMULA = "=cmd|'/c calc'!A0"


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book():
    return opened(made("xlsx"))


def values(book):
    return [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]


def test_every_sheet_has_frozen_heads(book):
    assert {sheet.title: sheet.freeze_panes for sheet in book if sheet.freeze_panes is None} == {}


def test_numbers_are_numbers_in_a_format_of_their_own(book):
    rows = {(row[0].value, row[2].value): row for row in book["Means"].iter_rows(min_row=2) if row[2].value}
    mean = rows["EO", "Customers"][4]
    assert (mean.value, mean.number_format) == (45.4, "0.0")


def test_a_score_never_reads_as_a_level_that_it_has_not_reached(book):
    rows = {(row[0].value, row[2].value): row[4].value for row in book["Means"].iter_rows(min_row=2)}
    assert 49.5 <= rows["CC4", "Customers"] < 50


def test_text_that_looks_like_a_formula_stays_text():
    snapshot = factory.c17(wave=factory.wave(organisation=FORMULA, label="@SUM(A1)"))
    pair = replace(snapshot.pairs[0], inside="+1-1", customer='=HYPERLINK("http://x")')
    found = opened(written(Request("xlsx", to_json(replace(snapshot, pairs=(pair,))).decode())))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert FORMULA in values(found)


def test_what_is_withheld_is_in_no_cell():
    shown, hidden = scenes.SCENES["strong"](), scenes.SCENES["customers hidden"]()
    told = shown.index("EO").groups["customer"].mean
    assert round(told, 1) in values(opened(made("xlsx")))
    assert hidden.index("EO").groups["customer"].mean is None
    assert round(told, 1) not in values(opened(made("xlsx", "customers hidden")))


def test_the_same_snapshot_gives_the_same_workbook():
    assert written(Request("xlsx", document())) == made("xlsx")


def rows(book, name):
    """The lines of a sheet below its head, by their first cell."""
    return {row[0]: row[1:] for row in book[name].iter_rows(min_row=2, values_only=True) if row[0]}


def test_who_was_asked_and_how_customers_were_chosen(book):
    found = rows(book, "Asked and answered")
    assert found["Customers"] == (120, 43, 42, 35, 12.2)
    assert list(found)[-1].startswith("Customers were picked by account managers")


def test_the_forecast_stands_beside_the_outcome_and_says_that_nobody_was_asked(book):
    found = rows(book, "Outcome")
    forecast = scenes.SCENES["strong"]().headline.forecast["management"]
    n, said, percent, low, high = found["Managers (their forecast of customers)"]
    assert (n, said, percent) == (forecast.n, None, round(forecast.mean, 1))
    assert (low, high) == (round(forecast.interval.low, 1), round(forecast.interval.high, 1))


def test_below_ten_answers_no_sheet_holds_a_range_of_a_group():
    tiny = rows(opened(made("xlsx", "tiny")), "Outcome")
    assert tiny["Managers (their forecast of customers)"][2] is not None
    assert tiny["Managers (their forecast of customers)"][3:] == (None, None, 16.3)  # the ± of the pages


def test_recommendation_has_its_counts_and_a_range_that_never_passes_one_hundred():
    base = scenes.SCENES["strong"]()
    (first, *_) = base.recommendations
    past = replace(first, score=95.0, interval=Range(80.0, 104.0))
    found = opened(written(Request("xlsx", to_json(replace(base, recommendations=(past,))).decode())))
    (told,) = (row for name, row in rows(found, "Would recommend").items() if "(" in name[-8:])
    assert told == (first.n, first.promoters, first.passives, first.detractors, 95, 80, 100)


def test_a_priority_can_be_computed_from_its_own_row():
    """METHOD 6.2: the weight times the sum of both distances, halved."""
    base = scenes.SCENES["strong"]()
    whole = replace(base, priorities=priorities(base.indices, base.importance))
    book = opened(written(Request("xlsx", to_json(whole).decode())))
    found = [row for row in rows(book, "Priorities").values() if isinstance(row[2], int | float)]
    assert len(found) == 8
    for _, weight, _, distance, gap, priority in found:
        assert priority == pytest.approx(weight / 100 * (distance + gap) / 2, abs=0.1)


def test_the_indices_stand_in_the_order_of_the_report(book):
    table = report(scenes.SCENES["strong"]()).overview.table
    order = [row[0].text for row in table.rows]
    names = [row[1] for row in book["Gaps"].iter_rows(min_row=2, max_row=9, values_only=True)]
    assert names == order
    assert list(dict.fromkeys(row[1] for row in rows_of(book, "Means")))[:8] == order


def rows_of(book, name):
    return list(book[name].iter_rows(min_row=2, values_only=True))


def test_what_changed_has_a_sheet_where_an_earlier_wave_may_be_compared():
    now = scenes.SCENES["strong"]()
    earlier = replace(now, wave=replace(now.wave, label="Spring 2025"))
    found = opened(written(Request("xlsx", to_json(now).decode(), earlier=to_json(earlier).decode())))
    told = [row for row in rows_of(found, "Trend") if row[1] == "Customers"]
    assert [row[0] for row in told[:2]] == ["Who says so", "CC4 (4 of 8 indices)"]
    assert len(told) == 2 + 8
    assert {row[4] for row in told} == {0}
    assert [row[9] for row in told] == ["within noise", "", *["within noise"] * 8]
    other = replace(earlier, instrument=replace(earlier.instrument, version="0"))
    alone = opened(written(Request("xlsx", to_json(now).decode(), earlier=to_json(other).decode())))
    assert "Trend" not in alone.sheetnames


def test_what_is_withheld_is_in_none_of_the_further_sheets():
    """The customers' figures stand on them where they may be shown, and say why where they may not."""
    shown, hidden = opened(made("xlsx")), opened(made("xlsx", "customers hidden"))
    for name in ("Outcome", "Priorities"):
        assert any("not shown" in str(cell) for row in rows(hidden, name).values() for cell in row)
        assert not any("not shown" in str(cell) for row in rows(shown, name).values() for cell in row)


def test_every_sheet_has_a_name_that_a_workbook_can_bear():
    for language in languages():
        book_ = opened(made("xlsx", options=Options(language=language)))
        assert all(len(sheet.title) <= 31 for sheet in book_)
        assert len(book_.sheetnames) >= 11


def test_the_first_sheet_says_how_many_decimals_cells_have(book):
    """One, or two where one would read as another number; coefficients the two of the pages."""
    assert rows(book, "About")["Decimals"][0].endswith("49.58 is 49.5 below a level that begins at 50.")
    shown = {cell.number_format for sheet in book for row in sheet.iter_rows() for cell in row}
    for name in ("0.0", "+0.0;−0.0;0.0", '0.0"%"', "0.00", "0.00_);−0.00_)"):
        assert name in shown
    finer = [
        cell for row in book["Means"].iter_rows(min_row=2) for cell in row if "0.00" in cell.number_format
    ]
    assert finer
    assert all(ENGLISH.number(round(one.value, 1)) != ENGLISH.number(one.value) for one in finer)


@pytest.mark.parametrize("kind", ["xlsx", "pptx"])
def test_an_office_file_is_the_organisations_and_dated_like_its_wave(kind):
    """No library signs it, and no clock: the same request gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(made(kind))) as parts:
        told = parts.read("docProps/core.xml").decode()
        every = b"".join(
            parts.read(name) for name in parts.namelist() if name.startswith("docProps/")
        ).lower()
    assert "<dc:title>Culture gap report: Acme · Spring 2026</dc:title>" in told
    assert "<dc:creator>Acme</dc:creator>" in told
    assert "<cp:lastModifiedBy>Acme</cp:lastModifiedBy>" in told
    assert re.findall(r">([\d-]{10})T00:00:00Z<", told) == [scenes.SCENES["strong"]().wave.date] * 2
    assert not any(name in every for name in (b"canny", b"python", b"xlsxwriter"))


def test_a_share_that_is_neither_none_nor_all_never_reads_as_one(book):
    assert [share(value) for value in (0.0, 0.03, 34.57, 99.97, 100.0)] == [0.0, 0.03, 34.6, 99.97, 100.0]
    assert {row[2].number_format for row in book["Outcome"].iter_rows(min_row=2, max_row=3)} == {"#,##0_)"}
    assert book["Outcome"]["D2"].number_format == '0.0"%"'


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_long_texts_wrap_in_rows_that_are_high_enough(language):
    """Not every program fits a row to its text, and none a row of merged cells."""
    book = opened(made("xlsx", options=Options(language=language)))
    for sheet in book:
        merged = {spread.coord.split(":")[0]: spread for spread in sheet.merged_cells.ranges}
        for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row):
            if cell.data_type != "s" or (cell.font.i and cell.coordinate not in merged):
                continue  # a reason in the place of a number is one line across empty cells
            assert cell.alignment.wrap_text
            spread = merged.get(cell.coordinate)
            first, last = (spread.min_col, spread.max_col) if spread else (cell.column, cell.column)
            wide = sum(width_of_column(sheet, at) for at in range(first, last + 1))
            lines = len(cell.value) / wide
            assert (sheet.row_dimensions[cell.row].height or 15) >= 15 * lines


def width_of_column(sheet, number):
    """Neighbours of one width are written together."""
    return next(one.width for one in sheet.column_dimensions.values() if one.min <= number <= one.max)


def test_derived_weights_have_their_answers_and_r_squared():
    base = scenes.SCENES["strong"]()
    drivers = tuple(Driver(one.index, one.weight, 0.41, 0.05, None, 0.06) for one in base.importance.drivers)
    found = Importance("answers", "OV1", 251, 0.26, indicative=False, drivers=drivers)
    book = opened(written(Request("xlsx", to_json(replace(base, importance=found)).decode())))
    lines = rows_of(book, "Importance")
    assert ["CF", 0.41, 0.05] in [[row[0], row[3], row[4]] for row in lines]
    assert ["n · Customers", 251] in [list(row[1:3]) for row in lines]
    assert ["R²", 0.26] in [list(row[1:3]) for row in lines]
    notes = [row[0] for row in rows_of(book, "Priorities") if row[0] and row[2] is None]
    assert "Weights are derived from the answers of 251 customers." in notes[-1]
    assert "Importance" not in opened(made("xlsx")).sheetnames  # the framework's weights


def test_which_priorities_are_nearly_tied_stands_below_them(book):
    (told,) = [name for name in rows(book, "Priorities") if name.startswith("Priority = ")]
    assert all(sentence in told for sentence in tied_sentences(scenes.SCENES["strong"](), ENGLISH))
    assert "nearly tied" in told


def test_below_ten_answers_the_outcome_has_no_share_as_on_the_pages():
    n, said, *rest = rows(opened(made("xlsx", "tiny")), "Outcome")["Managers"]
    assert n < 10
    assert said is not None
    assert rest == [None, None, None, None]
