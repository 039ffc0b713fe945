"""How lines are logged: as text for a person or as JSON for a machine, without personal data in either.

A line of ours says what we chose to say. A line of a library may quote a path, an address or a value, so
only its numbers are filled in. Of an exception the type and the places are kept, never the text: a database
error quotes the values of its statement (RELIABILITY R4).
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback
from contextvars import ContextVar
from pathlib import Path
from typing import Any

OURS = "cultureassess"
PACKAGE = Path(__file__).parent
FRAMES = 12
"""Places of an exception that are kept, from the innermost."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request that is being answered: the same in the answer's header and in its lines."""


class TextLines(logging.Formatter):
    """``12:00:01 warning cultureassess: what happened [request]``."""

    def format(self, record: logging.LogRecord) -> str:
        line = fields_of(record)
        said = f"{line.pop('time')[11:19]} {line.pop('level')} {line.pop('logger')}: {said_of(record)}"
        asked = f" [{line['request']}]" if "request" in line else ""
        trouble = f" ({line['error']} at {', '.join(line['at'])})" if "error" in line else ""
        return said + trouble + asked


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, then the line's own fields or its message."""

    def format(self, record: logging.LogRecord) -> str:
        own: dict[str, Any] = getattr(record, "fields", {})
        line = fields_of(record)
        line |= own or {"message": said_of(record)}
        return json.dumps(line, ensure_ascii=False)


class _StandardError(logging.Handler):
    """Writes to whatever standard error is at that moment: a process may have given it another one."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")
        sys.stderr.flush()


def configure(log_format: str, level: str) -> None:
    """Send every line of this process to standard error.

    Args:
        log_format: ``json`` or ``text``.
        level: ``info``, ``warning`` or ``error``.
    """
    handler = _StandardError()
    handler.setFormatter(formatter(log_format))
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if not isinstance(one, _StandardError)] + [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level.upper())


def formatter(log_format: str) -> logging.Formatter:
    """The formatter of that name."""
    return JsonLines() if log_format == "json" else TextLines()


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What every line has: time (UTC, whole seconds), level, logger; then request and exception, if any."""
    at = dt.datetime.fromtimestamp(int(record.created), dt.UTC)
    line: dict[str, Any] = {
        "time": at.isoformat().replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    if asked := request_id.get():
        line["request"] = asked
    if record.exc_info and record.exc_info[1] is not None:
        line["error"] = type(record.exc_info[1]).__name__
        line["at"] = places(record.exc_info[1])
    return line


def said_of(record: logging.LogRecord) -> str:
    """The message; of another library's, only numbers are filled in."""
    if record.name.partition(".")[0] == OURS:
        return record.getMessage()
    if not isinstance(record.args, tuple):
        return str(record.msg) if not record.args else "(a message with values)"
    known = tuple(value if isinstance(value, int | float) else "..." for value in record.args)
    try:
        return str(record.msg) % known if known else _bare(str(record.msg))
    except (TypeError, ValueError):
        return "(a message with values)"


def _bare(message: str) -> str:
    """A message that came filled in already: up to its first value, as far as one can tell."""
    return message.splitlines()[0].partition("'")[0].partition('"')[0].partition(":")[0] if message else ""


def places(error: BaseException) -> list[str]:
    """Where an exception came from: ``file:line function``, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames)][:FRAMES]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(PACKAGE)) if path.is_relative_to(PACKAGE) else path.name
