"""The demo's client with one reported wave, in a browser of the consultant and one of a leader."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from cultureassess.models import Organisation, Wave
from cultureassess.snapshot.types import Snapshot
from tests.actions.browser import Browser
from tests.web import showcase


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Path]]:
    """The demo as an application, made once, and a copy of its database as it was."""
    folder = tmp_path_factory.mktemp("actions")
    made = showcase.make(folder / "instance")
    engine = made.extensions["engine"]
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    shutil.copyfile(engine.url.database, folder / "pristine.sqlite3")
    yield made, folder / "pristine.sqlite3"
    engine.dispose()


@pytest.fixture
def app(installed: tuple[Flask, Path]) -> Flask:
    """The application, with its database as it was."""
    made, pristine = installed
    engine = made.extensions["engine"]
    engine.dispose()
    database = Path(engine.url.database)
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
    shutil.copyfile(pristine, database)
    return made


@pytest.fixture
def consultant(app: Flask) -> Browser:
    return Browser(app.test_client(), "consultant")


@pytest.fixture
def leader(app: Flask) -> Browser:
    return Browser(app.test_client(), "leader")


@pytest.fixture
def demo(app: Flask) -> Iterator[Session]:
    """A session in the demo's database."""
    with app.extensions["sessions"]() as session:
        yield session


@pytest.fixture
def organisation(demo: Session) -> Organisation:
    return demo.get_one(Organisation, 1)


@pytest.fixture
def wave(demo: Session) -> Wave:
    """The reported one."""
    return demo.get_one(Wave, showcase.LAST)


@pytest.fixture
def snapshot(app: Flask) -> Snapshot:
    return showcase.snapshot(app)
