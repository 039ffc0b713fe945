"""Planes as plotly.js gets them: the same numbers, and codes where the drawing has them."""

from __future__ import annotations

import json
import re

import plotly.graph_objects
import pytest

from cultureassess.report.figures import priorities_plane, views_plane
from cultureassess.report.svg import small_plane
from cultureassess.report.words import ENGLISH
from cultureassess.web import plotlyjs
from cultureassess.web.results import chain, contrasts, matters
from cultureassess.web.results.cells import Setting
from tests.report.scenes import SCENES
from tests.web import desk, showcase

PLANES = {"contrasts": (contrasts.build, views_plane), "importance": (matters.build, priorities_plane)}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="module")
def setting(app):
    return Setting(showcase.snapshot(app), ENGLISH)


@pytest.mark.parametrize(("build", "specify"), PLANES.values(), ids=PLANES)
def test_a_mark_has_the_numbers_of_the_specification(setting, build, specify):
    chart, plane = build(setting).chart, specify(setting.snapshot)
    (trace,) = chart.figure["data"]
    assert list(zip(trace["x"], trace["y"], strict=True)) == [(point.x, point.y) for point in plane.points]
    assert trace["customdata"] == [point.told for point in plane.points]
    for reading, point in zip(chart.readings, plane.points, strict=True):
        assert reading.startswith(f"{point.told} ")
    assert plane.description == " ".join(trace["customdata"])


@pytest.mark.parametrize(("build", "specify"), PLANES.values(), ids=PLANES)
def test_a_code_stands_where_the_drawing_has_it(setting, build, specify):
    plane, noted = specify(setting.snapshot), build(setting).chart.figure["layout"]["annotations"]
    texts = {note["text"]: note for note in noted}
    for point, (_, label) in zip(plane.points, small_plane.labelled(plane), strict=True):
        note = texts[point.numbered(point.code)]
        right, bottom = small_plane.value_at(plane, label.box.right, label.box.bottom)
        left, top = small_plane.value_at(plane, label.box.left, label.box.top)
        x, y = (note["ax"], note["ay"]) if note["showarrow"] else (note["x"], note["y"])
        assert left <= x <= right
        assert bottom <= y <= top
    written = " ".join(texts).split()
    assert {word for name in plane.fields for word in name.split()} <= set(written)


@pytest.mark.parametrize(("build", "specify"), PLANES.values(), ids=PLANES)
def test_only_established_gaps_are_solid(setting, build, specify):
    colours = build(setting).chart.figure["data"][0]["marker"]["color"]
    states = [point.state in small_plane.FOUND for point in specify(setting.snapshot).points]
    assert [colour == "var(--data-customer)" for colour in colours] == states


@pytest.mark.parametrize("scene", ["strong", "no gap", "tiny"])
def test_plotly_accepts_every_plane(scene):
    for build, _ in PLANES.values():
        chart = build(Setting(SCENES[scene](), ENGLISH)).chart
        if chart is not None:
            assert json.loads(json.dumps(chart.figure, allow_nan=False)) == chart.figure
            coloured = re.sub(r"var\(--[\w-]+\)", "#123456", json.dumps(chart.figure))
            plotly.graph_objects.Figure(json.loads(coloured))


@pytest.mark.parametrize(("build", "specify"), PLANES.values(), ids=PLANES)
def test_every_mark_has_both_wordings(setting, build, specify):
    chart = build(setting).chart
    for point, wordings in zip(specify(setting.snapshot).points, chart.wordings, strict=True):
        pairs = [pair for pair in setting.snapshot.pairs_of(point.code) if pair.inside and pair.customer]
        assert len(wordings) == len(pairs) > 0


def test_the_way_down_opens_both_wordings_without_script(app, setting):
    content = desk.html(app, setting.snapshot, "chain")
    for one in chain.build(setting).chains:
        assert one.wordings
        assert content.count(f"<dd>{one.wordings[0][1]}</dd>") == 1


@pytest.mark.parametrize("path", ["blind-spots", "importance"])
def test_a_page_that_draws_has_the_guard_and_the_address(app, path):
    content = app.test_client().get(f"/results/1/{path}").text
    assert f'<template id="{plotlyjs.style_guard()}"></template>' in content
    assert f'data-script="/plotly/{plotlyjs.version()}/plotly.min.js"' in content
