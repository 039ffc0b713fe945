"""Checking a report: made again from what is attached to it, and compared figure by figure.

A check finds what was changed after the report was written, in its text or in its attachments. It is no
signature: whoever changes everything alike, seal included, is found only by comparing the data fingerprint
with the one that the owner of the answers has.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cultureassess import __version__
from cultureassess.report import options as choices
from cultureassess.report.options import OptionsError
from cultureassess.report.pdf.render import ATTACHMENT, EARLIER, OPTIONS
from cultureassess.report.process import Request, written
from cultureassess.snapshot.document import SnapshotError, from_json, to_json

FIGURE = re.compile(r"[+−±-]?\d[\d.,]*\d%?|[+−±-]?\d%?")
"""A number as the report prints it, with its sign and its percent sign."""

SEALS = re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b")
"""Fingerprint and seal, short in the footer and whole on the last page."""


class NotAReport(Exception):
    """The file is not a gap report, or one that cannot be checked; the message says why."""


@dataclass(frozen=True)
class Difference:
    """A page on which the figures differ: those printed that should not be, and those missing."""

    page: int
    printed: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes:
        fingerprint: of the answers, as the attached snapshot has it.
        seal: of everything that the report is made from, computed anew.
        figures: how many printed figures were compared.
        identical: the file is what this version writes, byte for byte.
        seal_printed: the seal stands on every page.
        words_differ: pages on which the text differs apart from the figures.
        differences: pages with other figures; empty if all agree.
        made_by: the version that wrote it.
    """

    fingerprint: str
    seal: str
    figures: int
    identical: bool
    seal_printed: bool
    words_differ: tuple[int, ...]
    differences: tuple[Difference, ...]
    made_by: str

    @property
    def holds(self) -> bool:
        """Every figure is the one that the attached snapshot gives, and so is every word."""
        return self.seal_printed and not self.differences and not self.words_differ


def verify(content: bytes) -> Verdict:
    """Make the report again from its attachments and compare.

    Args:
        content: the PDF.

    Raises:
        NotAReport: no PDF, or without the attachments of a report.
        cultureassess.report.process.RenderingFailed: it could not be made again.
    """
    attached, made_by = _attachments(content)
    request = _request(attached)
    again = written(request)
    expected = _pages(again)
    printed = expected if content == again else _pages(content)  # reading a text out takes seconds
    seal = choices.seal(
        request.snapshot.encode(), request.options, *([request.earlier.encode()] if request.earlier else [])
    )
    count = max(len(printed), len(expected))
    both = [(_page(printed, at), _page(expected, at)) for at in range(count)]
    return Verdict(
        fingerprint=from_json(request.snapshot).fingerprint,
        seal=seal,
        figures=sum(len(_figures(page)) for page in expected),
        identical=content == again,
        seal_printed=bool(printed) and all(seal[:12] in page for page in printed),
        words_differ=tuple(at for at, (one, other) in enumerate(both, 1) if _words(one) != _words(other)),
        differences=tuple(_differences(both)),
        made_by=made_by,
    )


def _attachments(content: bytes) -> tuple[dict[str, bytes], str]:
    """The attached documents by name, and the version that wrote the file."""
    import pikepdf

    if b"%PDF-" not in content[:1024]:
        raise NotAReport(
            "This is not a PDF. Reports, briefs and sheets can be checked as PDF, with what is attached to "
            "them; of pages, slides and workbooks check the gap-report.pdf that was made with them."
        )
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
            creator = str(pdf.docinfo.get("/Creator", ""))
    except pikepdf.PdfError as error:
        raise NotAReport(
            "This PDF is damaged: it cannot be read. Take the file as it was written."
        ) from error
    if ATTACHMENT not in found:
        raise NotAReport(f"No {ATTACHMENT} is attached to this file, so it is not a gap report of ours.")
    return found, creator.rpartition(" ")[2]


def _request(attached: dict[str, bytes]) -> Request:
    """The order of the report. A document that was rewritten in other words no longer has its bytes."""
    try:
        documents = [from_json(attached[name]) for name in (ATTACHMENT, EARLIER) if name in attached]
        options = choices.checked(choices.from_json(attached.get(OPTIONS, b"{}")))
    except (SnapshotError, OptionsError) as error:
        raise NotAReport(str(error)) from error
    texts = [to_json(document).decode() for document in documents]
    return Request("pdf", texts[0], options, texts[1] if len(texts) > 1 else None)


def _pages(content: bytes) -> list[str]:
    """The text of every page in reading order, spaces evened out."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    except PyPdfError as error:
        raise NotAReport(f"The text of this file cannot be read: {error}.") from error


def _page(pages: list[str], at: int) -> str:
    return pages[at] if at < len(pages) else ""


def _figures(page: str) -> list[str]:
    return FIGURE.findall(SEALS.sub(" ", page))


def _words(page: str) -> str:
    """The page without its figures; a seal is a word, whatever digits are in it."""
    return " ".join([*FIGURE.sub(" ", SEALS.sub(" ", page)).split(), *SEALS.findall(page)])


def _differences(both: list[tuple[str, str]]) -> Iterator[Difference]:
    for number, (printed, expected) in enumerate(both, 1):
        found, wanted = _figures(printed), _figures(expected)
        if found != wanted:
            more, less = Counter(found) - Counter(wanted), Counter(wanted) - Counter(found)
            yield Difference(number, tuple(more.elements()), tuple(less.elements()))


def sentences(verdict: Verdict) -> Iterator[str]:
    """What a check found, for people: one sentence a line."""
    if verdict.holds:
        yield f"All {verdict.figures:,} printed figures are those of the attached snapshot."
    for one in verdict.differences[:20]:
        yield f"Page {one.page}: printed {_list(one.printed)}; the snapshot gives {_list(one.expected)}."
    if verdict.words_differ:
        yield f"The text differs on {_list([f'page {page}' for page in verdict.words_differ[:20]])}."
    if not verdict.seal_printed:
        yield f"The printed seal is not the one of the attached documents, {verdict.seal[:12]}."
    if not verdict.holds and verdict.made_by != __version__:
        yield f"It was written by version {verdict.made_by or 'unknown'}, checked with {__version__}."
    if verdict.identical:
        yield "The file is byte for byte what this version writes."
    yield f"Data fingerprint: {verdict.fingerprint}"


def _list(texts: Any) -> str:  # noqa: ANN401
    return ", ".join(texts) or "nothing (or another order)"
