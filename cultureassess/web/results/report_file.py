"""The gap report as a file: written by a process of its own, once per snapshot, and kept.

A web worker must neither hold the memory of a layout engine afterwards nor hang when a page does not
settle, and the engine's native libraries may be missing without breaking any other page. Few reports are
written at a time, so that the other pages stay quick.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import msgspec

from cultureassess import __version__
from cultureassess.report.options import USUAL, Options
from cultureassess.report.process import Format, RenderingTimeout, Request, written
from cultureassess.services.kept_reports import FOLDER

SECONDS = 90
"""Until a report is stopped, and until somebody who waits for a turn is sent away."""

AT_ONCE = 2
"""Reports written at a time on one machine, whatever the number of workers."""

WAITING = 10
"""Requests of one worker that may wait for a turn."""

PLACES, TICKETS = "place-*.lock", "waiting-*.lock"
"""Held by whoever writes a report, and by whoever waits for a place to write one."""

_turns = threading.BoundedSemaphore(WAITING)


@dataclass(frozen=True)
class Queue:
    """How many reports are being written, and how many requests wait until one of them is finished."""

    writing: int
    waiting: int


class ReportTimeout(Exception):
    """The report was not written within ``SECONDS``."""


class ReportBusy(ReportTimeout):
    """Too many reports are being written; try again in a moment."""


def report_file(
    snapshot: str,
    instance: str | Path,
    *,
    options: Options = USUAL,
    earlier: str | None = None,
    kind: Format = "pdf",
) -> Path:
    """A report of a snapshot, from the instance folder or written now.

    Args:
        snapshot: the document as it is stored. Its hash, that of everything else that is printed and our
            version name the file, so that a new release of any of them never shows an old report.
        instance: the instance folder; ``reports`` below it may be emptied at any time, and the worker
            drops what nobody has asked for in a while (:mod:`cultureassess.services.kept_reports`).
        options: shape, language and the consultant's voice.
        earlier: the document of the wave before, for what changed.
        kind: the format of the file.

    Raises:
        ReportTimeout: it took longer than ``SECONDS``; as :class:`ReportBusy`, nobody began.
        cultureassess.report.process.RenderingFailed: the process failed; the message says why.
    """
    return kept_file(Request(kind, snapshot, options, earlier), instance)


def kept_file(request: Request, instance: str | Path) -> Path:
    """What a request asks for, from the instance folder or written now. Raises as :func:`report_file`."""
    path = place_of(request, instance)
    if not asked_for(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _turn(path.parent):
            if not asked_for(path):
                _write(path, _made(request))
    return path


def asked_for(path: Path) -> bool:
    """Note that somebody asks for this file, by its time; whether it is there.

    Another user's file, as after work as root, keeps its time: it is served, and some day written anew.
    """
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    except PermissionError:
        return path.exists()
    return True


def place_of(request: Request, instance: str | Path) -> Path:
    """Where the file of a request is kept, whether or not it is there."""
    return Path(instance) / FOLDER / kept_name(request)


def kept_name(request: Request) -> str:
    """The name under which the file of a request is kept: it holds everything that is printed, as a hash."""
    content = msgspec.json.encode(request, order="deterministic")
    key = hashlib.sha256(__version__.encode() + b"\n" + content).hexdigest()[:32]
    return f"{key}.{request.format}"


def _made(request: Request) -> bytes:
    try:
        return written(request, wall=SECONDS)
    except RenderingTimeout as error:
        raise ReportTimeout from error


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Wait for one of the machine's places; leave when too many wait or it takes too long."""
    if not _turns.acquire(blocking=False):
        raise ReportBusy
    try:
        with _held_place(folder, until=time.monotonic() + SECONDS):
            yield
    finally:
        _turns.release()


@contextmanager
def _held_place(folder: Path, *, until: float) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends."""
    with _free_place(folder) or _awaited_place(folder, until=until):
        yield


def _free_place(folder: Path) -> TextIO | None:
    """A place that nobody holds, held; None while all are taken."""
    for number in range(AT_ONCE):
        place = (folder / PLACES.replace("*", str(number))).open("w")
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            place.close()
            continue
        return place
    return None


def _awaited_place(folder: Path, *, until: float) -> TextIO:
    """The first place that becomes free; meanwhile others can see that somebody waits."""
    handle, name = tempfile.mkstemp(dir=folder, prefix="waiting-", suffix=".lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        while time.monotonic() <= until:
            time.sleep(0.2)
            if place := _free_place(folder):
                return place
    finally:
        os.close(handle)
        # An erasure of all reports takes the tickets of those who wait along.
        Path(name).unlink(missing_ok=True)
    raise ReportBusy


def queue(instance: str | Path) -> Queue:
    """What is being written on this machine, for somebody who waits."""
    folder = Path(instance) / FOLDER
    return Queue(
        writing=sum(map(is_held, folder.glob(PLACES))), waiting=sum(map(is_held, folder.glob(TICKETS)))
    )


def is_held(path: Path) -> bool:
    """Whether somebody holds this lock at the moment."""
    try:
        with path.open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _write(path: Path, content: bytes) -> None:
    """Put the file in place at once: a reader never meets half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        part.write(content)
    Path(name).replace(path)
