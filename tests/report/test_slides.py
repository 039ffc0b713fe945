"""Slides: native charts with the report's figures, and alternative text for each."""

import io
import zipfile

import pytest
from pptx import Presentation

from cultureassess.report.slide_parts import bars
from tests.report import scenes
from tests.report.made import made


@pytest.fixture(scope="module")
def deck():
    return Presentation(io.BytesIO(made("pptx")))


def charts(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def texts(deck):
    return " ".join(
        shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame
    )


def test_every_slide_has_a_title_and_the_footer(deck):
    assert len(deck.slides) >= 8
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        assert any("threshold 5" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_charts_can_be_edited_and_hold_the_figures_of_the_snapshot(deck):
    snapshot = scenes.SCENES["strong"]()
    found = {
        series.name: dict(zip(chart.chart.plots[0].categories, series.values, strict=True))
        for chart in charts(deck)[1:2]
        for series in chart.chart.plots[0].series
    }
    expected = {index.name: round(index.groups["customer"].mean, 1) for index in snapshot.indices}
    assert found["Customers"] == expected


def test_a_bar_just_below_a_level_says_what_the_report_says():
    """34.5 points are no 35, where the second level begins (METHOD 2.7); other bars count by themselves."""
    blank = Presentation()
    slide = blank.slides.add_slide(blank.slide_layouts[6])
    values, told = {"Customers": [34.5, 35.2, None]}, {"Customers": ["34.5", "35", ""]}
    bars(slide, ["A", "B", "C"], values, colours=["#c2410c"], alternative="A.", high=100, printed=told)
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
