"""A year, from one wave's results to the next: what was agreed on, and what the leaders read in the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from cultureassess import instruments
from cultureassess.models import State, Wave
from tests.actions.browser import HOME, Browser
from tests.actions.year import AGREED, CARD, FULL, PULSE, answer_pulse, close_and_release
from tests.web import showcase


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One year for all tests of this file: they only read."""
    made = showcase.make(tmp_path_factory.mktemp("year") / "instance")
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def year(app: Flask) -> Browser:
    """Everything up to the second wave's results; the leader's browser."""
    consultant = Browser(app.test_client(), "consultant")
    consultant.post(f"{HOME}/practices", **{"mark-one-list": "do", "evidence-one-list": "The list"})
    consultant.post(f"{HOME}/journey", **{"place-gap-CF1": "Get help"})
    for kind, title, index in AGREED:
        page = consultant.post(f"{HOME}/cards/new", **CARD, kind=kind, title=title, index_code=index)
        assert consultant.post(f"{page.location}/settle", state="agreed").status_code == 303
    consultant.post(f"{HOME}/meeting", month="2026-10", agreement="Call back the same day.")
    consultant.post(f"{HOME}/meeting", month="2026-11", agreement="One form.", outcome="Most calls.")
    drafted = consultant.post(f"{HOME}/pulse").location
    number = int(drafted.rpartition("/")[2])
    answer_pulse(app, number)
    close_and_release(app, number)
    close_and_release(app, showcase.THIS)
    return Browser(app.test_client(), "leader")


def test_the_leader_reads_in_the_end_that_nothing_moved(year):
    """The demo's customers rate External Orientation lower this year, and the rest alike."""
    page = year.read(HOME)
    for _, title, _ in AGREED:
        assert title in page
    assert page.count("It did not move.") == 3
    assert "From 55 to 47: −8 points, likely −12.4 to −4.5." in page


def test_the_meetings_of_the_year_come_back(year):
    page = year.read(f"{HOME}/meeting?month=2026-12")
    assert "Agreed on in November 2026 One form." in page
    assert "October 2026 : Call back the same day. Most calls." in page


def test_the_pulse_is_compared_statement_by_statement_and_names_no_index(app, year):
    page = year.read(f"{HOME}/pulse")
    assert "Nordlicht Logistics keeps the promises it makes to me." in page
    assert page.count("too few answers to compare") == 0
    for index in instruments.by_code(FULL).indices:
        assert index.name not in page
    with app.extensions["sessions"]() as session:
        pulse = session.get_one(Wave, 3)
        assert (pulse.assessment.instrument, pulse.state) == (PULSE, State.REPORTED)
    results = year.read("/results/3")
    assert "Collective Focus" not in results


def test_the_reports_action_sheet_prints_what_was_agreed(year):
    page = year.read("/results/1/gap-report.html")
    assert [title for _, title, _ in AGREED if title not in page] == []
    assert "Ada Jansen" in page
    assert "ada@nordlicht.example" not in page


def test_the_next_full_wave_is_no_pulse(app, year):
    from cultureassess.models import Organisation
    from cultureassess.services.setting_up import assessment_of

    with app.extensions["sessions"]() as session:
        assert assessment_of(session, session.get_one(Organisation, 1)).instrument == FULL
