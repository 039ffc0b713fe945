"""A report is made again from its attachments, and every figure compared."""

import io
import json

import pikepdf
import pytest

from cultureassess.report.options import Options, Voice
from cultureassess.report.verify import NotAReport, sentences, verify
from tests.report.made import made

BRIEF = Options(shape="brief", voice=Voice(name="Brandt", note="Three accounts changed hands."))


def with_attachment(report, name, content):
    """The same pages with another document attached."""
    with pikepdf.open(io.BytesIO(report)) as pdf:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def attached(report, name):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        return pdf.attachments[name].get_file().read_bytes()


@pytest.fixture(scope="module")
def brief():
    return made(options=BRIEF)


def test_an_untouched_report_holds_byte_for_byte(brief):
    verdict = verify(brief)
    assert (verdict.holds, verdict.identical, verdict.seal_printed) == (True, True, True)
    assert verdict.figures > 300
    assert next(sentences(verdict)) == (
        f"All {verdict.figures:,} printed figures are those of the attached snapshot."
    )


def test_a_figure_that_the_snapshot_does_not_give_is_named(brief):
    changed = json.loads(attached(brief, "snapshot.json"))
    changed["headline"]["groups"]["customer"]["count"] = 8
    verdict = verify(with_attachment(brief, "snapshot.json", json.dumps(changed).encode()))
    assert not verdict.holds
    page = verdict.differences[0]
    assert (page.page, "7" in page.printed, "8" in page.expected) == (1, True, True)
    assert all(len(figure) < 6 for figure in (*page.printed, *page.expected)), "digits of a seal"


def test_a_word_of_the_consultant_that_was_changed_is_noticed(brief):
    options = json.loads(attached(brief, "options.json"))
    options["voice"]["note"] = "All is well."
    verdict = verify(with_attachment(brief, "options.json", json.dumps(options).encode()))
    assert (verdict.holds, verdict.seal_printed, 1 in verdict.words_differ) == (False, False, True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This is not a PDF"),
        (b"<!DOCTYPE html>", "check the gap-report.pdf"),
        (b"%PDF-1.7\n%%EOF", "^This PDF is damaged: it cannot be read. Take the file as it was written.$"),
    ],
)
def test_what_is_no_pdf_is_refused(content, told):
    with pytest.raises(NotAReport, match=told):
        verify(content)


def test_a_pdf_of_somebody_else_is_refused():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        written = io.BytesIO()
        pdf.save(written)
    with pytest.raises(NotAReport, match=r"No snapshot.json is attached"):
        verify(written.getvalue())
