"""Names beside points: none covers another, none leaves the plane, and equal planes are drawn alike."""

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from cultureassess.report import figures
from cultureassess.report.figures.spec import Axis, Plane, Point
from cultureassess.report.palette import PAPER
from cultureassess.report.svg.labels import Box, Mark, place_labels
from cultureassess.report.svg.plane import FRAME, draw_plane, labels_of, name_of
from cultureassess.report.svg.small_plane import draw_small_plane
from tests.report import scenes

SVG = "{http://www.w3.org/2000/svg}"
NAMES = (
    "Collective Focus",
    "External Orientation",
    "Change & Innovation",
    "Shared Beliefs",
    "Risk & Governance",
    "Courage",
    "Commitment",
    "Inclusion",
    "Kundenzufriedenheitsbefragungsauswertungsabteilung Nord-West",
    "北京客户服务中心",
)
TICKS = ((0.0, "0"), (100.0, "100"))
CORNERS = ((0.0, 0.0), (0.0, 100.0), (100.0, 0.0), (100.0, 100.0))
LAYOUTS = {
    "all on one point": [(50.0, 50.0)] * 10,
    "all in a corner": [(100.0, 100.0)] * 10,
    "in a heap": [(60.0 + place % 3, 64.0 + place // 3) for place in range(10)],
    "on the lines": [(65.0, 10.0 * place) for place in range(5)]
    + [(10.0 * place, 65.0) for place in range(5)],
    "at the edges": [CORNERS[place % 4] for place in range(10)],
}


def plane(places):
    axis = Axis("Score", 0, 100, 65, TICKS)
    points = tuple(
        Point(name[:2].upper(), name, x, y, "clear gap", place if place <= 3 else None)
        for place, (name, (x, y)) in enumerate(zip(NAMES, places, strict=True), 1)
    )
    fields = ("only managers see a strength", "both see one", "only customers see one", "nobody sees one")
    return Plane("Title", "Description.", axis, axis, fields, 0, points)


def overlapping(labels):
    return [(one, other) for one, other in combinations(labels, 2) if one.box.overlaps(other.box)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_two_names_overlap_and_none_leaves_the_plane(layout):
    labels = labels_of(plane(LAYOUTS[layout]))
    assert overlapping(labels) == []
    assert [label for label in labels if not label.box.within(FRAME)] == []


@pytest.mark.parametrize("scene", scenes.SCENES)
def test_the_planes_of_every_scene_keep_their_names_apart(scene):
    snapshot = scenes.SCENES[scene]()
    for found in (figures.views_plane(snapshot), figures.priorities_plane(snapshot)):
        labels = labels_of(found) if found else ()
        assert overlapping(labels) == []


def test_names_keep_off_lines_and_other_marks_where_there_is_room(demo):
    labels = labels_of(figures.priorities_plane(demo))
    assert [label.led for label in labels] == [None] * len(labels)


def test_a_name_far_from_its_mark_is_led_to_it():
    labels = labels_of(plane(LAYOUTS["all on one point"]))
    assert any(label.led for label in labels)
    assert draw_plane(plane(LAYOUTS["all on one point"]), PAPER).count("<line") > draw_plane(
        plane(LAYOUTS["on the lines"]), PAPER
    ).count("<line")


def test_equal_marks_give_equal_places():
    assert labels_of(plane(LAYOUTS["in a heap"])) == labels_of(plane(LAYOUTS["in a heap"]))


def test_fifty_codes_on_one_point_find_fifty_places():
    marks = [Mark(100, 100, 6, 30, 12)] * 50
    labels = place_labels(marks, Box(0, 0, 340, 340))
    assert overlapping(labels) == []
    assert all(label.box.within(Box(0, 0, 340, 340)) for label in labels)


def test_a_full_frame_still_names_every_mark():
    labels = place_labels([Mark(10, 10, 5, 60, 12)] * 9, Box(0, 0, 64, 40))
    assert len(labels) == 9


@pytest.mark.parametrize("draw", [draw_plane, draw_small_plane])
def test_the_first_three_of_the_list_carry_their_place(draw, demo):
    found = figures.priorities_plane(demo)
    drawn = [node.text for node in ET.fromstring(draw(found, PAPER)).iter(f"{SVG}text")]  # noqa: S314
    numbered = [name for name in drawn if name[:4] in ("1 · ", "2 · ", "3 · ")]
    firsts = {point.place: point for point in found.points if point.place}
    told = name_of if draw is draw_plane else (lambda point: f"{point.place} · {point.code}")
    assert sorted(numbered) == [told(firsts[place]) for place in (1, 2, 3)]


def test_the_planes_of_priorities_shade_no_corner_and_those_of_views_one(demo):
    marked = [figures.priorities_plane(demo).marked, figures.views_plane(demo).marked]
    assert marked == [None, 0]


def test_names_of_levels_are_drawn_over_every_band(demo):
    """A band that is drawn later would cut off a name that reaches into it."""
    from cultureassess.report import svg

    found = figures.ladder(demo.indices[0], demo)
    for figure in (found, figures.gap_plot(demo)):
        order = [
            node.text if node.tag == f"{SVG}text" else "band"
            for node in ET.fromstring(svg.render(figure))  # noqa: S314
            if node.get("fill") == PAPER.band or node.text in [band.name for band in found.bands]
        ]
        assert ("Inward", "band") not in pairwise(order)


def test_a_very_long_name_is_cut_and_marked_as_cut():
    point = Point("KU", NAMES[8], 50.0, 50.0, None)
    assert name_of(point) == "Kundenzufriedenheitsbefragungsauswertungsabteil…"


def test_a_name_stands_on_the_right_of_a_mark_that_is_alone():
    (label,) = place_labels([Mark(100, 100, 6, 60, 12)], Box(0, 0, 300, 200))
    assert (label.anchor, label.box.left > 100, label.led) == ("start", True, None)


@pytest.mark.parametrize("y", [73.62519690912526, 84.1, 95.3, 101.7, 110.0])
def test_a_name_goes_above_a_mark_that_lies_on_a_line(y):
    line = Box(0, y - 1, 300, y + 1)
    (label,) = place_labels([Mark(100, y, 6, 60, 12)], Box(0, 0, 300, 200), lines=[line])
    assert (label.box.overlaps(line), label.led, label.box.bottom < y) == (False, None, True)
