"""One specification per chart, in data units: what is drawn, not how. Renderers: ``svg`` and ``plotly``."""

from cultureassess.report.figures.distribution import distribution
from cultureassess.report.figures.gap_plot import gap_plot
from cultureassess.report.figures.headline import headline
from cultureassess.report.figures.spec import (
    Band,
    Distribution,
    DistributionRow,
    Figure,
    GapPlot,
    GapRow,
    HeadlineFigure,
    HeadlineNumber,
    Mark,
    RowGroup,
)

__all__ = [
    "Band",
    "Distribution",
    "DistributionRow",
    "Figure",
    "GapPlot",
    "GapRow",
    "HeadlineFigure",
    "HeadlineNumber",
    "Mark",
    "RowGroup",
    "distribution",
    "gap_plot",
    "headline",
]
