"""The way of one index from the top to the customers as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from markupsafe import Markup

from cultureassess.report.figures.spec import Ladder, Rung
from cultureassess.report.palette import Palette
from cultureassess.report.svg.shapes import SMALL, box, drawing, line, marker, text

WIDTH = 720.0
LEFT, RIGHT, SCORE, RANGE = 172.0, 506.0, 539.0, 548.0
ROW, HEAD = 22.0, 30.0


def draw_ladder(figure: Ladder, palette: Palette) -> Markup:
    """Draw level bands, a row per group, and a line from each group to the next."""
    height = HEAD + ROW * len(figure.rungs) + 2
    title = f"{figure.title}. {figure.description}"
    return drawing(WIDTH, height, title, _body(figure, palette, height))


def _x(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * value / 100


def _middle(place: int) -> float:
    return HEAD + ROW * place + ROW / 2


def _body(figure: Ladder, palette: Palette, height: float) -> Iterator[Markup]:
    for place, band in enumerate(figure.bands):
        x, end = _x(band.start), _x(band.end)
        if place % 2 == 0:
            yield box(x, 0, end - x, height, palette.band)
    for place, band in enumerate(figure.bands):
        middle, y = (_x(band.start) + _x(band.end)) / 2, 25 if place % 2 else 12
        yield text(middle, y, band.name, fill=palette.quiet, size=SMALL, text_anchor="middle")
    whole = [(i, r.mark.value) for i, r in enumerate(figure.rungs) if r.mark is not None and not r.part]
    for (upper, above), (lower, below) in pairwise(whole):
        yield line(_x(above), _middle(upper), _x(below), _middle(lower), palette.quiet, 1.2)
    for place, rung in enumerate(figure.rungs):
        yield from _rung(rung, _middle(place), palette)


def _rung(rung: Rung, y: float, palette: Palette) -> Iterator[Markup]:
    indent, size = (14, SMALL) if rung.part else (0, 12.5)
    ink = palette.quiet if rung.part else palette.ink
    yield text(indent, y + 4, rung.label, fill=ink, size=size)
    mark = rung.mark
    if mark is None:
        yield text(RANGE, y + 4, rung.note, fill=palette.quiet, size=SMALL)
        return
    colour = palette.group(mark.group)
    if mark.low is not None and mark.high is not None:
        yield line(_x(mark.low), y, _x(mark.high), y, colour, 1.5)
    yield marker(mark.group, _x(mark.value), y, palette, hollow=rung.part)
    weight = 400 if rung.part else 600
    yield text(SCORE, y + 4, mark.printed, fill=ink, size=size, text_anchor="end", font_weight=weight)
    yield text(RANGE, y + 4, mark.told, fill=palette.quiet, size=SMALL)
