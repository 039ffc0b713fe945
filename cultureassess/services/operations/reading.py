"""Filling an empty database with what a backup holds."""

from __future__ import annotations

import itertools
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from cultureassess.db import migrate
from cultureassess.services.operations import archive, backup
from cultureassess.services.operations.archive import BackupUnusable, Manifest

AT_A_TIME = 500
"""Rows that are written at once."""


def read_in(engine: sa.Engine, file: tarfile.TarFile, manifest: Manifest) -> None:
    """Fill an empty database: the backup's schema, its rows, then today's schema.

    Every table is a transaction of its own: on PostgreSQL the rows of one transaction can be told, and
    those of answers and links must not be of the same one (RELIABILITY R3).

    Raises:
        BackupUnusable: a table or a row does not fit, or a newer version wrote it.
    """
    if manifest.revision not in migrate.revisions():
        raise BackupUnusable(
            f"A newer version of CultureAssess made this backup (revision {manifest.revision}, version "
            f"{manifest.program}). Install that version to restore it."
        )
    migrate.upgrade(engine, manifest.revision)
    try:
        with engine.begin() as connection:
            tables = backup.tables_of(connection)
            _mark(connection, migrate.RESTORING)
        _refuse_other_tables(tables, manifest)
        with _without_triggers(engine, tables):
            for table in tables:
                _fill(engine, table, file, manifest)
        with engine.begin() as connection:
            _go_on_counting(connection, tables, manifest)
            _refuse_broken(connection)
            _mark(connection, manifest.revision)
    except sa.exc.SQLAlchemyError as error:
        raise BackupUnusable(f"The backup does not fit its own schema ({type(error).__name__}).") from error
    if manifest.revision != migrate.revisions()[-1]:
        migrate.upgrade(engine)


def _mark(connection: sa.Connection, revision: str) -> None:
    version = sa.table(backup.NOT_DATA, sa.column("version_num"))
    connection.execute(sa.update(version).values(version_num=revision))


def _refuse_other_tables(tables: list[sa.Table], manifest: Manifest) -> None:
    if {table.name for table in tables} != set(manifest.tables):
        raise BackupUnusable("The backup has other tables than its revision; it is not whole.")


@contextmanager
def _without_triggers(engine: sa.Engine, tables: list[sa.Table]) -> Iterator[None]:
    """Triggers guard what is changed, for example the audiences of an open wave; nothing is changed here."""
    if engine.dialect.name != "sqlite":
        _switch_triggers(engine, tables, "DISABLE")
        yield
        _switch_triggers(engine, tables, "ENABLE")
        return
    with engine.begin() as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in found:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    with engine.begin() as connection:
        for _, statement in found:
            connection.exec_driver_sql(statement)


def _switch_triggers(engine: sa.Engine, tables: list[sa.Table], how: str) -> None:
    with engine.begin() as connection:
        for table in tables:
            connection.exec_driver_sql(f'ALTER TABLE "{table.name}" {how} TRIGGER USER')


def _fill(engine: sa.Engine, table: sa.Table, file: tarfile.TarFile, manifest: Manifest) -> None:
    number = 0
    with engine.begin() as connection, archive.part(file, archive.part_of(table.name)) as lines:
        connection.execute(sa.delete(table))
        names = [str(name) for name in archive.from_line(next(lines, b""))]
        if set(names) != {column.name for column in table.columns}:
            raise BackupUnusable(f"The table {table.name} in the backup has other columns than its revision.")
        while batch := list(itertools.islice(lines, AT_A_TIME)):
            rows = [dict(zip(names, archive.from_line(line), strict=True)) for line in batch]
            connection.execute(sa.insert(table), rows)
            number += len(rows)
    if number != manifest.parts[archive.part_of(table.name)].rows:
        raise BackupUnusable(f"The table {table.name} in the backup is not whole.")


def _go_on_counting(connection: sa.Connection, tables: list[sa.Table], manifest: Manifest) -> None:
    """Number new rows after the last number that was ever given, even if that row is gone."""
    if connection.dialect.name == "sqlite":
        _count_on_sqlite(connection, manifest.sequences)
        return
    for table in tables:
        if sequence := backup.sequence_of(connection, table):
            highest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
            if last := max(int(highest), manifest.sequences.get(table.name, 0)):
                connection.execute(sa.select(sa.func.setval(sequence, last)))


def _count_on_sqlite(connection: sa.Connection, sequences: dict[str, int]) -> None:
    """SQLite keeps the last number only of tables that promise never to give one twice."""
    kept = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    for name in connection.exec_driver_sql(kept).scalars().all():
        row = {"name": name, "last": sequences.get(name, 0)}
        known = connection.execute(
            sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), row
        ).scalar()
        if known is None:
            connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), row)
        elif known < row["last"]:
            connection.execute(sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), row)


def _refuse_broken(connection: sa.Connection) -> None:
    """SQLite checks keys that are there only when asked."""
    if connection.dialect.name != "sqlite":
        return
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BackupUnusable("A row of the backup refers to one that is not there.")
    if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
        raise BackupUnusable("The restored file does not pass SQLite's own check.")
