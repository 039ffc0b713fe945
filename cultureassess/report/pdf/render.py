"""Snapshot to document, document to HTML, HTML to PDF."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import jinja2
import msgspec

from cultureassess.report import svg
from cultureassess.report.document import document
from cultureassess.report.pdf.resources import SCHEME, STYLES, fetcher, folder
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Snapshot

VARIANT = "pdf/ua-1"
ATTACHMENT = "snapshot.json"


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
        OSError: Pango, which WeasyPrint needs, is not installed.
        weasyprint.urls.FatalURLFetchingError: the page asked for an address that is not packaged.
    """
    from weasyprint import HTML, Attachment

    when = _date(snapshot)
    attached = Attachment(
        string=msgspec.json.format(msgspec.json.encode(snapshot), indent=1).decode(),
        name=ATTACHMENT,
        description=words.gettext("Every number of this report"),
        created=when,
        modified=when,
        relationship="Data",
    )
    page = HTML(string=render_html(snapshot, words), base_url="about:blank", url_fetcher=fetcher())
    written = page.write_pdf(
        pdf_variant=VARIANT, attachments=[attached], pdf_identifier=snapshot.fingerprint.encode()[:32]
    )
    return _settled(written, when, generator)


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
