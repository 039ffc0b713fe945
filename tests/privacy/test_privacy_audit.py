"""The audit passes on an honest database, and finds every way in which a test has damaged one."""

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
from cultureassess.services.demo import showroom
from cultureassess.services.privacy_audit import audit
from cultureassess.services.privacy_audit.audit import CHECKS

from ..scene import SECRET_KEY, TODAY, open_token
from .scenery import NOW, close, invited_wave, mix, send

LATER = NOW + dt.timedelta(days=200)


@pytest.fixture
def closed(engine):
    """A closed confidential wave: (engine, wave id)."""
    wave_id, tokens = invited_wave(engine, [{"segments": {"inside.function": ("IT",)}}] * 12)
    for token in tokens[:9]:
        send(engine, token)
    close(engine, wave_id)
    return engine, wave_id


@pytest.fixture
def running(engine):
    """An open confidential wave, mixed: (engine, wave id)."""
    wave_id, tokens = invited_wave(engine, [{"segments": {"inside.function": ("IT",)}}] * 12)
    for token in tokens[:9]:
        send(engine, token)
    mix(engine, wave_id)
    return engine, wave_id


def broken(engine, now=NOW, wave_id=None):
    """Promise -> evidence of what the audit says is broken."""
    with transaction(engine) as session:
        return {f.promise: f.evidence for f in audit(session, now=now, wave_id=wave_id) if not f.kept}


def damage(engine, *statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement) if isinstance(statement, str) else statement)


def test_an_honest_closed_wave_passes(closed):
    assert broken(closed[0]) == {}


def test_an_honest_open_wave_passes(running):
    assert broken(running[0]) == {}


def test_the_demo_passes(engine):
    with transaction(engine) as session:
        showroom.build(session, today=TODAY, secret_key=SECRET_KEY)
    with transaction(engine) as session:
        findings = audit(session, now=NOW)
    assert [finding for finding in findings if not finding.kept] == []
    assert len(findings) == len(CHECKS)


def test_a_foreign_key_back_to_the_invitation_is_found(sqlite):
    damage(
        sqlite,
        "CREATE TABLE trail (response BLOB REFERENCES response (id), "
        "invitation INTEGER REFERENCES invitation (id))",
    )
    assert broken(sqlite) == {"No key leads from an answer to a link": "trail refers to response"}


def test_one_more_column_is_found(closed):
    engine, _ = closed
    if engine.dialect.name == "postgresql":
        pytest.skip("the other tests share this server's schema")
    damage(engine, "ALTER TABLE response ADD COLUMN address VARCHAR(40)")
    assert broken(engine)["An answer has the columns that its page names, and no other"] == "response.address"


def test_a_table_with_row_numbers_is_found(sqlite):
    damage(
        sqlite,
        "ALTER TABLE response RENAME TO old",
        "CREATE TABLE response AS SELECT * FROM old",
        "DROP TABLE old",
    )
    assert "response has a row number" in broken(sqlite)["Answers have random keys and no order"]


def test_keys_in_order_are_found(running):
    engine, wave_id = running
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        fixed = {"wave_id": wave_id, "audience": Audience.STAFF, "language": "en"}
        fixed |= {"answers": "4" * wave.rated_items, "outcomes": "---" * wave.outcome_items}
        session.execute(sa.insert(Response), [{**fixed, "id": n.to_bytes(16, "big")} for n in range(100)])
    assert broken(engine) == {"Answers have random keys and no order": "the keys of response are not random"}


def test_a_missing_trigger_is_found(sqlite):
    damage(sqlite, "DROP TRIGGER wave_frozen")
    assert broken(sqlite) == {"What a wave froze is guarded by the database": "missing: wave_frozen"}


def test_a_trigger_that_is_switched_off_is_found(postgresql):
    damage(postgresql, "ALTER TABLE wave DISABLE TRIGGER wave_frozen")
    try:
        found = broken(postgresql)
    finally:
        damage(postgresql, "ALTER TABLE wave ENABLE TRIGGER wave_frozen")
    assert found["What a wave froze is guarded by the database"] == "missing: wave_frozen"


def test_a_token_instead_of_its_hash_is_found(running):
    engine, _ = running
    token = secrets.token_urlsafe(32).encode()
    damage(engine, sa.update(Invitation).where(Invitation.id == first(engine)).values(token_hash=token))
    assert broken(engine) == {
        "Of links, only hashes are stored": "invitation.token_hash holds something else"
    }


def first(engine):
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.min(Invitation.id)))


def test_a_token_in_any_text_is_found(running):
    engine, _ = running
    damage(engine, sa.update(Wave).values(label=f"see {secrets.token_urlsafe(32)}"))
    assert broken(engine) == {
        "No column holds a link's secret": "wave.label holds what looks like a link's secret"
    }


def test_a_column_for_tokens_is_found(sqlite):
    damage(sqlite, "ALTER TABLE invitation ADD COLUMN token VARCHAR(43)")
    assert broken(sqlite) == {"No column holds a link's secret": "there is a column invitation.token"}


def test_a_key_made_from_the_link_is_found(running):
    engine, _ = running
    with transaction(engine) as session:
        link = session.scalars(sa.select(Invitation).limit(1)).one()
        session.execute(
            sa.update(Response).where(Response.id == one(session)).values(id=link.token_hash[:16])
        )
    assert broken(engine) == {
        "No value of an answer stands on a link": "response.id = invitation.token_hash (1 values)"
    }


def one(session):
    return session.scalar(sa.select(Response.id).limit(1))


def test_the_name_of_an_account_on_an_answer_is_found(engine):
    wave_id, tokens = invited_wave(engine, [{"account": "Umlaufberg AG"}] * 6, accounts=True)
    for token in tokens:
        send(engine, token)
    mix(engine, wave_id)
    assert broken(engine) == {}
    damage(engine, sa.update(Response).values(account="Umlaufberg AG"))
    assert broken(engine) == {
        "No value of an answer stands on a link": "response.account = invitation.account (1 values); "
        "response.account = account_number.name (1 values)"
    }


def test_a_rare_combination_on_an_answer_is_found(engine):
    people = [{"segments": {"inside.function": ("IT",)}}] * 9
    people += [{"segments": {"inside.function": ("HR",)}}] * 2
    wave_id, tokens = invited_wave(engine, people)
    for token in tokens:
        send(engine, token)
    mix(engine, wave_id)
    promise = "What an invitation knows is shared by at least k"
    assert broken(engine) == {}
    with transaction(engine) as session:
        session.execute(sa.update(Response).where(Response.id == one(session)).values(segment_1="HR"))
    assert broken(engine) == {promise: f"wave {wave_id}, staff: HR"}


def test_a_transaction_that_wrote_both_is_found(postgresql):
    with postgresql.begin() as connection:
        connection.exec_driver_sql("TRUNCATE organisation CASCADE")
    wave_id, tokens = invited_wave(postgresql, [{}] * 6)
    for token in tokens:
        send(postgresql, token)
    mix(postgresql, wave_id)
    with transaction(postgresql) as session:
        session.execute(sa.update(Invitation).values(used=True))
        session.execute(sa.update(Response).where(Response.id == one(session)).values(language="de"))
    assert broken(postgresql) == {
        "No transaction number joins a link to an answer": "response and invitation: 6 pairs"
    }


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
        ({"language": "fi"}, "Rare languages end at the close", "wave {wave}: fi"),
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


def dump(engine):
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {
            table: sorted(map(str, connection.execute(sa.select(sa.text("*")).select_from(sa.table(table)))))
            for table in tables
        }
