"""One function that turns a database URL into an engine."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from cultureassess.db import sqlite

WEB_BUSY_SECONDS = 5.0
WORKER_BUSY_SECONDS = 30.0


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
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, module=sqlite.library())
    sqlite.prepare(engine, busy_seconds=busy_seconds)
    return engine


def _postgresql(url: sa.URL, busy_seconds: float) -> sa.Engine:
    options = f"-c lock_timeout={round(busy_seconds * 1000)} -c timezone=UTC"
    return sa.create_engine(url, pool_pre_ping=True, connect_args={"options": options})
