"""The charts as SVG files: self-contained, in the paper's colours, for slides and documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from cultureassess.report import svg
from cultureassess.report.figures import gap_plot, headline, ladder, priorities_plane, views_plane
from cultureassess.report.figures.synergy import synergy_cross
from cultureassess.report.palette import PAPER
from cultureassess.report.svg.small_plane import draw_cross
from cultureassess.snapshot.types import Snapshot
from cultureassess.web.i18n import gettext


def chart_names(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Every chart that this snapshot has: the name in its address, and what it is called."""
    titles = {
        "indices": gettext("Eight indices"),
        "headline": gettext("The three numbers"),
        "blind-spots": gettext("Blind spots and hidden strengths"),
        "importance": gettext("Importance against gap"),
        "people": gettext("People and customers"),
    }
    named = [(name, titles[name]) for name in titles if drawing(name, snapshot) is not None]
    ways = [
        (f"chain-{index.code}", gettext("From the top to the customers: %(index)s", index=index.name))
        for index in snapshot.indices
    ]
    return (*named, *ways)


def drawing(name: str, snapshot: Snapshot) -> Markup | None:
    """One chart by its name; None where there is no such chart or it may not be shown."""
    if name.startswith("chain-"):
        code = name.removeprefix("chain-")
        found = next((index for index in snapshot.indices if index.code == code), None)
        return None if found is None else svg.render(ladder(found, snapshot), PAPER)
    draw = CHARTS.get(name)
    return None if draw is None else draw(snapshot)


def _blind_spots(snapshot: Snapshot) -> Markup | None:
    plane = views_plane(snapshot)
    return None if plane is None else svg.render(plane, PAPER)


def _importance(snapshot: Snapshot) -> Markup | None:
    plane = priorities_plane(snapshot)
    return None if plane is None else svg.render(plane, PAPER)


def _people(snapshot: Snapshot) -> Markup | None:
    cross = synergy_cross(snapshot)
    return None if cross is None else draw_cross(cross, PAPER)


CHARTS: Mapping[str, Callable[[Snapshot], Markup | None]] = {
    "indices": lambda snapshot: svg.render(gap_plot(snapshot), PAPER),
    "headline": lambda snapshot: svg.render(headline(snapshot), PAPER),
    "blind-spots": _blind_spots,
    "importance": _importance,
    "people": _people,
}
