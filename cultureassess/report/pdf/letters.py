"""Which letters a glyph stands for, in Arabic: so that a report can be searched, copied and read aloud.

WeasyPrint gives the text of a group of glyphs to the first of them. Where a vowel sign comes before the
ligature that it stands on, the ligature is left with no text at all, which PDF/UA forbids, and the sign with
everybody's. The typeface itself knows better.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

import pikepdf

from cultureassess.report.pdf.resources import SCHEME, packaged

FACES = ("plex-arabic-400.ttf", "plex-arabic-600.ttf", "plex-arabic-700.ttf")
"""One family in three weights, whose glyphs have the same numbers."""

FAMILY = "IBM-Plex-Sans-Arabic"
_LINE = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def name_letters(pdf: pikepdf.Pdf) -> None:
    """Rewrite the Unicode maps of a PDF's Arabic typefaces, where the typeface names a glyph's letters."""
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and FAMILY in str(found.get("/BaseFont")):
            stream = found.get("/ToUnicode")
            if stream is not None:
                stream.write(_LINE.sub(_named, stream.read_bytes()))


def _named(line: re.Match[bytes]) -> bytes:
    text = _letters().get(int(line[1], 16))
    told = line[2] if text is None else text.encode("utf-16-be").hex().encode()
    return b"<%s> <%s>" % (line[1], told)


@cache
def _letters() -> Mapping[int, str]:
    """The letters of each glyph that a typeface can be asked for: of a joined form the plain ones."""
    from fontTools.ttLib import TTFont

    with TTFont(packaged()[SCHEME + FACES[0]], lazy=True) as face:
        numbers = face.getReverseGlyphMap()
        points = sorted(face.getBestCmap().items(), reverse=True)  # plain letters are written last, and stay
    return {numbers[name]: unicodedata.normalize("NFKC", chr(point)) for point, name in points}
