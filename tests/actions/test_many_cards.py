"""More cards than three, of two waves, and titles without a space: nothing is dropped, nothing runs off."""

from __future__ import annotations

import io
import re

import msgspec
import pypdf
import pytest

from cultureassess.models import Wave
from cultureassess.report.options import Options
from cultureassess.report.pdf import Order, render_order
from tests.actions import scenery
from tests.actions.browser import HOME
from tests.report import scenes
from tests.report.test_agreed import CARD
from tests.web import showcase


@pytest.fixture
def six(demo):
    """Three open cards of each of the two waves, with the longest titles there are."""
    for wave in (showcase.LAST, showcase.THIS):
        for number in range(3):
            title = f"{wave}{number}" + "x" * 198
            found = demo.get_one(Wave, wave)
            scenery.card(demo, found, agreed=True, title=title, owner="y" * 200, index_code="CF")
    demo.commit()


def sheets(page) -> list[str]:
    return [re.sub(r"\s+", "", one.extract_text()) for one in pypdf.PdfReader(io.BytesIO(page.data)).pages]


def test_the_overview_groups_six_open_cards_by_wave(consultant, six):
    told = consultant.read(HOME)
    assert "6 actions are open." in told
    assert "At most three actions at a time" not in told
    order = [
        told.index(f"{wave}{number}xxx") for wave in (showcase.THIS, showcase.LAST) for number in range(3)
    ]
    assert order == sorted(order)


def test_the_meeting_pack_holds_two_pages_and_names_every_open_card(consultant, six):
    consultant.post(f"{HOME}/meeting", month="2026-10", agreement="a" * 1000, owner="p" * 200)
    again = {"agreement": "b" * 1000, "owner": "p" * 200, "outcome": "c" * 1000}
    assert consultant.post(f"{HOME}/meeting", month="2026-11", **again).status_code == 303
    pages = sheets(consultant.get(f"{HOME}/meeting.pdf?month=2026-11"))
    assert len(pages) == 2
    assert "3moreareopen:" in pages[1]
    for wave in (showcase.LAST, showcase.THIS):
        for number in range(3):
            assert f"{wave}{number}xxx" in pages[1]


def test_a_title_without_a_space_is_broken_at_the_edge_of_the_reports_page():
    endless = msgspec.structs.replace(CARD, title="x" * 200)
    options = Options(agreed=(endless,), sections=("action",))
    report = render_order(Order(scenes.SCENES["strong"](), options))
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report)).pages)
    parts = re.findall(r"x{5,}", text)
    assert sum(map(len, parts)) == 200
    assert max(map(len, parts)) < 120
