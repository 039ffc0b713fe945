"""Writing a backup: one snapshot of the database, taken while everything goes on."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext

from cultureassess import __version__, config
from cultureassess.config import Settings
from cultureassess.db import sqlite
from cultureassess.services.errors import DomainError
from cultureassess.services.operations import archive
from cultureassess.services.operations.archive import Manifest, Part

AT_A_TIME = 1_000
"""Rows that are held in memory."""

NOT_DATA = "alembic_version"


class BackupRefused(DomainError):
    """The backup cannot be written; the message says why."""


def back_up(
    engine: sa.Engine,
    settings: Settings,
    path: Path,
    *,
    now: dt.datetime,
    environ: Mapping[str, str] | None = None,
    force: bool = False,
) -> Manifest:
    """Write database, secret and settings into one file that only its owner may read.

    The whole database is read in one transaction, so that it is of one moment; whoever writes meanwhile
    does not wait (on SQLite with its write-ahead log, and on PostgreSQL).

    Args:
        now: timezone-aware.
        environ: the environment, whose settings are named in the manifest without their values.
        force: replace a file of that name.

    Raises:
        BackupRefused: the database is empty, or the file is there or cannot be written.
    """
    if path.exists() and not force:
        raise BackupRefused(f"{path} is there already. Choose another name, or add --force.")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as made:
            manifest = _write_parts(
                Path(made), engine, settings, now, os.environ if environ is None else environ
            )
            archive.pack(path, manifest, Path(made))
    except OSError as error:
        raise BackupRefused(f"{path} cannot be written: {error.strerror}.") from error
    return manifest


def _write_parts(
    folder: Path, engine: sa.Engine, settings: Settings, now: dt.datetime, environ: Mapping[str, str]
) -> Manifest:
    (folder / "tables").mkdir()
    with snapshot_of(engine) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise BackupRefused("There is nothing to back up: the database is empty.")
        tables = tables_of(connection)
        parts = {archive.part_of(table.name): _dump(connection, table, folder) for table in tables}
        sequences = _sequences(connection, tables)
    parts |= _beside(folder, settings)
    return Manifest(
        format=archive.FORMAT,
        program=__version__,
        revision=revision,
        engine=engine.dialect.name,
        made_at=now.astimezone(dt.UTC).replace(microsecond=0),
        environment=tuple(name for name in config.names() if name in environ or f"{name}_FILE" in environ),
        sequences=sequences,
        parts=parts,
    )


def _beside(folder: Path, settings: Settings) -> dict[str, Part]:
    """What the database needs to be of use: the secret, and the file of settings."""
    texts = {archive.SECRET: settings.secret_key.encode()}
    file = settings.instance / archive.SETTINGS
    if file.exists():
        texts[archive.SETTINGS] = file.read_bytes()
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    return {name: _part(folder / name) for name in texts}


def _part(path: Path, rows: int | None = None) -> Part:
    with path.open("rb") as file:
        sha256, length = archive.digest(file)
    return Part(sha256, length, rows)


@contextmanager
def snapshot_of(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees the database as it was at its first look, and changes nothing."""
    if engine.dialect.name == "sqlite":
        with sqlite.reading(), engine.begin() as connection:
            yield connection
        return
    steady = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**steady) as connection, connection.begin():
        yield connection


def tables_of(connection: sa.Connection) -> list[sa.Table]:
    """The tables as they are, whatever version made them; those that are referred to come first."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != NOT_DATA]


def rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[list[object]]:
    """All rows of a table by primary key."""
    wanted = sa.select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=AT_A_TIME).execute(wanted)
    for row in result:
        yield list(row)


def _dump(connection: sa.Connection, table: sa.Table, folder: Path) -> Part:
    path, number = folder / archive.part_of(table.name), 0
    with path.open("wb") as file:
        file.write(archive.to_line([column.name for column in table.columns]))
        for row in rows_of(connection, table):
            file.write(archive.to_line(row))
            number += 1
    return _part(path, number)


def _sequences(connection: sa.Connection, tables: list[sa.Table]) -> dict[str, int]:
    """The numbers that were given out, deleted rows included, where the database keeps them."""
    if connection.dialect.name == "sqlite":
        kept = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'")
        if not kept.scalar():
            return {}
        found = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
        return {str(name): int(number) for name, number in found}
    numbers = {table.name: sequence_of(connection, table) for table in tables}
    last = sa.text("SELECT last_value FROM pg_sequences WHERE schemaname || '.' || sequencename = :name")
    return {
        name: int(value)
        for name, sequence in numbers.items()
        if sequence and (value := connection.scalar(last, {"name": sequence}))
    }


def sequence_of(connection: sa.Connection, table: sa.Table) -> str | None:
    """On PostgreSQL, the sequence behind a table's ``id``, with its schema."""
    if "id" not in table.columns:
        return None
    wanted = sa.func.pg_get_serial_sequence(table.name, "id")
    found = connection.scalar(sa.select(wanted))
    return str(found) if found else None
