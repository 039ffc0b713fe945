"""A place of its own for every command: a folder, and an environment that points there."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cultureassess.cli import main
from cultureassess.logs import OURS

REFERENCE = Path(__file__).parent.parent / "fixtures" / "reference"


class Shell:
    """Runs commands inside one temporary installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"INSTANCE": str(folder / "instance")}

    def run(self, *words: object) -> Result:
        """As in a process of its own: where its lines are logged to is forgotten when it ends."""
        root, ours = logging.getLogger(), logging.getLogger(OURS)
        before = root.handlers[:], root.level, ours.level
        try:
            return CliRunner().invoke(main, [str(word) for word in words], env=self.environment)
        finally:
            root.handlers[:] = before[0]
            root.setLevel(before[1])
            ours.setLevel(before[2])

    def files(self) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def inside() -> Path:
    return REFERENCE / "c17_demo_inside.csv"


@pytest.fixture
def customers() -> Path:
    return REFERENCE / "c17_demo_customers.csv"
