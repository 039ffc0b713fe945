"""The web's session: one per request, opened at the first use and closed at its end."""

from __future__ import annotations

from contextlib import ExitStack

import sqlalchemy as sa
from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from cultureassess.db import session_factory, sqlite

SAFE = ("GET", "HEAD", "OPTIONS")


def init_app(app: Flask, engine: sa.Engine) -> None:
    """Give an application its engine."""
    app.extensions["engine"] = engine
    app.extensions["sessions"] = session_factory(engine)
    if engine.dialect.name == "postgresql":
        app.extensions["reading engine"] = engine.execution_options(isolation_level="AUTOCOMMIT")
        sa.event.listen(app.extensions["reading engine"], "before_cursor_execute", _refuse_writing)
    app.before_request(_begin_lightly)
    app.teardown_appcontext(_close)


def session() -> Session:
    """The session of this request. Nothing is kept unless the view commits."""
    if "session" not in g:
        g.session = current_app.extensions["sessions"]()
    found: Session = g.session
    return found


def _refuse_writing(
    _connection: object, _cursor: object, statement: str, _values: object, _context: object, _many: bool
) -> None:
    if not statement.startswith("SELECT") or "FOR UPDATE" in statement:
        raise RuntimeError("Something was to be written or locked by a request that said it only reads.")


def write_now() -> Session:
    """The session, with nothing begun: what it does next begins with SQLite's write lock.

    What was read before stays readable, but may have changed since: what is to be written is read anew.
    So the lock is held for the writing alone, and not while a page is found, checked and drawn.
    """
    found = session()
    found.commit()
    found.bind = current_app.extensions["engine"]
    _end_reading()
    return found


def engine() -> sa.Engine:
    """The application's engine, for work that needs transactions of its own."""
    found: sa.Engine = current_app.extensions["engine"]
    return found


def read_lightly() -> None:
    """Read without a transaction until :func:`write_now`, because each one costs two ways there and back.

    PostgreSQL shows every statement what is committed when it starts, in a transaction or not. What would
    be written without :func:`write_now` is refused, because half of it could stay.
    """
    _take_no_lock()
    reading = current_app.extensions.get("reading engine")
    if reading is not None and not session().in_transaction():
        session().bind = reading


def _take_no_lock() -> None:
    if "reading" not in g:
        g.reading = ExitStack()
        g.reading.enter_context(sqlite.reading())


def _begin_lightly() -> None:
    """Let a request that only reads take no write lock on SQLite."""
    if request.method in SAFE:
        _take_no_lock()


def _end_reading() -> None:
    reading: ExitStack | None = g.pop("reading", None)
    if reading is not None:
        reading.close()


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
    _end_reading()
