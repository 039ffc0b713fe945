"""One function that turns a database URL into an engine."""

from __future__ import annotations

import math
import os
import select
import time
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from cultureassess.db import sqlite

if TYPE_CHECKING:
    import psycopg

WEB_BUSY_SECONDS = 5.0
WORKER_BUSY_SECONDS = 30.0
IDLE = 60.0
"""Seconds after which a connection to PostgreSQL that nobody used is opened anew."""


def make_engine(url: str | sa.URL, *, busy_seconds: float = WEB_BUSY_SECONDS) -> sa.Engine:
    """Return an engine for SQLite or PostgreSQL. It connects only when it is used.

    Args:
        url: ``sqlite:///path``, ``postgresql://...`` or ``postgres://...``; PostgreSQL is reached
            through psycopg 3. The folder of a SQLite file is created.
        busy_seconds: how long a statement waits for another writer: 5 s in web requests, 30 s in
            the worker and on the command line.

    Raises:
        ValueError: another kind of database.
    """
    wanted = sa.make_url(url)
    backend = wanted.get_backend_name()
    if backend == "sqlite":
        return _sqlite(wanted, busy_seconds)
    if backend in ("postgres", "postgresql"):
        return _postgresql(wanted.set(drivername="postgresql+psycopg"), busy_seconds)
    raise ValueError(f"DATABASE_URL names {backend}; CultureAssess runs on sqlite and postgresql.")


def _sqlite(url: sa.URL, busy_seconds: float) -> sa.Engine:
    if url.database and url.database != ":memory:":
        _make_file(Path(url.database))
    engine = sa.create_engine(url, module=sqlite.library())
    sqlite.prepare(engine, busy_seconds=busy_seconds)
    return engine


def _make_file(path: Path) -> None:
    """Make a database file that only its owner may read; SQLite gives its logs the same permissions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _postgresql(url: sa.URL, busy_seconds: float) -> sa.Engine:
    options = f"-c lock_timeout={round(busy_seconds * 1000)} -c timezone=UTC"
    engine = sa.create_engine(url, connect_args={"options": options})
    sa.event.listen(engine, "checkout", _renew_if_ended)
    sa.event.listen(engine, "checkin", _waits)
    return engine


def _renew_if_ended(
    connection: psycopg.Connection, record: sa.pool.ConnectionPoolEntry, _proxy: object
) -> None:
    """Let the pool connect anew where a connection that waited has been ended.

    A server that ends one says so, and says nothing else unasked: looking whether anything has come takes
    no way to the server and back, as asking it would. What stands between, a balancer or a firewall,
    forgets a connection in silence after some minutes: one that waited longer than ``IDLE`` is not trusted.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    idle = time.monotonic() - record.info.get("waits since", math.inf)
    if waiting.poll(0) or IDLE < idle < math.inf:
        record.info.pop("waits since", None)
        raise sa.exc.DisconnectionError


def _waits(_connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
    record.info["waits since"] = time.monotonic()
