"""The report as a page of its own, in a browser: on a telephone, from right to left, and on paper."""

import io
import re

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from cultureassess.report.options import Options, Voice
from tests.browser.screens import PHONE, violations
from tests.report.made import made

NOTES = Voice(
    name="Brandt & Partner",
    note="Three large accounts changed hands in March. Read the customers’ side with that. " * 5,
    recommendation="Sit in on ten customer calls before the workshop; then choose the first gap. " * 4,
)
"""As long as consultants write: page 1 holds them only where it is set more densely."""


def opened(browser: Browser, options: Options, viewport: dict[str, int] = PHONE) -> Page:
    page = browser.new_page(viewport=viewport)
    page.set_content(made("html", options=options).decode())
    return page


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_on_a_telephone_wide_pictures_and_tables_move_in_their_own_frame(browser):
    """Pictures are 720 units wide; shrunk to a telephone, their letters would have four pixels."""
    page = opened(browser, Options(sections=("overview", "breakdowns", "voices")))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    picture = page.locator('figure:has(> svg[viewBox^="0 0 720 "])').first
    assert picture.evaluate("one => one.scrollWidth") == 520
    assert picture.evaluate("one => one.clientWidth") < PHONE["width"]
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_managers_stand_where_reading_begins(browser, language):
    """Places of a grid are told from the left for the PDF; a browser must not turn them round twice."""
    page = opened(browser, Options(language=language, sections=("overview",)), {"width": 1280, "height": 900})
    first, second = (
        page.locator(f".numbers > .{group}").first.bounding_box() for group in ("management", "customer")
    )
    assert (first["x"] < second["x"]) == (language == "en")
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_brief_with_long_notes_is_printed_on_the_pages_of_the_pdf(browser, language, paper):
    options = Options(shape="brief", language=language, paper=paper, voice=NOTES)
    page = opened(browser, options)
    printed = pages(page.pdf(prefer_css_page_size=True))
    page.close()
    written = pages(made(options=options))
    assert (len(printed), len(written)) == (4, 4)
    assert [[NOTES.name in one for one in found] for found in (printed, written)] == [
        [True, False, False, True]
    ] * 2


def test_a_screen_is_not_set_smaller_for_the_sake_of_paper(browser):
    sizes = [
        page.locator(".decision p").evaluate("one => getComputedStyle(one).fontSize")
        for options in (Options(shape="brief"), Options(shape="brief", language="de", voice=NOTES))
        if (page := opened(browser, options))
    ]
    assert len(set(sizes)) == 1
    assert re.fullmatch(r"[\d.]+px", sizes[0])
