"""SQLite as a server's database: which library, and what every connection is told (FACTS 9)."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import ModuleType

import sqlalchemy as sa

_begin: ContextVar[str] = ContextVar("begin", default="BEGIN IMMEDIATE")


def library() -> ModuleType:
    """The newest SQLite at hand: the ``pysqlite3`` wheel, otherwise the one Python was built with."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    return dbapi2  # type: ignore[no-any-return]


def has_wal_race(version: tuple[int, ...]) -> bool:
    """Whether this SQLite version can corrupt a WAL database that several connections use.

    Affected are 3.7.0 to 3.51.2, except the repaired 3.44.6 and 3.50.7 (FACTS 9).
    """
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return False
    repaired = {(3, 44): 6, (3, 50): 7}
    patch = repaired.get((version[0], version[1]))
    return patch is None or version[2] < patch


@contextmanager
def reading() -> Iterator[None]:
    """Let the transactions begun inside take no write lock until they write.

    Elsewhere ``BEGIN IMMEDIATE`` keeps two writers from both reading first and then refusing each other.
    """
    token = _begin.set("BEGIN")
    try:
        yield
    finally:
        _begin.reset(token)


def prepare(engine: sa.Engine, *, busy_seconds: float) -> None:
    """Attach to an engine what each of its SQLite connections and transactions starts with."""
    journal = "DELETE" if has_wal_race(library().sqlite_version_info) else "WAL"
    statements = (
        f"PRAGMA busy_timeout = {round(busy_seconds * 1000)}",
        f"PRAGMA journal_mode = {journal}",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = ON",
    )

    @sa.event.listens_for(engine, "connect")
    def tell(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin or commit by itself
        for statement in statements:
            connection.execute(statement).close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(_begin.get())

    _queue_writers(engine, busy_seconds)


def _queue_writers(engine: sa.Engine, busy_seconds: float) -> None:
    """Let the threads of a process take the write lock one after the other.

    A writer that finds the lock taken sleeps, up to a tenth of a second at a time, and whoever asks in
    the right moment overtakes it: with eight threads one may wait longer than ``busy_seconds``. In a queue
    only one thread of each process asks, and the others are woken as soon as it has committed.
    """
    turn = threading.Lock()

    @sa.event.listens_for(engine, "begin", insert=True)
    def wait(connection: sa.Connection) -> None:
        if _begin.get() == "BEGIN" or connection.info.get("writing"):
            return
        if not turn.acquire(timeout=busy_seconds):
            raise sa.exc.OperationalError(
                _begin.get(), None, library().OperationalError("database is locked")
            )
        connection.info["writing"] = True

    @sa.event.listens_for(engine, "commit")
    def commit(connection: sa.Connection) -> None:
        connection.connection.commit()  # the engine does it again, to no effect, after this event
        leave(connection.info)

    @sa.event.listens_for(engine, "rollback")
    def roll_back(connection: sa.Connection) -> None:
        leave(connection.info)

    @sa.event.listens_for(engine, "checkin")
    @sa.event.listens_for(engine, "invalidate")
    def away(_connection: object, record: sa.pool.ConnectionPoolEntry, *_why: object) -> None:
        leave(record.info)

    def leave(info: dict[str, object]) -> None:
        if info.pop("writing", False):
            turn.release()
