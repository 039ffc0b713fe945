"""The scatter chart of the slides: a native chart whose names do not cover one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cultureassess.report.figures import Plane, Point
from cultureassess.report.palette import PAPER
from cultureassess.report.sheets.types import points, share
from cultureassess.report.slide_charts import turned
from cultureassess.report.slide_parts import FONT, MARGIN, WIDE, describe, label, paint, printable, rgb
from cultureassess.report.svg.labels import ABOVE, BELOW, Box, width_of

TOP, HIGH = 1.5, 4.6
SIZE, TITLED, MARKER = 12, 11, 11
"""Points: letters, those of the axes' names, and the width of a mark."""

FIELD = Box(0.08, 0.03, 0.97, 0.83)
"""The part of the chart between its axes, in shares of its width and height."""

MIRRORED = Box(1 - FIELD.right, FIELD.top, 1 - FIELD.left, FIELD.bottom)
"""The same where the upright axis stands on the right."""

ASIDE = {"x": 0.965, "y": 0.25}
"""Where the upright axis is named when it stands on the right, in shares of the chart."""

PLACES = ("RIGHT", "LEFT", "ABOVE", "BELOW")
"""The sides of a mark on which a chart can hold its name, the likeliest first."""

ROUNDS = 4

RULED, NAMED = 11, 0.86
"""The line from where on a gap counts: points of its name, and where that stands, in shares of the line."""


class Spot(NamedTuple):
    """A mark and the width of its name, in points of the slide."""

    x: float
    y: float
    width: float


def cloud(slide: Any, plane: Plane, *, alternative: str, cut: str, rtl: bool = False) -> None:  # noqa: ANN401
    """A scatter chart with a name at each point, and a line, named ``cut``, from where on a gap counts.

    Args:
        rtl: weights grow from the right, as the report's chart is mirrored.
    """
    data = XyChartData()
    for point in plane.points:
        name = label(point.numbered(point.name), rtl=rtl)
        data.add_series(name).add_data_point(share(point.x), points(point.y))
    data.add_series(label(cut, rtl=rtl)).add_data_point(_middle(plane), plane.up.cut)
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.XY_SCATTER, Inches(MARGIN), Inches(TOP), Inches(WIDE - 2 * MARGIN), Inches(HIGH), data
    )
    chart = frame.chart
    describe(frame, alternative)
    chart.font.size, chart.font.name = Pt(SIZE), FONT
    chart.has_legend = False
    field = MIRRORED if rtl else FIELD
    _fix_field(chart, field)
    chart.category_axis.reverse_order = rtl
    for axis, given, form in (
        (chart.category_axis, plane.across, '0"%"'),
        (chart.value_axis, plane.up, "+0;−0;0"),
    ):
        axis.has_title = True
        axis.axis_title.text_frame.text = printable(given.name)
        font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(TITLED), False
        axis.minimum_scale, axis.maximum_scale = given.low, given.high
        axis.crosses, axis.has_major_gridlines = XL_AXIS_CROSSES.MINIMUM, False
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
    if rtl:
        turned(chart)
        _place(chart.value_axis.axis_title._element, ASIDE)
    *named, line = chart.plots[0].series
    for one, place in zip(
        named, sides_of(_spots(plane, field), _frame(), [_told(plane, cut, field)]), strict=True
    ):
        _mark_of(one)
        _name(one, place)
    _rule(line, plane)


def _mark_of(one: Any) -> None:  # noqa: ANN401
    one.marker.style, one.marker.size = XL_MARKER_STYLE.CIRCLE, MARKER
    paint(one.marker.format, PAPER.customer)
    one.marker.format.line.color.rgb = rgb(PAPER.customer)


def _name(one: Any, place: str) -> None:  # noqa: ANN401
    """Write the name of a mark on one side of it."""
    name = one.points[0].data_label
    name.has_text_frame = True
    name.text_frame.text = one.name
    name.text_frame.word_wrap = False
    name.position = getattr(XL_LABEL_POSITION, place)


def _middle(plane: Plane) -> float:
    """Where the name of the line stands: towards its end."""
    return plane.across.low + NAMED * (plane.across.high - plane.across.low)


def _rule(one: Any, plane: Plane) -> None:  # noqa: ANN401
    """Draw the line across the chart: a mark that cannot be seen, its name above, and a bar to both sides.

    A series of two marks with a line between them would be no less valid; LibreOffice then hides the others.
    """
    one.marker.style = XL_MARKER_STYLE.NONE
    _name(one, "ABOVE")
    one.points[0].data_label.text_frame.paragraphs[0].runs[0].font.size = Pt(RULED)
    bar = one._element.makeelement(qn("c:errBars"), {})
    told = {"errDir": "x", "errBarType": "both", "errValType": "fixedVal", "noEndCap": "1"}
    told |= {"val": f"{plane.across.high - plane.across.low:g}"}
    for tag, value in told.items():
        bar.append(bar.makeelement(qn(f"c:{tag}"), {"val": value}))
    bar.append(_dashed(bar))
    one._element.find(qn("c:xVal")).addprevious(bar)  # the schema wants it there


def _dashed(parent: Any) -> Any:  # noqa: ANN401
    form = parent.makeelement(qn("c:spPr"), {})
    line = form.makeelement(qn("a:ln"), {"w": "15875"})
    solid = line.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": PAPER.quiet.lstrip("#")}))
    line.append(solid)
    line.append(line.makeelement(qn("a:prstDash"), {"val": "dash"}))
    form.append(line)
    return form


def _told(plane: Plane, cut: str, field: Box) -> Box:
    """The rectangle that the name of the line fills."""
    alone = replace(plane, points=(Point("", cut, _middle(plane), plane.up.cut, None),))
    (spot,) = _spots(alone, field)
    return box_of(spot, "ABOVE")


def _fix_field(chart: Any, field: Box) -> None:  # noqa: ANN401
    """Say where the axes stand, so that it is known where a mark will be; python-pptx has no name for it."""
    size = {"w": field.right - field.left, "h": field.bottom - field.top}
    told = {"x": field.left, "y": field.top, **size}
    _place(chart._chartSpace.chart.plotArea, told, layoutTarget="inner")


def _place(part: Any, told: Mapping[str, float], **further: str) -> None:  # noqa: ANN401
    """Say where a part of a chart stands, in shares of its width and height."""
    layout = part.find(qn("c:layout"))
    if layout is None:
        layout = part.makeelement(qn("c:layout"), {})
        text = part.find(qn("c:tx"))  # the schema wants it behind a title's text, else first
        if text is None:
            part.insert(0, layout)
        else:
            text.addnext(layout)
    manual = layout.makeelement(qn("c:manualLayout"), {})
    layout.append(manual)
    modes = {**further, "xMode": "edge", "yMode": "edge"}
    for key, value in {**modes, **{key: f"{part_:.4g}" for key, part_ in told.items()}}.items():
        manual.append(manual.makeelement(qn(f"c:{key}"), {"val": value}))


def _frame() -> Box:
    """The chart in points."""
    return Box(0, 0, 72 * (WIDE - 2 * MARGIN), 72 * HIGH)


def _spots(plane: Plane, field: Box) -> list[Spot]:
    whole, across, up = _frame(), plane.across, plane.up
    wide, high = field.right - field.left, field.bottom - field.top
    spots = []
    for point in plane.points:
        along = (point.x - across.low) / (across.high - across.low)
        x = field.left + wide * along if field is FIELD else field.right - wide * along
        y = field.bottom - high * (point.y - up.low) / (up.high - up.low)
        name = width_of(point.numbered(point.name), SIZE)
        spots.append(Spot(whole.right * x, whole.bottom * y, name))
    return spots


def sides_of(spots: Sequence[Spot], frame: Box, taken: Sequence[Box] = ()) -> list[str]:
    """On which side of its mark each name stands: the sides on which the fewest names are covered.

    Each name in turn takes the best side beside all others, a few times over, from several beginnings;
    equal marks give equal sides.

    Args:
        taken: where something else is written.
    """
    tried = [_settle(spots, [begin] * len(spots), frame, taken) for begin in PLACES]
    return min(tried, key=lambda sides: sum(_lost(spots, sides, frame, taken)))


def _settle(spots: Sequence[Spot], sides: list[str], frame: Box, taken: Sequence[Box]) -> list[str]:
    """Better sides than those to begin with, each beside all others."""
    for _ in range(ROUNDS):
        for at, spot in enumerate(spots):
            others = _others(spots, sides, at, taken)
            sides[at] = min(PLACES, key=lambda side: _covered(box_of(spot, side), others, frame))
    return sides


def _lost(spots: Sequence[Spot], sides: list[str], frame: Box, taken: Sequence[Box]) -> list[float]:
    return [
        _covered(box_of(spot, sides[at]), _others(spots, sides, at, taken), frame)
        for at, spot in enumerate(spots)
    ]


def _others(spots: Sequence[Spot], sides: Sequence[str], at: int, taken: Sequence[Box]) -> list[Box]:
    """What a name must not cover: other names and marks, and what else is written."""
    names = [box_of(one, sides[place]) for place, one in enumerate(spots) if place != at]
    return [*names, *taken, *(_mark(one) for place, one in enumerate(spots) if place != at)]


def box_of(spot: Spot, side: str) -> Box:
    """The rectangle that a name fills on one side of its mark."""
    high, gap = (ABOVE + BELOW) * SIZE, MARKER / 2 + 4
    left = {"RIGHT": spot.x + gap, "LEFT": spot.x - gap - spot.width}.get(side, spot.x - spot.width / 2)
    top = {"ABOVE": spot.y - gap - high, "BELOW": spot.y + gap}.get(side, spot.y - high / 2)
    return Box(left, top, left + spot.width, top + high)


def _mark(spot: Spot) -> Box:
    reach = MARKER / 2
    return Box(spot.x - reach, spot.y - reach, spot.x + reach, spot.y + reach)


def _covered(box: Box, others: Sequence[Box], frame: Box) -> float:
    """How much of other names and marks a name covers, in square points; much where it leaves the chart."""
    outside = 0.0 if box.within(frame) else 1e6
    return outside + sum(_shared(box, other) for other in others)


def _shared(box: Box, other: Box) -> float:
    wide = min(box.right, other.right) - max(box.left, other.left)
    high = min(box.bottom, other.bottom) - max(box.top, other.top)
    return max(wide, 0.0) * max(high, 0.0)
