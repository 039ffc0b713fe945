"""Pages that can be read on any printer: shades of grey, room for large numbers, nothing torn apart."""

import io
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pypdf
import pytest

from cultureassess.report import figures, svg
from cultureassess.report.figures.spec import HeadlineFigure, HeadlineNumber
from cultureassess.report.options import Options
from cultureassess.report.palette import DARK, PAPER, contrast, luminance
from cultureassess.report.pdf import render_html
from cultureassess.report.pdf.resources import folder
from cultureassess.report.svg.labels import width_of
from tests.report import factory, scenes
from tests.report.made import made

SVG = "{http://www.w3.org/2000/svg}"
READABLE = 4.5
"""The contrast that letters need (WCAG 2.2, 1.4.3)."""


def lightness(colour):
    """From 0 to 100 in equal steps for the eye. Source: CIE 1976 L*."""
    light = luminance(colour)
    return 116 * light ** (1 / 3) - 16 if light > 216 / 24389 else 24389 / 27 * light


@pytest.mark.parametrize("palette", [PAPER, DARK])
def test_no_two_answers_look_alike_in_grey(palette):
    apart = [abs(lightness(one) - lightness(other)) for one, other in combinations(palette.agreement, 2)]
    assert min(apart) > 12


@pytest.mark.parametrize("palette", [PAPER, DARK])
def test_numbers_stand_out_from_every_part_of_a_bar(palette):
    assert min(contrast(palette.ink_on(shade), shade) for shade in palette.agreement) > READABLE


def test_a_higher_level_is_darker_in_a_heat_map_and_its_number_stands_out():
    style = (folder("static") / "report" / "style.css").read_text()
    tints = [re.search(rf"\.shade-{level} \{{ background: (#\w+);", style)[1] for level in range(1, 6)]
    assert min(lightness(lower) - lightness(higher) for lower, higher in pairwise(tints)) > 4
    assert min(contrast(PAPER.ink, tint) for tint in tints) > READABLE


def spans(drawn):
    """Of every text that begins at its place: where it begins, where it ends, and the text."""
    for node in ET.fromstring(drawn).iter(f"{SVG}text"):  # noqa: S314  (our own drawing)
        left, width = float(node.get("x")), width_of(node.text or "", float(node.get("font-size")))
        if node.get("text-anchor") == "end":
            left -= width
        elif node.get("text-anchor") == "middle":
            left -= width / 2
        yield left, left + width, float(node.get("y")), node.text


def test_a_million_answers_stay_inside_the_picture_of_three_numbers():
    million = HeadlineNumber(
        "customers", "customer", "customers say so", 26, 25, 27, "260,000", "of 1,000,000", "26%", "", None
    )
    drawn = svg.render(HeadlineFigure("Title", "Description.", (million,)))
    assert max(right for _, right, _, _ in spans(drawn)) <= 720


def test_the_columns_of_the_gap_plot_keep_apart_with_a_million_answers():
    plot = figures.gap_plot(
        scenes.with_gaps(4.0, state="inconclusive", class_="mixed", n=(10_000, 1_000_000))
    )
    told = sorted((y, left, right) for left, right, y, _ in spans(svg.render(plot)))
    overlapping = [
        (one, other) for one, other in pairwise(told) if one[0] == other[0] and one[2] > other[1] + 0.1
    ]
    assert overlapping == []


def test_an_index_in_short_is_never_torn_apart():
    report = made(scene="no gap", options=Options(sections=("indices",)))
    pages = [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(report)).pages]
    heads = [len(re.findall(r"(?:CORE|DIFFERENTIATING) INDEX", text)) for text in pages]
    assert [text.count("Ask in the workshop.") for text in pages] == heads
    assert (sum(heads), max(heads)) == (8, 2)


def test_at_least_nine_rows_of_a_long_table_end_on_its_last_page():
    """Rows that may not begin a page: the last eight, which follow one more."""
    items = render_html(factory.c17()).split('<table class="appendix items')[1].split("</table>")[0]
    rows = re.findall(r"<tr(?: class=\"(\w+)\")?>", items.split("<tbody>")[1])
    assert (rows[:3], rows[-9:]) == (["opens"] * 3, ["", *["ends"] * 8])
