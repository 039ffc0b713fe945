"""Whether the installation does its work: what ``/readyz`` and ``doctor`` ask."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cultureassess.config import Settings
from cultureassess.db import migrate, sqlite, transaction
from cultureassess.db.conflicts import insert
from cultureassess.models import Heartbeat, Mail
from cultureassess.services import outbox

WORKER, WEB = "worker", "web"

SILENT = dt.timedelta(minutes=5)
"""How long the worker may be quiet: its longest turn, and some looks."""

UNSENT = dt.timedelta(minutes=15)
"""How long a mail that somebody waits for may lie in the outbox."""

FREE = 0.05
"""Part of the disk that has to be free."""


def beat(session: Session, part: str, *, now: dt.datetime) -> None:
    """Write down that a part of the installation is alive."""
    row = {"part": part, "at": int(now.timestamp())}
    new = insert(session, Heartbeat).values(row)
    session.execute(new.on_conflict_do_update(index_elements=[Heartbeat.part], set_={"at": row["at"]}))


def leave(session: Session, part: str, *, at: dt.datetime) -> None:
    """Take back a sign of life, unless another process has given a later one."""
    own = sa.delete(Heartbeat).where(Heartbeat.part == part, Heartbeat.at <= int(at.timestamp()))
    session.execute(own)


def examine(engine: sa.Engine, settings: Settings, *, now: dt.datetime) -> dict[str, bool]:
    """Look at everything that has to work; nothing in the answer tells how much there is of anything.

    Returns:
        ``database`` (it can be written), ``migrations`` (its schema is this program's), ``worker`` (it was
        there lately), ``mail`` (what somebody waits for leaves in time) and ``disk`` -> whether it is so.
    """
    found = dict.fromkeys(("database", "migrations", "worker", "mail"), False)
    try:
        with sqlite.reading():
            found["migrations"] = migrate.current(engine) == newest()
        with transaction(engine) as session:
            beat(session, WEB, now=now)
        found["database"] = True
        with transaction(engine) as session:
            found["worker"] = worker_seen(session, now=now)
            found["mail"] = not settings.mails or mail_leaves(session, now=now)
    except SQLAlchemyError:
        pass
    return {**found, "disk": all(free(place) > FREE for place in places(engine, settings))}


@cache
def newest() -> str | None:
    """The revision that this program needs."""
    return migrate.head()


def worker_seen(session: Session, *, now: dt.datetime) -> bool:
    """Whether a worker was there lately."""
    at = session.scalar(sa.select(Heartbeat.at).where(Heartbeat.part == WORKER))
    return at is not None and now.timestamp() - at <= SILENT.total_seconds()


def mail_leaves(session: Session, *, now: dt.datetime) -> bool:
    """Whether no mail that somebody waits for is overdue. A wave's mails may wait: they are paced."""
    limit = int((now - UNSENT).timestamp())
    overdue = sa.select(Mail.id).where(Mail.state.in_(outbox.WAITING), Mail.priority == 0, Mail.due <= limit)
    return session.scalar(overdue.limit(1)) is None


def free(place: Path) -> float:
    """The part of a folder's disk that is free, 0 to 1; 0 where it cannot be told."""
    try:
        found = shutil.disk_usage(place)
    except OSError:
        return 0.0
    return found.free / found.total if found.total else 0.0


def places(engine: sa.Engine, settings: Settings) -> set[Path]:
    """The folders that are written: the instance folder, and where a SQLite file lies."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    found = {settings.instance}
    if file and file != ":memory:":
        found.add(Path(os.path.abspath(file)).parent)  # noqa: PTH100  (a link need not be followed)
    return found
