"""The gap report as a file: written by a process of its own, once per snapshot.

A web worker must neither hold the memory of a layout engine afterwards nor hang when a page does not
settle, and the engine's native libraries may be missing without breaking any other page.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cultureassess import __version__

SECONDS = 60

PROGRAM = """
import sys
from cultureassess.report.pdf import render_pdf
from cultureassess.snapshot.document import from_json
sys.stdout.buffer.write(render_pdf(from_json(sys.stdin.buffer.read())))
"""


class ReportTimeout(Exception):
    """The report was not written within ``SECONDS``."""


def report_file(snapshot: str, instance: str | Path) -> Path:
    """The PDF of a snapshot, from the instance folder or written now.

    Args:
        snapshot: the document as it is stored; its hash and our version name the file, so that a new
            release of either never shows an old report.
        instance: the instance folder; ``reports`` below it may be emptied at any time.

    Raises:
        ReportTimeout: it took longer than ``SECONDS``.
        subprocess.CalledProcessError: the process failed; its reason is in the server's log.
    """
    key = hashlib.sha256(f"{__version__}\n{snapshot}".encode()).hexdigest()[:32]
    path = Path(instance) / "reports" / f"{key}.pdf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, rendered(snapshot))
    return path


def rendered(snapshot: str) -> bytes:
    """The PDF, made by a process of its own. Raises as :func:`report_file`."""
    command = [sys.executable, "-c", PROGRAM]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command; the snapshot comes in as data
            command, input=snapshot.encode(), stdout=subprocess.PIPE, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise ReportTimeout from error
    return done.stdout


def _write(path: Path, content: bytes) -> None:
    """Put the file in place at once: a reader never meets half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        part.write(content)
    Path(name).replace(path)
