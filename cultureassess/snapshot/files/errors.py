"""What is wrong with an answer file, in one sentence that also says how to mend it."""

from __future__ import annotations

from pathlib import Path

_SHOWN = 40


class FileError(Exception):
    """A file that cannot be read. ``line`` counts from 1, the header included, as an editor does."""

    def __init__(
        self, file: Path, reason: str, remedy: str, *, line: int | None = None, column: str | None = None
    ) -> None:
        place = [file.name or str(file)]
        if line is not None:
            place.append(f"line {line}")
        if column is not None:
            place.append(f"column {shown(column)}")
        super().__init__(f"{', '.join(place)}: {reason}. {remedy}")
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
        self.remedy = remedy


def shown(value: str) -> str:
    """A value of the file, fit for a message: at most 40 characters, nothing invisible left as it is."""
    escaped = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in value[: _SHOWN + 1]
    )
    return escaped if len(escaped) <= _SHOWN else escaped[: _SHOWN - 1] + "…"
