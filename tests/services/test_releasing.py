"""Who reads results when, and which earlier ones they are compared with."""

from __future__ import annotations

import datetime as dt

import pytest

from cultureassess.models import ReleaseRecord, SnapshotRecord, State
from cultureassess.services import consultant_notes, releasing
from cultureassess.services.closing import NoSnapshot
from cultureassess.services.fielding import Plan, create_wave
from tests import scene


@pytest.fixture
def wave(session):
    return scene.open_wave(session)


def close(session, wave, *versions: int, reported: bool = False) -> None:
    """Put snapshots behind a wave without scoring it."""
    wave.state = State.CLOSED
    session.flush()
    if reported:
        wave.state = State.REPORTED
    for version in versions:
        day = dt.date(2026, 10, version)
        session.add(
            SnapshotRecord(
                wave_id=wave.id,
                version=version,
                json=f"{wave.label} {version}",
                fingerprint="f",
                created_on=day,
            )
        )
        session.add(ReleaseRecord(wave_id=wave.id, version=version, digest="d", cells="{}"))
    session.flush()


def test_an_open_wave_is_sealed_for_everybody(session, wave):
    for leader in (True, False):
        with pytest.raises(releasing.ResultsSealed):
            releasing.readable_results(session, wave, leader=leader)


def test_a_closed_wave_is_the_consultants_until_it_is_released(session, wave):
    close(session, wave, 1, 2)
    assert releasing.readable_results(session, wave, leader=False).version == 2
    with pytest.raises(releasing.ResultsSealed):
        releasing.readable_results(session, wave, leader=True)
    assert releasing.release_to_leaders(session, wave)
    assert releasing.readable_results(session, wave, leader=True).version == 2
    assert not releasing.release_to_leaders(session, wave)


def test_what_is_not_closed_cannot_be_released(session, wave):
    with pytest.raises(NoSnapshot):
        releasing.release_to_leaders(session, wave)


def test_earlier_waves_come_newest_first_in_their_newest_version(session, instrument, wave):
    close(session, wave, 1, 2, reported=True)
    later = [
        create_wave(session, wave.assessment, instrument, Plan(label=label, chosen=wave.chosen))
        for label in ("second", "third")
    ]
    for one in later:
        one.state = State.OPEN
        session.flush()
    close(session, later[0], 1)
    found = [
        [
            (earlier.wave.label, earlier.record.json)
            for earlier in releasing.earlier_results(session, later[1], leader=leader)
        ]
        for leader in (False, True)
    ]
    assert found == [[("second", "second 1"), ("2026", "2026 2")], [("2026", "2026 2")]]
    assert releasing.earlier_results(session, wave, leader=False) == []


def test_notes_are_written_changed_and_taken_away(session, wave):
    write = consultant_notes.write_notes
    assert write(session, wave, {"answer": " one \r\ntwo\x00", "EO": ""}) == ("answer",)
    assert consultant_notes.notes_of(session, wave) == {"answer": "one \ntwo"}
    assert write(session, wave, {"answer": "one \ntwo"}) == ()
    assert write(session, wave, {"EO": "ask"}) == ("EO",)
    assert write(session, wave, {"answer": "   "}) == ("answer",)
    assert consultant_notes.notes_of(session, wave) == {"EO": "ask"}


def test_a_note_that_is_too_long_stores_none(session, wave):
    with pytest.raises(consultant_notes.TextTooLong) as refused:
        consultant_notes.write_notes(session, wave, {"answer": "fine", "EO": "x" * 1201})
    assert refused.value.place == "EO"
    assert consultant_notes.notes_of(session, wave) == {}


@pytest.mark.parametrize("pages", [[], list("abcdef"), ["a", "a"], ["z"]])
def test_pages_that_cannot_be_chosen_are_refused(session, wave, pages):
    with pytest.raises(consultant_notes.PagesRefused):
        consultant_notes.choose_pages(session, wave, pages, known="abcdef")
    assert consultant_notes.presentation_of(session, wave).pages == ()


def test_pages_keep_their_order(session, wave):
    assert consultant_notes.choose_pages(session, wave, ["c", "a"], known="abc")
    assert not consultant_notes.choose_pages(session, wave, ["c", "a"], known="abc")
    assert consultant_notes.presentation_of(session, wave).pages == ("c", "a")
