"""What slides are made of: a canvas with title and footer, and text that keeps to its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cultureassess.report.document import Document
from cultureassess.report.palette import PAPER
from cultureassess.report.svg.labels import width_of

WIDE, HIGH = 13.333, 7.5
MARGIN = 0.6
DEEP = "#16324f"
QUIET = "#5A6572"
FONT = "Calibri"
SCRIPTS = "Arial"
"""For scripts that run from right to left: programs look for one typeface that has them all."""

TURN = "\N{RIGHT-TO-LEFT MARK}"

SEAL = 2.6
"""Inches of the footer for fingerprint and number of the slide."""

FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
TITLE_ONLY = 5
"""The layout with a title and nothing else in the default deck."""

LARGE, SMALL, SMALLEST = 26, 20, 16
"""Points of a title: of two lines at most, of a longer one, and of one that has more than three then."""

NARROW = 0.9
"""The width of the slides' letters beside that of the report's."""

BOLD = 1.25
"""The width of bold letters beside that of others, with what long words leave of a line."""

LEADING, AFTER = 1.2, 0.6
"""From one line of a paragraph to the next, and from its last to the next paragraph, in letters' sizes."""


@dataclass(frozen=True)
class Canvas:
    """A deck of 16:9 slides. ``footer`` stands on each: whose, how many, the threshold; the fingerprint."""

    deck: Any
    footer: tuple[str, str]
    accent: str
    rtl: bool

    @classmethod
    def empty(cls, report: Document, *, accent: str) -> Canvas:
        """A deck without slides, named after the report."""
        deck = Presentation()
        deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
        deck.core_properties.title = report.title
        deck.core_properties.author = report.cover.organisation
        deck.core_properties.last_modified_by = report.cover.organisation
        deck.core_properties.comments = report.fingerprint
        deck.core_properties.language = report.language
        footer = f"{report.cover.heading} · {report.running}", report.fingerprint
        return cls(deck, footer, accent or DEEP, report.direction == "rtl")

    def slide(self, title: str, *, top: float = 0.4, size: float = 0) -> Any:  # noqa: ANN401  (no types)
        """A slide with its title, ``top`` inches from above, and the footer.

        Args:
            size: of the title's letters in points; without one, as large as its length allows.
        """
        size = size or sized(title)
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[TITLE_ONLY])
        place = slide.shapes.title
        place.left, place.top = Inches(MARGIN), Inches(top)
        place.width, place.height = Inches(WIDE - 2 * MARGIN), Inches(0.95)
        place.text_frame.word_wrap = True
        fill(place.text_frame.paragraphs[0], title, size, self.accent, bold=True, rtl=self.rtl)
        self._foot(slide)
        return slide

    def speak(self, language: str) -> None:
        """Say of every text which language it is: programs choose typefaces and voices by it."""
        for slide in self.deck.slides:
            for form in slide._element.iter(qn("a:rPr")):
                form.set("lang", language)

    def _foot(self, slide: Any) -> None:  # noqa: ANN401
        """Two boxes, each wide enough for its line: a line with everything outgrew one."""
        told, fingerprint = self.footer
        wide = WIDE - 2 * MARGIN - SEAL
        places = ((MARGIN, wide), (WIDE - MARGIN - SEAL, SEAL))
        first, second = places if not self.rtl else ((MARGIN + SEAL, wide), (MARGIN, SEAL))
        if len(self.deck.slides) > 1:  # the first says the same in its lines
            fill(textbox(slide, *first, top=HIGH - 0.5), told, 10, QUIET, rtl=self.rtl)
        paragraph = textbox(slide, *second, top=HIGH - 0.5)
        fill(paragraph, f"{fingerprint} · ", 10, QUIET)
        _number_slide(paragraph, len(self.deck.slides))
        paragraph.alignment = PP_ALIGN.LEFT if self.rtl else PP_ALIGN.RIGHT


def sized(title: str) -> float:
    """Points of a title, so that it keeps to its place."""
    if lines_of(title, LARGE / NARROW) <= 2:
        return LARGE
    return SMALL if lines_of(title, BOLD * SMALL / NARROW) <= 3 else SMALLEST


def textbox(slide: Any, left: float, width: float, *, top: float, height: float = 0.3) -> Any:  # noqa: ANN401
    """The first paragraph of a new box whose text wraps; places in inches."""
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.word_wrap = True
    return box.text_frame.paragraphs[0]


def _number_slide(paragraph: Any, number: int) -> None:  # noqa: ANN401
    """A field that follows when slides are moved; python-pptx has no name for it."""
    run = paragraph.runs[0]._r
    field = run.makeelement(qn("a:fld"), {"id": FIELD, "type": "slidenum"})
    field.append(deepcopy(run.rPr))
    text = run.makeelement(qn("a:t"), {})
    text.text = str(number)
    field.append(text)
    run.addnext(field)


def fill(
    paragraph: Any,  # noqa: ANN401
    text: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    rtl: bool = False,
) -> None:
    """Write a text of one size (points) and colour into an empty paragraph, from its reading side."""
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = rgb(colour)
    paragraph.alignment = PP_ALIGN.RIGHT if rtl else PP_ALIGN.LEFT
    if rtl:
        run._r.rPr.append(run._r.makeelement(qn("a:cs"), {"typeface": SCRIPTS}))
        paragraph._p.get_or_add_pPr().set("rtl", "1")  # python-pptx has no name for it


def printable(text: str) -> str:
    """Text without the control characters that an XML file may not hold."""
    return "".join(one for one in text if one >= " " or one in "\t\n")


def label(text: str, *, rtl: bool = False) -> str:
    """A name in a chart's data sheet; python-pptx would write one that begins with = as a formula.

    Charts take their texts for left to right: marks at both ends of a line keep its numbers in their place.
    """
    plain = printable(text)
    if rtl:
        return "\n".join(f"{TURN}{line}{TURN}" for line in plain.split("\n"))
    return f" {plain}" if plain[:1] in ("=", "{") else plain


def rgb(colour: str) -> Any:  # noqa: ANN401
    """A colour of the palette, "#rrggbb", as python-pptx wants it."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def bullets(
    slide: Any,  # noqa: ANN401
    lines: Sequence[str],
    *,
    top: float,
    size: float,
    bottom: float = HIGH - 0.6,
    rtl: bool = False,
) -> None:
    """Paragraphs between two heights in inches, in letters of ``size`` points or as small as they need."""
    size = fitting(lines, size, bottom - top)
    box = slide.shapes.add_textbox(
        Inches(MARGIN), Inches(top), Inches(WIDE - 2 * MARGIN), Inches(min(2.0, bottom - top))
    )
    frame = box.text_frame
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * AFTER)
        fill(paragraph, line, size, PAPER.ink, rtl=rtl)


def fitting(lines: Sequence[str], size: float, high: float) -> float:
    """The largest size in points, ``size`` at most and 9 at least, in which paragraphs keep to a height."""
    while size > 9 and _height(lines, size) > high:
        size -= 1
    return size


def _height(lines: Sequence[str], size: float) -> float:
    """Inches that paragraphs fill from above to below."""
    return sum(lines_of(line, size) * LEADING + AFTER for line in lines) * size / 72


def lines_of(text: str, size: float) -> int:
    """About how many lines a paragraph fills between the margins."""
    return math.ceil(NARROW * width_of(text, size) / (72 * (WIDE - 2 * MARGIN - 0.2))) or 1


def note(slide: Any, text: str) -> None:  # noqa: ANN401
    """What the speaker may say."""
    slide.notes_slide.notes_text_frame.text = printable(text)


def paint(form: Any, colour: str) -> None:  # noqa: ANN401
    """Fill a mark or a bar with a colour of the palette."""
    form.fill.solid()
    form.fill.fore_color.rgb = rgb(colour)


def describe(frame: Any, alternative: str) -> None:  # noqa: ANN401
    """Alternative text, which python-pptx has no name for."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(alternative))
