"""The same report as one HTML file: styles, typefaces and logos inside, nothing fetched, no script."""

from __future__ import annotations

import base64
import io
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from cultureassess.report.languages import words_in
from cultureassess.report.pdf.render import Order, ReportUnavailable, density, page_of
from cultureassess.report.pdf.resources import (
    FONTS,
    FOUR_PAGES,
    KINDS,
    PAGE_ONE,
    SCHEME,
    folder,
    made_for,
    packaged,
)
from cultureassess.report.words import Words

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
SCREEN = "twin.css"
FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum")
"""What the style sheets use of Plex: half of the work of cutting it goes into the alternatives left out."""

FIRST = ("plex.ttf", "plex-italic.ttf")
LATIN = 0x24F
"""Letters up to here are in the first typefaces; the others are packed for what lies beyond."""

PRINTED = (*PAGE_ONE, FOUR_PAGES)
"""Style sheets for what a sheet of paper holds: on a screen nothing has to be small."""

LINK = re.compile(r'  <link rel="stylesheet" href="(report:[^"]+)">\n')
ADDRESS = re.compile(r"url\((report:[^)]+)\)")
PICTURE = re.compile(r'src="(report:[^"]+)"')
FRAMED = re.compile(r'<div class="(table [^"]*)">(\s*<table [^>]*>\s*<caption>)([^<]*)</caption>')
WIDE_PICTURE = re.compile(r'(<figure[^>]*)>(\s*<svg [^>]*viewBox="0 0 720 )')
"""What moves in its own frame on a narrow screen (twin.css)."""


def render_twin(order: Order) -> str:
    """The report as one HTML page that needs no other file and prints the same.

    The same order gives the same text. Only the letters that the report uses are packed of each typeface.
    """
    words = words_in(order.options.language)
    page = page_of(order.printed(words), words, shape=False, denser=_density(order, words))
    made = made_for(order.options)
    letters = "".join(sorted(set(page) | {"\N{HORIZONTAL ELLIPSIS}"}))

    def inlined(match: re.Match[str]) -> str:
        return f"url({_data(match[1], made, letters)})"

    def style(match: re.Match[str]) -> str:
        content = ADDRESS.sub(inlined, _content(match[1], made).decode())
        return f"@media print {{\n{content}}}\n" if match[1].removeprefix(SCHEME) in PRINTED else content

    sheets = "".join(style(match) for match in LINK.finditer(page))
    screen = (folder("static") / "report" / SCREEN).read_text()
    head = f'  <meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
    head += '  <meta name="viewport" content="width=device-width, initial-scale=1">\n'
    head += f"  <style>\n{sheets}{screen}</style>\n"
    page = FRAMED.sub(_reachable, WIDE_PICTURE.sub(r'\1 tabindex="0">\2', page))
    told = PICTURE.sub(lambda match: f'src="{_data(match[1], made, letters)}"', LINK.sub("", page))
    return told.lstrip().replace("</head>", f"{head}</head>", 1)


def _density(order: Order, words: Words) -> tuple[str, ...]:
    """How densely the PDF is set, so that paper shows the same pages; as it comes where nothing can tell."""
    try:
        return density(order, words)
    except ReportUnavailable:
        return ()


def _reachable(match: re.Match[str]) -> str:
    """A table whose frame the keyboard reaches and moves, under the table's own name."""
    kind, head, caption = match.groups()
    label = caption.replace('"', "&#34;")
    return f'<div class="{kind}" role="region" aria-label="{label}" tabindex="0">{head}{caption}</caption>'


def _content(address: str, made: Mapping[str, bytes]) -> bytes:
    found = made.get(address)
    return packaged()[address].read_bytes() if found is None else found


def _data(address: str, made: Mapping[str, bytes], letters: str) -> str:
    """The file behind an address, as an address that holds it; typefaces cut down to ``letters``."""
    name = address.removeprefix(SCHEME)
    content = _content(address, made)
    if name in FONTS:
        first = name in FIRST
        covered = letters if first else "".join(one for one in letters if ord(one) > LATIN)
        content = _cut(content, covered, FEATURES if first else ("*",))
    kind = KINDS["." + name.rpartition(".")[2]]
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _cut(font: bytes, letters: str, features: Sequence[str]) -> bytes:
    """A typeface with the glyphs of ``letters`` and these OpenType features alone, in its normal width."""
    from fontTools import subset, ttLib
    from fontTools.varLib import instancer

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    opened = ttLib.TTFont(io.BytesIO(font), recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=list(features), notdef_outline=True))
    cutter.populate(text=letters)
    cutter.subset(opened)
    small = ttLib.TTFont(io.BytesIO(_saved(opened)), recalcTimestamp=False)
    return _saved(instancer.instantiateVariableFont(small, {"wdth": 100}) if "fvar" in small else small)


def _saved(font: Any) -> bytes:  # noqa: ANN401  (fontTools has no types)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
