import threading
import time

import pytest
import sqlalchemy as sa

from cultureassess.db import make_engine, sqlite, transaction
from cultureassess.db.engine import WORKER_BUSY_SECONDS


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_which_sqlite_versions_have_the_wal_race(version, affected):
    assert sqlite.has_wal_race(version) is affected


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
    ],
)
def test_what_every_sqlite_connection_is_told(tmp_path, pragma, value):
    if sqlite.has_wal_race(sqlite.library().sqlite_version_info) and pragma == "journal_mode":
        value = "delete"
    with make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}").connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_an_affected_library_gets_no_wal(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "has_wal_race", lambda version: True)
    with make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


def test_the_worker_waits_longer(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}", busy_seconds=WORKER_BUSY_SECONDS)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_two_writers_who_read_first_both_succeed(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with transaction(engine) as session:
        session.execute(sa.text("CREATE TABLE counter (n INTEGER)"))
        session.execute(sa.text("INSERT INTO counter VALUES (0)"))

    def add_one() -> None:
        with transaction(engine) as session:
            seen = session.scalar(sa.text("SELECT n FROM counter"))
            time.sleep(0.05)
            session.execute(sa.text("UPDATE counter SET n = :n"), {"n": seen + 1})

    threads = [threading.Thread(target=add_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(engine) as session:
        assert session.scalar(sa.text("SELECT n FROM counter")) == 4
    engine.dispose()


def test_a_reader_does_not_wait_for_a_writer(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}", busy_seconds=0.1)
    with transaction(engine) as session:
        session.execute(sa.text("CREATE TABLE counter (n INTEGER)"))
    with transaction(engine) as writer:
        writer.execute(sa.text("INSERT INTO counter VALUES (1)"))
        with sqlite.reading(), transaction(engine) as reader:
            assert reader.scalar(sa.text("SELECT count(*) FROM counter")) == 0
    engine.dispose()


def test_another_kind_of_database_is_refused():
    with pytest.raises(ValueError, match="CultureAssess runs on sqlite and postgresql"):
        make_engine("mysql://localhost/culture")


def test_a_postgresql_address_goes_through_psycopg_three():
    assert make_engine("postgres://localhost/culture").url.drivername == "postgresql+psycopg"


def test_on_postgresql_a_connection_that_waited_long_is_opened_anew(postgresql, monkeypatch):
    """What stands between may have forgotten it, and says so only when it is used."""
    engine = make_engine(postgresql.url)
    found = []
    for idle in (60.0, 60.0, 0.0):
        monkeypatch.setattr("cultureassess.db.engine.IDLE", idle)
        with engine.connect() as one:
            found.append(one.scalar(sa.text("SELECT pg_backend_pid()")))
    assert found[0] == found[1] != found[2]
    engine.dispose()


def test_on_postgresql_a_connection_that_the_server_has_ended_is_renewed_unnoticed(postgresql):
    """After a restart of the server nobody meets an error."""
    engine = make_engine(postgresql.url)
    with engine.connect() as one, engine.connect() as two:
        ended = [each.scalar(sa.text("SELECT pg_backend_pid()")) for each in (one, two)]
    with postgresql.connect() as other:
        for process in ended:
            other.execute(sa.text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
    with engine.connect() as one, engine.connect() as two:
        found = [each.scalar(sa.text("SELECT pg_backend_pid()")) for each in (one, two)]
    assert set(found).isdisjoint(ended)
    engine.dispose()
