"""The charts that plotly.js draws anew: one specification each, drawn as SVG and handed over as data.

Colours are custom properties of the page, so that both drawings follow the light or the dark theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cultureassess.report import plotly, svg
from cultureassess.report.figures import GapPlot, GapRow, Plane
from cultureassess.report.narrative import verdict
from cultureassess.report.palette import Palette
from cultureassess.report.svg.small_plane import draw_small_plane
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.pairs import Wordings, wordings_of

PAGE = Palette(
    management="var(--data-management)",
    staff="var(--data-staff)",
    customer="var(--data-customer)",
    partner="var(--data-partner)",
    ink="var(--color-ink)",
    quiet="var(--color-muted)",
    line="var(--data-grid)",
    band="var(--color-band)",
    span="var(--color-span)",
    paper="var(--color-surface)",
    agreement=("var(--agree-1)", "var(--agree-2)", "var(--agree-3)", "var(--agree-4)", "var(--agree-5)"),
)
"""The page's own colours by name; ``static/js/results.js`` looks them up for plotly.js."""

HOVER = "%{customdata[0]} (n %{customdata[1]})<extra></extra>"
"""One line per audience; the row's name stands above them, the gap at the right of the row."""

COLUMNS = ((1.11, "right"), (1.13, "left"), (1.31, "left"))
"""Where the gap, its range and the word stand right of the axes, as a share of the axes' width."""


@dataclass(frozen=True)
class Chart:
    """``figure`` is for plotly.js; ``readings`` has a text per row from the top, or per mark.

    ``wordings`` has the pairs of each of them in the same order, inside wording first.
    """

    title: str
    drawing: Markup
    figure: dict[str, Any]
    readings: tuple[str, ...]
    wordings: tuple[Wordings, ...]


def chart(plot: GapPlot, wordings: Mapping[str, Wordings]) -> Chart:
    """Both drawings of the gap plot.

    Args:
        plot: what is drawn.
        wordings: code of an index -> its pairs in both wordings.
    """
    rows = [row for group in plot.groups for row in group.rows]
    return Chart(
        title=plot.title,
        drawing=svg.render(plot, PAGE),
        figure=interactive(plot, rows),
        readings=tuple(f"{row.label}: {row.sentence}" for row in rows),
        wordings=tuple(wordings.get(row.code, ()) for row in rows),
    )


def plane_chart(plane: Plane, setting: Setting) -> Chart:
    """Both drawings of a plane of indices; each mark is read as its numbers and its verdict."""
    snapshot, words = setting.snapshot, setting.words
    indices = [snapshot.index(point.code) for point in plane.points]
    verdicts = [verdict(index, snapshot, words) for index in indices]
    return Chart(
        title=plane.title,
        drawing=draw_small_plane(plane, PAGE),
        figure=plotly.figure(plane, PAGE, template=True),
        readings=tuple(f"{point.told} {said}" for point, said in zip(plane.points, verdicts, strict=True)),
        wordings=tuple(wordings_of(setting, index.code) for index in indices),
    )


def interactive(plot: GapPlot, rows: list[GapRow]) -> dict[str, Any]:
    """The figure for plotly.js, with the line between the two sides and the numbers at the right."""
    figure = plotly.figure(plot, PAGE, template=True)
    for trace in figure["data"]:
        trace["hovertemplate"] = f"{trace['name']}: {HOVER}"
    layout = figure["layout"]
    layout["shapes"] = [*layout["shapes"], *(span(row) for row in rows if spanned(row))]
    layout["annotations"] = [*heads(plot), *(part for row in rows for part in numbers(row))]
    layout["margin"] = {"l": 8, "r": 300, "t": 36, "b": 32}
    layout["yaxis"] |= {"gridcolor": PAGE.line, "showspikes": False}
    layout["hovermode"] = "y unified"
    layout["dragmode"] = False
    return figure


def spanned(row: GapRow) -> bool:
    """Tell whether both sides of a row are shown."""
    return row.mark("management") is not None and row.mark("customer") is not None


def span(row: GapRow) -> dict[str, Any]:
    """The gap as a band between the two sides of a row."""
    ends = [mark.value for side in ("management", "customer") if (mark := row.mark(side))]
    line = {"color": PAGE.span, "width": 10}
    where = {"xref": "x", "yref": "y", "y0": row.label, "y1": row.label}
    return {"type": "line", "layer": "below", "x0": ends[0], "x1": ends[1], "line": line, **where}


def numbers(row: GapRow) -> list[dict[str, Any]]:
    """The gap, its range and the word of a row; where there is no gap, the reason."""
    if row.note is not None:
        return [note(row.label, row.note, COLUMNS[1], PAGE.quiet)]
    return [
        note(row.label, row.gap, COLUMNS[0], PAGE.ink, weight=650),
        note(row.label, row.interval, COLUMNS[1], PAGE.quiet),
        note(row.label, row.word, COLUMNS[2], PAGE.ink),
    ]


def heads(plot: GapPlot) -> list[dict[str, Any]]:
    """The heads of the columns at the right."""
    gap, likely, _, word = plot.heads
    placed = zip((gap, likely, word), COLUMNS, strict=True)
    return [
        {**note("", text, column, PAGE.quiet), "yref": "paper", "y": 1.02, "yanchor": "bottom"}
        for text, column in placed
    ]


def note(row: str, text: str, column: tuple[float, str], colour: str, weight: int = 400) -> dict[str, Any]:
    """A text right of the axes, level with a row. No ``<b>``: it would be an inline style."""
    x, anchor = column
    place = {"xref": "paper", "x": x, "xanchor": anchor, "yref": "y", "y": row}
    return {**place, "text": text, "showarrow": False, "font": {"color": colour, "weight": weight}}
