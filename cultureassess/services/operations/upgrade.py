"""Bringing an installation to this version's schema, with a backup of what was there before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import sqlalchemy as sa

from cultureassess.config import Settings
from cultureassess.db import migrate, sqlite
from cultureassess.services.operations import health
from cultureassess.services.operations.backup import back_up

FOLDER = "backups"
"""Below the instance folder: what was there before each upgrade."""

KEPT = 3
"""Backups of earlier upgrades that stay; they hold what has been erased since (docs/privacy.md)."""


def bring_up_to_date(
    engine: sa.Engine, settings: Settings, *, now: dt.datetime, backup: bool = True
) -> Path | None:
    """Apply the missing migrations, all or none, after writing a backup of a database that is in use.

    Killed at any moment, it leaves the old schema or the new one, and can be run again (RELIABILITY F17).

    Args:
        now: timezone-aware.
        backup: False where the operator has one.

    Returns:
        the backup, if one was needed.

    Raises:
        SchemaUnknown: a newer version has migrated the database already.
        BackupRefused: the backup cannot be written; nothing is migrated then.
    """
    with sqlite.reading():
        found = migrate.current(engine)
    migrate.refuse_unknown(found)
    if found == health.newest():
        return None
    made = _before(engine, settings, found, now) if backup and found is not None else None
    migrate.upgrade(engine)
    return made


def _before(engine: sa.Engine, settings: Settings, revision: str, now: dt.datetime) -> Path:
    folder = settings.instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{now:%Y%m%dT%H%M%SZ}-before-{revision}-to-{health.newest()}.tar.gz"
    back_up(engine, settings, path, now=now, force=True)
    for old in sorted(folder.glob("*-before-*.tar.gz"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def check(engine: sa.Engine) -> list[str]:
    """Look at a migrated database; return what is wrong with it, each as a sentence."""
    wrong = []
    with sqlite.reading():
        if migrate.current(engine) != health.newest():
            wrong.append(
                "The database does not have the schema of this version. Run `cultureassess upgrade`."
            )
        if engine.dialect.name == "sqlite":
            wrong += _check_file(engine)
    return wrong


def _check_file(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        wrong = []
        if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
            wrong.append("The SQLite file is damaged. Restore the last backup.")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            wrong.append("A row refers to one that is not there. Restore the last backup.")
    return wrong
