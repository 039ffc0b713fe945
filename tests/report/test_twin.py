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


def test_the_keyboard_reaches_what_moves_in_its_own_frame(page):
    """Each table under its own name; wide pictures carry theirs as their title."""
    frames = re.findall(r'<div class="table [^"]*"([^>]*)>', page)
    assert frames
    assert all(re.search(r'role="region" aria-label="[^"]+" tabindex="0"', frame) for frame in frames)
    assert re.search(r'<figure[^>]* tabindex="0">\s*<svg[^>]*viewBox="0 0 720 ', page)
