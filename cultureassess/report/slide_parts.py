"""What slides are made of: a canvas with title and footer, text, a table, native charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from cultureassess.report.document import Document
from cultureassess.report.figures import Plane
from cultureassess.report.palette import PAPER
from cultureassess.report.words import half_up

WIDE, HIGH = 13.333, 7.5
MARGIN = 0.6
DEEP = "#16324f"
QUIET = "#5A6572"
FONT = "Calibri"
TITLE_ONLY = 5
"""The layout with a title and nothing else in the default deck."""


@dataclass(frozen=True)
class Canvas:
    """A deck of 16:9 slides. ``footer`` stands on each: whose, how many, the threshold, the fingerprint."""

    deck: Any
    footer: str
    accent: str
    rtl: bool

    @classmethod
    def empty(cls, report: Document, *, accent: str) -> Canvas:
        """A deck without slides, named after the report."""
        deck = Presentation()
        deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
        deck.core_properties.title = report.title
        deck.core_properties.author = report.cover.organisation
        deck.core_properties.language = report.language
        parts = (report.cover.heading, report.running, report.fingerprint)
        return cls(deck, " · ".join(parts), accent or DEEP, report.direction == "rtl")

    def slide(self, title: str) -> Any:  # noqa: ANN401  (python-pptx has no types)
        """A slide with its title and the footer."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[TITLE_ONLY])
        place = slide.shapes.title
        place.left, place.top = Inches(MARGIN), Inches(0.4)
        place.width, place.height = Inches(WIDE - 2 * MARGIN), Inches(0.95)
        place.text_frame.word_wrap = True
        fill(place.text_frame.paragraphs[0], title, 26, self.accent, bold=True, rtl=self.rtl)
        box = slide.shapes.add_textbox(
            Inches(MARGIN), Inches(HIGH - 0.45), Inches(WIDE - 2 * MARGIN), Inches(0.3)
        )
        fill(box.text_frame.paragraphs[0], self.footer, 10, QUIET, rtl=self.rtl)
        return slide


def fill(
    paragraph: Any,  # noqa: ANN401
    text: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    rtl: bool = False,
) -> None:
    """Write a text of one size (points) and colour into an empty paragraph, from its reading side."""
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = rgb(colour)
    paragraph.alignment = PP_ALIGN.RIGHT if rtl else PP_ALIGN.LEFT
    if rtl:
        paragraph._p.get_or_add_pPr().set("rtl", "1")  # python-pptx has no name for it


def printable(text: str) -> str:
    """Text without the control characters that an XML file may not hold."""
    return "".join(one for one in text if one >= " " or one in "\t\n")


def label(text: str) -> str:
    """A name in a chart's data sheet; python-pptx would write one that begins with = as a formula."""
    plain = printable(text)
    return f" {plain}" if plain[:1] in ("=", "{") else plain


def rgb(colour: str) -> Any:  # noqa: ANN401
    """A colour of the palette, "#rrggbb", as python-pptx wants it."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def bullets(
    slide: Any,  # noqa: ANN401
    lines: Sequence[str],
    *,
    top: float,
    size: float,
    rtl: bool = False,
) -> None:
    """Paragraphs below the title."""
    box = slide.shapes.add_textbox(Inches(MARGIN), Inches(top), Inches(WIDE - 2 * MARGIN), Inches(2))
    frame = box.text_frame
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.6)
        fill(paragraph, line, size, PAPER.ink, rtl=rtl)


def note(slide: Any, text: str) -> None:  # noqa: ANN401
    """What the speaker may say."""
    slide.notes_slide.notes_text_frame.text = printable(text)


def bars(
    slide: Any,  # noqa: ANN401
    names: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    *,
    colours: Sequence[str],
    alternative: str,
    high: float,
    points: Sequence[str] = (),
    printed: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """A bar chart with a value at each bar.

    Args:
        points: colours the bars of a single series one by one.
        printed: per series what the report prints of each value, "34.5" just below a level's limit: such a
            bar says the same.
    """
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, names, series, alternative, top=1.5, height=5.3)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, high
    chart.category_axis.reverse_order = True
    _lighten(chart.value_axis)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    _number(plot.data_labels)
    for one, colour in zip(plot.series, colours, strict=True):
        _paint(one.format, colour)
        for place, own in enumerate(points):
            _paint(one.points[place].format, own)
        if printed:  # labels of its own hide a chart's, so every bar gets them
            _number(one.data_labels)
        for place, text in enumerate(printed.get(one.name, ())):
            if text and text != str(half_up(one.values[place])):
                _say(one.points[place].data_label, text)


def _number(labels: Any) -> None:  # noqa: ANN401
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = "0", False
    labels.font.size = Pt(12)


def _say(data_label: Any, text: str) -> None:  # noqa: ANN401
    data_label.has_text_frame = True
    data_label.text_frame.text = text
    data_label.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
    data_label.position = XL_LABEL_POSITION.OUTSIDE_END


def stacked(
    slide: Any,  # noqa: ANN401
    names: Sequence[str],
    series: Mapping[str, Sequence[float]],
    *,
    colours: Sequence[str],
    alternative: str,
) -> None:
    """A bar per group, divided by the points of the response scale, in percent."""
    chart = _chart(slide, XL_CHART_TYPE.BAR_STACKED_100, names, series, alternative, top=4.0, height=2.9)
    chart.category_axis.reverse_order = True
    _lighten(chart.value_axis)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    for place, one in enumerate(plot.series):
        _paint(one.format, colours[min(place, len(colours) - 1)])


def cloud(slide: Any, plane: Plane, *, alternative: str) -> None:  # noqa: ANN401
    """A scatter chart with a name at each point."""
    data = XyChartData()
    for point in plane.points:
        data.add_series(label(point.numbered(point.name))).add_data_point(
            round(point.x, 1), round(point.y, 1)
        )
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.XY_SCATTER, Inches(MARGIN), Inches(1.5), Inches(WIDE - 2 * MARGIN), Inches(5.3), data
    )
    chart = frame.chart
    _describe(frame, alternative)
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.has_legend = False
    for axis, given in ((chart.category_axis, plane.across), (chart.value_axis, plane.up)):
        axis.has_title = True
        axis.axis_title.text_frame.text = printable(given.name)
        axis.minimum_scale, axis.maximum_scale = given.low, given.high
        axis.has_major_gridlines = False
    for one in chart.plots[0].series:
        one.marker.style, one.marker.size = XL_MARKER_STYLE.CIRCLE, 11
        _paint(one.marker.format, PAPER.customer)
        one.marker.format.line.color.rgb = rgb(PAPER.customer)
        name = one.points[0].data_label
        name.has_text_frame = True
        name.text_frame.text = one.name
        name.position = XL_LABEL_POSITION.RIGHT


def _chart(
    slide: Any,  # noqa: ANN401
    kind: Any,  # noqa: ANN401
    names: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    alternative: str,
    *,
    top: float,
    height: float,
) -> Any:  # noqa: ANN401
    data = CategoryChartData()
    data.categories = [label(name) for name in names]
    for name, values in series.items():
        data.add_series(label(name), values)
    place = Inches(MARGIN), Inches(top), Inches(WIDE - 2 * MARGIN), Inches(height)
    frame = slide.shapes.add_chart(kind, *place, data)
    _describe(frame, alternative)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    return chart


def _lighten(axis: Any) -> None:  # noqa: ANN401
    """Gridlines that stand behind the figures."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(PAPER.span)
    axis.format.line.color.rgb = rgb(PAPER.line)


def _paint(form: Any, colour: str) -> None:  # noqa: ANN401
    form.fill.solid()
    form.fill.fore_color.rgb = rgb(colour)


def _describe(frame: Any, alternative: str) -> None:  # noqa: ANN401
    """Alternative text, which python-pptx has no name for."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(alternative))
