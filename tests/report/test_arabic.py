"""The Arabic report can be searched, copied and read aloud, and its charts begin on the right."""

import io
from xml.etree import ElementTree as ET

import page
import pypdf
import pytest
from fontTools.ttLib import TTFont

from cultureassess.report import figures, svg
from cultureassess.report.languages import words_in
from cultureassess.report.options import Options
from cultureassess.report.pdf.letters import FACES, FAMILY
from cultureassess.report.pdf.resources import FONTS, SCHEME, packaged
from cultureassess.report.svg.mirror import facing
from cultureassess.report.svg.shaping import shaped
from tests.report import factory
from tests.report.made import made

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def report():
    return made(options=Options(language="ar", shape="brief"))


def test_words_come_out_whole(report):
    text = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(report)).pages)
    for word in ("موجز", "الثقافة", "العملاء", "المديرون", "نقطة"):
        assert word in text


def test_every_glyph_stands_for_a_letter(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    found = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    assert [str(failure) for failure in found.failures] == []


def test_the_arabic_typefaces_number_their_glyphs_alike():
    """The letters of one weight are written into the maps of all three."""
    orders = []
    for name in FACES:
        with TTFont(packaged()[SCHEME + name], lazy=True) as face:
            orders.append(face.getGlyphOrder())
    assert orders[0] == orders[1] == orders[2]
    assert {name for name in FONTS if "arabic" in name} == set(FACES)
    assert FAMILY.replace("-", "") in FONTS[FACES[0]][1]


def texts(drawn):
    return {node.text: node for node in ET.fromstring(drawn).iter(f"{SVG}text")}  # noqa: S314  (our own drawing)


def test_names_of_rows_stand_on_the_right_and_the_scale_begins_there():
    drawn = texts(svg.render(figures.gap_plot(factory.c17(), words_in("ar"))))
    places = [float(drawn[tick].get("x")) for tick in ("0", "25", "50", "75", "100")]
    assert places == sorted(places, reverse=True)
    assert max(float(node.get("x")) for node in drawn.values()) == 720
    assert max(places) < 720


def test_an_english_chart_begins_on_the_left_even_where_a_name_in_it_is_arabic():
    drawn = svg.render(figures.gap_plot(factory.c17()))
    named = str(drawn).replace("</title>", " \u0627\u0644\u0631\u064a\u0627\u0636</title>", 1)
    assert facing(named) == named
    assert [float(texts(drawn)[tick].get("x")) for tick in ("0", "100")] == [150, 440]


def test_a_mirrored_drawing_keeps_every_element_inside():
    one = facing(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><title>\u0641\u062c\u0648\u0629</title>'
        '<rect x="10" y="0" width="20" height="5"></rect><line x1="0" x2="30"></line><circle cx="5"></circle>'
        '<polygon points="1,2 3,4"></polygon><text x="14" transform="rotate(-90 14 25)">A</text></svg>'
    )
    assert '<rect x="70" y="0" width="20"' in one
    assert '<line x1="100" x2="70">' in one
    assert '<circle cx="95">' in one
    assert 'points="99,2 97,4"' in one
    assert '<text x="86" transform="rotate(90 86 25)">' in one


def test_counts_of_managers_and_customers_stand_in_the_order_of_the_line():
    """As in the table below the picture: whoever is named first stands on the right."""
    drawn = shaped(svg.render(figures.gap_plot(factory.c17(), words_in("ar"))))
    assert "41 / 17" in texts(drawn)
    assert texts(drawn)["41 / 17"].get("text-anchor") == "end"


def test_a_bracket_in_a_mirrored_drawing_is_turned_once():
    assert ">(\ufe83)</text>" in shaped(svg.key(("(\u0623)", "\u0623")))
