"""The first slide: whose report it is and who wrote it, with both logos."""

from __future__ import annotations

import io
from typing import Any

from pptx.util import Inches

from cultureassess.report.document import Document
from cultureassess.report.options import Options
from cultureassess.report.palette import PAPER
from cultureassess.report.slide_parts import HIGH, MARGIN, QUIET, WIDE, Canvas, fill, textbox
from cultureassess.report.words import Words

LOGO = 3.0, 1.1
"""Most inches of a logo, across and down."""

FIRST, LINE = 2.95, 0.34
"""Inches from above to the line below the name, and from one further line to the next."""

SHORT = 40
"""Letters of a name that is set large."""


def cover(canvas: Canvas, report: Document, options: Options, words: Words) -> None:
    """Name the company, the wave and who answered; the client's logo above, the consultant's below."""
    told, voice, rtl = report.cover, options.voice, canvas.rtl
    size = 40 if len(told.organisation) <= SHORT else 26
    slide = canvas.slide(told.organisation, top=2.0, size=size)
    lines = [" · ".join(part for part in (told.title, told.wave) if part)]
    lines += [f"{name}: {value}" for name, value in told.facts]
    lines += [told.promise, *([told.demo] if told.demo else [])]
    for place, line in enumerate(lines):
        top = FIRST if place == 0 else FIRST + 0.4 + LINE * place
        paragraph = textbox(slide, MARGIN, WIDE - 2 * MARGIN, top=top)
        fill(paragraph, line, 20 if place == 0 else 14, PAPER.ink if place == 0 else QUIET, rtl=rtl)
    near = WIDE - MARGIN if rtl else MARGIN
    if options.logo:
        name = words.gettext("Logo of {name}", name=told.organisation)
        _logo(slide, options.logo, name, edge=near, bottom=1.7, rtl=rtl)
    below = HIGH - 0.75
    if voice.logo:
        name = words.gettext("Logo of {name}", name=voice.name)
        _logo(slide, voice.logo, name, edge=MARGIN if rtl else WIDE - MARGIN, bottom=below, rtl=not rtl)
    by = " · ".join(part for part in (voice.name, voice.contact) if part)
    if by:
        fill(textbox(slide, MARGIN, WIDE - 2 * MARGIN, top=below - 0.3), by, 14, QUIET, rtl=rtl)


def _logo(slide: Any, content: bytes, name: str, *, edge: float, bottom: float, rtl: bool) -> None:  # noqa: ANN401
    """A picture that stands on a line and against one edge, in inches; with an alternative text.

    Args:
        rtl: the edge is its right one.
    """
    picture = slide.shapes.add_picture(io.BytesIO(content), 0, 0)
    shrink = min(Inches(LOGO[0]) / picture.width, Inches(LOGO[1]) / picture.height)
    picture.width, picture.height = int(picture.width * shrink), int(picture.height * shrink)
    picture.left = Inches(edge) - (picture.width if rtl else 0)
    picture.top = Inches(bottom) - picture.height
    picture._element.nvPicPr.cNvPr.set("descr", name)
