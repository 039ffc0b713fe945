"""The demo as an application, for the tests of the staff pages."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.cli import main
from cultureassess.models import Wave
from cultureassess.services.closing import read_snapshot
from cultureassess.snapshot.types import Snapshot
from tests.once import made_once

LAST, THIS = 1, 2
"""The numbers of the two waves: reported, and open."""


def make(folder: Path, *, demo: bool = True, tokens: bool = True) -> Flask:
    """An installation with the demo organisation in it, whether or not its doors are open.

    Without ``tokens`` its forms need none, for tests of many forms that are not about them.
    """
    copy_built(folder)
    app = create_app(config.load({"INSTANCE": str(folder), "DEMO": str(demo).lower()}))
    app.config["WTF_CSRF_ENABLED"] = tokens
    return app


def copy_built(folder: Path) -> None:
    """Lay the built demo into an instance folder."""
    shutil.copytree(made_once("showcase", _build) / "demo", folder, dirs_exist_ok=True)


def _build(folder: Path) -> None:
    """What `cultureassess demo` makes: its report is laid out once for all who only want to read it."""
    done = CliRunner().invoke(main, ["demo", "--no-serve", "--json"], env={"INSTANCE": str(folder)})
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert (found["last_wave"], found["this_wave"]) == (LAST, THIS)


def snapshot(app: Flask, wave: int = LAST) -> Snapshot:
    with app.extensions["sessions"]() as session:
        return read_snapshot(session, session.get_one(Wave, wave))


def token(client: FlaskClient, path: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found.group(1)
