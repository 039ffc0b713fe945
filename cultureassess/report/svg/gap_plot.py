"""The gap dot plot as SVG."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cultureassess.report.figures.spec import GapPlot, GapRow, Mark
from cultureassess.report.palette import Palette
from cultureassess.report.svg.shapes import SMALL, box, drawing, line, marker, text, wrapped

WIDTH = 720.0
LEFT, RIGHT = 150.0, 440.0
"""Where 0 and 100 lie."""

GAP, RANGE, PEOPLE, WORD = 482.0, 491.0, 577.0, 652.0
TOP, ROW, HEAD = 66.0, 36.0, 28.0
UPPER, LOWER = 42.0, 55.0
"""Two lines of heads: neighbouring levels take turns, so that their names never touch."""

TRACK = 9.0
"""Each group has a track of its own, so that intervals never cover each other."""


def draw_gap_plot(plot: GapPlot, palette: Palette) -> Markup:
    """Draw level bands, then one row per index with its marks, gap, range, people and verdict."""
    height = TOP + sum(HEAD + ROW * len(group.rows) for group in plot.groups) + 26
    alternative = f"{plot.title}. {plot.description}"
    return drawing(WIDTH, height, alternative, _body(plot, palette, height - 26))


def _x(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * value / 100


def _body(plot: GapPlot, palette: Palette, bottom: float) -> Iterator[Markup]:
    yield from _legend(plot, palette)
    yield from _bands(plot, palette, bottom)
    yield from _heads(plot, palette)
    y = TOP
    for group in plot.groups:
        yield text(
            0, y + 18, group.name.upper(), fill=palette.quiet, size=SMALL, font_weight=600, letter_spacing=1
        )
        y += HEAD
        for row in group.rows:
            yield from _row(row, y, palette)
            y += ROW
    yield from _axis(palette, bottom)


def _legend(plot: GapPlot, palette: Palette) -> Iterator[Markup]:
    x = LEFT + 6
    for group, name in plot.legend:
        yield marker(group, x, 10, palette)
        yield text(x + 11, 14, name, fill=palette.ink, size=12)
        x += 34 + 7 * len(name)


def _bands(plot: GapPlot, palette: Palette, bottom: float) -> Iterator[Markup]:
    for place, band in enumerate(plot.bands):
        x, end = _x(band.start), _x(band.end)
        if place % 2 == 0:
            yield box(x, 28, end - x, bottom - 28, palette.band)
    for place, band in enumerate(plot.bands):
        middle, y = (_x(band.start) + _x(band.end)) / 2, LOWER if place % 2 else UPPER
        yield text(middle, y, band.name, fill=palette.quiet, size=SMALL, text_anchor="middle")


def _heads(plot: GapPlot, palette: Palette) -> Iterator[Markup]:
    gap, likely, people, word = plot.heads
    yield text(GAP, LOWER, gap, fill=palette.quiet, size=SMALL, text_anchor="end")
    yield text(RANGE, LOWER, likely, fill=palette.quiet, size=SMALL)
    for place, part in enumerate(wrapped(people, 9)):
        yield text(PEOPLE, UPPER + 13 * place, part, fill=palette.quiet, size=SMALL)
    yield text(WORD, LOWER, word, fill=palette.quiet, size=SMALL)


def _axis(palette: Palette, bottom: float) -> Iterator[Markup]:
    yield line(LEFT, bottom, RIGHT, bottom, palette.line)
    for tick in (0, 25, 50, 75, 100):
        yield line(_x(tick), bottom, _x(tick), bottom + 4, palette.line)
        yield text(_x(tick), bottom + 17, str(tick), fill=palette.quiet, size=SMALL, text_anchor="middle")


def _row(row: GapRow, top: float, palette: Palette) -> Iterator[Markup]:
    middle = top + ROW / 2
    yield line(0, top, WIDTH, top, palette.line, 0.5)
    yield from _label(row, middle, palette)
    if row.note is not None and not row.marks:
        yield text(_x(50), middle + 4, row.note, fill=palette.quiet, size=SMALL, text_anchor="middle")
        return
    yield from _marks(row, middle, palette)
    yield from _figures(row, middle, palette)


def _label(row: GapRow, middle: float, palette: Palette) -> Iterator[Markup]:
    lines = wrapped(row.label, 21)
    weight = 600 if row.emphasised else 400
    for place, part in enumerate(lines):
        y = middle + 4.5 + _line(place, lines)
        yield text(0, y, part, fill=palette.ink, size=12.5, font_weight=weight)


def _marks(row: GapRow, middle: float, palette: Palette) -> Iterator[Markup]:
    management, customer = row.mark("management"), row.mark("customer")
    if management and customer:
        left, right = sorted((_x(management.value), _x(customer.value)))
        yield box(left, middle - TRACK, right - left, 2 * TRACK, palette.span)
    for mark in row.marks:
        yield from _interval(mark, middle + _offset(mark), palette)
    for mark in row.marks:
        yield marker(mark.group, _x(mark.value), middle + _offset(mark), palette)


def _offset(mark: Mark) -> float:
    return {"management": -TRACK, "customer": TRACK}.get(mark.group, 0.0)


def _interval(mark: Mark, y: float, palette: Palette) -> Iterator[Markup]:
    if mark.low is None or mark.high is None:
        return
    colour = palette.group(mark.group)
    yield line(_x(mark.low), y, _x(mark.high), y, colour, 1.5)
    for end in (mark.low, mark.high):
        yield line(_x(end), y - 3, _x(end), y + 3, colour, 1.5)


def _figures(row: GapRow, middle: float, palette: Palette) -> Iterator[Markup]:
    y = middle + 4.5
    if row.note is not None:
        for place, part in enumerate(wrapped(row.note, 34)):
            yield text(RANGE - 30, y - 6 + 13 * place, part, fill=palette.quiet, size=SMALL)
        return
    weight = 600 if row.state in ("clear gap", "small gap") else 400
    yield text(GAP, y, row.gap, fill=palette.ink, size=15, font_weight=600, text_anchor="end")
    yield text(RANGE, y, row.interval, fill=palette.quiet, size=SMALL)
    for place, part in enumerate(parts := wrapped(row.people, 12)):
        yield text(PEOPLE, y + _line(place, parts), part, fill=palette.quiet, size=SMALL)
    for place, part in enumerate(parts := wrapped(row.word, 12)):
        yield text(WORD, y + _line(place, parts), part, fill=palette.ink, size=SMALL, font_weight=weight)


def _line(place: int, parts: list[str]) -> float:
    """How far below the middle of its row one of some lines stands."""
    return 13 * (place - (len(parts) - 1) / 2)
