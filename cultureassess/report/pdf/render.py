"""Snapshot to document, document to HTML, HTML to PDF."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import jinja2

from cultureassess.report import svg
from cultureassess.report.document import document
from cultureassess.report.pdf.resources import SCHEME, STYLES, fetcher, folder
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.types import Snapshot

VARIANT = "pdf/ua-1"
ATTACHMENT = "snapshot.json"
CLOCK = "SOURCE_DATE_EPOCH"


class ReportUnavailable(Exception):
    """Pango, which lays the text out, is not installed. The message says how to mend it."""


def render_html(snapshot: Snapshot, words: Words = ENGLISH) -> str:
    """The report as one HTML page; its addresses can only be fetched by our own fetcher."""
    template = _environment().get_template("report/report.html")
    styles = [SCHEME + name for name in STYLES]
    return template.render(
        report=document(snapshot, words), styles=styles, svg=svg.render, key=svg.key, _=words.gettext
    )


def render_pdf(snapshot: Snapshot, words: Words = ENGLISH, *, generator: str = "CultureAssess") -> bytes:
    """The report as a tagged PDF (PDF/UA-1) with the snapshot attached as ``snapshot.json``.

    The same snapshot gives the same bytes: the dates inside are the wave's, the identifier is derived
    from the content.

    Args:
        snapshot: what may be known of one wave.
        words: the language.
        generator: named as the creator of the file.

    Raises:
        ReportUnavailable: Pango, which WeasyPrint needs, is not installed.
        weasyprint.urls.FatalURLFetchingError: the page asked for an address that is not packaged.
    """
    try:
        from weasyprint import HTML, Attachment
    except OSError as error:
        raise ReportUnavailable(
            "The PDF needs the Pango library. On Debian and Ubuntu: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0. Everything else works without it."
        ) from error

    when = _date(snapshot)
    attached = Attachment(
        string=to_json(snapshot).decode(),
        name=ATTACHMENT,
        description=words.gettext("Every number of this report"),
        created=when,
        modified=when,
        relationship="Data",
    )
    page = HTML(string=render_html(snapshot, words), base_url="about:blank", url_fetcher=fetcher())
    with _stopped_clock():
        written = page.write_pdf(pdf_variant=VARIANT, attachments=[attached])
    return _settled(written, when, generator)


@contextmanager
def _stopped_clock() -> Iterator[None]:
    """fontTools writes the time into every typeface that it cuts, unless this variable tells another."""
    before = os.environ.get(CLOCK)
    os.environ[CLOCK] = "0"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(CLOCK, None)
        else:
            os.environ[CLOCK] = before


def _settled(written: bytes, when: dt.datetime, generator: str) -> bytes:
    """Take the clock out of a PDF: dates of the wave, and an identifier made from the content."""
    import pikepdf

    stamp = when.strftime("D:%Y%m%d%H%M%SZ")
    with pikepdf.open(io.BytesIO(written)) as pdf:
        pdf.docinfo["/CreationDate"] = stamp
        pdf.docinfo["/ModDate"] = stamp
        pdf.docinfo["/Creator"] = generator
        settled = io.BytesIO()
        pdf.save(settled, deterministic_id=True, linearize=False)
    return settled.getvalue()


def _date(snapshot: Snapshot) -> dt.datetime:
    """Midnight UTC of the wave's date; of 2000-01-01 where it has none that reads as one."""
    try:
        day = dt.date.fromisoformat(snapshot.wave.date)
    except ValueError:
        day = dt.date(2000, 1, 1)
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
