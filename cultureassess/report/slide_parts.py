"""What slides are made of: a canvas with title and footer, text, a table, native charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cultureassess.report.document import Document
from cultureassess.report.palette import PAPER
from cultureassess.report.words import half_up

WIDE, HIGH = 13.333, 7.5
MARGIN = 0.6
DEEP = "#16324f"
QUIET = "#5A6572"
FONT = "Calibri"
SCRIPTS = "Arial"
"""For scripts that run from right to left: programs look for one typeface that has them all."""

SEAL = 2.6
"""Inches of the footer for fingerprint and number of the slide."""

FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
TITLE_ONLY = 5
"""The layout with a title and nothing else in the default deck."""


@dataclass(frozen=True)
class Canvas:
    """A deck of 16:9 slides. ``footer`` stands on each: whose, how many, the threshold; the fingerprint."""

    deck: Any
    footer: tuple[str, str]
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
        footer = f"{report.cover.heading} · {report.running}", report.fingerprint
        return cls(deck, footer, accent or DEEP, report.direction == "rtl")

    def slide(self, title: str, *, top: float = 0.4, size: float = 26) -> Any:  # noqa: ANN401  (no types)
        """A slide with its title, ``top`` inches from above in letters of ``size`` points, and the footer."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[TITLE_ONLY])
        place = slide.shapes.title
        place.left, place.top = Inches(MARGIN), Inches(top)
        place.width, place.height = Inches(WIDE - 2 * MARGIN), Inches(0.95)
        place.text_frame.word_wrap = True
        fill(place.text_frame.paragraphs[0], title, size, self.accent, bold=True, rtl=self.rtl)
        self._foot(slide)
        return slide

    def speak(self, language: str) -> None:
        """Say of every text which language it is: programs choose typefaces and voices by it."""
        for slide in self.deck.slides:
            for form in slide._element.iter(qn("a:rPr")):
                form.set("lang", language)

    def _foot(self, slide: Any) -> None:  # noqa: ANN401
        """Two boxes, each wide enough for its line: a line with everything outgrew one."""
        told, fingerprint = self.footer
        wide = WIDE - 2 * MARGIN - SEAL
        places = ((MARGIN, wide), (WIDE - MARGIN - SEAL, SEAL))
        first, second = places if not self.rtl else ((MARGIN + SEAL, wide), (MARGIN, SEAL))
        if len(self.deck.slides) > 1:  # the first says the same in its lines
            fill(textbox(slide, *first, top=HIGH - 0.5), told, 10, QUIET, rtl=self.rtl)
        paragraph = textbox(slide, *second, top=HIGH - 0.5)
        fill(paragraph, f"{fingerprint} · ", 10, QUIET)
        _number_slide(paragraph, len(self.deck.slides))
        paragraph.alignment = PP_ALIGN.LEFT if self.rtl else PP_ALIGN.RIGHT


def textbox(slide: Any, left: float, width: float, *, top: float, height: float = 0.3) -> Any:  # noqa: ANN401
    """The first paragraph of a new box whose text wraps; places in inches."""
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.word_wrap = True
    return box.text_frame.paragraphs[0]


def _number_slide(paragraph: Any, number: int) -> None:  # noqa: ANN401
    """A field that follows when slides are moved; python-pptx has no name for it."""
    run = paragraph.runs[0]._r
    field = run.makeelement(qn("a:fld"), {"id": FIELD, "type": "slidenum"})
    field.append(deepcopy(run.rPr))
    text = run.makeelement(qn("a:t"), {})
    text.text = str(number)
    field.append(text)
    run.addnext(field)


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
        run._r.rPr.append(run._r.makeelement(qn("a:cs"), {"typeface": SCRIPTS}))
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
        paint(one.format, colour)
        for place, own in enumerate(points):
            paint(one.points[place].format, own)
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
        paint(one.format, colours[min(place, len(colours) - 1)])


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
    describe(frame, alternative)
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


def paint(form: Any, colour: str) -> None:  # noqa: ANN401
    """Fill a mark or a bar with a colour of the palette."""
    form.fill.solid()
    form.fill.fore_color.rgb = rgb(colour)


def describe(frame: Any, alternative: str) -> None:  # noqa: ANN401
    """Alternative text, which python-pptx has no name for."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(alternative))
