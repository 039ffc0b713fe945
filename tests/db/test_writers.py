"""Writers of one process take SQLite's lock in turn, and a turn always ends."""

import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from cultureassess.db import make_engine, sqlite, transaction


@pytest.fixture
def engine(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}", busy_seconds=0.2)
    with transaction(engine) as session:
        session.execute(sa.text("CREATE TABLE counter (n INTEGER)"))
    yield engine
    engine.dispose()


def add(engine: sa.Engine) -> None:
    with transaction(engine) as session:
        session.execute(sa.text("INSERT INTO counter VALUES (1)"))


def counted(engine: sa.Engine) -> int:
    with sqlite.reading(), transaction(engine) as session:
        return session.scalar(sa.text("SELECT count(*) FROM counter"))


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_a_turn_ends_with_the_transaction_even_where_the_connection_is_kept(engine, ending):
    with engine.connect() as kept:
        kept.execute(sa.text("INSERT INTO counter VALUES (1)"))
        getattr(kept, ending)()
        add(engine)
    assert counted(engine) == (2 if ending == "commit" else 1)


def test_a_turn_ends_with_a_failure(engine):
    with pytest.raises(OperationalError), transaction(engine) as session:
        session.execute(sa.text("INSERT INTO nowhere VALUES (1)"))
    add(engine)
    assert counted(engine) == 1


def test_who_waits_too_long_for_a_turn_is_told_that_the_database_is_locked(engine):
    with transaction(engine) as session:
        session.execute(sa.text("INSERT INTO counter VALUES (1)"))
        with pytest.raises(OperationalError, match="database is locked"):
            add(engine)
    add(engine)
    assert counted(engine) == 2


def test_who_waits_too_long_for_another_process_gives_the_turn_back(engine):
    other = make_engine(engine.url)
    with transaction(other) as session:
        session.execute(sa.text("INSERT INTO counter VALUES (1)"))
        for _ in range(2):
            with pytest.raises(OperationalError, match="database is locked"):
                add(engine)
    add(engine)
    other.dispose()
    assert counted(engine) == 2


def test_many_threads_all_get_their_turn(engine):
    patient = make_engine(engine.url)
    threads = [threading.Thread(target=lambda: [add(patient) for _ in range(5)]) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patient.dispose()
    assert counted(engine) == 60
