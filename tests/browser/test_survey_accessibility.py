"""What axe finds on the respondents' pages, and what it cannot find: sizes, spacing, colours, the focus.

Every page is looked at once in each language; ``make torture`` looks at three widths in both themes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page

from cultureassess.db import transaction
from cultureassess.models import Organisation, Wave
from tests.browser.screens import heading, screens, violations

pytestmark = pytest.mark.browser

GRID = tuple((width, theme) for width in (320, 768, 1280) for theme in ("light", "dark"))
LOOKS = [
    pytest.param("en", GRID[4:5], id="en"),
    pytest.param("ar", GRID[1:2], id="ar"),
    pytest.param("en", GRID, id="en-grid", marks=pytest.mark.torture),
    pytest.param("ar", GRID, id="ar-grid", marks=pytest.mark.torture),
]
"""A language, and the widths and themes in which its pages are looked at."""

ELSEWHERE = (
    "/survey",
    "/survey/stored",
    "/privacy",
    "/accessibility",
    "/code",
    "/stop/nonsense",
    "/s/nonsense",
)


LONG_NAME = "Donaudampfschifffahrtsgesellschaftskapitänsversorgungswerk GmbH"


def inspect(page: Page, views: tuple[tuple[int, str], ...]) -> None:
    """Let axe look at the page; nothing may be wider than the screen."""
    heading(page)
    for width, theme in views:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        assert (page.url, width, theme, found, wide) == (page.url, width, theme, [], False)


@contextmanager
def without_drafts(engine: sa.Engine) -> Iterator[None]:
    """While this lasts, the store fails."""
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE draft RENAME TO away")
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO draft")


@pytest.mark.parametrize(("language", "views"), LOOKS)
def test_axe_finds_nothing_on_the_way_through_and_nothing_overflows(arrive, address, language, views):
    page = arrive("inside", language)
    page.click("main form >> button[type=submit] >> nth=0")
    inspect(page, views)
    for _ in screens(page):
        if page.url.endswith("/1"):
            page.click("summary")
            inspect(page, views)
            page.click("button[value=elsewhere]")
            page.locator(".resume").wait_for()
            inspect(page, views)
            for path in ELSEWHERE:
                page.goto(address + path)
                inspect(page, views)
            page.goto(f"{address}/survey/1")
        if page.url.endswith("/5"):
            page.fill("#OV2", "many")
            page.click("button[value=next]")
            inspect(page, views)
            page.fill("#OV2", "40")
        if page.url.endswith(("/1", "/8", "/thanks")):
            inspect(page, views)


@pytest.mark.parametrize(("language", "views"), LOOKS)
def test_axe_finds_nothing_at_a_door(arrive, language, views):
    page = arrive("coded", language)
    page.click("summary")
    inspect(page, views)
    page.fill("#code", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary:focus")
    inspect(page, views)
    for who in ("used", "withdrawn", "executive", "mailed", "left alone"):
        page = arrive(who, language)
        page.click("summary")
        inspect(page, views)


@pytest.mark.parametrize(("language", "views"), LOOKS)
def test_axe_finds_nothing_on_the_page_that_keeps_what_cannot_be_saved(arrive, app, language, views):
    page = arrive("customer", language)
    page.click("main form >> button[type=submit] >> nth=0")
    page.check("#RG1-4")
    with without_drafts(app.extensions["engine"]):
        page.click("button[value=next]")
        page.locator("textarea[name=RG1]").wait_for(state="attached")
        inspect(page, views)
    page.click("main form >> button")
    page.wait_for_url("**/survey/2")
    page.goto(page.url.replace("/survey/2", "/survey/1"))
    assert page.is_checked("#RG1-4")


@pytest.mark.parametrize(("language", "views"), LOOKS)
def test_axe_finds_nothing_where_no_answers_are_taken(arrive, app, language, views):
    with transaction(app.extensions["engine"]) as session:
        session.execute(sa.update(Wave).values(stopped=True))
    try:
        inspect(arrive("customer", language), views)
    finally:
        with transaction(app.extensions["engine"]) as session:
            session.execute(sa.update(Wave).values(stopped=False))


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_name_of_one_long_word_widens_no_page(arrive, app, address, language):
    engine = app.extensions["engine"]
    with transaction(engine) as session:
        session.execute(sa.update(Organisation).values(name=LONG_NAME))
    page = arrive("inside", language, viewport={"width": 320, "height": 740})
    for _ in screens(page):
        assert (page.url, page.evaluate("document.documentElement.scrollWidth")) == (page.url, 320)
    page = arrive("inside", language, viewport={"width": 320, "height": 740})
    page.goto(f"{address}/survey/stored")
    assert LONG_NAME in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    with transaction(engine) as session:
        session.execute(sa.update(Organisation).values(name="Nordlicht Logistics"))


def test_forced_colours_show_what_is_chosen(arrive):
    page = arrive("customer", forced_colors="active")
    page.click("text=Start")
    page.check("#RG1-4")
    border = "e => getComputedStyle(e.closest('.option')).borderTopWidth"
    assert page.eval_on_selector("#RG1-4", border) == "3px"
    assert page.eval_on_selector("#RG1-3", border) != "3px"


@pytest.mark.parametrize("width", [320, 1280])
def test_every_target_is_at_least_44_by_44(arrive, width):
    page = arrive("inside", viewport={"width": width, "height": 740})
    for name in screens(page):
        small = page.evaluate(
            "() => [...document.querySelectorAll('.option, .button, .linklike, textarea, summary,"
            " .footer-links a, .question input[type=text]')]"
            ".map(e => e.getBoundingClientRect()).filter(r => r.width < 44 || r.height < 44)"
            ".map(r => [r.width, r.height])"
        )
        assert (name, small) == (name, [])


def test_a_mistake_moves_the_focus_to_the_summary_and_its_link_to_the_field(arrive):
    page = arrive("inside")
    page.click("text=Start")
    page.locator("#error-summary").wait_for()
    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.title().startswith("Error: ")
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "role-1"


def test_wider_text_spacing_cuts_nothing_off(arrive):
    page = arrive("customer", viewport={"width": 320, "height": 740})
    page.click("text=Start")
    page.locator("#RG1-1").wait_for()  # a click returns while the next document is still empty
    page.evaluate(
        "() => { for (const e of document.querySelectorAll('*')) { e.style.lineHeight = '1.5';"
        " e.style.letterSpacing = '.12em'; e.style.wordSpacing = '.16em'; } }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    clipped = "e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflow !== 'visible'"
    assert page.evaluate(f"[...document.querySelectorAll('main *')].filter({clipped}).length") == 0
