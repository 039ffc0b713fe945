"""The questionnaire in Chromium: without script, by keyboard, on a narrow phone, and what axe finds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
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
from cultureassess.services.access_codes import set_access_code
from cultureassess.services.links import create_open_link, open_link_token
from tests import scene

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 360, "height": 740}
EXPECTED = ("Clear-Site-Data", "status of 422", "status of 404", "Autofocus processing was blocked")
"""Chromium says in the console that it obeyed this header, and that a form came back with its mistakes;
or that a link is unknown; everything else there is a complaint."""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(config.load({"INSTANCE": str(tmp_path_factory.mktemp("instance"))}))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def links(app):
    with transaction(app.extensions["engine"]) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO, languages=("en", "ar", "de"))
        audiences = {"inside": Side.INSIDE, "customer": Audience.CUSTOMER}
        key = app.config["SECRET_KEY"]
        found = {
            name: scene.open_token(session, wave, who, secret_key=key) for name, who in audiences.items()
        }
        coded = create_open_link(session, wave, Audience.PARTNER, secret_key=key)
        set_access_code(coded, "Sesam 12")
        found["coded"] = open_link_token(coded, secret_key=key)
        return {name: f"/s/{token}" for name, token in found.items()}


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

    def come(who: str, language: str = "en", **settings) -> Page:
        context = browser.new_context(**{"viewport": PHONE, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(f"{address}{links[who]}?lang={language}")
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
    while not page.url.endswith("/thanks"):
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


VIEWS = [(width, theme) for width in (320, 768, 1280) for theme in ("light", "dark")]
ELSEWHERE = ("/survey", "/survey/stored", "/privacy", "/accessibility", "/survey/code", "/s/nonsense")


def inspect(page: Page) -> None:
    """Let axe look at the page at three widths in both themes; nothing may be wider than the screen."""
    heading(page)
    for width, theme in VIEWS:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found = [violation["id"] for violation in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        assert (page.url, width, theme, found, wide) == (page.url, width, theme, [], False)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_any_page_and_nothing_overflows(arrive, address, language):
    page = arrive("inside", language)
    page.click("main form >> button[type=submit] >> nth=0")
    inspect(page)
    for name in screens(page):
        if page.url.endswith("/1"):
            page.click("summary")
            page.click("button[value=elsewhere]")
            inspect(page)
            for path in ELSEWHERE:
                page.goto(address + path)
                inspect(page)
            page.goto(f"{address}/survey/1")
        if page.url.endswith("/5"):
            page.fill("#OV2", "many")
            page.click("button[value=next]")
            inspect(page)
            page.fill("#OV2", "40")
        if page.url.endswith(("/1", "/8", "/thanks")):
            inspect(page)
        assert name


def test_the_whole_questionnaire_in_arabic_reads_from_right_to_left(arrive, app):
    page = arrive("customer", "ar", viewport={"width": 320, "height": 740})
    for _ in screens(page):
        assert page.evaluate("[document.dir, document.documentElement.lang].join()") == "rtl,ar"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        if page.locator(".points").count():
            box, label = (page.locator(s).first.bounding_box() for s in (".option input", ".option span"))
            assert box["x"] > label["x"]
            page.focus("fieldset >> nth=0 >> input >> nth=0")
            page.evaluate(
                "document.activeElement.dispatchEvent("
                "new KeyboardEvent('keydown', {key: '٤', bubbles: true}))"
            )
    engine = app.extensions["engine"]
    assert "ar" in {row.language for row in scene.rows(engine, Intake)}
    assert any(row.answers[16] == "4" for row in scene.rows(engine, Intake) if row.language == "ar")


def test_an_access_code_is_asked_for_and_given(arrive):
    page = arrive("coded")
    assert heading(page) == "Access code"
    page.fill("#code", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error-summary:focus")
    page.fill("#code", "sesam12")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=How do you experience")


def test_the_language_is_switched_without_script_and_nothing_is_lost(arrive):
    page = arrive("customer", java_script_enabled=False)
    page.click("text=Start")
    page.check("#RG1-4")
    page.click("summary")
    page.click("text=Deutsch")
    assert heading(page) == "Teil 1 von 6"
    assert page.is_checked("#RG1-4")


def test_forced_colours_show_what_is_chosen(arrive):
    page = arrive("customer", forced_colors="active")
    page.click("text=Start")
    page.check("#RG1-4")
    border = "e => getComputedStyle(e.closest('.option')).borderTopWidth"
    assert page.eval_on_selector("#RG1-4", border) == "3px"
    assert page.eval_on_selector("#RG1-3", border) != "3px"


def serve(instance: Path, port: int) -> subprocess.Popen:
    """A server process of its own, that can be killed like one that lost its power."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    environment = {**os.environ, "INSTANCE": str(instance)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    await_port(port, open_=True)
    return process


def kill(process: subprocess.Popen, port: int) -> None:
    """Kill the server and its worker at once, and see that nobody listens any more."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(1)  # its worker dies after it; until then the port is not free
    await_port(port, open_=False)


def await_port(port: int, *, open_: bool) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if (probe.connect_ex(("127.0.0.1", port)) == 0) is open_:
                return
        time.sleep(0.1)
    raise TimeoutError


def test_a_killed_and_restarted_server_loses_no_saved_answer(browser, app, links, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    instance = Path(app.instance_path)
    before = len(scene.rows(app.extensions["engine"], Intake))
    page = browser.new_page(viewport=PHONE)
    server = serve(instance, port)
    try:
        page.goto(f"http://127.0.0.1:{port}{links['customer']}?lang=en")
        page.click("text=Start")
        for number in range(1, 7):
            if number < 6:
                page.check("fieldset >> nth=0 >> input >> nth=2")
            page.click("button[value=next]")
            page.wait_for_selector("text=Thank you" if number == 6 else f"text=Part {number + 1} of 6")
            if number in (1, 5):
                kill(server, port)
                server = serve(instance, port)
    finally:
        kill(server, port)
        page.close()
    rows = scene.rows(app.extensions["engine"], Intake)
    assert len(rows) == before + 1
    assert any(sorted(row.answers) == ["0"] * 29 + ["3"] * 4 for row in rows)


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
    page.locator("#RG1-1").wait_for()  # a click returns while the next document is still empty
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
