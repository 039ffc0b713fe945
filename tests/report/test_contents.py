"""The contents on paper: a page number beside every title, also where lines run from right to left."""

import io

import pypdf

from cultureassess.report.options import Options
from tests.report.made import made

MARGIN = 56
"""Of an A4 page, in points, left and right."""


def numbers_of_the_contents(report):
    """What stands alone as a number above the levels: the number, and where it begins from the left."""
    sheet, found = pypdf.PdfReader(io.BytesIO(report)).pages[1], []

    def look(text, matrix, position, _font, _size):
        y = position[5] * matrix[3] + matrix[5]
        if text.strip().isdigit() and 690 < y < 720:
            found.append((text.strip(), round(position[4] * matrix[0] + matrix[4])))

    sheet.extract_text(visitor_text=look)
    return found, float(sheet.mediabox.width)


def test_in_arabic_page_numbers_stand_at_the_left_edge_of_their_columns():
    report = made(scene="tiny", options=Options(language="ar", sections=("reading",)))
    (first, second), width = numbers_of_the_contents(report)
    assert (first[0], second[0]) == ("2", "3")
    assert MARGIN <= second[1] < MARGIN + 10
    assert width / 2 <= first[1] < width / 2 + 30
