"""Reading a backup back, on this machine or another one, into either kind of database."""

from __future__ import annotations

import datetime as dt
import json
import os
import tarfile
import tempfile
import tomllib
from pathlib import Path

import sqlalchemy as sa

from cultureassess.config import Settings
from cultureassess.db import make_engine, transaction
from cultureassess.models import Heartbeat, Mail, MailState
from cultureassess.services import outbox
from cultureassess.services.errors import DomainError
from cultureassess.services.operations import archive, reading
from cultureassess.services.operations.archive import Manifest

RUNNING = dt.timedelta(minutes=2)
"""Who wrote a sign of life in this time is probably still there."""


class RestoreRefused(DomainError):
    """The backup is good, but must not be read in here; the message says why."""


def check(path: Path) -> Manifest:
    """Compare every sum, then read the whole backup into a database that is thrown away.

    Raises:
        BackupUnusable: it is not whole, or could not be restored.
    """
    with archive.opened(path) as (manifest, file):
        archive.verify(file, manifest)
        beside = path.parent if os.access(path.parent, os.W_OK) else None  # /tmp may be small
        with tempfile.TemporaryDirectory(prefix=".trial-", dir=beside) as folder:
            engine = make_engine(f"sqlite:///{Path(folder) / 'trial.sqlite3'}")
            try:
                reading.read_in(engine, file, manifest)
            finally:
                engine.dispose()
    return manifest


def secret_of(path: Path) -> str:
    """The secret key of a backup."""
    with archive.opened(path) as (_, file):
        return archive.read(file, archive.SECRET).decode()


def restore(path: Path, settings: Settings, *, now: dt.datetime, force: bool = False) -> Manifest:
    """Read a backup into the database of the settings; write the secret, and the settings where none are.

    A SQLite file is replaced when all is read, in one step. A PostgreSQL database is filled table by table,
    after the whole backup has been read into a trial database; while it is not full, nothing can start on it.

    Args:
        settings: with the backup's secret (:func:`secret_of`).
        now: timezone-aware.
        force: overwrite what is there.

    Raises:
        BackupUnusable: the backup is not whole.
        RestoreRefused: there is a database already, and it is not to be overwritten or in use.
    """
    engine = make_engine(settings.database_url)
    try:
        _refuse_used(engine, now=now, force=force)
        if engine.dialect.name == "sqlite":
            manifest = _replace_file(path, Path(str(engine.url.database)), engine)
        else:
            manifest = check(path)
            with archive.opened(path) as (_, file):
                _empty(engine)
                reading.read_in(engine, file, manifest)
        with archive.opened(path) as (_, file):
            _write_beside(file, manifest, settings)
    finally:
        engine.dispose()
    return manifest


def hold_mail(engine: sa.Engine) -> int:
    """Leave the mails that waited when the backup was made to a person: they may have been sent since.

    Returns:
        how many.
    """
    waiting = sa.update(Mail).where(Mail.state.in_((*outbox.WAITING, MailState.CLAIMED)))
    held = waiting.values(state=MailState.UNKNOWN, worker=None).returning(Mail.id)
    with transaction(engine) as session:
        return len(session.scalars(held).all())


def _refuse_used(engine: sa.Engine, *, now: dt.datetime, force: bool) -> None:
    """Refuse a database with anything in it, and always one that somebody serves."""
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).stat().st_size:
        return
    with engine.connect() as connection:
        there = sa.inspect(connection).get_table_names()
        last = sa.select(sa.func.max(Heartbeat.at))
        at = connection.scalar(last) if Heartbeat.__tablename__ in there else None
    if at is not None and now.timestamp() - at < RUNNING.total_seconds():
        raise RestoreRefused("This database is in use. Stop server and worker, wait two minutes, try again.")
    if there and not force:
        raise RestoreRefused(
            "There is a database already. With --force it is deleted, and the backup put in."
        )


def _replace_file(path: Path, target: Path, engine: sa.Engine) -> Manifest:
    unfinished = target.with_name(f".{target.name}.restoring")
    _unlink(unfinished)
    new = make_engine(f"sqlite:///{unfinished}")
    try:
        with archive.opened(path) as (manifest, file):
            archive.verify(file, manifest)
            reading.read_in(new, file, manifest)
        _settle(new)
        engine.dispose()
        _unlink(target)
        unfinished.replace(target)
    finally:
        new.dispose()
        _unlink(unfinished)
    return manifest


def _settle(engine: sa.Engine) -> None:
    """Put what is in the log of a SQLite file into the file, so that the file can be moved alone."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = DELETE").fetchall()
        cursor.close()
    finally:
        connection.close()
    engine.dispose()


def _unlink(file: Path) -> None:
    """Delete a SQLite file with its logs."""
    for end in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def _empty(engine: sa.Engine) -> None:
    """Delete every table of a PostgreSQL database, and the functions of their triggers."""
    functions = sa.text(
        "SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = current_schema() AND p.prorettype = 'trigger'::regtype"
    )
    with engine.begin() as connection:
        there = sa.MetaData()
        there.reflect(connection)
        there.drop_all(connection)
        for name in connection.scalars(functions).all():
            connection.exec_driver_sql(f"DROP FUNCTION {name}")


def _write_beside(file: tarfile.TarFile, manifest: Manifest, settings: Settings) -> None:
    """Write the secret; and the settings, where there are none, without the address of the old database."""
    _write(settings.instance / archive.SECRET, settings.secret_key)
    place = settings.instance / archive.SETTINGS
    if archive.SETTINGS in manifest.parts and not place.exists():
        found = tomllib.loads(archive.read(file, archive.SETTINGS).decode())
        kept = {name: value for name, value in found.items() if name not in ("database_url", "secret_key")}
        _write(place, "".join(f"{name} = {json.dumps(value)}\n" for name, value in kept.items()))


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)
