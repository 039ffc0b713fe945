"""The questionnaire in Chromium: without script, by keyboard, in Arabic, in another language on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from cultureassess.models import Intake, IntakeComment
from tests import scene
from tests.browser.screens import heading, screens

pytestmark = pytest.mark.browser


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


def resume_page(page: Page) -> Page:
    """Begin, and ask for the link that goes on elsewhere."""
    page.click("main form >> button[type=submit] >> nth=0")
    page.click("button[value=elsewhere]")
    page.locator(".resume").wait_for()
    return page


@pytest.mark.parametrize(("language", "copied"), [("en", "Copied"), ("ar", "تم النسخ")])
def test_the_resume_link_is_copied_by_keyboard_and_that_is_announced(arrive, language, copied):
    page = resume_page(arrive("customer", language, permissions=["clipboard-read", "clipboard-write"]))
    box = page.locator(".copying button").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    focus(page, "button", page.inner_text(".copying button"))
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text=copied).wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.get_attribute(".resume a", "href")


def test_a_browser_that_refuses_to_copy_marks_the_link(arrive):
    page = resume_page(arrive("customer"))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.click(".copying button")
    page.get_by_role("status").filter(has_text="It is marked now").wait_for()
    assert page.evaluate("getSelection().toString()") == page.get_attribute(".resume a", "href")


def test_without_script_there_is_no_button_that_does_nothing(arrive):
    page = resume_page(arrive("customer", java_script_enabled=False))
    assert page.locator(".resume a").count() == 1
    assert page.locator(".copying").count() == 0


def test_a_page_weighs_at_most_60_kilobytes(arrive):
    page, sizes = arrive("inside"), []
    page.on("response", lambda response: sizes.append(len(response.body()) if response.status == 200 else 0))
    page.check("input[name=role] >> nth=0")
    page.click("text=Start")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) <= 60_000


@pytest.mark.parametrize("leave", ["back", "reload"])
def test_what_was_answered_last_is_kept_when_somebody_leaves_the_page_at_once(arrive, leave):
    page = arrive("customer")
    page.click("main form >> button[type=submit] >> nth=0")
    page.wait_for_url("**/survey/1")
    page.check("#RG1-4")
    page.go_back() if leave == "back" else page.reload()
    for _ in range(20):  # the last answers are sent while the next page is already shown
        page.goto(page.url.rpartition("/survey")[0] + "/survey/1")
        if page.is_checked("#RG1-4"):
            break
        page.wait_for_timeout(100)
    assert page.is_checked("#RG1-4")
