"""The wheel is whole: installed into an empty environment it renders a page and knows its questionnaire."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

PROBE = """
import os
import cultureassess
from cultureassess import config, instruments
from cultureassess.app import create_app

assert "site-packages" in cultureassess.__file__, cultureassess.__file__
app = create_app(config.load({"INSTANCE": os.environ["INSTANCE"]}))
answer = app.test_client().get("/")
assert answer.status_code == 200, answer.status_code
assert app.test_client().get("/static/css/tokens.css").status_code == 200
assert len(instruments.by_code("customer_culture_v1").rated) == 33
print(answer.get_data(as_text=True))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(folder.glob("*.whl"))


def test_templates_static_files_instruments_and_migrations_are_in_the_wheel(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"cultureassess/{path.relative_to(ROOT)}" for top in ("templates", "static") for path in files(top)
    }
    expected |= {str(path.relative_to(ROOT)) for path in files("cultureassess") if path.suffix != ".pyc"}
    assert len(expected) > 100
    assert expected - inside == set()


def files(top: str) -> list[Path]:
    return [path for path in (ROOT / top).rglob("*") if path.is_file()]


def test_a_page_is_rendered_from_the_installed_wheel(wheel, tmp_path):
    """The environment has nothing of ours but the wheel; its dependencies are those of the test run."""
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True, timeout=120
    )
    python = tmp_path / "venv" / "bin" / "python"
    site = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    found = subprocess.run(
        [python, "-c", PROBE],
        env={
            **os.environ,
            "INSTANCE": str(tmp_path / "instance"),
            "PYTHONPATH": sysconfig.get_path("purelib"),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert found.returncode == 0, found.stderr
    assert "CultureAssess" in found.stdout
