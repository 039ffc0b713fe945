"""Stopping, going on, extending: all before anything is computed."""

import datetime as dt
from dataclasses import replace

import pytest

from cultureassess.models import State
from cultureassess.services import field_period, fielding, setting_up
from cultureassess.services.closing import close_wave
from cultureassess.services.errors import WaveNotOpen, WaveRefused
from tests import scene

DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def test_a_stopped_wave_takes_no_answers_until_it_goes_on(session):
    wave = scene.open_wave(session)
    field_period.stop_wave(session, wave)
    with pytest.raises(WaveNotOpen):
        fielding.require_open(wave, today=scene.TODAY)
    with pytest.raises(WaveNotOpen):
        fielding.require_going_on(wave, now=NOON)
    field_period.resume_wave(session, wave)
    fielding.require_open(wave, today=scene.TODAY)


def extend(session, wave, closes_on, *, today=scene.TODAY):
    plan = replace(fielding.plan_of(wave), closes_on=closes_on)
    setting_up.change_wave(session, wave, plan, today=today)


def test_more_time_lets_an_expired_wave_take_answers_again(session):
    wave = scene.open_wave(session, opens_on=scene.TODAY - 9 * DAY, closes_on=scene.TODAY)
    today = scene.TODAY + 3 * DAY
    extend(session, wave, today, today=today)
    fielding.require_open(wave, today=today)


@pytest.mark.parametrize("closes_on", [scene.TODAY - DAY, scene.TODAY + DAY])
def test_the_last_day_lies_neither_in_the_past_nor_before_the_first(session, closes_on):
    wave = scene.open_wave(session, opens_on=scene.TODAY + 2 * DAY)
    with pytest.raises(WaveRefused, match="last day"):
        extend(session, wave, closes_on)


def test_a_scored_wave_never_takes_answers_again(session):
    wave = scene.open_wave(session)
    field_period.stop_wave(session, wave)
    close_wave(session, wave, today=scene.TODAY, secret_key=scene.SECRET_KEY)
    for action in (field_period.stop_wave, field_period.resume_wave):
        with pytest.raises(WaveRefused, match="for good"):
            action(session, wave)
    assert wave.state is State.CLOSED
