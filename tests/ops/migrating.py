"""A process that upgrades a database, and kills itself at a statement: ``URL REVISION FIRST LAST STEP``.

For each statement from FIRST to LAST it takes a fresh copy of the database that stands behind URL (a SQLite
file; a PostgreSQL database as a template), begins the upgrade to REVISION, and is killed by SIGKILL right
before that statement. Then the upgrade is run again. Prints one JSON object a kill: where it was, whether the
database was untouched after it, the revision, and a checksum of what it holds in the end.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

from cultureassess.db import make_engine, migrate

from .content import content


def checksum(url: str) -> str:
    """Of every row and every column, and of the schema's tables, columns and checks."""
    engine = make_engine(url)
    found = content(engine)
    inspector = sa.inspect(engine)
    schema = {
        name: [
            sorted(column["name"] for column in inspector.get_columns(name)),
            sorted(str(check["name"]) for check in inspector.get_check_constraints(name)),
        ]
        for name in inspector.get_table_names()
    }
    engine.dispose()
    return hashlib.sha256(repr((sorted(found.items()), sorted(schema.items()))).encode()).hexdigest()


def fresh(url: str) -> str:
    """A copy of the database, to be ruined."""
    found = sa.make_url(url)
    if found.get_backend_name() == "sqlite":
        copy = Path(f"{found.database}.copy")
        for end in ("", "-wal", "-shm", "-journal"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)
        shutil.copyfile(str(found.database), copy)
        return f"sqlite:///{copy}"
    name = f"{found.database}_copy"
    engine = make_engine(found.set(database="postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {found.database}")
    engine.dispose()
    return found.set(database=name).render_as_string(hide_password=False)


def upgrade(url: str, revision: str, kill_at: int | None) -> int:
    """Upgrade in a child process; return how many statements it began, or -1 if it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        engine = make_engine(url)
        seen = 0

        @sa.event.listens_for(engine, "before_cursor_execute")
        def count(*_arguments: object) -> None:
            nonlocal seen
            seen += 1
            if seen == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        migrate.upgrade(engine, revision)
        os.write(writing, str(seen).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        text = told.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or status == 0, status
    return int(text) if text else -1


def main(url: str, revision: str, first: int, last: int, step: int) -> None:
    """See the module."""
    before = checksum(url)
    whole = fresh(url)
    statements = upgrade(whole, revision, None)
    after = checksum(whole)
    places = sorted({*range(first, min(last, statements) + 1, step), statements})
    for place in places:
        copy = fresh(url)
        killed = upgrade(copy, revision, place) == -1
        untouched = checksum(copy) == before
        again = upgrade(copy, revision, None)
        print(
            json.dumps(
                {
                    "at": place,
                    "of": statements,
                    "killed": killed,
                    "untouched": untouched,
                    "again": again > 0,
                    "same": checksum(copy) == after,
                }
            )
        )


if __name__ == "__main__":
    migrate.revisions()  # read the scripts once, before forking
    main(sys.argv[1], sys.argv[2], *(int(word) for word in sys.argv[3:6]))
