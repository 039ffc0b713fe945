"""An installation with something in every important table, and one to restore into."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from cultureassess import config
from cultureassess.db import make_engine, transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Organisation
from cultureassess.services import links, outbox
from cultureassess.services.intake import mix_intake
from cultureassess.services.operations import backup
from cultureassess.services.operations.archive import Manifest
from tests import cast, scene

from .content import content

NOW = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def fill(engine: sa.Engine) -> dict[str, str]:
    """A wave with answers, unanswered links, members and a mail that waits; returns two unused links."""
    with transaction(engine) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        tokens = {
            "customer": scene.open_token(session, wave, Audience.CUSTOMER),
            "executive": links.create_invitation(session, wave, Audience.MANAGEMENT, role="executive"),
        }
        used = [scene.open_token(session, wave, Side.INSIDE)]
        used += [links.create_invitation(session, wave, Audience.STAFF, role="specialist") for _ in range(6)]
        for token in used:
            scene.answer(session, token, scene.everything(), audience=Audience.STAFF)
        mix_intake(session, wave)
        cast.populate(session, session.scalars(sa.select(Organisation)).one(), wave.assessment.organisation)
        outbox.enqueue(
            session,
            to="jana@nordlicht.example",
            subject="Grüße",
            body="…",
            kind="member",
            key="1",
            secret_key=scene.SECRET_KEY,
            now=NOW,
        )
    return tokens


@pytest.fixture
def filled(engine: sa.Engine) -> dict[str, str]:
    return fill(engine)


@dataclass(frozen=True)
class Saved:
    """A backup that several tests read: where, what its manifest says, what was in it, two unused links."""

    path: Path
    manifest: Manifest
    before: dict[str, list[list[object]]]
    tokens: dict[str, str]


def save(engine: sa.Engine, folder: Path) -> Saved:
    tokens = fill(engine)
    settings = config.load({"INSTANCE": str(folder), "SECRET_KEY": scene.SECRET_KEY})
    path = folder / "backup.tar.gz"
    manifest = backup.back_up(engine, settings, path, now=NOW, environ={"DATABASE_URL": "x"})
    return Saved(path, manifest, content(engine), tokens)


@pytest.fixture(scope="module")
def saved(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saved]:
    """Of SQLite."""
    folder = tmp_path_factory.mktemp("saved")
    shutil.copyfile(migrated_sqlite, folder / "a.sqlite3")
    engine = make_engine(f"sqlite:///{folder / 'a.sqlite3'}")
    yield save(engine, folder)
    engine.dispose()


@pytest.fixture
def installed(tmp_path: Path, engine: sa.Engine) -> config.Settings:
    """The settings of the installation that is backed up."""
    url = engine.url.render_as_string(hide_password=False)
    return config.load(
        {"INSTANCE": str(tmp_path / "old"), "DATABASE_URL": url, "SECRET_KEY": scene.SECRET_KEY}
    )


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[config.Settings]:
    """An empty installation on another machine; the test says on which engine."""
    url = f"sqlite:///{tmp_path / 'new' / 'cultureassess.sqlite3'}"
    name = "restored"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        drop(server, name)
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        url = server.url.set(database=name).render_as_string(hide_password=False)
    (tmp_path / "new").mkdir(exist_ok=True)
    yield config.load(
        {"INSTANCE": str(tmp_path / "new"), "DATABASE_URL": url, "SECRET_KEY": scene.SECRET_KEY}
    )
    if request.param == "postgresql":
        drop(server, name)


def drop(server: sa.Engine, name: str) -> None:
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def opened() -> Iterator[list[sa.Engine]]:
    """Engines that are closed at the end."""
    engines: list[sa.Engine] = []
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.fixture
def look(opened: list[sa.Engine]):
    def at(settings: config.Settings) -> sa.Engine:
        engine = make_engine(settings.database_url)
        opened.append(engine)
        return engine

    return at
