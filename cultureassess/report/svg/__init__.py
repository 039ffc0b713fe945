"""Figures as inline SVG: one function for page and PDF.

A ``<title>`` is the first child, because that is where PDF/UA takes the alternative text from. Text is
real text; colours are attributes.
"""

from __future__ import annotations

from markupsafe import Markup

from cultureassess.report.figures.spec import Distribution, Figure, GapPlot, Ladder, Plane, UnitPlot
from cultureassess.report.palette import PAPER, Palette
from cultureassess.report.svg.distribution import draw_distribution, draw_key
from cultureassess.report.svg.gap_plot import draw_gap_plot
from cultureassess.report.svg.headline import draw_headline
from cultureassess.report.svg.ladder import draw_ladder
from cultureassess.report.svg.mirror import facing
from cultureassess.report.svg.plane import draw_plane
from cultureassess.report.svg.unit_plot import draw_unit_plot

__all__ = ["key", "render"]


def render(figure: Figure, palette: Palette = PAPER, *, leftwards: bool | None = None) -> Markup:
    """Draw a figure as one ``<svg>`` element that scales to the width it is given.

    Args:
        leftwards: whether the page around it is read from right to left; as its own words run without it.
    """
    return facing(_drawn(figure, palette), leftwards)


def _drawn(figure: Figure, palette: Palette) -> Markup:
    if isinstance(figure, GapPlot):
        return draw_gap_plot(figure, palette)
    if isinstance(figure, Distribution):
        return draw_distribution(figure, palette)
    if isinstance(figure, Plane):
        return draw_plane(figure, palette)
    if isinstance(figure, Ladder):
        return draw_ladder(figure, palette)
    if isinstance(figure, UnitPlot):
        return draw_unit_plot(figure, palette)
    return draw_headline(figure, palette)


def key(labels: tuple[str, ...], palette: Palette = PAPER, *, leftwards: bool | None = None) -> Markup:
    """Draw the key of the distribution bars: one shade per point of the response scale."""
    return facing(draw_key(labels, palette), leftwards)
