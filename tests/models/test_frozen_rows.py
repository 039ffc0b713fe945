"""The database itself refuses what must not happen, whoever asks."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience
from cultureassess.models import (
    Anonymity,
    Chosen,
    Comment,
    Intake,
    Invitation,
    Response,
    SnapshotRecord,
    State,
    Wave,
    WaveAudience,
)
from cultureassess.services import links
from tests import scene

CHANGES = {
    "opens_on": dt.date(2026, 1, 1),
    "period": "6 months",
    "chosen": Chosen.PICKED,
    "anonymity": Anonymity.ANONYMOUS,
    "k": 6,
    "k_comments": 11,
    "k_distribution": 11,
    "accounts": True,
    "business": True,
    "management_roles": ("executive",),
    "segments": (),
    "segment_options": {},
    "left_out": ("NPS",),
    "rated_items": 32,
    "outcome_items": 3,
}
FREE = {
    "label": "Autumn",
    "closes_on": dt.date(2027, 1, 1),
    "languages": ("en", "de"),
    "informal": True,
    "organisation_names": {"ar": ("مؤسسة نوردليشت",)},
    "stopped": True,
}


def execute(session: Session, statement: sa.sql.base.Executable) -> None:
    """As the application's database user would, past the services."""
    session.execute(statement)
    session.flush()


@pytest.mark.parametrize("column", CHANGES)
def test_an_open_wave_is_frozen(session, column):
    wave = scene.open_wave(session)
    with pytest.raises(DBAPIError, match="frozen"):
        execute(session, sa.update(Wave).values({column: CHANGES[column]}))
    assert getattr(wave, column) != CHANGES[column]


@pytest.mark.parametrize("column", CHANGES)
def test_a_draft_wave_may_still_change(session, column):
    wave = scene.draft_wave(session)
    execute(session, sa.update(Wave).values({column: CHANGES[column]}))
    session.refresh(wave)
    assert getattr(wave, column) == CHANGES[column]


@pytest.mark.parametrize("column", FREE)
def test_what_identifies_nobody_stays_free_in_an_open_wave(session, column):
    wave = scene.open_wave(session)
    execute(session, sa.update(Wave).values({column: FREE[column]}))
    session.refresh(wave)
    assert getattr(wave, column) == FREE[column]


def test_every_column_of_a_wave_is_either_frozen_or_free():
    assert {*CHANGES, *FREE, "id", "assessment_id", "state"} == {
        column.name for column in Wave.__table__.columns
    }


@pytest.mark.parametrize(("state", "before"), [(State.OPEN, State.DRAFT), (State.CLOSED, State.OPEN)])
def test_a_wave_never_goes_back(session, state, before):
    scene.open_wave(session)
    execute(session, sa.update(Wave).values(state=state))
    with pytest.raises(DBAPIError, match="never goes back"):
        execute(session, sa.update(Wave).values(state=before))


def test_the_anonymity_mode_is_fixed_by_the_first_invitation(session):
    wave = scene.draft_wave(session)
    links.create_invitation(session, wave, Audience.CUSTOMER)
    with pytest.raises(DBAPIError, match="anonymity mode"):
        execute(session, sa.update(Wave).values(anonymity=Anonymity.ANONYMOUS))


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(WaveAudience).values(definition="Some of them."),
        sa.delete(WaveAudience).where(WaveAudience.audience == Audience.PARTNER),
    ],
)
def test_an_open_waves_audiences_are_frozen(session, statement):
    scene.open_wave(session)
    with pytest.raises(DBAPIError, match="audiences are frozen"):
        execute(session, statement)


def test_invited_numbers_may_be_corrected_in_an_open_wave(session):
    wave = scene.open_wave(session)
    execute(session, sa.update(WaveAudience).values(invited=260))
    session.refresh(wave.audiences[Audience.STAFF])
    assert wave.audiences[Audience.STAFF].invited == 260


def test_a_snapshot_never_changes(session):
    wave = scene.open_wave(session)
    record = SnapshotRecord(
        wave_id=wave.id, version=1, json="{}", fingerprint="f" * 64, created_on=scene.TODAY
    )
    session.add(record)
    session.flush()
    with pytest.raises(DBAPIError, match="a snapshot never changes"):
        execute(session, sa.update(SnapshotRecord).values(json='{"level": 5}'))


@pytest.mark.parametrize("table", [Intake, Response])
@pytest.mark.parametrize(
    ("answers", "outcomes"),
    [
        ("4" * 32, "---" * 4),
        ("4" * 34, "---" * 4),
        ("4" * 33, "---" * 3),
        ("4" * 32 + "X", "---" * 4),
        ("4" * 32 + "٣", "---" * 4),
        ("4" * 33, "---" * 3 + "--a"),
        ("", ""),
    ],
)
def test_a_malformed_answer_string_is_refused(session, table, answers, outcomes):
    wave = scene.open_wave(session)
    session.add(table(wave_id=wave.id, audience=Audience.STAFF, answers=answers, outcomes=outcomes))
    with pytest.raises(DBAPIError):
        session.flush()


@pytest.mark.parametrize("table", [Intake, Response])
def test_a_well_formed_answer_string_is_taken(session, table):
    wave = scene.open_wave(session)
    session.add(
        table(wave_id=wave.id, audience=Audience.STAFF, answers="0123456789D" * 3, outcomes="000100---010")
    )
    session.flush()


@pytest.mark.parametrize("values", [{"k": 4}, {"k_comments": 9}, {"k_distribution": 9}, {"audience": "boss"}])
def test_values_outside_the_method_are_refused(session, values):
    wave = scene.draft_wave(session)
    table = sa.table("wave_audience" if "audience" in values else "wave", *map(sa.column, values))
    with pytest.raises(IntegrityError):
        execute(session, sa.update(table).values(values))
    assert wave.k == 5


def test_no_foreign_key_leads_from_a_response_to_an_invitation():
    for table in (Intake, Response, Comment):
        assert {key.column.table.name for key in table.__table__.foreign_keys} == {"wave"}
    assert {key.column.table.name for key in Invitation.__table__.foreign_keys} == {"wave"}


def test_an_invitation_knows_no_time():
    kinds = {type(column.type) for column in Invitation.__table__.columns}
    assert not kinds & {sa.Date, sa.DateTime, sa.Time}


def test_deleting_an_organisation_takes_everything_with_it(session):
    wave = scene.open_wave(session)
    scene.answer(session, scene.open_token(session, wave, Audience.CUSTOMER), scene.everything())
    session.delete(wave.assessment.organisation)
    session.flush()
    for table in (Wave, WaveAudience, Intake):
        assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
