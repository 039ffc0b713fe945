"""The three numbers on one 0-100 line as SVG."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cultureassess.report.figures.spec import HeadlineFigure, HeadlineNumber
from cultureassess.report.palette import Palette
from cultureassess.report.svg.shapes import SMALL, box, drawing, line, marker, text

WIDTH = 720.0
LEFT, RIGHT = 176.0, 520.0
"""Where 0 and 100 percent lie; beyond them there is room for "260,000 of 1,000,000"."""

ROW = 23.0


def draw_headline(figure: HeadlineFigure, palette: Palette) -> Markup:
    """Draw one track of 0 to 100 percent per number, with its interval."""
    height = ROW * len(figure.numbers) + 16
    return drawing(WIDTH, height, f"{figure.title}. {figure.description}", _body(figure, palette, height))


def _x(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * value / 100


def _body(figure: HeadlineFigure, palette: Palette, height: float) -> Iterator[Markup]:
    for place, number in enumerate(figure.numbers):
        yield from _row(number, ROW * place + ROW / 2, palette)
    for tick in (0, 50, 100):
        yield text(_x(tick), height - 2, f"{tick}%", fill=palette.quiet, size=SMALL, text_anchor="middle")


def _row(number: HeadlineNumber, middle: float, palette: Palette) -> Iterator[Markup]:
    yield text(0, middle + 4, number.caption, fill=palette.ink, size=12)
    if number.value is None:
        note = number.note or f"{number.big} {number.of}"
        yield text(LEFT, middle + 4, note, fill=palette.quiet, size=SMALL)
        return
    yield box(LEFT, middle - 5, RIGHT - LEFT, 10, palette.band)
    colour = palette.group(number.group)
    if number.low is not None and number.high is not None:
        yield line(_x(number.low), middle, _x(number.high), middle, colour, 2)
    yield marker(number.group, _x(number.value), middle, palette, hollow=number.key == "expected")
    yield text(RIGHT + 14, middle + 4.5, number.share, fill=palette.ink, size=14, font_weight=600)
    yield text(RIGHT + 66, middle + 4.5, f"{number.big} {number.of}", fill=palette.quiet, size=SMALL)
