"""The first page, with the demo and without."""

from __future__ import annotations

import html
import re

import pytest

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.report.narrative import answer
from tests.web import showcase


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


def test_the_demo_shows_every_sentence_of_page_one(app):
    page = re.sub(r"<[^>]+>", "", html.unescape(app.test_client().get("/").text))
    text = " ".join(page.split())
    for sentence in answer(showcase.snapshot(app)).sentences:
        assert sentence in text


def test_the_demo_has_four_doors_that_open(app):
    client = app.test_client()
    doors = re.search(r'<nav class="doors".*?</nav>', client.get("/").text, re.DOTALL)
    assert re.findall(r"<strong>([^<]+)</strong>", doors.group()) == [
        "Answer as an employee",
        "Answer as a customer",
        "Work as the consultant",
        "Read as the leader",
    ]
    links = re.findall(r'<a href="([^"]+)"', doors.group())
    assert [client.get(path).status_code for path in links] == [303, 303]
    forms = re.findall(r'<form method="post" action="([^"]+)"', doors.group())
    token = {"csrf_token": showcase.token(client, "/")}
    entered = [client.post(path, data=token, follow_redirects=True) for path in forms]
    assert [(answer.status_code, answer.request.path) for answer in entered] == [
        (200, "/workspace"),
        (200, "/results/1"),
    ]


def test_the_demos_leader_reads_released_results_and_nothing_else(app):
    client = app.test_client()
    client.post("/demo/leader", data={"csrf_token": showcase.token(client, "/")})
    paths = ["/results/1", "/results/2", "/workspace", "/workspace/waves/1", "/audit", "/members"]
    assert [client.get(path).status_code for path in paths] == [200, 404, 404, 404, 404, 404]


def test_the_terminals_addresses_open_the_same_doors(app):
    client = app.test_client()
    answers = [client.get(f"/demo/{role}", follow_redirects=True) for role in ("leader", "consultant")]
    assert [(answer.status_code, answer.request.path) for answer in answers] == [
        (200, "/results/1"),
        (200, "/workspace"),
    ]
    client.get("/demo/leader")
    assert client.get("/workspace").status_code == 404


def test_the_demos_doors_open_for_nobody_elsewhere(app, tmp_path):
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    client = app.test_client()
    token = {"csrf_token": showcase.token(client, "/")}
    assert client.post("/demo/leader", data=token, environ_base=elsewhere).status_code == 404
    assert client.get("/demo/leader", environ_base=elsewhere).status_code == 404
    closed = showcase.make(tmp_path, demo=False).test_client()
    token = {"csrf_token": showcase.token(closed, "/account/sign-in")}
    assert closed.post("/demo/consultant", data=token).status_code == 404


def test_the_demo_says_that_it_is_one(app):
    assert "<strong>Demo data</strong>" in app.test_client().get("/").text


def test_without_the_demo_the_page_says_what_this_is_and_names_nobody(tmp_path):
    client = showcase.make(tmp_path, demo=False).test_client()
    page = client.get("/")
    assert page.status_code == 200
    assert "This is an installation of CultureAssess." in page.text
    assert "Nordlicht" not in page.text
    assert "Demo data" not in page.text


def test_from_another_machine_the_demo_names_nobody(app):
    page = app.test_client().get("/", environ_base={"REMOTE_ADDR": "203.0.113.7"})
    assert page.status_code == 200
    assert "Nordlicht" not in page.text


def test_a_demo_without_waves_says_how_to_fill_it(tmp_path):
    settings = config.load({"INSTANCE": str(tmp_path), "DEMO": "true"})
    page = create_app(settings).test_client().get("/")
    assert page.status_code == 200
    assert "No wave has been closed yet" in page.text
