"""The addresses of the results: who gets them, when, and in which form."""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from cultureassess import clock
from cultureassess.models import Wave
from cultureassess.report.languages import languages
from cultureassess.services.closing import close_wave
from cultureassess.snapshot.document import from_json
from cultureassess.web import plotlyjs
from cultureassess.web.results.pages import CHOOSABLE, DESK, STUDIES, USUAL
from cultureassess.web.results.tables import TABLES
from tests.web import desk, showcase

FILES = (
    *("/gap-report.pdf", "/gap-brief.pdf", "/gap-report.html", "/gap-report.xlsx", "/gap-report.pptx"),
    *("/snapshot.json", "/tables/gaps.csv", "/charts/indices.svg"),
)
LEADERS = ("", "/indices", "/indices/EO", "/change", "/next")
ROOM = ("/chain", "/blind-spots", "/importance", "/people", "/heat-map", "/comments", "/quality")
ONLY_MINE = ("/workshop", "/words", "/files")
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


@pytest.fixture
def leader(app):
    client = app.test_client()
    return desk.lead(client, showcase.token(client, "/"))


def test_the_page_names_the_organisation_and_the_wave(client):
    page = client.get("/results/1")
    assert page.status_code == 200
    assert "<h1>Nordlicht Logistics: what managers believe, what customers say</h1>" in page.text


@pytest.mark.parametrize("path", [*LEADERS, *ROOM, *ONLY_MINE, *FILES[5:]])
def test_the_consultant_reads_everything(client, path):
    assert client.get(f"/results/1{path}").status_code == 200


@pytest.mark.parametrize("path", [*LEADERS, *FILES[5:]])
def test_a_leader_reads_five_pages_and_the_files(leader, path):
    assert leader.get(f"/results/1{path}").status_code == 200


@pytest.mark.parametrize("path", [*ROOM, *ONLY_MINE])
def test_a_leader_finds_no_analysis_room(leader, path):
    assert leader.get(f"/results/1{path}").status_code == 404


def test_the_results_of_an_open_wave_are_sealed(client):
    for path in (*LEADERS, *ROOM, *ONLY_MINE):
        page = client.get(f"/results/2{path}")
        assert page.status_code == 200
        assert "Sealed until the wave is closed" in page.text
    assert {client.get(f"/results/2{path}").status_code for path in FILES} == {404}


def test_a_closed_wave_is_sealed_for_leaders_until_somebody_who_has_read_it_releases_it(tmp_path):
    app = showcase.make(tmp_path)
    with app.extensions["sessions"]() as session:
        close_wave(session, session.get_one(Wave, showcase.THIS), today=clock.today())
        session.commit()
    consultant, client = app.test_client(), app.test_client()
    leader = desk.lead(client, showcase.token(client, "/"))
    assert {leader.get(f"/results/2{path}").status_code for path in (*LEADERS, *FILES)} == {404}
    said = consultant.get("/results/2").text
    assert "Only you can read this: leaders find nothing here until you release it." in said
    token = showcase.token(consultant, "/results/2/words")
    refused = consultant.post("/results/2/release", data={"csrf_token": token})
    assert refused.status_code == 422
    assert "Tick that you have read the results: a release cannot be taken back." in refused.text
    assert 'href="#release-read"' in refused.text
    assert 'id="release-read"' in refused.text
    assert {leader.get(f"/results/2{path}").status_code for path in LEADERS} == {404}
    read = {"csrf_token": token, "read": "yes"}
    assert consultant.post("/results/2/release", data=read).status_code == 303
    assert {leader.get(f"/results/2{path}").status_code for path in LEADERS} == {200}
    assert "Only you can read this" not in consultant.get("/results/2").text


def test_an_unknown_wave_is_not_found(client):
    assert {client.get(f"/results/99{path}").status_code for path in (*LEADERS, *ROOM, *FILES)} == {404}


@pytest.mark.parametrize(
    "path", ["/indices/XX", "/tables/answers.csv", "/charts/XX.svg", "/charts/chain-XX.svg"]
)
def test_an_unknown_part_is_not_found(client, path):
    assert client.get(f"/results/1{path}").status_code == 404


def test_from_another_machine_nothing_is_found(client):
    paths = (*LEADERS, *ROOM, *ONLY_MINE, *FILES)
    answers = [client.get(f"/results/1{path}", environ_base=ELSEWHERE) for path in paths]
    unknown = client.get("/results/99", environ_base=ELSEWHERE)
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, unknown.text)}


def links(page: str) -> set[str]:
    """Where the page's navigation leads, without the part that names an index."""
    found = re.findall(r'<li><a href="/results/1([^"#]*)"', page)
    return {re.sub(r"/indices/\w+", "/indices/EO", link) for link in found}


def test_every_page_is_one_click_from_every_other(client):
    for path in (*LEADERS, *ROOM, *ONLY_MINE):
        assert links(client.get(f"/results/1{path}").text) >= {*LEADERS, *ROOM, *ONLY_MINE}


def test_every_page_is_two_clicks_from_the_wave(client):
    assert 'href="/results/1"' in client.get("/workspace/waves/1").text
    closed = re.compile(r"<details(?![^>]* open).*?</details>", re.DOTALL)
    in_sight = closed.sub("", client.get("/results/1").text)
    assert links(in_sight) >= {*LEADERS, *ROOM, *ONLY_MINE}
    assert 'href="/results/clients"' in in_sight
    eight = client.get("/results/1/indices").text
    pages = [set(re.findall(r'"/results/1/indices/(\w+)"', page)) for page in (in_sight, eight)]
    assert pages[0] == pages[1]
    assert len(pages[0]) == 8


def test_a_leaders_navigation_has_five_entries(leader):
    tabs = re.search(r'<nav class="tabs".*?</nav>', leader.get("/results/1").text, re.DOTALL)
    assert tabs is not None
    assert links(tabs.group()) == set(LEADERS)


def test_no_page_has_two_places():
    assert (
        len({*USUAL, *STUDIES, *DESK}) == len(USUAL) + len(STUDIES) + len(DESK) == len(CHOOSABLE) + len(DESK)
    )


@pytest.mark.parametrize("path", [*LEADERS, *ROOM, *ONLY_MINE, "/snapshot.json"])
def test_a_page_asks_the_database_at_most_thirty_times(app, client, path):
    asked = []
    engine = app.extensions["engine"]
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert client.get(f"/results/1{path}").status_code == 200
    assert 0 < len(asked) <= 30


def test_the_data_file_is_the_stored_snapshot(app, client):
    answer = client.get("/results/1/snapshot.json")
    assert answer.mimetype == "application/json"
    read, stored = from_json(answer.data), showcase.snapshot(app)
    assert read.fingerprint == stored.fingerprint
    assert read.indices == stored.indices


def rows(client, name: str) -> list[dict[str, str]]:
    answer = client.get(f"/results/1/tables/{name}.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_tables_hold_the_numbers_of_the_snapshot(app, client):
    snapshot = showcase.snapshot(app)
    assert {row["measure"]: row["gap"] for row in rows(client, "gaps")} == {
        found.code: f"{found.gap.difference:.2f}" for found in (*snapshot.indices, *snapshot.composites)
    }
    cells = [cell for breakdown in snapshot.breakdowns for cell in breakdown.cells]
    found = rows(client, "segments")
    hidden = [row for row in found if row["withheld"]]
    assert (
        len([row for row in hidden if not row["measure"]]) == sum(c.withheld is not None for c in cells) > 0
    )
    assert {row["mean"] for row in hidden} == {row["n"] for row in hidden} == {""}
    estimates = [one for cell in cells for one in (*cell.indices.values(), *cell.composites.values())]
    assert len(found) - len(hidden) == sum(one.shown for one in estimates) > 100


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_row_and_as_many_cells_as_heads(client, name):
    found = rows(client, name)
    assert found
    assert all(None not in row and None not in row.values() for row in found)


def test_charts_are_drawings_of_their_own(client):
    page = client.get("/results/1/files").text
    charts = re.findall(r'href="(/results/1/charts/[^"]+)"', page)
    assert len(charts) == 13
    for address in charts:
        answer = client.get(address)
        assert answer.mimetype == "image/svg+xml"
        assert answer.text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns=')
        assert "var(--" not in answer.text


@pytest.mark.parametrize(
    "name", [f"gap-brief.pdf?lang={languages()[-1]}", "gap-report.html", "gap-report.xlsx", "gap-report.pptx"]
)
def test_the_report_comes_in_other_forms(client, name):
    answer = client.get(f"/results/1/{name}")
    assert answer.status_code == 200
    starts = {"pdf": b"%PDF", "html": b"<!doctype html>", "xlsx": b"PK", "pptx": b"PK"}
    kind = name.partition("?")[0].rpartition(".")[2]
    assert answer.data.lstrip().lower().startswith(starts[kind].lower())


def test_a_language_that_the_report_does_not_speak_is_not_found(client):
    assert client.get("/results/1/gap-report.pdf?lang=xx").status_code == 404


def test_the_report_is_written_once(app, client):
    first = client.get("/results/1/gap-brief.pdf")
    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF-1.7")
    name = 'attachment; filename="nordlicht-logistics-wave-1-gap-brief.pdf"'
    assert first.headers["Content-Disposition"] == name
    written = max(
        (Path(app.instance_path) / "reports").glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns
    )
    assert written.read_bytes() == first.data
    written.write_bytes(b"%PDF-kept")
    assert client.get("/results/1/gap-brief.pdf").data == b"%PDF-kept"


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
    assert f'<template id="{guard}"></template>' in client.get("/results/1/indices").text
