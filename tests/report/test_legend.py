"""Words in pictures and in the printed command: whole in every language, and nothing covers them."""

import shlex
import tomllib
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from pptx import Presentation

from cultureassess.instruments.registry import DATA
from cultureassess.report import figures, svg
from cultureassess.report.languages import words_in
from cultureassess.report.narrative.recipe import LONGEST_LINE, commands
from cultureassess.report.palette import PAPER
from cultureassess.report.pdf import render_html
from cultureassess.report.slide_charts import stacked
from cultureassess.report.svg.distribution import KEY, SWATCH, key_lines, label_width, shades
from cultureassess.report.svg.labels import width_of
from cultureassess.report.svg.mirror import is_mirrored
from cultureassess.report.svg.plane import LEFT, RIGHT, SMALL, roomy
from tests.report import factory

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ["en", "de", "es", "fr", "ar"]


def scale_labels(language):
    name = "customer_culture_v1" + ("" if language == "en" else f".{language}")
    return tuple(tomllib.loads((DATA / f"{name}.toml").read_text())["scale"]["labels"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_swatch_of_the_legend_covers_a_word(language):
    labels = scale_labels(language)
    lines = key_lines(labels)
    assert [place for line in lines for place, _ in line] == list(range(5))
    for line in lines:
        ends = [x + SWATCH + label_width(labels[place]) for place, x in line]
        begins = [x for _, x in line]
        assert all(end < begin for end, begin in zip(ends, [*begins[1:], KEY + 1], strict=True))


def test_a_legend_in_english_keeps_to_one_line():
    assert len(key_lines(scale_labels("en"))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_a_planes_fields_are_whole_and_keep_to_their_fields(language):
    plane = figures.views_plane(factory.c17(), words_in(language))
    narrow = replace(plane, across=replace(plane.across, low=30, high=70), points=())
    drawn = [node.text for node in ET.fromstring(svg.render(narrow)).iter(f"{SVG}text")]  # noqa: S314
    for name in narrow.fields:
        assert set(name.split()) <= {word for line in drawn for word in line.split()}
    across = roomy(narrow).across
    beside = (RIGHT - LEFT) * (across.high - across.cut) / (across.high - across.low)
    words = [word for name in narrow.fields[1:3] for word in name.split()]
    assert max(width_of(word, SMALL) for word in words) < beside


def test_every_picture_faces_the_way_its_page_is_read():
    """An imported questionnaire has no Arabic words: some titles then hold more Latin letters."""
    plot = figures.gap_plot(factory.c17())
    assert is_mirrored(svg.render(plot, leftwards=True))
    assert not is_mirrored(svg.render(plot, leftwards=False))
    assert not is_mirrored(svg.render(plot))


def test_a_printed_command_runs_as_it_is_copied():
    _, command = commands(factory.c17(), earlier=True)
    *first, last = command.split("\n")
    assert first
    assert all(line.endswith(" \\") for line in first)
    assert not last.endswith("\\")
    assert max(map(len, [*first, last])) <= LONGEST_LINE + 2
    told = shlex.split(command.replace("\\\n", ""))
    assert told[:2] == ["cultureassess", "analyse"]
    assert "--earlier" in told


def test_the_columns_beside_the_bars_have_heads():
    page = render_html(factory.c17())
    assert "<span>agree</span> <span>mean</span>" in page


def test_a_slide_names_every_point_of_a_scale_of_seven():
    labels = tuple(f"Point {number}" for number in range(1, 8))
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    answers = {label: [100 / 7, 100 / 7] for label in labels}
    stacked(slide, ["Managers", "Customers"], answers, colours=shades(7, PAPER), alternative="Answers")
    told = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert [label in told for label in labels] == [True] * 7
