"""The files that were written from results: kept so that nobody waits twice, and written anew on demand."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDER = "reports"
"""Where they are in the instance folder."""

KEPT = dt.timedelta(days=30)
"""How long a file stays that nobody asks for. Each change of results, words or looks leaves one behind."""


def erase_reports(instance: Path) -> int:
    """Delete all of them, and the locks by which those who write see it; return how many files."""
    files = [file for file, _ in _files(instance)]
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def drop_reports(instance: Path, *, now: dt.datetime, dry_run: bool = False) -> int:
    """Delete those that nobody has asked for in ``KEPT``. Whoever downloads one at this moment gets it whole.

    Asking for a file sets its time. A lock that is deleted would tell its holder of an erasure: locks stay.

    Args:
        instance: the instance folder.
        now: timezone-aware.
        dry_run: count only.

    Returns:
        how many.
    """
    last = (now - KEPT).timestamp()
    old = [file for file, about in _files(instance) if about.st_mtime <= last and file.suffix != ".lock"]
    if not dry_run:
        for file in old:
            file.unlink(missing_ok=True)
    return len(old)


def size_of(instance: Path) -> int:
    """The bytes that they take."""
    return sum(about.st_size for _, about in _files(instance))


def _files(instance: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """What is there, as long as nobody else deletes it meanwhile."""
    for file in (instance / FOLDER).glob("*"):
        with suppress(FileNotFoundError):
            about = file.stat()
            if stat.S_ISREG(about.st_mode):
                yield file, about
