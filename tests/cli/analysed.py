"""What `analyse` writes of the reference files, once a test run: a full report takes many seconds."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import REFERENCE, Shell
from tests.once import made_once

FILES = (REFERENCE / "c17_demo_inside.csv", REFERENCE / "c17_demo_customers.csv")
ABOUT = ("--organisation", "Acme", "--label", "Spring 2026", "--chosen", "picked", "--date", "2026-05-29")
INVITED = ("management=20", "staff=40", "customer=120")


def folder() -> Path:
    """A place with ``out`` and the installation's ``instance`` in it."""
    return made_once("analysed", _analyse)


def _analyse(place: Path) -> None:
    invited = [word for audience in INVITED for word in ("--invited", audience)]
    done = Shell(place).run("analyse", *FILES, *ABOUT, *invited, "--out", place / "out")
    assert done.exit_code == 0, done.output
