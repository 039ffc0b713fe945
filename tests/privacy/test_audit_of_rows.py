"""The audit finds rows that should have ended, and settings that leave traces."""

import datetime as dt
import secrets

import pytest
import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import (
    AccountNumber,
    Draft,
    Intake,
    Invitation,
    ReleaseRecord,
    Response,
    SnapshotRecord,
    Submission,
    Wave,
)
from cultureassess.models.responses import new_key
from cultureassess.services.privacy_audit import audit

from ..scene import TODAY, open_token
from .inspection import broken, damage, dump, first, one
from .scenery import NOW, invited_wave, send

LATER = NOW + dt.timedelta(days=200)


def test_a_personal_link_into_an_anonymous_wave_is_found(engine):
    wave_id, _ = invited_wave(engine, [], anonymity="anonymous")
    damage(
        engine,
        sa.insert(Invitation).values(
            wave_id=wave_id, audience=Audience.STAFF, token_hash=secrets.token_bytes(32), segments={}
        ),
    )
    assert broken(engine) == {
        "Anonymous waves have no personal links": "1 personal links in waves that promised none"
    }


def test_answers_that_wait_for_days_are_found(engine):
    _, tokens = invited_wave(engine, [{}] * 5)
    for token in tokens:
        send(engine, token)
    promise = "Answers wait for mixing no longer than a day"
    assert promise not in broken(engine, NOW + dt.timedelta(days=1))
    assert promise in broken(engine, NOW + dt.timedelta(days=2))


def test_four_may_wait_until_a_fifth_comes(engine):
    _, tokens = invited_wave(engine, [{}] * 5)
    for token in tokens[:4]:
        send(engine, token)
    assert broken(engine, NOW + dt.timedelta(days=20)) == {}


def test_an_answer_left_waiting_in_a_closed_wave_is_found(closed):
    engine, _ = closed
    with transaction(engine) as session:
        taken = session.scalars(sa.select(Response).limit(1)).one()
        columns = {name: getattr(taken, name) for name in Intake.__table__.columns.keys()}  # noqa: SIM118
        session.execute(sa.insert(Intake).values({**columns, "id": new_key()}))
    assert broken(engine) == {
        "Answers wait for mixing no longer than a day": "1 rows wait in waves that have closed"
    }


@pytest.mark.parametrize(
    ("values", "promise", "evidence"),
    [
        ({"seconds": 300}, "Timings end at the close", "1 times on pages are left"),
        ({"day": TODAY}, "Days end at the close", "1 days are left"),
        ({"language": "fi"}, "Rare languages end at the close", "wave {wave}, staff: fi"),
    ],
)
def test_what_should_have_ended_at_the_close_is_found(closed, values, promise, evidence):
    engine, wave_id = closed
    with transaction(engine) as session:
        session.execute(sa.update(Response).where(Response.id == one(session)).values(values))
    assert broken(engine)[promise] == evidence.format(wave=wave_id)


def test_a_bridge_left_after_the_close_is_found(closed):
    engine, wave_id = closed
    damage(
        engine,
        sa.insert(AccountNumber).values(wave_id=wave_id, name="Umlaufberg AG", number=1),
        sa.insert(Submission).values(wave_id=wave_id, secret_hash=secrets.token_bytes(32)),
    )
    promise = "Account numbers and marks of sending end at the close"
    assert broken(engine)[promise] == "1 in account_number, 1 in submission"


def test_an_invitation_that_still_knows_its_holder_is_found(closed):
    engine, _ = closed
    damage(engine, sa.update(Invitation).where(Invitation.id == first(engine)).values(role="executive"))
    assert broken(engine)["Invitations know nothing after the close"] == "1 invitations"


def test_what_stayed_too_long_is_found(closed):
    engine, wave_id = closed
    damage(
        engine,
        sa.insert(Draft).values(
            key_hash=secrets.token_bytes(32), wave_id=wave_id, ciphertext=b"sealed", updated_on=TODAY
        ),
    )
    assert broken(engine) == {}
    assert broken(engine, LATER) == {"What has stayed long enough is gone": "1 drafts, 12 personal links"}


def test_another_snapshot_than_the_released_one_is_found(closed):
    engine, wave_id = closed
    damage(engine, sa.delete(ReleaseRecord))
    promise = "Every release is in the ledger as it was published"
    assert broken(engine) == {promise: f"not as released: wave {wave_id}, version 1"}


def test_results_of_an_open_wave_are_found(running):
    engine, wave_id = running
    damage(
        engine,
        sa.insert(SnapshotRecord).values(
            wave_id=wave_id, version=1, json="{}", fingerprint="", created_on=TODAY
        ),
    )
    assert broken(engine)["Nothing is released before the close"] == "1 snapshots of open waves"


def test_a_log_of_statements_is_found(postgresql):
    with transaction(postgresql) as session:
        session.execute(sa.text("SET LOCAL log_statement = 'all'"))
        found = {finding.promise: finding for finding in audit(session, now=NOW)}
    assert not found["The database server logs no statements"].kept


def test_deletion_that_leaves_bytes_is_found(sqlite):
    with transaction(sqlite) as session:
        session.execute(sa.text("PRAGMA secure_delete = OFF"))
        found = {finding.promise: finding for finding in audit(session, now=NOW)}
    assert found["Deleted rows leave no bytes"].evidence == "secure_delete is 0"


def test_a_check_that_cannot_run_counts_as_broken(sqlite):
    damage(sqlite, "DROP TABLE submission")
    found = broken(sqlite)
    assert found["Of links, only hashes are stored"] == "it cannot be checked: OperationalError"


def test_one_wave_can_be_inspected_alone(closed):
    engine, wave_id = closed
    with transaction(engine) as session:
        session.execute(sa.update(Response).where(Response.id == one(session)).values(seconds=300))
    assert broken(engine, wave_id=wave_id) == {"Timings end at the close": "1 times on pages are left"}
    assert broken(engine, wave_id=wave_id + 1) == {}


def test_the_audit_changes_nothing(running):
    engine, wave_id = running
    with transaction(engine) as session:
        open_token(session, session.get_one(Wave, wave_id), Side.INSIDE)
    before = dump(engine)
    broken(engine, LATER)
    assert dump(engine) == before
