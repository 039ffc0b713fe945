"""The demo's client with one reported wave, in a browser of the consultant and one of a leader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from cultureassess.models import Organisation, Wave
from cultureassess.snapshot.types import Snapshot
from tests.actions.browser import Browser
from tests.web import showcase


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = showcase.make(tmp_path / "instance")
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


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
