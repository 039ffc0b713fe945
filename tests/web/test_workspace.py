"""The workspace: where each wave stands, and closing one."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from cultureassess import clock, instruments
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Assessment, Chosen, State, Wave
from cultureassess.services import fielding, links
from cultureassess.services.closing import latest_snapshot
from tests.web import showcase

WAVE = "/workspace/waves/2"


@pytest.fixture
def app(tmp_path):
    return showcase.make(tmp_path)


def add_empty_wave(app, *, opens_on: dt.date | None = None) -> int:
    """Another open wave of the demo, without an answer."""
    with app.extensions["sessions"]() as session:
        assessment = session.get_one(Assessment, 1)
        instrument = instruments.by_code(assessment.instrument)
        plan = fielding.Plan(label="Pulse", chosen=Chosen.ALL, opens_on=opens_on)
        wave = fielding.create_wave(session, assessment, instrument, plan)
        fielding.open_wave(session, wave, today=clock.today())
        links.create_open_link(session, wave, Side.INSIDE, secret_key=app.config["SECRET_KEY"])
        session.commit()
        return wave.id


def test_every_client_is_one_line_with_its_newest_wave_and_its_next_step(client):
    page = client.get("/workspace").text
    lines = re.findall(r'<p class="line-name"><a href="([^"]+)">([^<]+)</a>', page)
    steps = re.findall(r'class="next"><span>Next:</span> <a href="([^"]+)">([^<]+)</a>', page)
    assert lines == [("/workspace/organisations/1", "Nordlicht Logistics")]
    assert steps == [("/workspace/waves/2", "Watch the answers, then close and score")]


def test_a_client_lists_its_waves_newest_first(client):
    page = client.get("/workspace/organisations/1").text
    steps = re.findall(r'class="next"><span>Next:</span> <a href="([^"]+)">([^<]+)</a>', page)
    assert steps == [
        ("/workspace/waves/2", "Watch the answers, then close and score"),
        ("/results/1", "Read the results"),
    ]


def test_before_its_first_day_a_wave_says_when_it_opens_and_leads_to_its_links(app, client):
    opens = clock.today() + dt.timedelta(days=3)
    wave_id = add_empty_wave(app, opens_on=opens)
    page = client.get("/workspace/organisations/1").text
    assert f'<a href="/workspace/waves/{wave_id}/links">Get ready: it opens on {opens.day} ' in page
    assert "<strong>Opens in 3 days</strong>" in client.get(f"/workspace/waves/{wave_id}").text


def test_a_wave_that_was_stopped_is_not_called_open(client):
    page = "/workspace/organisations/1"
    assert '<span class="state open">Open</span>' in client.get(page).text
    client.post(f"{WAVE}/stop", data={"csrf_token": showcase.token(client, WAVE)})
    assert '<span class="state stopped">Stopped</span>' in client.get(page).text


def answered(page: str) -> list[tuple[str, str]]:
    rows = re.findall(r'role="rowheader">(.*?)\n.*?data-label="Answered">([^<]+)<', page, re.DOTALL)
    return [(who.strip(), number) for who, number in rows]


def test_answers_so_far_are_counted_per_audience(client):
    assert answered(client.get(WAVE).text) == [
        ("Managers", "45+"),
        ("Employees", "180+"),
        ("Customers", "240+"),
        ("Partners and suppliers", "30+"),
    ]


def test_fewer_than_five_answers_are_not_counted(app, client):
    page = client.get(f"/workspace/waves/{add_empty_wave(app)}").text
    assert [number for _, number in answered(page)] == ["fewer than 5"] * len(Audience)


def test_every_link_of_an_open_wave_opens(client):
    page = client.get(f"{WAVE}/links").text
    addresses = re.findall(r'<a href="http://localhost:8000(/s/[^"]+)">', page)
    assert len(addresses) == 3
    assert {client.get(address).status_code for address in addresses} == {303}


def test_closing_leads_to_the_results(app, client):
    token = showcase.token(client, WAVE)
    answer = client.post(f"{WAVE}/close", data={"csrf_token": token}, follow_redirects=True)
    assert answer.request.path == "/results/2"
    assert "what managers believe, what customers say" in answer.text
    with app.extensions["sessions"]() as session:
        wave = session.get_one(Wave, showcase.THIS)
        assert wave.state is State.CLOSED
        assert latest_snapshot(session, wave).fingerprint[:16] in answer.text


def test_the_second_of_two_clicks_leads_to_the_same_results(client):
    token = showcase.token(client, WAVE)
    answers = [client.post(f"{WAVE}/close", data={"csrf_token": token}) for _ in range(2)]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(303, "/results/2")] * 2


def test_a_draft_cannot_be_closed(app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    draft = client.post("/workspace/waves/2/copy", data={"opens_on": "2098-01-01", "closes_on": "2098-01-20"})
    answer = client.post(f"{draft.headers['Location']}/close")
    assert answer.status_code == 400
    assert "nothing to close" in answer.text


def test_closing_needs_the_token_of_the_form(app, client):
    assert client.post(f"{WAVE}/close").status_code == 400
    with app.extensions["sessions"]() as session:
        assert session.get_one(Wave, showcase.THIS).state is State.OPEN


def test_a_closed_wave_has_neither_links_nor_the_button(client):
    page = client.get("/workspace/waves/1").text
    assert "/s/" not in page
    assert "<form" not in page
    assert 'href="/results/1"' in page


def test_outside_of_the_demo_nothing_is_there_without_signing_in(tmp_path):
    app = showcase.make(tmp_path / "closed", demo=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answers = [client.get("/workspace"), client.get(WAVE), client.post(f"{WAVE}/close")]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert not any("/workspace" in answer.headers["Location"].partition("?")[0] for answer in answers)
    with app.extensions["sessions"]() as session:
        assert session.get_one(Wave, showcase.THIS).state is State.OPEN


def test_from_another_machine_nothing_is_found(client):
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get("/workspace", environ_base=elsewhere).status_code == 404
