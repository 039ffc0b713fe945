"""What probes are told, and what they are not told."""

import datetime as dt

import pytest
import sqlalchemy as sa

from cultureassess import clock, config
from cultureassess.app import create_app
from cultureassess.db import migrate, transaction
from cultureassess.models import Heartbeat, Mail, MailState
from cultureassess.services.operations import health

NOW = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
WELL = {"database": True, "migrations": True, "worker": True, "mail": True, "disk": True}


@pytest.fixture
def engine(engine):
    with transaction(engine) as session:
        session.execute(sa.delete(Heartbeat))
        session.execute(sa.delete(Mail))
    return engine


def work(engine, ago=dt.timedelta()):
    with transaction(engine) as session:
        health.beat(session, health.WORKER, now=NOW - ago)


def waiting(engine, **values):
    row = {"kind": "member", "key": "1", "due": int(NOW.timestamp()) - 901, "expires": 2**40, "priority": 0}
    with transaction(engine) as session:
        session.add(Mail(**{**row, **values}))


def with_mail(settings):
    return config.load({"INSTANCE": str(settings.instance), "SMTP_HOST": "x", "SMTP_FROM": "a@b.example"})


def test_where_everything_works_everything_is_well(engine, settings):
    work(engine)
    assert health.examine(engine, settings, now=NOW) == WELL


@pytest.mark.parametrize(("minutes", "seen"), [(5, True), (5.02, False)])
def test_a_worker_is_missed_after_five_minutes(engine, settings, minutes, seen):
    work(engine, dt.timedelta(minutes=minutes))
    assert health.examine(engine, settings, now=NOW) == {**WELL, "worker": seen}


def test_without_a_worker_it_is_not_ready(engine, settings):
    assert health.examine(engine, settings, now=NOW) == {**WELL, "worker": False}


@pytest.mark.parametrize(
    ("values", "leaves"),
    [
        ({}, False),
        ({"state": MailState.RETRY}, False),
        ({"state": MailState.UNKNOWN}, True),
        ({"priority": 1}, True),
        ({"due": int(NOW.timestamp()) - 899}, True),
    ],
)
def test_a_mail_that_somebody_waits_for_must_leave_within_a_quarter_of_an_hour(
    engine, settings, values, leaves
):
    work(engine)
    waiting(engine, **values)
    assert health.examine(engine, with_mail(settings), now=NOW) == {**WELL, "mail": leaves}
    assert health.examine(engine, settings, now=NOW) == WELL, "without a mail server nothing is overdue"


def test_an_older_schema_is_not_ready(sqlite, settings):
    work(sqlite)
    with sqlite.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0009'")
    assert health.examine(sqlite, settings, now=NOW) == {**WELL, "migrations": False}
    assert migrate.current(sqlite) == "0009"


def test_a_database_that_cannot_be_written_is_not_ready(sqlite, settings):
    work(sqlite)

    @sa.event.listens_for(sqlite, "connect")
    def read_only(connection, _record):
        connection.execute("PRAGMA query_only = ON").close()

    sqlite.dispose()
    found = health.examine(sqlite, settings, now=NOW)
    assert (found["database"], found["migrations"]) == (False, True)


def test_a_full_disk_is_not_ready(engine, settings, monkeypatch):
    work(engine)
    monkeypatch.setattr(health, "FREE", 1.1)
    assert health.examine(engine, settings, now=NOW) == {**WELL, "disk": False}


class TestPages:
    def test_the_process_says_ok_whatever_name_it_is_asked_by(self, client):
        answer = client.get("/healthz", headers={"Host": "10.0.0.7:8000"})
        assert (answer.status_code, answer.text) == (200, "ok\n")

    def test_an_installation_without_a_worker_says_so_and_nothing_else(self, client):
        answer = client.get("/readyz", headers={"Host": "10.0.0.7:8000"})
        assert answer.status_code == 503
        assert answer.json == {"ready": False, "checks": {**WELL, "worker": False}}

    def test_with_a_worker_it_is_ready(self, client, sqlite):
        with transaction(sqlite) as session:
            health.beat(session, health.WORKER, now=clock.now())
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json) == (200, {"ready": True, "checks": WELL})

    def test_asking_again_at_once_writes_nothing(self, client, sqlite):
        client.get("/readyz")
        with transaction(sqlite) as session:
            session.execute(sa.delete(Heartbeat))
        client.get("/readyz")
        with transaction(sqlite) as session:
            assert session.scalars(sa.select(Heartbeat)).all() == []

    def test_behind_a_proxy_probes_are_answered_too(self, tmp_path, sqlite):
        settings = config.load(
            {"INSTANCE": str(tmp_path), "BASE_URL": "https://culture.example.org", "TRUSTED_PROXIES": "1"}
        )
        client = create_app(settings, engine=sqlite).test_client()
        headers = {"Host": "10.0.0.7", "X-Forwarded-Host": "evil.example.org"}
        assert client.get("/healthz", headers=headers).status_code == 200
        assert client.get("/", headers=headers).status_code == 400
