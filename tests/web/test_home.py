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
    found = re.findall(r'<a href="([^"]+)"><strong>([^<]+)</strong>', doors.group())
    assert [name for _, name in found] == [
        "Answer as an employee",
        "Answer as a customer",
        "Work as the consultant",
        "Read as the leader",
    ]
    assert [client.get(path).status_code for path, _ in found] == [303, 303, 200, 200]


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
