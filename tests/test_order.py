"""The order of a test run names files that are there: one that was renamed would come last unnoticed."""

from __future__ import annotations

from pathlib import Path

from tests.order import LONG

ROOT = Path(__file__).parent.parent


def test_every_file_that_begins_early_exists():
    assert [name for name in LONG if not (ROOT / name).is_file()] == []


def test_no_file_begins_early_twice():
    assert len(set(LONG)) == len(LONG)
