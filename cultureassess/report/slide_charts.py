"""Native charts of the slides: bars with their ranges, and bars divided by the response scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cultureassess.report.palette import PAPER, contrast
from cultureassess.report.slide_parts import (
    FONT,
    MARGIN,
    QUIET,
    SCRIPTS,
    WIDE,
    describe,
    fill,
    fitting,
    label,
    paint,
    rgb,
    textbox,
)
from cultureassess.report.words import NO_BREAK, half_up

Reach = tuple[float, float]
"""From where to where a range goes, around the value of its bar."""

NUMBER, SMALL = 12, 10
"""Points of a number at a bar, and where several groups have one."""

LEGEND, LETTERS = 0.4, 13
"""Inches of a legend's line, and most points of its letters."""

PALE = 1.5
"""The contrast to the paper below which a square is drawn as an outline."""

NARROWEST = 4.0
"""Percent of a bar from which a part holds its number."""


@dataclass(frozen=True)
class Series:
    """The bars of one group; None for a bar that is not shown.

    Attributes:
        printed: what the report prints of each value, "34.5" just below a level's limit: such a bar says
            the same.
        ranges: of each value; None where there is none, as below ten answers.
        points: colours of the bars one by one, where they are not all of ``colour``.
        hollow: places of the bars that are drawn as an outline.
        labelled: a value stands at each bar.
    """

    name: str
    values: Sequence[float | None]
    colour: str
    printed: Sequence[str] = ()
    ranges: Sequence[Reach | None] = ()
    points: Sequence[str] = ()
    hollow: Sequence[int] = ()
    labelled: bool = True


def bars(
    slide: Any,  # noqa: ANN401
    names: Sequence[str],
    series: Sequence[Series],
    *,
    alternative: str,
    height: float = 5.3,
    rtl: bool = False,
) -> None:
    """A bar chart from 0 to 100, ``height`` inches high, with a value and its range at each bar."""
    values = {one.name: one.values for one in series}
    top = 1.5
    if len(series) > 1:
        legend(slide, [(one.name, one.colour) for one in series], top=top, rtl=rtl)
        top, height = top + LEGEND, height - LEGEND
    chart = _chart(
        slide, XL_CHART_TYPE.BAR_CLUSTERED, names, values, alternative, top=top, height=height, rtl=rtl
    )
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 100
    _turn(chart, rtl=rtl)
    _lighten(chart.value_axis)
    plot = chart.plots[0]
    plot.gap_width = 60 if len(series) == 1 else 30
    for drawn, told in zip(plot.series, series, strict=True):
        _paint(drawn, told, NUMBER if len(series) == 1 else SMALL)


def _paint(drawn: Any, told: Series, size: float) -> None:  # noqa: ANN401
    """Colours, ranges and values of a series: the values at the foot of bars whose ends carry a range."""
    paint(drawn.format, told.colour)
    for place, own in enumerate(told.points):
        paint(drawn.points[place].format, own)
    spot, ink = XL_LABEL_POSITION.OUTSIDE_END, PAPER.ink
    if any(told.ranges):
        spot, ink = XL_LABEL_POSITION.INSIDE_BASE, PAPER.ink_on(told.colour)
        _stretch(drawn, told.ranges)
    if told.labelled:
        _number(drawn.data_labels, spot, ink, size)
    for place, text in enumerate(told.printed):
        if told.labelled and text and text != str(half_up(drawn.values[place])):
            _say(drawn.points[place].data_label, text, spot, ink, size)
    for place in told.hollow:
        _empty(drawn.points[place].format)


def _number(labels: Any, spot: Any, ink: str, size: float = NUMBER) -> None:  # noqa: ANN401
    labels.show_value, labels.position = True, spot
    labels.number_format, labels.number_format_is_linked = "0", False
    labels.font.size, labels.font.color.rgb = Pt(size), rgb(ink)


def _say(data_label: Any, text: str, spot: Any, ink: str, size: float = NUMBER) -> None:  # noqa: ANN401
    """Write a text of its own at a bar; no place for it means where its chart has all of them."""
    data_label.has_text_frame = True
    data_label.text_frame.text = text
    font = data_label.text_frame.paragraphs[0].runs[0].font
    font.size, font.color.rgb = Pt(size), rgb(ink)
    if spot is not None:
        data_label.position = spot


def _empty(form: Any) -> None:  # noqa: ANN401
    """Draw an outline in the colour that the bar had: nobody was asked for this number."""
    colour = form.fill.fore_color.rgb
    paint(form, PAPER.paper)
    form.line.color.rgb, form.line.width, form.line.dash_style = colour, Pt(2), MSO_LINE.DASH


def _stretch(one: Any, reaches: Sequence[Reach | None]) -> None:  # noqa: ANN401
    """Draw the ranges of a series of bars."""
    lengths = [
        (value - reach[0], reach[1] - value) if reach is not None and value is not None else (0.0, 0.0)
        for reach, value in zip(reaches, one.values, strict=True)
    ]
    one._element.find(qn("c:cat")).addprevious(_error_bars(one, lengths))  # the schema wants it there


def _error_bars(one: Any, lengths: Sequence[Reach]) -> Any:  # noqa: ANN401
    """Lines before and behind each value of a series, which python-pptx has no name for."""
    found = one._element.makeelement(qn("c:errBars"), {})
    for tag, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        found.append(found.makeelement(qn(f"c:{tag}"), {"val": value}))
    for tag, end in (("plus", 1), ("minus", 0)):
        found.append(_literal(found, tag, [length[end] for length in lengths]))
    form = found.makeelement(qn("c:spPr"), {})
    line = form.makeelement(qn("a:ln"), {"w": "15875"})
    solid = line.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": PAPER.ink.lstrip("#")}))
    line.append(solid)
    form.append(line)
    found.append(form)
    return found


def _literal(parent: Any, tag: str, values: Sequence[float]) -> Any:  # noqa: ANN401
    """Numbers that stand in the chart itself and not in its sheet."""
    found = parent.makeelement(qn(f"c:{tag}"), {})
    listed = found.makeelement(qn("c:numLit"), {})
    listed.append(listed.makeelement(qn("c:ptCount"), {"val": str(len(values))}))
    for place, value in enumerate(values):
        point = listed.makeelement(qn("c:pt"), {"idx": str(place)})
        told = point.makeelement(qn("c:v"), {})
        told.text = f"{value:.1f}"
        point.append(told)
        listed.append(point)
    found.append(listed)
    return found


def stacked(
    slide: Any,  # noqa: ANN401
    names: Sequence[str],
    series: Mapping[str, Sequence[float]],
    *,
    colours: Sequence[str],
    alternative: str,
    printed: Sequence[Sequence[str]] = (),
    rtl: bool = False,
) -> None:
    """A bar per group, divided by the points of the response scale, in percent.

    Args:
        printed: per group what the report prints in each part: how many people, or the percentage. A part
            too narrow for it stays empty; its number is in the chart's sheet.
    """
    top = 3.6
    legend(slide, list(zip(series, colours, strict=True)), top=top, rtl=rtl)
    top += LEGEND
    chart = _chart(
        slide,
        XL_CHART_TYPE.BAR_STACKED_100,
        names,
        series,
        alternative,
        top=top,
        height=6.9 - top,
        rtl=rtl,
    )
    _turn(chart, rtl=rtl)
    _lighten(chart.value_axis)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    for place, one in enumerate(plot.series):
        colour = colours[place]
        paint(one.format, colour)
        one.format.line.color.rgb, one.format.line.width = rgb(PAPER.quiet), Pt(0.5)
        _number(one.data_labels, XL_LABEL_POSITION.CENTER, PAPER.ink_on(colour))
        one.data_labels.number_format = f'[<{NARROWEST:g}]"";0"%"'
        for at, (value, parts) in enumerate(zip(one.values, printed, strict=False)):
            if value >= NARROWEST and parts[place] != f"{half_up(value)}%":
                _say(one.points[at].data_label, parts[place], None, PAPER.ink_on(colour))


def _chart(
    slide: Any,  # noqa: ANN401
    kind: Any,  # noqa: ANN401
    names: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    alternative: str,
    *,
    top: float,
    height: float,
    rtl: bool,
) -> Any:  # noqa: ANN401
    data = CategoryChartData()
    data.categories = [label(name, rtl=rtl) for name in names]
    for name, values in series.items():
        data.add_series(label(name, rtl=rtl), values)
    place = Inches(MARGIN), Inches(top), Inches(WIDE - 2 * MARGIN), Inches(height)
    frame = slide.shapes.add_chart(kind, *place, data)
    describe(frame, alternative)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.font._rPr.append(chart.font._rPr.makeelement(qn("a:cs"), {"typeface": SCRIPTS}))
    chart.has_legend = False
    return chart


def legend(slide: Any, entries: Sequence[tuple[str, str]], *, top: float, rtl: bool) -> None:  # noqa: ANN401
    """Names beside a square of their colour, in the order of the bars, from where reading begins.

    A chart's own legend stands in the opposite order of its bars in some programs, and from left to right
    in an Arabic chart.
    """
    size = fitting(["■ " + "   ■ ".join(name for name, _ in entries)], LETTERS, LEGEND)
    paragraph = textbox(slide, MARGIN, WIDE - 2 * MARGIN, top=top)
    for place, (name, colour) in enumerate(entries):
        pale = contrast(colour, PAPER.paper) < PALE
        square = "□" if pale else "■"
        fill(paragraph, square if place == 0 else f"    {square}", size, QUIET if pale else colour, rtl=rtl)
        fill(paragraph, f"{NO_BREAK}{name}", size, PAPER.ink, rtl=rtl)


def _turn(chart: Any, *, rtl: bool) -> None:  # noqa: ANN401
    """The first name on top; bars that grow from the right, where a page is read from there."""
    chart.category_axis.reverse_order = True
    chart.value_axis.reverse_order = rtl
    if rtl:
        turned(chart)


def turned(chart: Any) -> None:  # noqa: ANN401
    """Have a chart's texts run from right to left; python-pptx has no name for it."""
    chart._chartSpace.find(qn("c:txPr")).find(qn("a:p")).get_or_add_pPr().set("rtl", "1")


def _lighten(axis: Any) -> None:  # noqa: ANN401
    """Gridlines that stand behind the figures."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(PAPER.span)
    axis.format.line.color.rgb = rgb(PAPER.line)
