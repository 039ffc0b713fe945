"""The same report as one HTML file."""

import re
from html.parser import HTMLParser

import pytest

from cultureassess.report.options import Options
from tests.report.made import made


@pytest.fixture(scope="module")
def page():
    return made("html", options=Options(sections=("overview", "action"))).decode()


class Addresses(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.found += [value for name, value in attributes if name in ("href", "src", "action", "data")]


def test_nothing_is_fetched_and_no_script_runs(page):
    parser = Addresses()
    parser.feed(page)
    assert [address for address in parser.found if not address.startswith(("#", "data:"))] == []
    assert not {"script", "iframe", "object", "embed", "form"} & parser.tags
    assert [a for a in re.findall(r"url\(([^)]*)\)", page) if not a.startswith("data:")] == []
    assert "default-src &#39;none&#39;" in page


def test_it_says_what_the_pdf_says(page):
    for sentence in ("13 of 18 managers (72%) say Acme strongly puts its customers first.", "Action sheet"):
        assert sentence in page


def test_on_a_telephone_wide_pictures_move_in_their_own_frame(page):
    """Pictures are 720 units wide; shrunk to a telephone, their letters have four pixels."""
    narrow = page.partition("@media screen and (max-width: 640px)")[2].partition("@media print")[0]
    assert 'figure:has(> svg[viewBox^="0 0 720 "]) { overflow-x: auto; }' in narrow
    assert re.findall(r'<figure[^>]*>\s*<svg[^>]*viewBox="0 0 720 ', page)


def test_a_browser_fills_the_grids_of_a_page_from_right_to_left_as_the_pdf_does():
    """rtl.css names places from the left, as the layout engine of the PDF counts in any direction."""
    arabic = made("html", options=Options(language="ar", sections=("overview",))).decode()
    assert '<html lang="ar" dir="rtl">' in arabic
    assert re.search(r'\[dir="rtl"\] :is\(\.masthead, [^)]*\.halves[^)]*\) \{ direction: ltr; \}', arabic)


def test_the_keyboard_reaches_what_moves_in_its_own_frame(page):
    """Each table under its own name; wide pictures carry theirs as their title."""
    frames = re.findall(r'<div class="table [^"]*"([^>]*)>', page)
    assert frames
    assert all(re.search(r'role="region" aria-label="[^"]+" tabindex="0"', frame) for frame in frames)
    assert re.search(r'<figure[^>]* tabindex="0">\s*<svg[^>]*viewBox="0 0 720 ', page)
