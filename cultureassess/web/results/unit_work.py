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
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TextIO

from cultureassess.report.options import Options, seal
from cultureassess.report.process import RenderingFailed, Request
from cultureassess.report.units import sheets
from cultureassess.services.kept_reports import FOLDER
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.types import Snapshot
from cultureassess.web.results.report_file import ReportTimeout, asked_for, is_held, kept_file, kept_name

log = logging.getLogger(__name__)

LOCKS = "units-*.lock"
"""Held by whoever writes the sheets of one plan, until the last of them."""

ONE = "units.lock"
"""Held while a sheet is written: one at a time on one machine, so that a place stays free for reports."""

Sheets = Mapping[str, Request]
"""File name to what is to be written."""

PLANS = 8
"""Waves and languages whose sheets' names a process remembers, so that looking again computes none anew."""

LOOKS = 5
"""Times that a lock is tried before it counts as somebody's who writes."""

_names: dict[str, dict[str, str]] = {}
"""Seal of snapshot and options to the names. Nothing else of a wave stays in memory, least of all comments,
which an erasure could not reach there."""


class Plan(Mapping[str, Request]):
    """The sheets of one snapshot with one set of options, which together decide the names.

    ``kept`` is file name to the name under which it is kept; the requests are made when a sheet is written.
    """

    def __init__(self, snapshot: Snapshot, options: Options) -> None:
        self._snapshot, self._options = snapshot, options
        self.kept = _remembered(seal(to_json(snapshot), options), self)

    @cached_property
    def requests(self) -> Sheets:
        """File name to what is to be written."""
        return sheets(self._snapshot, self._options)

    def __getitem__(self, name: str) -> Request:
        return self.requests[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)


def _remembered(key: str, wanted: Plan) -> dict[str, str]:
    """The names of a plan, computed once for its seal; the oldest of many are forgotten."""
    found = _names.get(key)
    if found is None:
        found = _names[key] = _named(wanted.requests)
        for old in [*_names][:-PLANS]:
            _names.pop(old, None)
    return found


def _named(wanted: Sheets) -> dict[str, str]:
    return {name: kept_name(request) for name, request in wanted.items()}


@dataclass(frozen=True)
class Progress:
    """How many of the sheets are written, and whether somebody is writing the others.

    ``others`` counts further sets of sheets that are being written: they take turns, sheet by sheet.
    """

    done: int
    total: int
    running: bool
    others: int = 0

    @property
    def complete(self) -> bool:
        return 0 < self.total == self.done


def progress(wanted: Sheets, instance: str | Path) -> Progress:
    """How far the sheets are."""
    mine, folder = _lock(wanted, instance), Path(instance) / FOLDER
    running = is_held(mine)  # first: what was written by the end is then counted
    done = sum((folder / name).exists() for name in _kept(wanted).values())
    others = sum(is_held(lock) for lock in folder.glob(LOCKS) if lock != mine)
    return Progress(done, len(wanted), running=running, others=others)


def _kept(wanted: Sheets) -> Mapping[str, str]:
    return wanted.kept if isinstance(wanted, Plan) else _named(wanted)


def start(wanted: Sheets, instance: str | Path) -> None:
    """Begin to write the sheets that are missing; nothing happens where somebody does already."""
    path = _lock(wanted, instance)
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.open("w")
    if _taken(held):
        threading.Thread(target=_write, args=(held, wanted, Path(instance)), daemon=True).start()
    else:
        held.close()


def _taken(lock: TextIO) -> bool:
    """Take a lock, unless somebody writes. Who only looks how far it is holds it for a moment."""
    for _ in range(LOOKS):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
            continue
        return True
    return False


def written(wanted: Sheets, instance: str | Path) -> dict[str, bytes] | None:
    """The sheets by name; None where one is missing, or there is none."""
    paths = {name: Path(instance) / FOLDER / kept for name, kept in _kept(wanted).items()}
    for path in paths.values():
        asked_for(path)
    try:
        return {name: path.read_bytes() for name, path in paths.items()} or None
    except FileNotFoundError:
        return None


def _write(held: TextIO, wanted: Sheets, instance: Path) -> None:
    with held:
        for name, request in wanted.items():
            try:
                with (instance / FOLDER / ONE).open("w") as turn:
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


def _lock(wanted: Sheets, instance: str | Path) -> Path:
    """The file whose lock stands for these sheets in particular."""
    names = "\n".join(_kept(wanted).values())
    key = hashlib.sha256(names.encode()).hexdigest()[:32]
    return Path(instance) / FOLDER / LOCKS.replace("*", key)
