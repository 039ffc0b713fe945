"""Rendering the report for a command, with a clear word where Pango is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cultureassess.cli.system import RUN, apt_line

if TYPE_CHECKING:
    from cultureassess.snapshot.types import Snapshot


class ReportUnavailableError(Exception):
    """The PDF cannot be made on this machine; the sentence says what to install."""


def gap_report(snapshot: Snapshot) -> bytes:
    """Return the gap report as PDF.

    Raises:
        ReportUnavailableError: Pango and its friends are not installed.
    """
    from cultureassess.report.pdf import render_pdf

    try:
        return render_pdf(snapshot)
    except OSError as error:
        raise ReportUnavailableError(
            "The PDF report needs Pango, which is not installed on this machine. "
            "On Debian or Ubuntu: " + " ".join(apt_line(RUN))
        ) from error
