"""The Arabic report can be searched, copied and read aloud: its letters come out as they were written."""

import io

import page
import pypdf
import pytest
from fontTools.ttLib import TTFont

from cultureassess.report.options import Options
from cultureassess.report.pdf.letters import FACES, FAMILY
from cultureassess.report.pdf.resources import FONTS, SCHEME, packaged
from tests.report.made import made


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
