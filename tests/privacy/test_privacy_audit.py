"""The audit passes on an honest database, and finds what damages its schema, its links and its joins."""

import secrets

import pytest
import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import (
    Invitation,
    Response,
    Wave,
)
from cultureassess.services.demo import showroom
from cultureassess.services.privacy_audit import audit
from cultureassess.services.privacy_audit.audit import CHECKS

from ..scene import SECRET_KEY, TODAY
from .inspection import broken, damage, first, one
from .scenery import NOW, invited_wave, mix, send


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
