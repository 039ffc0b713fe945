"""The sheets of all units, written one after the other while somebody watches how far it is.

There can be dozens, of some seconds each: too long for one request. How far it is stands on the disk alone:
a sheet that is kept is done, and a lock that is held says that somebody is writing. So nothing is left behind
by a process that ends, and whoever asks again goes on where it stopped.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from cultureassess.report.process import RenderingFailed, Request
from cultureassess.web.results.report_file import ReportTimeout, asked_for, kept_file, place_of

log = logging.getLogger(__name__)

ONE = "units.lock"
"""Held while a sheet is written: one at a time on one machine, so that a place stays free for reports."""

Sheets = Mapping[str, Request]
"""File name to what is to be written."""


@dataclass(frozen=True)
class Progress:
    """How many of the sheets are written, and whether somebody is writing the others."""

    done: int
    total: int
    running: bool

    @property
    def complete(self) -> bool:
        return 0 < self.total == self.done


def progress(sheets: Sheets, instance: str | Path) -> Progress:
    """How far the sheets are."""
    running = _is_held(_lock(sheets, instance))  # first: what was written by the end is then counted
    done = sum(place_of(request, instance).exists() for request in sheets.values())
    return Progress(done, len(sheets), running=running)


def start(sheets: Sheets, instance: str | Path) -> None:
    """Begin to write the sheets that are missing; nothing happens where somebody does already."""
    path = _lock(sheets, instance)
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return
    threading.Thread(target=_write, args=(held, sheets, Path(instance)), daemon=True).start()


def written(sheets: Sheets, instance: str | Path) -> dict[str, bytes] | None:
    """The sheets by name; None where one is missing, or there is none."""
    paths = {name: place_of(request, instance) for name, request in sheets.items()}
    for path in paths.values():
        asked_for(path)
    try:
        return {name: path.read_bytes() for name, path in paths.items()} or None
    except FileNotFoundError:
        return None


def _write(held: TextIO, sheets: Sheets, instance: Path) -> None:
    with held:
        for name, request in sheets.items():
            try:
                with (instance / "reports" / ONE).open("w") as turn:
                    fcntl.flock(turn, fcntl.LOCK_EX)
                    path = kept_file(request, instance)
            except (ReportTimeout, RenderingFailed, OSError) as error:
                log.warning("The sheet %s was not written: %s", name, error or type(error).__name__)
                continue
            if _is_erased(held):
                path.unlink(missing_ok=True)
                return


def _is_erased(held: TextIO) -> bool:
    """Whether everything written of results was deleted meanwhile, this lock with it: by an erasure."""
    return os.fstat(held.fileno()).st_nlink == 0


def _lock(sheets: Sheets, instance: str | Path) -> Path:
    """The file whose lock stands for these sheets in particular."""
    names = "\n".join(place_of(request, instance).name for request in sheets.values())
    return Path(instance) / "reports" / f"units-{hashlib.sha256(names.encode()).hexdigest()[:32]}.lock"


def _is_held(path: Path) -> bool:
    try:
        with path.open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
