"""Limits: counted together by all processes, for a window, under keys that tell nothing."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading

import pytest

from cultureassess.db import transaction
from cultureassess.models import DayKey, RateCount
from cultureassess.services import rates
from cultureassess.services.rates import Rule, TooOften
from tests import scene

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
RULE = Rule("test", most=10, seconds=900)
KEY = rates.key_of("somebody", secret_key="s" * 32)


def attempt(engine, *, key=KEY, now=NOW, rule=RULE) -> bool:
    with transaction(engine) as session:
        try:
            rates.count(session, rule, key, now=now)
        except TooOften:
            return False
        return True


def test_as_many_as_the_rule_says_and_no_more(engine):
    assert [attempt(engine) for _ in range(12)] == [True] * 10 + [False] * 2


def test_another_key_and_another_rule_are_counted_apart(engine):
    for _ in range(11):
        attempt(engine)
    assert attempt(engine, key=rates.key_of("somebody else", secret_key="s" * 32))
    assert attempt(engine, rule=Rule("other", most=1, seconds=900))


def test_after_the_window_it_begins_anew(engine):
    for _ in range(11):
        attempt(engine)
    assert not attempt(engine, now=NOW + dt.timedelta(seconds=899))
    assert attempt(engine, now=NOW + dt.timedelta(seconds=900))


def test_a_refusal_says_how_many_seconds_are_left(engine):
    for _ in range(10):
        attempt(engine)
    with transaction(engine) as session, pytest.raises(TooOften) as refused:
        rates.count(session, RULE, KEY, now=NOW + dt.timedelta(seconds=840))
    assert refused.value.seconds == 60
    assert "Please wait a minute" in str(refused.value)


def test_an_honest_try_is_taken_back(engine):
    for _ in range(10):
        attempt(engine)
    with transaction(engine) as session:
        rates.forgive(session, RULE, KEY)
    assert [attempt(engine), attempt(engine)] == [True, False]


def test_threads_together_get_no_more_than_one(engine):
    passed = []
    threads = [
        threading.Thread(target=lambda: passed.extend(attempt(engine) for _ in range(5))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 40
    assert sum(passed) == 10


PROCESS = """
import datetime as dt, sys
from cultureassess.db import make_engine
from tests.account.test_rates import attempt
print(sum(attempt(make_engine(sys.argv[1])) for _ in range(8)))
"""


def test_two_processes_together_get_no_more_than_one(engine):
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", PROCESS, url]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(process.communicate(timeout=120)[0]) for process in both) == 10


def test_addresses_are_counted_under_a_key_of_the_day_that_the_next_day_overwrites(engine):
    keys = []
    for day in (0, 0, 1):
        with transaction(engine) as session:
            today = NOW.date() + dt.timedelta(days=day)
            keys.append(rates.address_key(session, "203.0.113.7", today=today))
    assert keys[0] == keys[1] != keys[2]
    assert [row.day for row in scene.rows(engine, DayKey)] == [dt.date(2026, 11, 23)]


def test_what_is_stored_is_a_hash_that_differs_from_rule_to_rule(engine):
    attempt(engine)
    attempt(engine, rule=Rule("other", most=1, seconds=900))
    keys = {row.key for row in scene.rows(engine, RateCount)}
    assert len(keys) == 2
    assert KEY not in keys
