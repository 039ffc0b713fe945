"""The files that a snapshot can become. Called by the child process only: :mod:`.process` sets its limits."""

from __future__ import annotations

from cultureassess.report.options import checked
from cultureassess.report.pdf import Order, render_order
from cultureassess.report.process import Request
from cultureassess.snapshot.document import from_json


def order_of(request: Request) -> Order:
    """What a request asks for, read and checked.

    Raises:
        cultureassess.snapshot.document.SnapshotError: a document is no snapshot.
        cultureassess.report.options.OptionsError: an option cannot be used.
    """
    earlier = from_json(request.earlier) if request.earlier is not None else None
    return Order(from_json(request.snapshot), checked(request.options), earlier)


def file_of(request: Request) -> bytes:
    """Write the file. Raises as :func:`order_of` and as the format's own writer."""
    order = order_of(request)
    if request.format == "html":
        from cultureassess.report.twin import render_twin

        return render_twin(order).encode()
    if request.format == "xlsx":
        from cultureassess.report.workbook import workbook

        return workbook(order)
    if request.format == "pptx":
        from cultureassess.report.slides import slides

        return slides(order)
    return render_order(order)
