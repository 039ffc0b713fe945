"""Writing a report in a process of its own, with limits on memory, processor time and the clock.

A layout engine reads what strangers typed. It gets a process that can do nothing for long, inherits no
secret of ours, and serves itself from packaged files only (RELIABILITY 3); its memory goes with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Literal

import msgspec

from cultureassess.report.options import USUAL, Options

Format = Literal["pdf", "html", "xlsx", "pptx"]

MEMORY = 1 << 30
"""Address space in bytes."""

PROCESSOR, WALL = 120, 180
"""Seconds: of work, and until somebody stops waiting. Pages take seconds; a loop takes for ever."""

BEHIND = 5
"""How far it stands back (nice): at 5, it still gets a quarter of a processor that pages keep busy."""

FILE = 64 << 20
"""Most bytes of one file."""

KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "VIRTUAL_ENV")
"""What the process inherits of the environment: nothing that could hold a password."""

NO_PANGO = 3
"""Exit status of the process where the layout library is missing."""


class RenderingFailed(Exception):
    """The process ended without a file. The message says whether a limit ended it."""


class RenderingTimeout(RenderingFailed):
    """It took longer than ``WALL`` seconds, or used more than ``PROCESSOR`` seconds of work."""


class LayoutMissing(RenderingFailed):
    """Pango is not installed; the message says how to install it."""


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the process reads from its standard input.

    Attributes:
        format: what to write.
        snapshot, earlier: documents as they are stored.
        options: shape, language, logos and voice.
    """

    format: Format
    snapshot: str
    options: Options = USUAL
    earlier: str | None = None


def written(request: Request, *, wall: float = WALL) -> bytes:
    """The file that ``request`` asks for, made by a fresh process.

    Args:
        wall: seconds until it is stopped.

    Raises:
        LayoutMissing: a PDF was asked for and Pango is missing.
        RenderingTimeout: a limit on time ended it.
        RenderingFailed: it failed; the reason is in the message.
    """
    content = msgspec.json.encode(request)
    status, out, problem = _run(content, wall)
    if status == -signal.SIGKILL:  # the system was short of memory: once more
        status, out, problem = _run(content, wall)
    if status == 0:
        return out
    raise _failure(status, problem.decode(errors="replace"))


def _run(content: bytes, wall: float) -> tuple[int, bytes, bytes]:
    """Run the process once: its exit status, what it wrote, what it complained about."""
    with subprocess.Popen(  # a fixed command; what strangers typed comes in as data
        [sys.executable, "-m", "cultureassess.report.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    ) as process:
        try:
            out, problem = process.communicate(content, timeout=wall)
        except subprocess.TimeoutExpired as error:
            raise RenderingTimeout(f"The report was not written within {wall:.0f} seconds.") from error
        finally:
            _end(process)
    return process.returncode, out, problem


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing running, whatever it started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    """A small environment in which this package is found, wherever it was started from."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    here = str(Path(__file__).parents[2])
    return kept | {
        "PYTHONPATH": here,
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _failure(status: int, problem: str) -> RenderingFailed:
    reason = problem.strip().splitlines()[-1] if problem.strip() else "without a word"
    if status == NO_PANGO:
        return LayoutMissing(reason)
    if status == -signal.SIGXCPU:
        return RenderingTimeout("The report took too much work and was stopped.")
    if status < 0:
        return RenderingFailed(f"The report was ended by the system (signal {-status}).")
    return RenderingFailed(f"The report was not written: {reason}")


def limit() -> None:
    """Set the limits of this process; called by the child before it reads anything.

    It stands behind pages that somebody waits for: a report may take a moment longer, a questionnaire not.
    """
    import resource

    os.nice(BEHIND)
    limits: dict[int, int] = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR,
        resource.RLIMIT_FSIZE: FILE,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        beyond = 5 if kind == resource.RLIMIT_CPU else 0  # SIGXCPU first, which says what it was
        resource.setrlimit(kind, (allowed, allowed + beyond if hard == resource.RLIM_INFINITY else hard))
