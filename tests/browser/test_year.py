"""A year in Chromium: from one wave's results over actions, meetings and a pulse to what the leader reads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.actions.browser import HOME
from tests.actions.year import AGREED, CARD, answer_pulse, close_and_release
from tests.browser.screens import violations
from tests.web import showcase

pytestmark = pytest.mark.browser

LOOKS = [
    pytest.param(((360, "light"),), id="phone"),
    pytest.param(
        tuple((width, scheme) for width in (320, 768, 1280) for scheme in ("light", "dark")),
        id="grid",
        marks=pytest.mark.torture,
    ),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return showcase.make(tmp_path_factory.mktemp("instance"))


def enter(page: Page, fields: dict[str, str]) -> None:
    """Fill fields by their names the way their kind is filled."""
    for name, value in fields.items():
        field = page.locator(f"[name='{name}']").first
        kind = field.evaluate("one => one.type")
        if kind == "radio":
            page.check(f"[name='{name}'][value='{value}']")
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def agree(page: Page, address: str, kind: str, title: str, index: str) -> None:
    page.goto(f"{address}{HOME}/cards/new?wave={showcase.LAST}")
    enter(page, {**CARD, "kind": kind, "title": title, "index_code": index})
    press(page, "Save")
    press(page, "Agree on it")


def meet(page: Page, address: str, month: str, agreement: str) -> None:
    page.goto(f"{address}{HOME}/meeting?month={month}")
    enter(page, {"agreement": agreement})
    press(page, "Record it")


@pytest.fixture(scope="module")
def year(app, browser, address):
    """Everything up to the second wave's release, by the consultant; what the browser complained about."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}/demo/consultant")

    page.goto(f"{address}{HOME}/practices")
    enter(page, {"mark-one-list": "do", "evidence-one-list": "The list"})
    press(page, "Save the check")
    page.goto(f"{address}{HOME}/journey")
    enter(page, {"place-gap-CF1": "Get help"})
    press(page, "Save the touchpoints")
    for kind, title, index in AGREED:
        agree(page, address, kind, title, index)
    meet(page, address, "2026-10", "Call back the same day.")
    meet(page, address, "2026-11", "One form.")
    page.goto(f"{address}{HOME}/pulse")
    press(page, "Draft a pulse")
    number = int(re.search(r"/(\d+)$", page.url)[1])
    answer_pulse(app, number)
    close_and_release(app, number)

    page.goto(f"{address}/workspace/waves/{showcase.THIS}")
    press(page, "Stop taking answers")
    press(page, "Close the wave and score it")
    page.goto(f"{address}/results/{showcase.THIS}/words")
    page.get_by_label("I have read these results").check()
    press(page, "Release to leaders")
    context.close()
    return complaints


def test_a_year_from_one_waves_results_to_the_next(year, browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/demo/leader")
    page.goto(f"{address}{HOME}")
    for _, title, _ in AGREED:
        expect(page.get_by_text(title).first).to_be_visible()
    assert page.get_by_text("It did not move.").count() == 3
    expect(page.get_by_text("From 55 to 47: −8 points, likely −12.4 to −4.5.")).to_be_visible()
    assert year == []
    context.close()


PAGES = (
    *(f"{HOME}{path}" for path in ("", "/practices", "/journey", "/ideas", "/cards/new?wave=1", "/cards/1")),
    *(f"{HOME}{path}" for path in ("/steps", "/choices", "/figures", "/meeting?month=2026-12", "/pulse")),
    "/workspace/waves/2/loop",
)


@pytest.mark.parametrize("looks", LOOKS)
def test_axe_finds_nothing_on_the_pages_of_the_year_and_nothing_overflows(year, browser, address, looks):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/demo/consultant")
    for path in PAGES:
        assert page.goto(address + path).status == 200
        for width, scheme in looks:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = violations(page)
            wide = page.evaluate("document.documentElement.scrollWidth") > width
            assert (path, width, scheme, found, wide) == (path, width, scheme, [], False)
    context.close()
