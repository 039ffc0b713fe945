"""RELIABILITY F17: SIGKILL at any statement of an upgrade; run again, it completes with the same content."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import sqlalchemy as sa

from cultureassess.db import make_engine, migrate

from .conftest import drop

OLD = (
    "INSERT INTO organisation (id, name, slug) VALUES (1, 'Nordlicht', 'nordlicht')",
    "INSERT INTO assessment (id, organisation_id, instrument) VALUES (1, 1, 'customer_culture_v1')",
)
REVISIONS = migrate.revisions()
NAME = "upgraded"


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request, tmp_path):
    """Makes a database of a revision, with something in it; its address."""
    made = []

    def at(revision: str) -> str:
        url = f"sqlite:///{tmp_path / f'{revision}.sqlite3'}"
        if request.param == "postgresql":
            server = request.getfixturevalue("postgresql")
            drop(server, NAME)
            with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
            url = server.url.set(database=NAME).render_as_string(hide_password=False)
            made.append(server)
        engine = make_engine(url)
        if revision != "none":
            migrate.upgrade(engine, REVISIONS[0])
            with engine.begin() as connection:
                for statement in OLD:
                    connection.exec_driver_sql(statement)
            migrate.upgrade(engine, revision)
        _settle(engine)
        return url

    yield at
    for server in made:
        drop(server, f"{NAME}_copy")
        drop(server, NAME)


def _settle(engine: sa.Engine) -> None:
    """Leave nothing in a log beside the file: the file is copied alone."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()
    engine.dispose()


def kill(url: str, revision: str, first: int, last: int, step: int) -> list[dict[str, object]]:
    words = [sys.executable, "-m", "tests.ops.migrating", url, revision, str(first), str(last), str(step)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=3000)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def mended(kills: list[dict[str, object]]) -> bool:
    wanted = {"killed": True, "untouched": True, "again": True, "same": True}
    assert [one for one in kills if {name: one[name] for name in wanted} != wanted] == []
    return bool(kills)


def test_an_upgrade_killed_at_some_statements_completes_when_it_is_run_again(old):
    assert mended(kill(old("0002"), "head", 20, 10_000, 200))


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(("before", "to"), [*zip(("none", *REVISIONS[:-1]), REVISIONS, strict=True)])
def test_every_revision_killed_at_every_statement(old, before, to):
    assert mended(kill(old(before), to, 1, 10_000, 1))
