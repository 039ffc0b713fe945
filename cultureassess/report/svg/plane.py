"""Indices on a plane as SVG, each with its name beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from cultureassess.report.figures.spec import Axis, Plane, Point
from cultureassess.report.palette import Palette
from cultureassess.report.svg.shapes import RADIUS, SMALL, box, drawing, element, line, text

WIDTH, HEIGHT = 720.0, 330.0
LEFT, RIGHT, TOP, BOTTOM = 62.0, 712.0, 8.0, 286.0
SIZE = 12.0
LETTER = 6.4
"""Height and about the width of a letter of a name."""

FOUND = ("clear gap", "small gap")


class Box(NamedTuple):
    """A rectangle that is taken, in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)


def draw_plane(plane: Plane, palette: Palette) -> Markup:
    """Draw four fields, two axes, and a marker with a name per index."""
    return drawing(WIDTH, HEIGHT, f"{plane.title}. {plane.description}", _body(plane, palette))


def _across(axis: Axis, value: float) -> float:
    return LEFT + (RIGHT - LEFT) * (value - axis.low) / (axis.high - axis.low)


def _up(axis: Axis, value: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - axis.low) / (axis.high - axis.low)


def _body(plane: Plane, palette: Palette) -> Iterator[Markup]:
    yield from _fields(plane, palette)
    yield from _axes(plane, palette)
    places = [(_across(plane.across, p.x), _up(plane.up, p.y)) for p in plane.points]
    for point, (x, y) in zip(plane.points, places, strict=True):
        yield _marker(point, x, y, palette)
    for point, place, anchor in _labels(plane.points, places):
        yield text(*place, point.name, fill=palette.ink, size=SIZE, text_anchor=anchor)


def _fields(plane: Plane, palette: Palette) -> Iterator[Markup]:
    x, y = _across(plane.across, plane.across.cut), _up(plane.up, plane.up.cut)
    corners = (
        (LEFT, TOP, x, y, "start", TOP + 16),
        (x, TOP, RIGHT, y, "end", TOP + 16),
        (x, y, RIGHT, BOTTOM, "end", BOTTOM - 8),
        (LEFT, y, x, BOTTOM, "start", BOTTOM - 8),
    )
    for place, (left, top, right, bottom, anchor, base) in enumerate(corners):
        marked = place == plane.marked
        yield box(left, top, right - left, bottom - top, palette.band if marked else palette.paper)
        at = left + 8 if anchor == "start" else right - 8
        weight = 600 if marked else 400
        name = plane.fields[place]
        yield text(at, base, name, fill=palette.quiet, size=SMALL, text_anchor=anchor, font_weight=weight)
    yield element(
        "rect",
        x=LEFT,
        y=TOP,
        width=RIGHT - LEFT,
        height=BOTTOM - TOP,
        fill="none",
        stroke=palette.line,
        stroke_width=0.8,
    )
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


def _marker(point: Point, x: float, y: float, palette: Palette) -> Markup:
    """Solid where a gap is established, hollow where it is not."""
    solid = point.state in FOUND
    fill = palette.customer if solid else palette.paper
    return element("circle", cx=x, cy=y, r=RADIUS, fill=fill, stroke=palette.customer, stroke_width=2)


def _labels(
    points: tuple[Point, ...], places: list[tuple[float, float]]
) -> Iterator[tuple[Point, tuple[float, float], str]]:
    """Put each name right, left, above or below its marker, wherever it covers least of the others."""
    reach = RADIUS + 2
    taken = [Box(x - reach, y - reach, x + reach, y + reach) for x, y in places]
    for point, (x, y) in zip(points, places, strict=True):
        width = LETTER * len(point.name)
        tries = (
            ((x + reach + 3, y + 4), "start", Box(x + reach, y - 7, x + reach + width, y + 7)),
            ((x - reach - 3, y + 4), "end", Box(x - reach - width, y - 7, x - reach, y + 7)),
            ((x, y - reach - 4), "middle", Box(x - width / 2, y - 22, x + width / 2, y - reach)),
            ((x, y + reach + 11), "middle", Box(x - width / 2, y + reach, x + width / 2, y + 22)),
        )
        place, anchor, covered = min(tries, key=lambda one: _cost(one[2], taken))
        taken.append(covered)
        yield point, place, anchor


def _cost(wanted: Box, taken: list[Box]) -> float:
    beyond = max(LEFT - wanted.left, 0) + max(wanted.right - RIGHT, 0)
    beyond += max(TOP - wanted.top, 0) + max(wanted.bottom - BOTTOM, 0)
    return sum(wanted.overlap(other) for other in taken) + 100 * beyond
