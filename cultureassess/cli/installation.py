"""Which installation a command works on: the real one, or the demo in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import clock, config
from cultureassess.cli.messages import FAILED, refuse
from cultureassess.db import make_engine, migrate, transaction
from cultureassess.db.engine import WORKER_BUSY_SECONDS
from cultureassess.models import Wave
from cultureassess.services.errors import DomainError

WAVE = click.IntRange(1, 2**31 - 1)
"""Type of an argument that names a wave by its number: what a database can hold."""

DEMO = "demo"
"""Folder of the demo inside the instance folder: its data and secret never mix with real ones."""

PORT = "port"
"""File in the demo's folder: where it was served last, for commands that are not told."""


def settings(*, demo: bool = False, port: int | None = None) -> config.Settings:
    """Read the settings of the real installation or of the demo; stop with a clear word if they are wrong.

    Args:
        port: where this process serves; without it, the demo's is the one where it was served last.
    """
    environ = _of_the_demo() if demo else dict(os.environ)
    try:
        return config.load(environ, port=_last_port() if demo and port is None else port)
    except config.ConfigError as error:
        refuse(str(error))


def _of_the_demo() -> dict[str, str]:
    """Nothing of the environment but where the demo's folder is: the real database, mail server and secret
    may stand there under any name that :mod:`cultureassess.config` reads."""
    return {"INSTANCE": str(instance() / DEMO), "DEMO": "1"}


def remember_port(found: config.Settings, port: int) -> None:
    """Note where the demo is served: links in the mails of its worker must lead there."""
    (found.instance / PORT).write_text(f"{port}\n", "ascii")


def _last_port() -> int | None:
    """Where the demo was served last; None before the first time, and where no port is noted."""
    try:
        port = int((instance() / DEMO / PORT).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return port if 1 <= port <= 65535 else None


def instance() -> Path:
    """Return the instance folder, which need not exist."""
    return Path(os.environ.get("INSTANCE", "instance")).resolve()


def only_demo() -> bool:
    """Tell whether the demo has been built and nothing else: then it is "what is there"."""
    if "DATABASE_URL" in os.environ or "DATABASE_URL_FILE" in os.environ:
        return False
    if (instance() / "settings.toml").exists():
        return False
    real = instance() / "cultureassess.sqlite3"
    return not real.exists() and (instance() / DEMO / "cultureassess.sqlite3").exists()


def ready_engine(found: config.Settings) -> sa.Engine:
    """Return an engine of a database that has today's schema, after a backup if it was older."""
    from cultureassess.services.operations.upgrade import bring_up_to_date

    engine = make_engine(found.database_url, busy_seconds=WORKER_BUSY_SECONDS)
    try:
        made = bring_up_to_date(engine, found, now=clock.now())
    except (migrate.SchemaUnknown, DomainError) as error:
        refuse(str(error), FAILED)
    if made is not None:
        click.echo(f"The database was of an older version. Before it was migrated it went to {made}.")
    return engine


@contextmanager
def wave_of(number: int, *, demo: bool) -> Iterator[tuple[Session, Wave]]:
    """Open a wave by its number in a transaction; stop with the list of waves if there is none."""
    with transaction(ready_engine(settings(demo=demo or only_demo()))) as session:
        wave = session.get(Wave, number)
        if wave is None:
            refuse(f"There is no wave {number}. {_list(session)}")
        yield session, wave


def _list(session: Session) -> str:
    waves = session.scalars(sa.select(Wave).order_by(Wave.id)).all()
    lines = [f"{w.id} ({w.assessment.organisation.name}, {w.label}, {w.state.value})" for w in waves]
    return f"There are: {'; '.join(lines)}." if lines else "There are no waves yet."
