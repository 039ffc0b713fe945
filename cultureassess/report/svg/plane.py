"""Indices on a plane as SVG, each with its name beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from cultureassess.report.figures.spec import Axis, Plane, Point
from cultureassess.report.palette import Palette
from cultureassess.report.svg.labels import ABOVE, BELOW, Box, Label, Mark, place_labels, width_of
from cultureassess.report.svg.shapes import RADIUS, SMALL, box, drawing, element, line, text

WIDTH, HEIGHT = 720.0, 330.0
LEFT, RIGHT, TOP, BOTTOM = 62.0, 704.0, 8.0, 286.0
FRAME = Box(LEFT + 2, TOP + 2, RIGHT - 2, BOTTOM - 2)
SIZE = 12.0
LONGEST = 48
"""Letters of a name; a longer one is cut."""

FOUND = ("clear gap", "small gap")

Word = tuple[str, float, float, str]
"""A line of a field's name: the text, its place, and the side on which it is held."""


def draw_plane(plane: Plane, palette: Palette) -> Markup:
    """Draw four fields, two axes, and a marker with a name per index."""
    plane = roomy(plane)
    return drawing(WIDTH, HEIGHT, f"{plane.title}. {plane.description}", _body(plane, palette))


def roomy(plane: Plane) -> Plane:
    """The plane with its axes drawn on where a field is too narrow or too low for its whole name."""
    wide = [_half(name) + 16 for name in plane.fields]
    across = _longer(plane.across, max(wide[0], wide[3]), max(wide[1], wide[2]), RIGHT - LEFT)
    plane = replace(plane, across=across)
    high = [14.0 * len(_lines(plane, place)) + 12 for place in range(4)]
    up = _longer(plane.up, max(high[2], high[3]), max(high[0], high[1]), BOTTOM - TOP)
    return replace(plane, up=up)


def _half(name: str) -> float:
    """The width that a name needs in about two lines, its longest word at least."""
    return max(width_of(name, SMALL) / 2, *(width_of(word, SMALL) for word in name.split()), 0.0)


def _longer(axis: Axis, before: float, after: float, length: float) -> Axis:
    """An axis that leaves at least so much room on each side of its cut."""
    low, high = axis.low, axis.high
    if (high - axis.cut) / (high - low) < after / length:
        high = (axis.cut - low * after / length) / (1 - after / length)
    if (axis.cut - low) / (high - low) < before / length:
        low = (axis.cut - high * before / length) / (1 - before / length)
    return replace(axis, low=low, high=high)


def _across(axis: Axis, value: float) -> float:
    return LEFT + (RIGHT - LEFT) * (value - axis.low) / (axis.high - axis.low)


def _up(axis: Axis, value: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - axis.low) / (axis.high - axis.low)


def _body(plane: Plane, palette: Palette) -> Iterator[Markup]:
    words = [(place, word) for place in range(4) for word in _words(plane, place)]
    yield from _fields(plane, palette)
    for place, (name, x, y, anchor) in words:
        weight = 600 if place == plane.marked else 400
        yield text(x, y, name, fill=palette.quiet, size=SMALL, text_anchor=anchor, font_weight=weight)
    yield from _axes(plane, palette)
    yield from _points(plane, [word for _, word in words], palette)


def _corners(plane: Plane) -> tuple[Box, ...]:
    """The four fields, from the top left clockwise."""
    x, y = _across(plane.across, plane.across.cut), _up(plane.up, plane.up.cut)
    return Box(LEFT, TOP, x, y), Box(x, TOP, RIGHT, y), Box(x, y, RIGHT, BOTTOM), Box(LEFT, y, x, BOTTOM)


def _words(plane: Plane, place: int) -> Iterator[Word]:
    """The name of a field in its outer corner, in several lines where the field is narrow."""
    field, left = _corners(plane)[place], place in (0, 3)
    lines = _lines(plane, place)
    top = field.top + 16 if place < 2 else field.bottom - 8 - 14 * (len(lines) - 1)
    for row, part in enumerate(lines):
        x, anchor = (field.left + 8, "start") if left else (field.right - 8, "end")
        yield part, x, top + 14 * row, anchor


def _lines(plane: Plane, place: int) -> list[str]:
    """The whole name of a field, in lines that the field has room for, a word at least in each."""
    field = _corners(plane)[place]
    lines: list[str] = []
    for word in plane.fields[place].split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, SMALL) <= field.right - field.left - 16:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _fields(plane: Plane, palette: Palette) -> Iterator[Markup]:
    corners = _corners(plane)
    for place, (left, top, right, bottom) in enumerate(corners):
        fill = palette.band if place == plane.marked else palette.paper
        yield box(left, top, right - left, bottom - top, fill)
    width, height = RIGHT - LEFT, BOTTOM - TOP
    yield box(LEFT, TOP, width, height, "none", stroke=palette.line, stroke_width=0.8)
    x, y = corners[0].right, corners[0].bottom
    yield line(x, TOP, x, BOTTOM, palette.quiet, 0.8)
    yield line(LEFT, y, RIGHT, y, palette.quiet, 0.8)


def _axes(plane: Plane, palette: Palette) -> Iterator[Markup]:
    for value, label in plane.across.ticks:
        x = _across(plane.across, value)
        yield line(x, BOTTOM, x, BOTTOM + 4, palette.line)
        yield text(x, BOTTOM + 16, label, fill=palette.quiet, size=SMALL, text_anchor="middle")
    for value, label in plane.up.ticks:
        y = _up(plane.up, value)
        yield line(LEFT - 4, y, LEFT, y, palette.line)
        yield text(LEFT - 8, y + 3.5, label, fill=palette.quiet, size=SMALL, text_anchor="end")
    middle = (LEFT + RIGHT) / 2
    yield text(middle, BOTTOM + 36, plane.across.name, fill=palette.ink, size=SMALL, text_anchor="middle")
    y = (TOP + BOTTOM) / 2
    turned = f"rotate(-90 14 {y:.0f})"
    yield text(14, y, plane.up.name, fill=palette.ink, size=SMALL, text_anchor="middle", transform=turned)


def _points(plane: Plane, words: list[Word], palette: Palette) -> Iterator[Markup]:
    """Lines to names that stand apart first, then the markers, then the names."""
    labels = labels_of(plane, words)
    places = [(_across(plane.across, point.x), _up(plane.up, point.y)) for point in plane.points]
    for (x, y), label in zip(places, labels, strict=True):
        if label.led is not None:
            yield line(x, y, *label.led, palette.quiet, 0.6)
    for point, (x, y) in zip(plane.points, places, strict=True):
        yield _marker(point, x, y, palette)
    for point, label in zip(plane.points, labels, strict=True):
        weight = 400 if point.place is None else 600
        base = label.base(SIZE)
        yield text(
            *base, name_of(point), fill=palette.ink, size=SIZE, text_anchor=label.anchor, font_weight=weight
        )


def name_of(point: Point) -> str:
    """What stands beside a marker: the name, cut where it is very long, with its place in the list."""
    name = point.name if len(point.name) <= LONGEST else f"{point.name[: LONGEST - 1].rstrip()}…"
    return point.numbered(name)


def labels_of(plane: Plane, words: list[Word] | None = None) -> tuple[Label, ...]:
    """Where the names stand, in the order of the points; none covers another one or leaves the plane."""
    drawn = words if words is not None else [word for place in range(4) for word in _words(plane, place)]
    x, y = _corners(plane)[0].right, _corners(plane)[0].bottom
    marks = [
        Mark(
            _across(plane.across, point.x),
            _up(plane.up, point.y),
            RADIUS + 1,
            width_of(name_of(point), SIZE),
            SIZE,
        )
        for point in plane.points
    ]
    lines = (Box(x - 2, TOP, x + 2, BOTTOM), Box(LEFT, y - 2, RIGHT, y + 2))
    return place_labels(marks, FRAME, [_word_box(word) for word in drawn], lines)


def _word_box(word: Word) -> Box:
    content, x, y, anchor = word
    width = width_of(content, SMALL)
    left = x if anchor == "start" else x - width
    return Box(left, y - ABOVE * SMALL, left + width, y + BELOW * SMALL)


def _marker(point: Point, x: float, y: float, palette: Palette) -> Markup:
    """Solid where a gap is established, hollow where it is not."""
    solid = point.state in FOUND
    fill = palette.customer if solid else palette.paper
    return element("circle", cx=x, cy=y, r=RADIUS, fill=fill, stroke=palette.customer, stroke_width=2)
