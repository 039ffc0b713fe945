"""One specification per chart, in data units: what is drawn, not how. Renderers: ``svg`` and ``plotly``."""

from cultureassess.report.figures.distribution import distribution
from cultureassess.report.figures.gap_plot import gap_plot
from cultureassess.report.figures.headline import headline
from cultureassess.report.figures.ladder import ladder
from cultureassess.report.figures.plane import priorities_plane, views_plane
from cultureassess.report.figures.spec import (
    Axis,
    Band,
    Distribution,
    DistributionRow,
    Figure,
    GapPlot,
    GapRow,
    HeadlineFigure,
    HeadlineNumber,
    Ladder,
    Mark,
    Plane,
    Point,
    RowGroup,
    Rung,
    UnitPlot,
    UnitRow,
)
from cultureassess.report.figures.unit_plot import unit_plot

__all__ = [
    "Axis",
    "Band",
    "Distribution",
    "DistributionRow",
    "Figure",
    "GapPlot",
    "GapRow",
    "HeadlineFigure",
    "HeadlineNumber",
    "Ladder",
    "Mark",
    "Plane",
    "Point",
    "RowGroup",
    "Rung",
    "UnitPlot",
    "UnitRow",
    "distribution",
    "gap_plot",
    "headline",
    "ladder",
    "priorities_plane",
    "unit_plot",
    "views_plane",
]
