"""The addresses of the results: who gets them, when, and in which form."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cultureassess.snapshot.document import from_json
from cultureassess.web import plotlyjs
from tests.web import showcase

PATHS = ("", "/gap-report.pdf", "/snapshot.json")
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


@pytest.fixture
def client(app):
    return app.test_client()


def test_the_page_names_the_organisation_and_the_wave(client):
    page = client.get("/results/1")
    assert page.status_code == 200
    assert "<h1>Nordlicht Logistics: what managers believe, what customers say</h1>" in page.text


def test_the_results_of_an_open_wave_are_sealed(client):
    page = client.get("/results/2")
    assert page.status_code == 200
    assert "Sealed until the wave is closed" in page.text
    assert [client.get(f"/results/2{path}").status_code for path in PATHS[1:]] == [404, 404]


def test_an_unknown_wave_is_not_found(client):
    assert {client.get(f"/results/99{path}").status_code for path in PATHS} == {404}


def test_outside_of_the_demo_nothing_is_found(tmp_path):
    client = showcase.make(tmp_path, demo=False).test_client()
    assert {client.get(f"/results/1{path}").status_code for path in PATHS} == {404}


def test_from_another_machine_nothing_is_found(client):
    answers = [client.get(f"/results/1{path}", environ_base=ELSEWHERE) for path in PATHS]
    unknown = client.get("/results/99", environ_base=ELSEWHERE)
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, unknown.text)}


def test_the_data_file_is_the_stored_snapshot(app, client):
    answer = client.get("/results/1/snapshot.json")
    assert answer.mimetype == "application/json"
    assert from_json(answer.data) == showcase.snapshot(app)


def test_the_report_is_written_once(app, client):
    first = client.get("/results/1/gap-report.pdf")
    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF-1.7")
    name = 'attachment; filename="nordlicht-logistics-wave-1-gap-report.pdf"'
    assert first.headers["Content-Disposition"] == name
    (written,) = (Path(app.instance_path) / "reports").iterdir()
    written.write_bytes(b"%PDF-kept")
    assert client.get("/results/1/gap-report.pdf").data == b"%PDF-kept"


def test_plotly_comes_out_of_the_installed_package(client):
    plain = client.get(f"/plotly/{plotlyjs.version()}/plotly.min.js")
    assert plain.data == plotlyjs.source().read_bytes()
    assert plain.mimetype == "text/javascript"


def test_plotly_is_sent_compressed_and_kept_for_a_year(client):
    address = f"/plotly/{plotlyjs.version()}/plotly.min.js"
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < 1_600_000
    assert gzip.decompress(packed.data) == plotlyjs.source().read_bytes()


def test_another_version_of_plotly_is_not_found(client):
    assert client.get("/plotly/0.0.1/plotly.min.js").status_code == 404


def test_the_style_guard_is_on_the_page_that_draws(client):
    guard = plotlyjs.style_guard()
    assert guard is not None
    assert f'<template id="{guard}"></template>' in client.get("/results/1").text
