"""Slides: native charts with the report's figures, and alternative text for each."""

import io
import itertools
import re
import zipfile

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from cultureassess.report.document.tables import Cell, Table
from cultureassess.report.narrative.priorities import tied_sentences
from cultureassess.report.options import Options, Voice
from cultureassess.report.palette import contrast
from cultureassess.report.process import Request, written
from cultureassess.report.sheets.types import score
from cultureassess.report.slide_charts import Series, bars
from cultureassess.report.slide_cloud import Spot, box_of, sides_of
from cultureassess.report.slide_parts import HIGH, WIDE, fitting, sized
from cultureassess.report.slide_tables import grid
from cultureassess.report.svg.labels import Box
from cultureassess.report.words import ENGLISH
from cultureassess.snapshot.document import to_json
from tests.report import scenes
from tests.report.made import made
from tests.samples.companies import COMPANIES
from tests.samples.companies import snapshot as sample
from tests.samples.pictures import logo


@pytest.fixture(scope="module")
def deck():
    return Presentation(io.BytesIO(made("pptx")))


SCATTER = qn("c:scatterChart")


def charts(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def texts(deck):
    return " ".join(
        shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame
    )


def test_every_slide_has_a_title_and_the_footer(deck):
    assert len(deck.slides) >= 8
    for number, slide in enumerate(deck.slides, 1):
        assert slide.shapes.title.text_frame.text
        shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert number == 1 or any("threshold 5" in text for text in shown)
        fields = slide._element.findall(".//" + qn("a:fld"))
        assert [(field.get("type"), field.findtext(qn("a:t"))) for field in fields] == [
            ("slidenum", str(number))
        ]


def test_the_first_slide_carries_both_logos_and_says_whose_they_are():
    voice = Voice(name="Brandt", contact="brandt.example", logo=logo("B", "#333333"))
    slide = next(iter(Presentation(io.BytesIO(made("pptx", options=_with(voice)))).slides))
    pictures = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    told = [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures]
    assert told == ["Logo of Acme", "Logo of Brandt"]
    assert all(Inches(0) <= shape.left <= Inches(WIDE) - shape.width for shape in pictures)
    assert any("brandt.example" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _with(voice):
    return Options(logo=logo("A", "#0f5a63"), voice=voice)


def test_titles_say_what_was_found(deck):
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[1] == (
        "13 of 18 managers (72%) say Acme strongly puts its customers first. They expected 59 of 100 "
        "customers to say so. 7 of 42 did (17%)."
    )
    assert "18 managers and 42 customers answered" in titles
    assert any(re.fullmatch(r".+: managers \d+, customers [\d.]+", title) for title in titles)
    assert titles[5].startswith("External Orientation and Collective Focus are nearly tied")
    assert titles[5].endswith(" are nearly tied: chance in the answers could change their order.")
    assert any(title.startswith("Begin with ") for title in titles)


def test_names_in_the_scatter_chart_cover_neither_one_another_nor_a_mark():
    """Marks in a row and a heap of four: on the right of each, the names would lie on one another."""
    spots = [Spot(100 + 40 * n, 200, 90) for n in range(2)]
    spots += [Spot(500, 100, 120), Spot(508, 108, 120), Spot(800, 300, 120)]
    frame = Box(0, 0, 873, 381)
    sides = sides_of(spots, frame)
    boxes = [box_of(spot, side) for spot, side in zip(spots, sides, strict=True)]
    assert [a for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)] == []
    assert all(box.within(frame) for box in boxes)
    assert sides[-1] == "LEFT"


def test_charts_can_be_edited_and_hold_the_figures_of_the_snapshot(deck):
    snapshot = scenes.SCENES["strong"]()
    found = {
        series.name: dict(zip(chart.chart.plots[0].categories, series.values, strict=True))
        for chart in charts(deck)[1:2]
        for series in chart.chart.plots[0].series
    }
    expected = {index.name: score(index.groups["customer"].mean) for index in snapshot.indices}
    assert found["Customers · n = 40–41"] == expected


def test_a_bar_just_below_a_level_says_what_the_report_says():
    """34.5 points are no 35, where the second level begins (METHOD 2.7); other bars count by themselves."""
    blank = Presentation()
    slide = blank.slides.add_slide(blank.slide_layouts[6])
    told = Series("Customers", [34.5, 35.2, None], "#c2410c", printed=["34.5", "35", ""])
    bars(slide, ["A", "B", "C"], [told], alternative="A.")
    series = slide.shapes[0].chart.plots[0].series[0]
    labels = [point.data_label for point in (series.points[n] for n in range(3))]
    assert [label.has_text_frame for label in labels] == [True, False, False]
    assert labels[0].text_frame.text == "34.5"


def test_every_chart_has_an_alternative_text(deck):
    assert len(charts(deck)) >= 4
    assert [c for c in charts(deck) if not c._element.nvGraphicFramePr.cNvPr.get("descr")] == []


def test_what_is_withheld_is_nowhere_in_the_file():
    mean = f"{scenes.SCENES['strong']().index('EO').groups['customer'].mean:.1f}"
    assert mean in everything(made("pptx"))
    assert mean not in everything(made("pptx", "customers hidden"))


def everything(content):
    """All text of the archive and of the workbooks in it."""
    told = ""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith(".xlsx"):
                told += everything(part)
            elif name.endswith(".xml"):
                told += part.decode()
    return told


@pytest.mark.parametrize("scene", ["tiny", "all hidden", "no outcome"])
def test_thin_waves_still_make_slides(scene):
    assert len(Presentation(io.BytesIO(made("pptx", scene))).slides) >= 4


def test_every_text_says_its_language(deck):
    """Without it LibreOffice looks for Arabic letters in a typeface of another script."""
    forms = [form for slide in deck.slides for form in slide._element.iter(qn("a:rPr"))]
    assert {form.get("lang") for form in forms} == {"en"}


def test_the_silent_stand_beside_the_answer(deck):
    assert "invited customers did not answer" in told_on(deck, 2)


def told_on(deck, number):
    slide = list(deck.slides)[number - 1]
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_the_forecast_is_an_outline_and_says_whose_it_is(deck):
    series = charts(deck)[0].chart.plots[0].series[0]
    own, forecast, customers = charts(deck)[0].chart.plots[0].categories
    assert "13 of 18 (72%)\n" in own
    assert "7 of 42 (17%)\n" in customers
    assert "their forecast of customers" in forecast
    fills = [str(series.points[at].format.fill.fore_color.rgb) for at in range(3)]
    assert fills == ["009E73", "FFFFFF", "D55E00"]


def ranges(chart):
    """The lengths of all error bars of a chart."""
    return [
        float(value.text) for value in chart._chartSpace.findall(".//" + qn("c:errBars") + "//" + qn("c:v"))
    ]


def test_bars_carry_their_ranges_and_below_ten_answers_none(deck):
    assert len(ranges(charts(deck)[1].chart)) == 2 * 3 * 8
    tiny = charts(Presentation(io.BytesIO(made("pptx", "tiny"))))
    assert ranges(tiny[0].chart) == []
    series = tiny[1].chart.plots[0].series
    assert [one.name for one in series if one._element.find(qn("c:errBars")) is not None] == [
        "Employees · n = 30"
    ]


def test_a_line_in_the_scatter_chart_says_from_where_on_a_gap_counts(deck):
    (chart,) = [found.chart for found in charts(deck) if found.chart.plots[0]._element.tag == SCATTER]
    *_, line = chart.plots[0].series
    assert (line.name, tuple(line.values)) == ("gap from 10 points", (10.0,))
    assert "Weights come from the framework, not from your customers’ answers." in told_on(deck, 6)


def test_every_quote_names_its_side_and_every_bar_its_answers(deck):
    quotes = [
        line
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for line in shape.text_frame.text.split("\n")
        if line.endswith("”")
    ]
    assert {quote.partition(": ")[0] for quote in quotes} == {"Inside", "Customers"}
    assert all("answers" in name for name in charts(deck)[-1].chart.plots[0].categories)


def test_parts_of_a_bar_carry_their_number_in_a_colour_that_can_be_read(deck):
    plot = charts(deck)[-1].chart.plots[0]
    assert all(one.data_labels.show_value for one in plot.series)
    for one in plot.series:
        shade, ink = (f"#{form.rgb}" for form in (one.format.fill.fore_color, one.data_labels.font.color))
        assert contrast(ink, shade) >= 4.5


def test_paragraphs_shrink_until_they_keep_to_their_place():
    assert fitting(["short"], 18, 4) == 18
    assert 9 <= fitting(["long " * 200] * 3, 18, 4) < 18


def test_a_long_table_ends_above_the_footer():
    blank = Presentation()
    slide = blank.slides.add_slide(blank.slide_layouts[6])
    rows = tuple((Cell(f"Index {at}"), Cell("70 (65 to 75)", "number")) for at in range(12))
    grid(slide, Table("Gaps", ("Index", "Managers"), rows), size=12)
    (drawn,) = [shape for shape in slide.shapes if shape.has_table]
    assert drawn.top + sum(row.height for row in drawn.table.rows) <= Inches(HIGH - 0.5)


@pytest.mark.parametrize(("rtl", "way"), [(False, "minMax"), (True, "maxMin")])
def test_bars_grow_from_the_side_where_reading_begins(rtl, way):
    blank = Presentation()
    slide = blank.slides.add_slide(blank.slide_layouts[6])
    bars(slide, ["A"], [Series("Customers", [40.0], "#c2410c")], alternative="A.", rtl=rtl)
    scale = slide.shapes[0].chart.value_axis._element.find(qn("c:scaling"))
    found = scale.find(qn("c:orientation"))
    assert (found.get("val", "maxMin") if found is not None else "minMax") == way


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_legend_names_the_bars_in_their_order(language):
    """Drawn beside the chart: LibreOffice turns a chart's own legend against its bars."""
    found = Presentation(io.BytesIO(made("pptx", options=Options(language=language))))
    seen = 0
    for slide in list(found.slides)[3:]:
        for shape in (one for one in slide.shapes if one.has_chart):
            chart = shape.chart
            if len(chart.plots[0].series) < 2 or chart.plots[0]._element.tag == SCATTER:
                continue
            (told,) = legends(slide)
            assert told == [series.name.strip("\u200f") for series in chart.plots[0].series]
            assert not chart.has_legend
            seen += 1
    assert seen >= 2


def legends(slide):
    """The names behind squares of colour, line by line."""
    shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return [[part.strip() for part in re.split("[■□]", text)[1:]] for text in shown if text[:1] in ("■", "□")]


@pytest.mark.parametrize(("language", "way"), [("en", "minMax"), ("ar", "maxMin")])
def test_the_scatter_chart_is_mirrored_as_in_the_report(language, way):
    found = Presentation(io.BytesIO(made("pptx", options=Options(language=language))))
    (chart,) = [one.chart for one in charts(found) if one.chart.plots[0]._element.tag == SCATTER]
    across, up = (
        axis._element.find(qn("c:scaling")).find(qn("c:orientation"))
        for axis in (chart.category_axis, chart.value_axis)
    )
    assert (across.get("val", "maxMin") if across is not None else "minMax") == way
    assert up is None or up.get("val") == "minMax"
    place = chart.value_axis.axis_title._element.find(qn("c:layout"))
    left = place.find(qn("c:manualLayout") + "/" + qn("c:x")) if place is not None else None
    assert (left is not None and float(left.get("val")) > 0.9) == (language == "ar")


def test_every_near_tie_of_the_report_is_told_once_on_the_slide_of_importance():
    """The first is not tied in this sample; two below it are."""
    (company,) = [one for one in COMPANIES if one.name == "strong-gap"]
    snapshot = sample(company)
    found = Presentation(io.BytesIO(written(Request("pptx", to_json(snapshot).decode()))))
    assert (ties := tied_sentences(snapshot, ENGLISH))
    assert [told_on(found, 6).count(tie) for tie in ties] == [1] * len(ties)
    title = list(found.slides)[5].shapes.title.text_frame.text
    assert title == "External Orientation comes first, by weight and size together"


def test_a_long_title_is_set_smaller():
    """Four lines of a German title would stand in the text below."""
    told = [sized("Rechtsschutzversicherungsgesellschaften " * times) for times in (1, 4, 6)]
    assert told == [26, 20, 16]
