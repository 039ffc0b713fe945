"""Office files without a clock: the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP archive can hold."""

EPOCH = "2000-01-01"
"""The date of a file whose wave has none that a calendar knows."""

STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(content: bytes, day: str = EPOCH) -> bytes:
    """The archive anew, dated like its wave, also in the workbooks inside it that hold a chart's data."""
    dated = rb"\g<1>" + _day(day).encode() + rb"T00:00:00Z\g<3>"
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(written, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename.endswith(".xlsx"):
                part = settled(part, day)
            elif entry.filename.endswith("core.xml"):
                part = STAMP.sub(dated, part)
            told = zipfile.ZipInfo(entry.filename, EARLIEST)
            told.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(told, part)
    return written.getvalue()


def _day(written: str) -> str:
    try:
        return dt.date.fromisoformat(written).isoformat()
    except ValueError:
        return EPOCH
