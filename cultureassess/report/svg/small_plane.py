"""Planes for a screen of any width: 400 units wide, indices by their codes, so that letters stay legible."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from cultureassess.report.figures.spec import Plane
from cultureassess.report.figures.synergy import Cross
from cultureassess.report.palette import Palette
from cultureassess.report.svg.labels import ABOVE, BELOW, Box, Label, Mark, place_labels, width_of
from cultureassess.report.svg.shapes import box, drawing, element, line, text, wrapped

SIZE = 400.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 384.0, 10.0, 348.0
FOUND = ("clear gap", "small gap")
FIELD = Box(LEFT, TOP, RIGHT, BOTTOM)
FRAME = Box(LEFT + 2, TOP + 2, RIGHT - 2, BOTTOM - 2)
LETTERS, WORDS = 12.5, 11.0
"""Sizes of the letters: of a code, and of a field's name."""


def draw_small_plane(plane: Plane, palette: Palette) -> Markup:
    """Draw four named fields, the axes, and a marker with its code per index."""
    return drawing(SIZE, SIZE, f"{plane.title}. {plane.description}", _plane(plane, palette))


def draw_cross(cross: Cross, palette: Palette) -> Markup:
    """Draw four named fields and one point with the ranges of both its numbers."""
    return drawing(SIZE, SIZE, f"{cross.title}. {cross.description}", _cross(cross, palette))


def _scale(value: float, low: float, high: float, start: float, end: float) -> float:
    share = (value - low) / (high - low)
    return start + (end - start) * min(max(share, 0.0), 1.0)


def _plane(plane: Plane, palette: Palette) -> Iterator[Markup]:
    across, up = plane.across, plane.up
    yield from _fields(plane.fields, cut_of(plane), palette, marked=plane.marked)
    for value, label in across.ticks:
        x = _scale(value, across.low, across.high, LEFT, RIGHT)
        yield text(x, BOTTOM + 16, label, fill=palette.quiet, size=11, text_anchor="middle")
    for value, label in up.ticks:
        y = _scale(value, up.low, up.high, BOTTOM, TOP)
        yield text(LEFT - 6, y + 4, label, fill=palette.quiet, size=11, text_anchor="end")
    yield from _names(across.name, up.name, palette)
    yield from _points(plane, palette)


def cut_of(plane: Plane) -> tuple[float, float]:
    """Where the four fields meet, in drawing units."""
    across, up = plane.across, plane.up
    return (
        _scale(across.cut, across.low, across.high, LEFT, RIGHT),
        _scale(up.cut, up.low, up.high, BOTTOM, TOP),
    )


@lru_cache(64)
def labelled(plane: Plane) -> tuple[tuple[Mark, Label], ...]:
    """The mark of every point and where its code stands, in drawing units, in the order of the points.

    Kept, because crowded marks take a tenth of a second and both drawings of a page ask.
    """
    across, up = plane.across, plane.up
    marks = [
        Mark(
            _scale(point.x, across.low, across.high, LEFT, RIGHT),
            _scale(point.y, up.low, up.high, BOTTOM, TOP),
            6,
            width_of(point.numbered(point.code), LETTERS),
            LETTERS,
        )
        for point in plane.points
    ]
    x, y = cut = cut_of(plane)
    lines = (Box(x - 2, TOP, x + 2, BOTTOM), Box(LEFT, y - 2, RIGHT, y + 2))
    words = [_word_box(*word) for word in field_words(plane.fields, cut)]
    return tuple(zip(marks, place_labels(marks, FRAME, words, lines), strict=True))


def value_at(plane: Plane, x: float, y: float) -> tuple[float, float]:
    """What the axes read at a place of the drawing."""
    across, up = plane.across, plane.up
    return (
        across.low + (across.high - across.low) * (x - LEFT) / (RIGHT - LEFT),
        up.low + (up.high - up.low) * (BOTTOM - y) / (BOTTOM - TOP),
    )


def _cross(cross: Cross, palette: Palette) -> Iterator[Markup]:
    def x(value: float) -> float:
        return _scale(value, 0, 100, LEFT, RIGHT)

    def y(value: float) -> float:
        return _scale(value, 0, 100, BOTTOM, TOP)

    yield from _fields(cross.fields, (x(cross.cut), y(cross.cut)), palette, marked=1)
    for tick in (0, 25, 50, 65, 100):
        yield text(x(tick), BOTTOM + 16, str(tick), fill=palette.quiet, size=11, text_anchor="middle")
        yield text(LEFT - 6, y(tick) + 4, str(tick), fill=palette.quiet, size=11, text_anchor="end")
    yield from _names(cross.across, cross.up, palette)
    if cross.x_range is not None:
        yield from _arm((x(cross.x_range[0]), y(cross.y)), (x(cross.x_range[1]), y(cross.y)), palette.staff)
    if cross.y_range is not None:
        ends = (x(cross.x), y(cross.y_range[0])), (x(cross.x), y(cross.y_range[1]))
        yield from _arm(*ends, palette.customer)
    fill = palette.paper if cross.own_view else palette.ink
    yield element("circle", cx=x(cross.x), cy=y(cross.y), r=3, fill=fill, stroke=palette.ink, stroke_width=2)


def _arm(start: tuple[float, float], end: tuple[float, float], colour: str) -> Iterator[Markup]:
    """One range with a small bar across each of its ends."""
    yield line(*start, *end, colour, 2.5)
    level = start[1] == end[1]
    for x, y in (start, end):
        yield line(x, y - 6, x, y + 6, colour, 2) if level else line(x - 6, y, x + 6, y, colour, 2)


def _fields(
    names: tuple[str, str, str, str], cut: tuple[float, float], palette: Palette, *, marked: int | None
) -> Iterator[Markup]:
    for place, (left, top, right, bottom) in enumerate(corners(cut)):
        fill = palette.band if place == marked else palette.paper
        yield box(left, top, right - left, bottom - top, fill, stroke=palette.line, stroke_width=1)
    for part, at, base in field_words(names, cut):
        yield text(at, base, part, fill=palette.quiet, size=WORDS)


def corners(cut: tuple[float, float]) -> tuple[Box, ...]:
    """The four fields, from the top left clockwise."""
    x, y = cut
    return Box(LEFT, TOP, x, y), Box(x, TOP, RIGHT, y), Box(x, y, RIGHT, BOTTOM), Box(LEFT, y, x, BOTTOM)


def field_words(
    names: tuple[str, str, str, str], cut: tuple[float, float]
) -> Iterator[tuple[str, float, float]]:
    """The lines of the fields' names, each with its place; in up to four lines where a field is narrow."""
    for place, (left, top, right, bottom) in enumerate(corners(cut)):
        lines = wrapped(names[place], max(int((right - left) / 6.4), 6), 4)
        base = top + 16 if place < 2 else bottom - 8 - 13 * (len(lines) - 1)
        for row, part in enumerate(lines):
            yield part, left + 6, base + 13 * row


def _word_box(content: str, x: float, y: float) -> Box:
    return Box(x, y - ABOVE * WORDS, x + width_of(content, WORDS), y + BELOW * WORDS)


def _names(across: str, up: str, palette: Palette) -> Iterator[Markup]:
    yield text((LEFT + RIGHT) / 2, SIZE - 12, across, fill=palette.ink, size=12.5, text_anchor="middle")
    y = (TOP + BOTTOM) / 2
    turned = f"rotate(-90 12 {y:.0f})"
    yield text(12, y, up, fill=palette.ink, size=12.5, text_anchor="middle", transform=turned)


def _points(plane: Plane, palette: Palette) -> Iterator[Markup]:
    """Solid where a gap is established, hollow where it is not; codes beside them, never on one another."""
    placed = labelled(plane)
    for mark, label in placed:
        if label.led is not None:
            yield line(mark.x, mark.y, *label.led, palette.quiet, 0.8)
    for point, (mark, _) in zip(plane.points, placed, strict=True):
        fill = palette.customer if point.state in FOUND else palette.paper
        yield element("circle", cx=mark.x, cy=mark.y, r=5, fill=fill, stroke=palette.customer, stroke_width=2)
    for point, (_, label) in zip(plane.points, placed, strict=True):
        x, y = label.base(LETTERS)
        yield text(
            x,
            y,
            point.numbered(point.code),
            fill=palette.ink,
            size=LETTERS,
            text_anchor=label.anchor,
            font_weight=600,
        )
