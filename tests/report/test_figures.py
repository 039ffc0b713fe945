"""Charts: one specification, two renderers, the same numbers."""

import json
from xml.etree import ElementTree as ET

import plotly.graph_objects
import pytest

from cultureassess.report import figures, svg
from cultureassess.report import plotly as plotly_figures
from cultureassess.report.palette import DARK, PAPER
from tests.report import factory, scenes

SVG = "{http://www.w3.org/2000/svg}"


def all_figures(snapshot):
    pairs = [figures.distribution(snapshot, pair) for pair in snapshot.pairs]
    return [figures.gap_plot(snapshot), figures.headline(snapshot), *pairs]


def parsed(drawn):
    return ET.fromstring(drawn)  # noqa: S314  (our own drawing)


def printed(drawn):
    return [node.text for node in parsed(drawn).iter(f"{SVG}text")]


def test_rows_are_sorted_by_gap_within_core_and_differentiating(demo):
    plot = figures.gap_plot(demo)
    assert [(group.name, [row.code for row in group.rows]) for group in plot.groups] == [
        ("Core", ["EO", "CF", "CI", "RG"]),
        ("Differentiating", ["SB", "CO", "CM", "IN"]),
    ]


def test_the_title_is_the_finding(demo):
    titles = {name: figures.gap_plot(scene()).title for name, scene in scenes.SCENES.items()}
    assert figures.gap_plot(demo).title == "Managers see 6 of 8 indices rosier than customers do"
    assert titles["reverse"] == "Customers rate all 8 indices higher than managers do"
    assert titles["no gap"] == "Managers and customers see every index alike, within 10 points"
    assert titles["undecided"] == "The answers show no gap that we could be sure of"
    assert titles["tiny"] == "There are too few answers to compare the two sides"


def test_the_marks_are_the_snapshot_s_means(demo):
    drawn = {
        (row.code, mark.group): (mark.value, mark.n)
        for group in figures.gap_plot(demo).groups
        for row in group.rows
        for mark in row.marks
    }
    known = {
        (index.code, group): (index.groups[group].mean, index.groups[group].n)
        for index in demo.indices
        for group in ("management", "staff", "customer")
    }
    assert drawn == known


def test_a_row_prints_gap_range_people_and_word(demo):
    row = figures.gap_plot(demo).groups[0].rows[0]
    assert (row.gap, row.interval, row.people, row.word) == ("+35", "+27 to +44", "17 / 41", "gap")


def test_a_withheld_row_says_why_and_draws_no_mark():
    plot = figures.gap_plot(scenes.SCENES["all hidden"]())
    rows = [row for group in plot.groups for row in group.rows]
    assert {(row.note, row.marks, row.gap) for row in rows} == {("not shown – fewer than 5", (), "")}
    assert printed(svg.render(plot)).count("not shown – fewer than 5") == 8


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_every_figure_starts_with_its_alternative_text(scene):
    for figure in all_figures(scenes.SCENES[scene]()):
        first = next(iter(parsed(svg.render(figure))))
        assert (first.tag, first.text.startswith(figure.title)) == (f"{SVG}title", True)


def test_three_groups_have_three_shapes(demo):
    drawn = parsed(svg.render(figures.gap_plot(demo)))
    shapes = {
        "management": [n for n in drawn.iter(f"{SVG}rect") if n.get("fill") == PAPER.management],
        "staff": [n for n in drawn.iter(f"{SVG}circle") if n.get("fill") == PAPER.staff],
        "customer": [n for n in drawn.iter(f"{SVG}polygon") if n.get("fill") == PAPER.customer],
    }
    assert {group: len(marks) for group, marks in shapes.items()} == {
        "management": 9,
        "staff": 9,
        "customer": 9,
    }


def test_a_distribution_bar_is_as_long_as_its_answers(demo):
    figure = figures.distribution(demo, demo.pairs[0])
    for row in figure.rows:
        assert sum(row.counts) == row.n
        assert sum(row.shares) == pytest.approx(100)


def test_a_title_cannot_leave_its_element():
    snapshot = factory.c17(wave=factory.wave(organisation="</title><script>alert(1)</script>"))
    drawn = svg.render(figures.headline(snapshot))
    assert [node.tag for node in parsed(drawn).iter(f"{SVG}script")] == []
    assert "&lt;script&gt;" in drawn


def test_the_palette_can_be_dark(demo):
    drawn = svg.render(figures.gap_plot(demo), DARK)
    assert (DARK.customer in drawn, PAPER.customer in drawn) == (True, False)


def test_the_colours_are_okabe_and_ito_s():
    assert (PAPER.management, PAPER.staff, PAPER.customer) == ("#009E73", "#0072B2", "#D55E00")


@pytest.mark.parametrize("points", [2, 4, 5, 6, 7, 9])
def test_every_scale_has_a_shade_per_point(points):
    from cultureassess.report.svg.distribution import shades

    assert len(shades(points, PAPER)) == points


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_plotly_accepts_every_figure(scene):
    for figure in all_figures(scenes.SCENES[scene]())[:3]:
        drawn = plotly_figures.figure(figure, template=True)
        plotly.graph_objects.Figure(drawn)
        assert json.loads(json.dumps(drawn, allow_nan=False)) == drawn


def test_plotly_shows_the_numbers_of_the_svg(demo):
    plot = figures.gap_plot(demo)
    drawn = plotly_figures.figure(plot)
    rows = [row for group in plot.groups for row in group.rows]
    expected = {
        mark.group: [m.value for row in rows for m in row.marks if m.group == mark.group]
        for mark in rows[0].marks
    }
    assert [trace["x"] for trace in drawn["data"]] == [expected[group] for group, _ in plot.legend]
