"""Tables on slides, in the report's own look."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches

from cultureassess.report.document.tables import Table
from cultureassess.report.palette import PAPER
from cultureassess.report.slide_parts import HIGH, LEADING, MARGIN, WIDE, fill, rgb

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's table style without lines and fills."""
HEAD = 1.2
"""The width of a head's bold letters beside that of the others."""

LONGEST, PADDING = 40, 3
"""Letters of a table's cell beyond which it wraps, and for the space on both sides."""

TOP, TALLEST, TIGHT = 1.6, 0.45, 0.03
"""Inches: where a table begins, the height of its rows, and above and below their text where it is full."""


def grid(slide: Any, table: Table, *, size: float = 14, rtl: bool = False) -> None:  # noqa: ANN401
    """A table in letters of ``size`` points; a short row is filled up: a withheld cell spans columns.

    Many rows stand closer, in smaller letters where they need it, so that the last one is on the slide.
    """
    across, count = WIDE - 2 * MARGIN, len(table.rows) + 1
    high = min(TALLEST, (HIGH - 0.6 - TOP) / count)
    size = min(size, 72 * (high - 2 * TIGHT) / LEADING)
    place = Inches(MARGIN), Inches(TOP), Inches(across), Inches(high * count)
    drawn = slide.shapes.add_table(len(table.rows) + 1, len(table.heads), *place).table
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    drawn.horz_banding = False
    drawn._tbl.tblPr.set("rtl", "1" if rtl else "0")
    lines = [table.heads, *([cell.text for cell in row] for row in table.rows)]
    needed = _needed(lines)
    for column, letters in zip(drawn.columns, needed, strict=True):
        column.width = Inches(across * letters / sum(needed))
    for line, texts in enumerate(lines):
        for at in range(len(table.heads)):
            text = texts[at] if at < len(texts) else ""
            _set(drawn.cell(line, at), text, size, head=line == 0, number=table.numeric(at), rtl=rtl)
            if high < TALLEST:
                cell = drawn.cell(line, at)
                cell.margin_top = cell.margin_bottom = Inches(TIGHT)


def _needed(lines: Sequence[Sequence[str]]) -> list[int]:
    """Letters that each column of a table should have room for: its texts whole, its head word by word."""
    heads, *rows = lines
    words = [math.ceil(HEAD * max(map(len, head.split()), default=0)) for head in heads]
    texts = [max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(len(heads))]
    return [min(max(word, text), LONGEST) + PADDING for word, text in zip(words, texts, strict=True)]


def _set(cell: Any, text: str, size: float, *, head: bool, number: bool, rtl: bool) -> None:  # noqa: ANN401
    colour = PAPER.quiet if head else PAPER.ink
    paragraph = cell.text_frame.paragraphs[0]
    fill(paragraph, text, size, colour, bold=head, rtl=rtl)
    if number:
        paragraph.alignment = PP_ALIGN.LEFT if rtl else PP_ALIGN.RIGHT
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(PAPER.band if head else PAPER.paper)
    rule = cell._tc.get_or_add_tcPr()
    line = rule.makeelement(qn("a:lnB"), {"w": "6350"})
    solid = line.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": PAPER.line.lstrip("#")}))
    line.append(solid)
    rule.insert(0, line)  # the schema wants lines before the fill
