"""METHOD 3.9: of the timings only the flag survives the close, and it excludes the same people."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cultureassess.db import transaction
from cultureassess.instruments.types import Side
from cultureassess.models import Response, Wave
from cultureassess.services import closing
from cultureassess.services.reading import read_wave
from cultureassess.services.storing import store_side
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.files.reading import read_sides
from cultureassess.snapshot.files.writing import write_side
from cultureassess.snapshot.prepare import prepare

from ..scene import TODAY, open_wave, rows

FIXTURES = Path(__file__).parents[1] / "fixtures/reference"


@pytest.fixture
def stored(engine, instrument):
    """The reference wave, with timings, in a database: (engine, wave id, answers as read from the files)."""
    with transaction(engine) as session:
        wave = open_wave(session)
        found = answers(instrument)
        for side in found:
            store_side(session, wave, side, instrument)
        return engine, wave.id


def answers(instrument):
    read = read_sides(FIXTURES / "c17_demo_inside.csv", FIXTURES / "c17_demo_customers.csv", instrument)
    return tuple(replace(side, segments={}, comments=()) for side in (read.inside, read.outside))


def excluded(instrument, sides):
    return [
        int((~prepare(instrument, side, found).kept).sum()) for side, found in zip(Side, sides, strict=True)
    ]


def test_after_the_close_the_same_people_are_excluded_without_timings(stored, instrument):
    engine, wave_id = stored
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        before = excluded(instrument, read_wave(session, wave, instrument))
        closing.close_wave(session, wave, today=TODAY)
        after = read_wave(session, wave, instrument)
    assert before == [1, 1]
    assert excluded(instrument, after) == before
    assert all(side.seconds is None and side.fast.any() for side in after)
    assert all(response.seconds is None and response.fast is not None for response in rows(engine, Response))


def test_a_closed_wave_in_files_gives_the_same_snapshot(stored, instrument, tmp_path):
    engine, wave_id = stored
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        closing.close_wave(session, wave, today=TODAY)
        found = closing.read_snapshot(session, wave)
        sides = read_wave(session, wave, instrument)
        settings = closing.settings_of(wave, instrument, today=TODAY)
    for name, side in zip(("inside.csv", "customers.csv"), sides, strict=True):
        write_side(tmp_path / name, side, instrument)
    read = read_sides(tmp_path / "inside.csv", tmp_path / "customers.csv", instrument)
    again = build_snapshot(instrument, read.inside, read.outside, settings)
    assert again.careless == found.careless
    assert again.fingerprint == found.fingerprint


def test_the_flag_counts_even_beside_timings(instrument, stored):
    engine, wave_id = stored
    with transaction(engine) as session:
        inside, _ = read_wave(session, session.get_one(Wave, wave_id), instrument)
    nobody = replace(inside, fast=np.zeros(len(inside), dtype=np.bool_))
    assert prepare(instrument, Side.INSIDE, inside).flags.fast.any()
    assert not prepare(instrument, Side.INSIDE, nobody).flags.fast.any()
