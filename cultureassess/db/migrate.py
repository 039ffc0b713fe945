"""Bring a database to the schema of this version. The migrations are part of the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent / "migrations"

LOCK = 0x43554C54
"""Number of the PostgreSQL advisory lock: of several processes that start at once, one migrates."""

RESTORING = "restoring"
"""Stands in the place of the revision while a backup is read in: half a database must not be served."""


class SchemaUnknown(Exception):
    """The database has a schema that this program does not know; the message says what to do."""


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Apply the missing migrations in one transaction; nothing happens where none is missing.

    Raises:
        SchemaUnknown: a newer version has migrated it already, or a backup was read in only half.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        refuse_unknown(MigrationContext.configure(connection).get_current_revision())
        command.upgrade(_config(connection), revision)


def current(engine: sa.Engine) -> str | None:
    """The revision of a database, or None if it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision that this version of the code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


@cache
def revisions() -> tuple[str, ...]:
    """All revisions that this version of the code knows, the first one first."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(reversed([script.revision for script in scripts]))


def refuse_unknown(revision: str | None) -> None:
    """Refuse a revision of a newer version: its rows may mean what this one does not know.

    Raises:
        SchemaUnknown: this version does not know the revision.
    """
    if revision == RESTORING:
        raise SchemaUnknown(
            "A backup was read into this database only half. Run `cultureassess restore FILE --force` again."
        )
    if revision is not None and revision not in revisions():
        raise SchemaUnknown(
            f"The database has revision {revision}, and the newest that this version knows is "
            f"{revisions()[-1]}: a newer version of CultureAssess has used it. Install that version again, "
            "or restore the backup that was made before the upgrade."
        )
