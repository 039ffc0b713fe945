"""The demo as an application, for the tests of the staff pages."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from cultureassess import clock, config
from cultureassess.app import create_app
from cultureassess.models import Wave
from cultureassess.services.closing import read_snapshot
from cultureassess.services.demo import showroom
from cultureassess.snapshot.types import Snapshot

LAST, THIS = 1, 2
"""The numbers of the two waves: reported, and open."""


def make(folder: Path, *, demo: bool = True) -> Flask:
    """An installation with the demo organisation in it, whether or not its doors are open."""
    shutil.copytree(_built(), folder, dirs_exist_ok=True)
    return create_app(config.load({"INSTANCE": str(folder), "DEMO": str(demo).lower()}))


@cache
def _built() -> Path:
    """An instance folder with the demo in it, made once per test run."""
    folder = Path(tempfile.mkdtemp(prefix="showcase-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = config.load({"INSTANCE": str(folder)})
    app = create_app(settings)
    with app.extensions["sessions"]() as session:
        links = showroom.build(session, today=clock.today(), secret_key=settings.secret_key)
        session.commit()
    app.extensions["engine"].dispose()
    assert (links.last_wave, links.this_wave) == (LAST, THIS)
    return folder


def snapshot(app: Flask, wave: int = LAST) -> Snapshot:
    with app.extensions["sessions"]() as session:
        return read_snapshot(session, session.get_one(Wave, wave))


def token(client: FlaskClient, path: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found.group(1)
