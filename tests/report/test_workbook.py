"""The appendix as a workbook: typed, frozen, and never a formula."""

import io

import openpyxl
import pytest
from msgspec.structs import replace

from cultureassess.report.process import Request, written
from cultureassess.snapshot.document import to_json
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
