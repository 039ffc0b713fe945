"""Limits of the respondents' pages: for guessers and programs, never for a link that works."""

import datetime as dt
import threading

import pytest
import time_machine

from cultureassess.models import DayKey, Intake, RateCount
from cultureassess.services import links
from cultureassess.web.survey import limits
from tests import scene
from tests.web.respondent import Respondent

NOON = dt.datetime(2026, 10, 5, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def slept(monkeypatch):
    """How long somebody was kept waiting, without waiting."""
    waits: list[float] = []
    monkeypatch.setattr(limits.time, "sleep", waits.append)
    return waits


def guess(client, number: int) -> set[int]:
    return {client.get(f"/s/{links.new_token()}").status_code for _ in range(number)}


def test_after_twenty_failed_links_the_next_ones_are_answered_late(client, tokens, slept):
    assert guess(client, 20) == {404}
    assert slept == []
    assert guess(client, 2) == {404}
    assert slept == [limits.DELAY] * 2


def test_failed_links_of_every_kind_count_together_and_for_ten_minutes(client, tokens, slept):
    with time_machine.travel(NOON, tick=False) as clock:
        for path in ("/s/x", "/a/0000-0000", "/r/x", "/s/%00") * 5:
            client.get(path)
        assert slept == []
        client.get("/r/x")
        assert len(slept) == 1
        clock.shift(601)
        client.get("/r/x")
    assert len(slept) == 1


def test_a_link_that_works_is_never_late(app, client, tokens, slept):
    guess(client, 25)
    slept.clear()
    respondent = Respondent(app)
    respondent.open(tokens["customer"])
    assert (respondent.shown.status_code, slept) == (200, [])


def test_another_address_is_not_late(client, tokens, slept):
    guess(client, 25)
    slept.clear()
    answer = client.get("/s/x", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert (answer.status_code, slept) == (404, [])


def test_a_forwarded_address_that_nobody_vouches_for_changes_nothing(client, tokens, slept):
    for number in range(21):
        client.get("/s/x", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert len(slept) == 1


def test_only_one_guess_at_a_time_is_late_and_the_others_are_told_to_wait(client, tokens, monkeypatch):
    begun, over = threading.Event(), threading.Event()
    monkeypatch.setattr(limits.time, "sleep", lambda _seconds: (begun.set(), over.wait(60)))
    guess(client, 20)
    first = threading.Thread(target=lambda: client.application.test_client().get("/s/x"))
    first.start()
    assert begun.wait(60)
    answer = client.get("/s/x")
    over.set()
    first.join()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert "Please wait a minute" in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_what_is_counted_tells_no_address(client, tokens, sqlite, tmp_path):
    guess(client, 3)
    assert (len(scene.rows(sqlite, RateCount)), len(scene.rows(sqlite, DayKey))) == (1, 1)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("cultureassess.sqlite3*"))
    assert len(stored) > 10_000
    assert b"127.0.0.1" not in stored


def test_a_program_that_reads_hundreds_of_pages_waits_for_the_next_minute(app, arrive, sqlite):
    with time_machine.travel(NOON, tick=False) as clock:
        respondent = arrive("customer")
        before = len(scene.rows(sqlite, RateCount))
        codes = [respondent.client.get("/survey/1").status_code for _ in range(limits.VIEWS_OF_ONE)]
        late = respondent.client.get("/survey/1")
        assert (codes[0], late.status_code, late.headers["Retry-After"]) == (200, 429, "60")
        assert respondent.send("/survey/1", RG1="4", go="stay").status_code == 204
        clock.shift(60)
        assert respondent.go("/survey/1").status_code == 200
        assert len(scene.rows(sqlite, RateCount)) == before


@pytest.mark.parametrize("number", [8, pytest.param(300, marks=pytest.mark.torture)])
def test_colleagues_behind_one_address_all_succeed_within_a_minute(
    app, client, tokens, sqlite, slept, number
):
    guess(client, 30)
    with time_machine.travel(NOON, tick=False):
        for _ in range(number):
            respondent = Respondent(app)
            respondent.open(tokens["customer"])
            respondent.begin()
            for part in range(1, 7):
                respondent.send(f"/survey/{part}", RG1="3")
            assert respondent.heading == "Thank you"
    assert len(scene.rows(sqlite, Intake)) == number
