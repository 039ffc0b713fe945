"""Figures for plotly.js as plain dictionaries; the numbers are those of the specification.

Building them needs no plotly import (FACTS 4). ``TEMPLATE`` is shared by all figures of a page: send it
once and put it into ``layout.template`` in the browser, or take :func:`figure` with ``template=True``.
"""

from __future__ import annotations

from typing import Any

from cultureassess.report.figures.spec import (
    Axis,
    Distribution,
    GapPlot,
    GapRow,
    HeadlineFigure,
    Plane,
    Point,
)
from cultureassess.report.palette import PAPER, Palette
from cultureassess.report.svg import small_plane
from cultureassess.report.svg.distribution import shades
from cultureassess.report.svg.labels import Label

SYMBOLS = {"management": "square", "staff": "circle", "customer": "diamond", "partner": "x"}

PLANE = 544
"""Height of a plane in pixels, its width as well on a wide page: the letters stay clear of one another."""

TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": "IBM Plex Sans, Noto Sans, system-ui, sans-serif", "size": 14},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 32},
        "hoverlabel": {"align": "left"},
        "xaxis": {"zeroline": False, "showline": False, "fixedrange": True},
        "yaxis": {"automargin": True, "fixedrange": True},
    }
}


def figure(
    spec: GapPlot | Distribution | HeadlineFigure | Plane,
    palette: Palette = PAPER,
    *,
    template: bool = False,
) -> dict[str, Any]:
    """Return ``{"data": [...], "layout": {...}}`` for ``Plotly.newPlot``."""
    if isinstance(spec, GapPlot):
        drawn = _gap_plot(spec, palette)
    elif isinstance(spec, Plane):
        drawn = _plane(spec, palette)
    elif isinstance(spec, Distribution):
        drawn = _distribution(spec, palette)
    else:
        drawn = _headline(spec, palette)
    if template:
        drawn["layout"]["template"] = TEMPLATE
    return drawn


def _gap_plot(plot: GapPlot, palette: Palette) -> dict[str, Any]:
    rows = [row for group in plot.groups for row in group.rows]
    traces = [_group_trace(group, name, rows, palette) for group, name in plot.legend]
    return {
        "data": traces,
        "layout": {
            "xaxis": {"range": [0, 100], "tickvals": [0, 25, 50, 75, 100], "gridcolor": palette.line},
            "yaxis": {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": [row.label for row in reversed(rows)],
            },
            "shapes": [_band_shape(band.start, band.end, palette) for band in plot.bands[::2]],
            "legend": {"orientation": "h", "y": 1.08},
            "font": {"color": palette.ink},
            "height": 120 + 44 * len(rows),
        },
    }


def _group_trace(group: str, name: str, rows: list[GapRow], palette: Palette) -> dict[str, Any]:
    marked = [(row, mark) for row in rows if (mark := row.mark(group)) is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [mark.value for _, mark in marked],
        "y": [row.label for row, _ in marked],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(mark.high or mark.value) - mark.value for _, mark in marked],
            "arrayminus": [mark.value - (mark.value if mark.low is None else mark.low) for _, mark in marked],
            "color": palette.group(group),
            "thickness": 1.5,
        },
        "marker": {"symbol": SYMBOLS[group], "size": 12, "color": palette.group(group)},
        "customdata": [[mark.printed, mark.n, row.gap, row.interval, row.word] for row, mark in marked],
        "hovertemplate": (
            "%{y}<br>" + name + ": %{customdata[0]} (n %{customdata[1]})"
            "<br>Gap %{customdata[2]} (%{customdata[3]}) %{customdata[4]}<extra></extra>"
        ),
    }


def _band_shape(start: float, end: float, palette: Palette) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": start,
        "x1": end,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": palette.band,
    }


def _distribution(spec: Distribution, palette: Palette) -> dict[str, Any]:
    rows = [row for row in spec.rows if row.shares is not None]
    colours = shades(len(spec.labels), palette)
    traces = [_point_trace(place, spec, colours[place], palette) for place in range(len(spec.labels))]
    return {
        "data": traces,
        "layout": {
            "barmode": "stack",
            "xaxis": {"range": [0, 100], "ticksuffix": "%"},
            "yaxis": {"type": "category", "autorange": "reversed"},
            "showlegend": False,
            "font": {"color": palette.ink},
            "height": 60 + 36 * len(rows),
        },
    }


def _point_trace(place: int, spec: Distribution, colour: str, palette: Palette) -> dict[str, Any]:
    rows = [(row.label, row.shares, row.counts) for row in spec.rows]
    shown = [(label, shares[place], counts[place]) for label, shares, counts in rows if shares and counts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": spec.labels[place],
        "x": [share for _, share, _ in shown],
        "y": [label for label, _, _ in shown],
        "customdata": [count for _, _, count in shown],
        "marker": {"color": colour, "line": {"color": palette.quiet, "width": 1}},
        "hovertemplate": "%{y}: " + spec.labels[place] + " %{customdata}<extra></extra>",
    }


def _headline(spec: HeadlineFigure, palette: Palette) -> dict[str, Any]:
    numbers = [number for number in spec.numbers if number.value is not None]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [number.value for number in numbers],
                "y": [number.caption for number in numbers],
                "marker": {
                    "symbol": [SYMBOLS.get(number.group, "x") for number in numbers],
                    "size": 14,
                    "color": [palette.group(number.group) for number in numbers],
                },
                "customdata": [[f"{number.big} {number.of}", number.interval] for number in numbers],
                "hovertemplate": "%{y}: %{customdata[0]}<br>%{customdata[1]}<extra></extra>",
            }
        ],
        "layout": {
            "xaxis": {"range": [0, 100], "ticksuffix": "%"},
            "yaxis": {"type": "category", "autorange": "reversed"},
            "font": {"color": palette.ink},
            "height": 180,
        },
    }


def _plane(plane: Plane, palette: Palette) -> dict[str, Any]:
    """The small plane: marks, fields and codes where the drawing has them; only the margins are pixels."""
    size, edge = PLANE / small_plane.SIZE, small_plane.FIELD
    placed = zip(plane.points, small_plane.labelled(plane), strict=True)
    return {
        "data": [_marks(plane, palette)],
        "layout": {
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": _numbered(plane.across),
            "yaxis": _numbered(plane.up) | {"automargin": False},
            "shapes": [_field(plane, place, palette) for place in range(len(plane.fields))],
            "annotations": [
                *_field_names(plane, palette),
                *(_code(plane, point, label, palette) for point, (_, label) in placed),
            ],
            "margin": {
                "l": round(size * edge.left),
                "r": round(size * (small_plane.SIZE - edge.right)),
                "t": round(size * edge.top),
                "b": round(size * (small_plane.SIZE - edge.bottom)),
            },
            "showlegend": False,
            "font": {"color": palette.ink},
            "height": PLANE,
        },
    }


def _marks(plane: Plane, palette: Palette) -> dict[str, Any]:
    """A mark per index: solid where a gap is established, hollow where it is not."""
    solid = [point.state in small_plane.FOUND for point in plane.points]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.x for point in plane.points],
        "y": [point.y for point in plane.points],
        "cliponaxis": False,
        "marker": {
            "size": 14,
            "color": [palette.customer if one else palette.paper for one in solid],
            "line": {"color": palette.customer, "width": 2.5},
        },
        "customdata": [point.told for point in plane.points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _numbered(axis: Axis) -> dict[str, Any]:
    return {
        "title": {"text": axis.name, "standoff": 14},
        "range": [axis.low, axis.high],
        "tickvals": [value for value, _ in axis.ticks],
        "ticktext": [label for _, label in axis.ticks],
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
    }


def _field(plane: Plane, place: int, palette: Palette) -> dict[str, Any]:
    left, top, right, bottom = small_plane.corners(small_plane.cut_of(plane))[place]
    start, end = small_plane.value_at(plane, left, bottom), small_plane.value_at(plane, right, top)
    return {
        "type": "rect",
        "layer": "below",
        "x0": start[0],
        "y0": start[1],
        "x1": end[0],
        "y1": end[1],
        "line": {"color": palette.line, "width": 1},
        "fillcolor": palette.band if place == plane.marked else palette.paper,
    }


def _field_names(plane: Plane, palette: Palette) -> list[dict[str, Any]]:
    written = small_plane.field_words(plane.fields, small_plane.cut_of(plane))
    texts = (_written(plane, part, (x, y), "start", palette.quiet) for part, x, y in written)
    return [text | {"yanchor": "bottom"} for text in texts]


def _code(plane: Plane, point: Point, label: Label, palette: Palette) -> dict[str, Any]:
    """The code beside its mark; one that stands further off has a thin line to it."""
    content, (left, top, right, bottom) = point.numbered(point.code), label.box
    held = {"start": left, "middle": (left + right) / 2, "end": right}[label.anchor]
    written = _written(plane, content, (held, (top + bottom) / 2), label.anchor, palette.ink)
    written["font"] |= {"weight": 600}
    if label.led is None:
        return written
    line = {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": palette.quiet, "axref": "x", "ayref": "y"}
    place = {"ax": written["x"], "ay": written["y"], "x": point.x, "y": point.y}
    return written | line | place | {"showarrow": True, "standoff": 7}


def _written(
    plane: Plane, content: str, place: tuple[float, float], anchor: str, colour: str
) -> dict[str, Any]:
    """A text at a place of the drawing. No ``<b>``: it would be an inline style."""
    x, y = small_plane.value_at(plane, *place)
    sides = {"start": "left", "middle": "center", "end": "right"}
    return {
        "text": content,
        "x": x,
        "y": y,
        "xanchor": sides[anchor],
        "yanchor": "middle",
        "showarrow": False,
        "font": {"color": colour},
    }
