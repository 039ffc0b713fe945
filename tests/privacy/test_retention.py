"""RELIABILITY R11: nothing is deleted a second too early, and everything once its time is over."""

import datetime as dt

import pytest

from cultureassess.db import transaction
from cultureassess.instruments.types import Side
from cultureassess.models import Draft, Invitation, OpenLink, Wave
from cultureassess.services import drafts, retention
from cultureassess.services.drafts import Answers
from cultureassess.services.upkeep import Upkeep

from ..scene import TODAY, open_token, rows
from .scenery import NOW, close, invited_wave, send

SECOND = dt.timedelta(seconds=1)


def midnight(days):
    """When the day that lies ``days`` after the close begins, in UTC."""
    return dt.datetime.combine(TODAY + dt.timedelta(days=days), dt.time(), dt.UTC)


@pytest.fixture
def closed(sqlite):
    """A wave closed on TODAY, with a draft, a personal and an open link left over; and an open wave."""
    wave_id, _ = invited_wave(sqlite, [{}])
    with transaction(sqlite) as session:
        wave = session.get_one(Wave, wave_id)
        open_token(session, wave, Side.INSIDE)
        drafts.save_draft(session, wave, drafts.derive("a" * 43), Answers(), today=TODAY)
    close(sqlite, wave_id)
    return sqlite


def purge(engine, now, **options):
    with transaction(engine) as session:
        return retention.purge(session, now=now, **options)


@pytest.mark.parametrize(
    ("what", "model", "days"),
    [("drafts", Draft, 7), ("personal links", Invitation, 90), ("open links", OpenLink, 90)],
)
def test_it_goes_at_the_limit_and_not_a_second_before(closed, what, model, days):
    assert purge(closed, midnight(days) - SECOND)[what] == 0
    assert len(rows(closed, model)) == 1
    assert purge(closed, midnight(days) + SECOND)[what] == 1
    assert rows(closed, model) == []


def test_the_limits_are_those_that_respondents_are_told():
    assert {rule.what: rule.days for rule in retention.RULES if rule.days is not None} == {
        "marks of having sent": 0,
        "account numbers": 0,
        "drafts": 7,
        "personal links": 90,
        "open links": 90,
    }


def test_a_dry_run_counts_and_deletes_nothing(closed):
    later = midnight(400)
    assert purge(closed, later, dry_run=True) == purge(closed, later, dry_run=True)
    assert purge(closed, later, dry_run=True)["drafts"] == 1
    assert len(rows(closed, Draft)) == 1


def test_an_open_wave_keeps_everything_however_long_it_lasts(sqlite):
    wave_id, _ = invited_wave(sqlite, [{}])
    with transaction(sqlite) as session:
        wave = session.get_one(Wave, wave_id)
        drafts.save_draft(session, wave, drafts.derive("a" * 43), Answers(), today=TODAY)
    assert not any(purge(sqlite, midnight(4000)).values())


def test_another_time_zone_is_the_same_moment(closed):
    east = dt.timezone(dt.timedelta(hours=9))
    assert purge(closed, (midnight(7) - SECOND).astimezone(east))["drafts"] == 0
    assert purge(closed, midnight(7).astimezone(east))["drafts"] == 1


def test_the_worker_purges_once_a_day_and_mixes_once_an_hour(closed):
    upkeep = Upkeep()
    assert upkeep.run(closed, now=midnight(6)) == {}
    assert upkeep.run(closed, now=midnight(7) - SECOND) == {}
    assert (upkeep.mixed, upkeep.purged) == (midnight(7) - SECOND, midnight(6))
    assert upkeep.run(closed, now=midnight(7)) == {"drafts": 1}
    assert upkeep.purged == midnight(7)


def test_the_worker_mixes_what_waits(engine):
    _, tokens = invited_wave(engine, [{}] * 5)
    for token in tokens:
        send(engine, token)
    assert Upkeep().run(engine, now=NOW) == {"responses mixed": 5}
