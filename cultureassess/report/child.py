"""The process that writes one file: a request on standard input, the file on standard output."""

from __future__ import annotations

import gc
import sys

from cultureassess.report.process import NO_PANGO, Request, limit


def main() -> int:
    """Read a request, write its file. Returns the exit status."""
    limit()
    # A fifth of the time went into looking for garbage, of which a report makes eight megabytes. It goes with
    # the process; where pages are laid out again, the first are collected by hand.
    gc.disable()
    import msgspec

    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    from cultureassess.report.files import file_of
    from cultureassess.report.pdf import ReportUnavailable

    try:
        content = file_of(request)
    except ReportUnavailable as error:
        sys.stderr.write(f"{error}\n")
        return NO_PANGO
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
