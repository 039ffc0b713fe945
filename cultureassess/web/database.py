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
    app.before_request(_begin_lightly)
    app.teardown_appcontext(_close)


def session() -> Session:
    """The session of this request. Nothing is kept unless the view commits."""
    if "session" not in g:
        g.session = current_app.extensions["sessions"]()
    found: Session = g.session
    return found


def write_now() -> Session:
    """The session, with nothing begun: what it does next begins with SQLite's write lock.

    What was read before stays readable, but may have changed since: what is to be written is read anew.
    So the lock is held for the writing alone, and not while a page is found, checked and drawn.
    """
    found = session()
    found.commit()
    _end_reading()
    return found


def engine() -> sa.Engine:
    """The application's engine, for work that needs transactions of its own."""
    found: sa.Engine = current_app.extensions["engine"]
    return found


def read_lightly() -> None:
    """Take no write lock on SQLite until :func:`write_now`."""
    if "reading" not in g:
        g.reading = ExitStack()
        g.reading.enter_context(sqlite.reading())


def _begin_lightly() -> None:
    """Let a request that only reads take no write lock on SQLite."""
    if request.method in SAFE:
        read_lightly()


def _end_reading() -> None:
    reading: ExitStack | None = g.pop("reading", None)
    if reading is not None:
        reading.close()


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
    _end_reading()
