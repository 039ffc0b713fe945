"""Nothing leaves the margins: not with a million answers, not in a language of long words."""

import io
import re
import subprocess

import pypdf
import pytest
from msgspec.structs import replace

from cultureassess.instruments.types import Side
from cultureassess.report.files import file_of
from cultureassess.report.options import Options
from cultureassess.report.pdf import Order, render_order
from cultureassess.report.process import Request
from tests.bench import data
from tests.bench.work import document_of, snapshot_of
from tests.report import factory

MARGIN = 20 * 72 / 25.4
HEAD = 12 * 72 / 25.4
WIDEST = ("overview", "views", "appendix")
"""The parts with tables of many columns."""

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)</word>')


def beyond(pdf):
    """The words that begin or end more than two points outside the margins, or stand above the head."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    width = float(re.search(r'<page width="([\d.]+)"', told)[1])
    found = [(float(left), float(top), float(right), word) for left, top, right, word in WORD.findall(told)]
    assert len(found) > 2_000
    return [
        word
        for left, top, right, word in found
        if left < MARGIN - 2 or right > width - MARGIN + 2 or top < HEAD
    ]


@pytest.mark.parametrize("language", ["en", "de", "fr", "ar"])
def test_the_widest_tables_hold_a_million_answers(language):
    options = Options(language=language, sections=WIDEST)
    assert beyond(file_of(Request("pdf", document_of(1_000_000), options))) == []


@pytest.mark.parametrize("people", [600, 3_000])
def test_so_they_do_where_many_answer_on_both_sides(people):
    """Just below and above the size from which figures are set smaller."""
    sides = data.side_answers(Side.INSIDE, people), data.side_answers(Side.OUTSIDE, people)
    options = Options(language="de", sections=WIDEST)
    assert beyond(file_of(Request("pdf", snapshot_of(sides).decode(), options))) == []


def test_a_name_of_sixty_letters_goes_on_behind_a_hyphen():
    name = "Rechtsschutzversicherungsgesellschaftsvorstandssekretariat"
    snapshot = factory.c17()
    first, *others = snapshot.breakdowns
    cell, *cells = first.cells
    renamed = replace(first, attribute="unit", cells=(replace(cell, value=name), *cells))
    options = Options(language="de", sections=("breakdowns",))
    page = render_order(Order(replace(snapshot, breakdowns=(renamed, *others)), options))
    told = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page)).pages)
    assert name not in told
    assert name in told.replace("‐\n", "")
