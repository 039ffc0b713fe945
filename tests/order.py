"""In which order the processes of a test run import the tests, and which files they begin with."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LONG = (
    "tests/web/test_access_matrix.py",
    "tests/browser/test_year.py",
    "tests/report/test_pdf.py",
    "tests/mail/test_killed.py",
    "tests/adversary/test_snapshots.py",
    "tests/browser/test_survey_accessibility.py",
    "tests/adversary/test_outputs.py",
    "tests/ops/test_backup.py",
    "tests/cli/test_analyse.py",
    "tests/ops/test_stopping.py",
)
"""Whoever starts one of these last keeps the others waiting."""

PATIENCE = 180.0
"""Seconds until a process imports the tests whether or not the first one has."""


def long_ones_first(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; the others keep their order."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONG)))


@contextmanager
def importing(config: pytest.Config) -> Iterator[None]:
    """In a fresh checkout let the first process import the tests alone.

    Rewriting their assertions takes longer than everything else about it, and all of them would do it at
    once. The others find it written. Nothing that is imported is rubbish, so none is collected meanwhile.
    """
    worker = getattr(config, "workerinput", None)
    gc.disable()
    try:
        if worker is None or _rewritten():
            yield
        else:
            done = Path(tempfile.gettempdir()) / f"imported-{worker['testrunuid']}"
            first = worker["workerid"] == "gw0"
            if not first:
                _await(done)
            yield
            if first:
                done.touch()
                config.add_cleanup(lambda: done.unlink(missing_ok=True))
    finally:
        gc.enable()
        gc.freeze()


def _rewritten() -> bool:
    return any(Path(__file__).parent.glob("web/__pycache__/*-pytest-*.pyc"))


def _await(done: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not done.exists() and time.monotonic() < until:
        time.sleep(0.2)
