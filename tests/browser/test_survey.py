"""The questionnaire in Chromium: without script, by keyboard, on a narrow phone, and what axe finds."""

from __future__ import annotations

import threading
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Intake, IntakeComment
from tests import scene

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 360, "height": 740}
EXPECTED = ("Clear-Site-Data", "status of 422")
"""Chromium says in the console that it obeyed this header, and that a form came back with its mistakes;
everything else there is a complaint."""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(config.load({"INSTANCE": str(tmp_path_factory.mktemp("instance"))}))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def links(app):
    with transaction(app.extensions["engine"]) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        audiences = {"inside": Side.INSIDE, "customer": Audience.CUSTOMER}
        return {
            name: f"/s/{scene.open_token(session, wave, who, secret_key=app.config['SECRET_KEY'])}"
            for name, who in audiences.items()
        }


@pytest.fixture(scope="module")
def address(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def arrive(browser, address, links):
    """Come in by a link in a fresh browser, and see at the end that it complained about nothing."""
    contexts, complaints, fetched = [], [], []

    def come(who: str, **settings) -> Page:
        context = browser.new_context(**{"viewport": PHONE, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(address + links[who])
        return page

    yield come
    for context in contexts:
        context.close()
    assert [text for text in complaints if not any(known in text for known in EXPECTED)] == []
    assert {urlsplit(url).netloc for url in fetched} == {urlsplit(address).netloc}


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def screens(page: Page):
    """Every screen up to and with the last one, pressing Continue in between."""
    yield heading(page)
    if page.locator("input[name=role]").count():
        page.check("input[name=role] >> nth=0")
    page.click("main form >> button[type=submit] >> nth=0")
    while heading(page) != "Thank you":
        yield heading(page)
        page.click("button[value=next]")
    yield heading(page)


@pytest.mark.parametrize(("who", "number"), [("customer", 8), ("inside", 10)])
def test_the_whole_questionnaire_works_without_script(arrive, app, who, number):
    before = len(scene.rows(app.extensions["engine"], Intake))
    page, seen = arrive(who, java_script_enabled=False), 0
    for name in screens(page):
        seen += 1
        if name.startswith("Part"):
            for question in page.locator("fieldset").all():
                question.locator("input").nth(1).check()
    assert seen == number
    rows = scene.rows(app.extensions["engine"], Intake)
    assert len(rows) == before + 1
    asked = 20 if who == "customer" else 33
    assert max(row.answers.count("2") for row in rows) >= asked


def test_the_whole_questionnaire_works_by_keyboard(arrive, app):
    page = arrive("customer")
    focus(page, "button", "Start")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Part 1 of 6")
    for number in range(1, 6):
        for _ in range(page.locator("fieldset").count()):
            tab_to(page, "input[type=radio]")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowRight")
        focus(page, "button", "Continue")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"text=Part {number + 1} of 6")
    tab_to(page, "textarea")
    page.keyboard.type("Keep calling back.")
    focus(page, "button", "Send my answers")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Thank you")
    engine = app.extensions["engine"]
    assert "Keep calling back." in {comment.text for comment in scene.rows(engine, IntakeComment)}


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an unanswered control of that kind has the focus, which must be visible."""
    for _ in range(60):
        page.keyboard.press("Tab")
        fresh = page.evaluate(
            "s => document.activeElement.matches(s) && "
            "!document.querySelector(`[name='${document.activeElement.name}']:checked`)",
            selector,
        )
        if fresh:
            return
    raise AssertionError(f"Tab never reached {selector}")


def focus(page: Page, selector: str, text: str) -> None:
    """Press Tab until the control with this text has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == text:
            return
    raise AssertionError(f"Tab never reached {selector} {text}")


@pytest.mark.parametrize(
    ("who", "theme", "width"),
    [
        ("inside", "light", 320),
        ("inside", "dark", 1280),
        ("customer", "dark", 320),
        ("customer", "light", 768),
        ("customer", "light", 1280),
    ],
)
def test_axe_finds_nothing_and_nothing_overflows(arrive, who, theme, width):
    page = arrive(who, viewport={"width": width, "height": 740}, color_scheme=theme)
    for name in screens(page):
        found = Axe().run(page).response["violations"]
        assert [(name, violation["id"]) for violation in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_target_is_at_least_44_by_44(arrive, width):
    page = arrive("inside", viewport={"width": width, "height": 740})
    for name in screens(page):
        small = page.evaluate(
            "() => [...document.querySelectorAll('.option, .button, textarea, .question input[type=text]')]"
            ".map(e => e.getBoundingClientRect()).filter(r => r.width < 44 || r.height < 44)"
            ".map(r => [r.width, r.height])"
        )
        assert (name, small) == (name, [])


def test_a_mistake_moves_the_focus_to_the_summary_and_its_link_to_the_field(arrive):
    page = arrive("inside")
    page.click("text=Start")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.title().startswith("Error: ")
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "role-1"


def test_digits_choose_and_answers_are_saved_as_they_are_given(arrive):
    page = arrive("customer")
    page.click("text=Start")
    page.focus("#RG1-1")
    page.keyboard.press("4")
    page.focus("#RG2-1")
    page.keyboard.press("d")
    page.get_by_role("status").filter(has_text="Saved").wait_for()
    page.reload()
    chosen = page.evaluate("[...document.querySelectorAll(':checked')].map(e => e.name + e.value)")
    assert chosen == ["RG14", "RG2D"]


def test_wider_text_spacing_cuts_nothing_off(arrive):
    page = arrive("customer", viewport={"width": 320, "height": 740})
    page.click("text=Start")
    page.evaluate(
        "() => { for (const e of document.querySelectorAll('*')) { e.style.lineHeight = '1.5';"
        " e.style.letterSpacing = '.12em'; e.style.wordSpacing = '.16em'; } }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    clipped = "e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflow !== 'visible'"
    assert page.evaluate(f"[...document.querySelectorAll('main *')].filter({clipped}).length") == 0


def test_a_page_weighs_at_most_60_kilobytes(arrive):
    page, sizes = arrive("inside"), []
    page.on("response", lambda response: sizes.append(len(response.body()) if response.status == 200 else 0))
    page.check("input[name=role] >> nth=0")
    page.click("text=Start")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) <= 60_000
