"""Office files without a clock: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP archive can hold."""

STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(content: bytes) -> bytes:
    """The archive anew without any date, also in the workbooks inside it that hold a chart's data."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(written, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename.endswith(".xlsx"):
                part = settled(part)
            elif entry.filename.endswith("core.xml"):
                part = STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", part)
            told = zipfile.ZipInfo(entry.filename, EARLIEST)
            told.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(told, part)
    return written.getvalue()
