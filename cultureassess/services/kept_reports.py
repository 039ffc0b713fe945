"""The files that were written from results: kept so that nobody waits twice, and written anew on demand."""

from __future__ import annotations

import datetime as dt
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

log = logging.getLogger("cultureassess.worker")

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

    Asking for a file sets its time. A lock that is deleted would tell its holder of an erasure: locks stay,
    but for the tickets of those who were killed while they waited for their turn. A file that may not be
    deleted stays as well, and is logged.

    Args:
        instance: the instance folder.
        now: timezone-aware.
        dry_run: count only.

    Returns:
        how many.
    """
    last, number = (now - KEPT).timestamp(), 0
    for file in (instance / FOLDER).glob("*"):
        try:
            # Looked at right before it goes: somebody may have asked for it a moment ago.
            if _is_old(file, last):
                if not dry_run:
                    file.unlink()
                number += 1
        except FileNotFoundError:
            continue
        except OSError as error:
            log.warning("the old report %s stays: %s", file.name, error.strerror)
    return number


def _is_old(file: Path, last: float) -> bool:
    about = file.stat()
    lasting = file.suffix == ".lock" and not file.name.startswith("waiting-")
    return stat.S_ISREG(about.st_mode) and about.st_mtime <= last and not lasting


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
