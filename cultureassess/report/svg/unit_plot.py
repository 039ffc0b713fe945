"""A unit beside everybody on its side as SVG."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cultureassess.report.figures.spec import Mark, UnitPlot, UnitRow
from cultureassess.report.palette import Palette
from cultureassess.report.svg.shapes import SMALL, box, drawing, line, marker, text, wrapped

WIDTH = 720.0
LEFT, RIGHT = 152.0, 472.0
"""Where 0 and 100 lie."""

UNIT, RANGE, NOTE, WHOLE = 516.0, 528.0, 688.0, 716.0
TOP, ROW, BELOW = 62.0, 40.0, 26.0
UPPER, LOWER = 38.0, 51.0
TRACK = 6.5
"""The unit stands above the line of its row, everybody below: their ranges never cover each other."""

LETTER = 6.6
"""Width of a letter of the legend, on average."""


def draw_unit_plot(plot: UnitPlot, palette: Palette) -> Markup:
    """Draw level bands, then one row per index: the unit filled, everybody hollow, and the numbers."""
    bottom = TOP + ROW * len(plot.rows)
    title = f"{plot.title}. {plot.description}"
    return drawing(WIDTH, bottom + BELOW, title, _body(plot, palette, bottom))


def _x(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * value / 100


def _body(plot: UnitPlot, palette: Palette, bottom: float) -> Iterator[Markup]:
    yield from _legend(plot, palette)
    yield from _bands(plot, palette, bottom)
    for place, head in enumerate(plot.heads):
        x, anchor = ((UNIT, "end"), (RANGE, "start"), (WHOLE, "end"))[place]
        yield text(x, LOWER, head, fill=palette.quiet, size=SMALL, text_anchor=anchor)
    for place, row in enumerate(plot.rows):
        yield from _row(row, TOP + ROW * place, palette)
    yield line(LEFT, bottom, RIGHT, bottom, palette.line)
    for tick in (0, 25, 50, 75, 100):
        yield line(_x(tick), bottom, _x(tick), bottom + 4, palette.line)
        yield text(_x(tick), bottom + 17, str(tick), fill=palette.quiet, size=SMALL, text_anchor="middle")


def _legend(plot: UnitPlot, palette: Palette) -> Iterator[Markup]:
    unit, whole = wrapped(plot.legend[0], 60, 1)[0], plot.legend[1]
    x = LEFT + 6
    yield marker(plot.group, x, 10, palette)
    yield text(x + 11, 14, unit, fill=palette.ink, size=12)
    x += 40 + LETTER * len(unit)
    yield marker(plot.group, x, 10, palette, hollow=True)
    yield text(x + 11, 14, whole, fill=palette.ink, size=12)


def _bands(plot: UnitPlot, palette: Palette, bottom: float) -> Iterator[Markup]:
    for place, band in enumerate(plot.bands):
        if place % 2 == 0:
            yield box(_x(band.start), 26, _x(band.end) - _x(band.start), bottom - 26, palette.band)
    for place, band in enumerate(plot.bands):
        middle, y = (_x(band.start) + _x(band.end)) / 2, LOWER if place % 2 else UPPER
        yield text(middle, y, band.name, fill=palette.quiet, size=SMALL, text_anchor="middle")


def _row(row: UnitRow, top: float, palette: Palette) -> Iterator[Markup]:
    middle = top + ROW / 2
    yield line(0, top, WIDTH, top, palette.line, 0.5)
    lines = wrapped(row.label, 22)
    for place, part in enumerate(lines):
        y = middle + 4.5 + 13 * (place - (len(lines) - 1) / 2)
        yield text(0, y, part, fill=palette.ink, size=12.5, font_weight=600 if row.emphasised else 400)
    if row.whole is not None:
        yield from _mark(row.whole, middle + TRACK, palette, hollow=True)
        yield text(WHOLE, middle + 4.5, row.whole.printed, fill=palette.ink, size=14, text_anchor="end")
    if row.unit is None:
        yield text(NOTE, middle + 4.5, row.note, fill=palette.quiet, size=SMALL, text_anchor="end")
        return
    yield from _mark(row.unit, middle - TRACK, palette)
    printed = row.unit.printed
    yield text(UNIT, middle + 4.5, printed, fill=palette.ink, size=15, font_weight=600, text_anchor="end")
    yield text(RANGE, middle + 4.5, row.unit.told, fill=palette.quiet, size=SMALL)


def _mark(mark: Mark, y: float, palette: Palette, *, hollow: bool = False) -> Iterator[Markup]:
    colour = palette.group(mark.group)
    if mark.low is not None and mark.high is not None:
        yield line(_x(mark.low), y, _x(mark.high), y, colour, 1 if hollow else 1.5)
        for end in (mark.low, mark.high):
            yield line(_x(end), y - 3, _x(end), y + 3, colour, 1 if hollow else 1.5)
    yield marker(mark.group, _x(mark.value), y, palette, hollow=hollow)
