"""Whether an action helped: by the statistics of every comparison, or by a target."""

from __future__ import annotations

import datetime as dt

import pytest

from cultureassess.models import Better, KeyFigureValue, Moves
from cultureassess.services.actions.outcome import Helped, index_outcome, key_figure_outcome
from cultureassess.services.comparing_waves import compare_waves
from tests.services.test_comparing_waves import wave


@pytest.mark.parametrize(
    ("now", "n", "helped"),
    [
        (68.0, 200, Helped.MOVED),
        (52.0, 200, Helped.DID_NOT),
        (62.0, 200, Helped.CANNOT_TELL),
        (60.0, 5000, Helped.DID_NOT),
        (64.0, 5000, Helped.DID_NOT),
        (90.0, 8, Helped.CANNOT_TELL),
    ],
)
def test_customers_moved_beyond_chance_and_five_points_or_could_not_have(now, n, helped):
    found = index_outcome(compare_waves(wave(60.0, n=n), wave(now, n=n)), "CF", Moves.CUSTOMERS, None)
    assert found.helped is helped


def test_a_gap_that_narrows_moved_and_one_that_widens_did_not():
    narrower = compare_waves(wave(50.0, 80.0, n=900), wave(70.0, 80.0, n=900))
    wider = compare_waves(wave(70.0, 80.0, n=900), wave(50.0, 80.0, n=900))
    assert index_outcome(narrower, "CF", Moves.GAP, 15).helped is Helped.MOVED
    assert index_outcome(narrower, "CF", Moves.GAP, 15).reached is True
    assert index_outcome(narrower, "CF", Moves.GAP, 5).reached is False
    assert index_outcome(wider, "CF", Moves.GAP, None).helped is Helped.DID_NOT


def test_a_target_is_reached_or_not_whatever_the_verdict():
    found = compare_waves(wave(60.0), wave(68.0))
    assert index_outcome(found, "CF", Moves.CUSTOMERS, 68).reached is True
    assert index_outcome(found, "CF", Moves.CUSTOMERS, 70).reached is False


def test_an_index_that_the_later_wave_does_not_have_cannot_be_told():
    assert (
        index_outcome(compare_waves(wave(), wave()), "XX", Moves.CUSTOMERS, None).helped is Helped.CANNOT_TELL
    )


def months(*values: float) -> list[KeyFigureValue]:
    return [
        KeyFigureValue(month=dt.date(2026, 1 + place, 1), value=value) for place, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "target", "today", "helped"),
    [
        ((30, 28, 19), 20, dt.date(2026, 4, 1), Helped.MOVED),
        ((30, 28, 22), 20, dt.date(2026, 4, 1), Helped.CANNOT_TELL),
        ((30, 28, 22), 20, dt.date(2026, 6, 1), Helped.DID_NOT),
        ((30, 28, 19), None, dt.date(2026, 6, 1), Helped.CANNOT_TELL),
        ((30,), 20, dt.date(2026, 6, 1), Helped.CANNOT_TELL),
    ],
)
def test_a_key_figure_is_judged_by_its_target_once_it_is_due(values, target, today, helped):
    found = key_figure_outcome(
        months(*values), Better.DOWN, target, since=dt.date(2026, 1, 15), due=dt.date(2026, 6, 1), today=today
    )
    assert found.helped is helped
