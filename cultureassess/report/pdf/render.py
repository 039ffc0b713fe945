"""Snapshot to document, document to HTML, HTML to PDF."""

from __future__ import annotations

import datetime as dt
import gc
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from cultureassess import __version__
from cultureassess.report import options as choices
from cultureassess.report import svg
from cultureassess.report.document import Document, document
from cultureassess.report.document.halves import halves, rows_of
from cultureassess.report.document.unit import UnitSheet, unit_sheet
from cultureassess.report.figures import Figure
from cultureassess.report.languages import words_in
from cultureassess.report.options import USUAL, Options
from cultureassess.report.pdf.heads import spread_heads
from cultureassess.report.pdf.letters import name_letters
from cultureassess.report.pdf.resources import FOUR_PAGES, PAGE_ONE, SCHEME, STYLES, fetcher, folder, made_for
from cultureassess.report.svg.shaping import shaped
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.types import Snapshot

VARIANT = "pdf/ua-1"
ATTACHMENT = "snapshot.json"
EARLIER = "earlier-snapshot.json"
OPTIONS = "options.json"
CLOCK = "SOURCE_DATE_EPOCH"
BRIEF_PAGES = 4
ENDS_OF_PAGE_ONE = ("decide", "added")
"""Anchors of what stands last on the first page."""


class ReportUnavailable(Exception):
    """Pango, which lays the text out, is not installed. The message says how to mend it."""


@dataclass(frozen=True)
class Order:
    """What a report is made from. ``options`` have been through ``options.checked``."""

    snapshot: Snapshot
    options: Options = USUAL
    earlier: Snapshot | None = None

    @property
    def parts(self) -> tuple[bytes, ...]:
        """The documents that travel with the report: the snapshot, and the earlier one if there is one."""
        return tuple(to_json(found) for found in (self.snapshot, self.earlier) if found is not None)

    @property
    def seal(self) -> str:
        """64 hexadecimal digits of everything that the report is made from."""
        first, *further = self.parts
        return choices.seal(first, self.options, *further)

    def document(self, words: Words | None = None) -> Document:
        """The report as data."""
        chosen = words or words_in(self.options.language)
        return document(self.snapshot, chosen, self.options, earlier=self.earlier, seal=self.seal)

    def printed(self, words: Words) -> Document | UnitSheet:
        """What the pages say: the report, or the sheet of one unit.

        Raises:
            cultureassess.report.options.OptionsError: the heat map does not show this unit.
        """
        if self.options.unit is None:
            return self.document(words)
        return unit_sheet(self.snapshot, words, self.options, self.options.unit, seal=self.seal)


def render_html(snapshot: Snapshot, words: Words = ENGLISH) -> str:
    """The report as one HTML page; its addresses can only be fetched by our own fetcher."""
    return page_of(Order(snapshot).document(words), words)


def page_of(
    report: Document | UnitSheet, words: Words, *, shape: bool = True, denser: tuple[str, ...] = ()
) -> str:
    """A worded report as one HTML page with the addresses of our own fetcher.

    Args:
        shape: prepare text from right to left inside charts for WeasyPrint; a browser needs it as it is.
        denser: further style sheets, for pages that would not hold what belongs on them.
    """

    leftwards = report.direction == "rtl"

    def drawn(figure: Figure) -> Markup:
        told = svg.render(figure, leftwards=leftwards)
        return shaped(told) if shape else told

    def key(labels: tuple[str, ...]) -> Markup:
        told = svg.key(labels, leftwards=leftwards)
        return shaped(told) if shape else told

    name = "report/unit.html" if isinstance(report, UnitSheet) else "report/report.html"
    template = _environment().get_template(name)
    styles = [SCHEME + name for name in (*STYLES[:-1], *denser, STYLES[-1])]
    return template.render(
        report=report, styles=styles, svg=drawn, key=key, quoted=words.quoted, _=words.gettext
    )


def render_pdf(snapshot: Snapshot, words: Words = ENGLISH, *, generator: str = "CultureAssess") -> bytes:
    """The full report with the usual options. See :func:`render_order`."""
    return render_order(Order(snapshot), words, generator=generator)


def render_order(order: Order, words: Words | None = None, *, generator: str = "CultureAssess") -> bytes:
    """A report as a tagged PDF (PDF/UA-1) with everything that it is made from attached.

    The same order gives the same bytes: the dates inside are the wave's, the identifier is derived
    from the content.

    Args:
        order: snapshot, options and the earlier snapshot.
        words: the language; None for that of the options.
        generator: named as the creator of the file.

    Raises:
        ReportUnavailable: Pango, which WeasyPrint needs, is not installed.
        weasyprint.urls.FatalURLFetchingError: the page asked for an address that is not packaged.
    """
    chosen = words or words_in(order.options.language)
    with _stopped_clock():
        pages, _ = _laid_out(order, chosen)
        written = pages.write_pdf(pdf_variant=VARIANT, attachments=_attachments(order, chosen))
    return _settled(written, _date(order.snapshot), f"{generator} {__version__}")


def density(order: Order, words: Words) -> tuple[str, ...]:
    """The further style sheets with which the PDF holds the answer on its first page, and a brief to four.

    Raises:
        ReportUnavailable: Pango, which WeasyPrint needs, is not installed.
    """
    if order.options.shape == "full" and order.options.unit is None:
        order = replace(order, options=msgspec.structs.replace(order.options, sections=choices.ALWAYS))
    return _laid_out(order, words)[1]


def _laid_out(order: Order, words: Words) -> tuple[Any, tuple[str, ...]]:
    """The pages, set as densely as it takes to keep the answer on the first and a brief to four; and how.

    Most reports are laid out once. Where even the densest setting is too loose, it is what is printed.
    """
    try:
        from weasyprint import HTML
    except OSError as error:
        raise ReportUnavailable(
            "The PDF needs the Pango library. On Debian and Ubuntu: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0. Everything else works without it."
        ) from error

    report, served, pages = order.printed(words), fetcher(made_for(order.options)), None
    for sheets in _settings(order.options.shape):
        if pages is not None:  # what did not hold together goes before more is laid out
            del pages
            gc.collect()
        page = page_of(report, words, denser=sheets)
        pages = HTML(string=page, base_url="about:blank", url_fetcher=served).render(pdf_variant=VARIANT)
        if _holds_together(pages, order.options.shape):
            break
    return pages, sheets


def _settings(shape: choices.Shape) -> tuple[tuple[str, ...], ...]:
    """Further style sheets to try, from none to the densest."""
    rest = (FOUR_PAGES,) if shape == "brief" else ()
    return (), *((*PAGE_ONE[:more], *rest) for more in range(1, len(PAGE_ONE) + 1))


def _holds_together(pages: Any, shape: choices.Shape) -> bool:  # noqa: ANN401
    """Whether the first page ends with the decision and what the consultant adds to it."""
    later = {name for page in pages.pages[1:] for name in page.anchors}
    return later.isdisjoint(ENDS_OF_PAGE_ONE) and (shape != "brief" or len(pages.pages) <= BRIEF_PAGES)


def _attachments(order: Order, words: Words) -> list[object]:
    from weasyprint import Attachment

    told = {
        ATTACHMENT: words.gettext("Every number of this report"),
        EARLIER: words.gettext("Every number of the wave before"),
        OPTIONS: words.gettext("How this report was made"),
    }
    contents = dict(zip((ATTACHMENT, EARLIER), order.parts, strict=False))
    contents[OPTIONS] = choices.to_json(order.options)
    when = _date(order.snapshot)
    return [
        Attachment(
            string=content.decode(),
            name=name,
            description=told[name],
            created=when,
            modified=when,
            relationship="Data",
        )
        for name, content in contents.items()
    ]


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
    """Take the clock out of a PDF (dates of the wave, an identifier of the content); name letters, heads."""
    import pikepdf

    stamp = when.strftime("D:%Y%m%d%H%M%SZ")
    with pikepdf.open(io.BytesIO(written)) as pdf:
        pdf.docinfo["/CreationDate"] = stamp
        pdf.docinfo["/ModDate"] = stamp
        pdf.docinfo["/Creator"] = generator
        name_letters(pdf)
        spread_heads(pdf)
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
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["halves"] = halves
    environment.filters["halves_by_rows"] = lambda tables: halves(tables, rows_of)
    return environment
