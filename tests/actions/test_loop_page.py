"""Who writes what respondents are told, who approves it, and that nobody approves what they have not read."""

from __future__ import annotations

import pytest

from cultureassess.models import LoopText, Wave
from tests.actions.browser import HOME, Browser
from tests.actions.test_heard import TEXTS, seen
from tests.web import showcase

LOOP = f"/workspace/waves/{showcase.LAST}/loop"


@pytest.fixture
def texts(app) -> dict[str, str]:
    """A whole form for the released wave."""
    with app.extensions["sessions"]() as session:
        languages = session.get_one(Wave, showcase.LAST).languages
    return {f"{part}-{language}": said for language in languages for part, said in TEXTS.items()}


@pytest.fixture
def colleague(app) -> Browser:
    """Another consultant at another desk."""
    return Browser(app.test_client(), "consultant")


def stored(demo) -> str:
    demo.expire_all()
    row = demo.get(LoopText, (showcase.LAST, "en"))
    found = "" if row is None else row.doing
    demo.commit()
    return found


def test_a_leader_writes_for_a_released_wave_and_the_consultant_approves(leader, consultant, texts):
    assert "Tell everybody who answered" in leader.read(HOME)
    assert leader.post(LOOP, seen=seen(leader, LOOP), **texts).status_code == 303
    page = leader.read(LOOP)
    assert "One number for all." in page
    assert "approve and show" not in page
    assert 'href="/workspace' not in leader.get(LOOP).text
    for deed in ("approve", "withdraw"):
        assert leader.post(f"{LOOP}/{deed}", seen=seen(leader, LOOP), **texts).status_code == 404
    assert "Not shown" in consultant.read(LOOP)
    assert consultant.post(f"{LOOP}/approve", seen=seen(consultant, LOOP), **texts).status_code == 303
    assert "Shown behind the links" in leader.read(LOOP)


def test_a_leader_finds_no_page_before_the_release(leader):
    unreleased = f"/workspace/waves/{showcase.THIS}/loop"
    assert leader.get(unreleased).status_code == 404
    assert leader.post(unreleased).status_code == 404


def test_what_stands_in_the_form_is_what_is_approved(consultant, demo, texts):
    consultant.post(LOOP, seen=seen(consultant, LOOP), **texts)
    edited = {**texts, "doing-en": "Two numbers for all."}
    assert consultant.post(f"{LOOP}/approve", seen=seen(consultant, LOOP), **edited).status_code == 303
    assert stored(demo) == "Two numbers for all."


@pytest.mark.parametrize("path", [LOOP, f"{LOOP}/approve"])
def test_texts_that_somebody_else_changed_meanwhile_are_compared_first(
    consultant, colleague, demo, texts, path
):
    before = seen(consultant, LOOP)
    colleague.post(LOOP, seen=before, **{**texts, "doing-en": "Written by a colleague."})
    page = consultant.post(path, seen=before, **texts)
    assert page.status_code == 422
    assert "Somebody else has changed these texts" in page.text
    assert "Written by a colleague." in page.text
    assert "One number for all." in page.text
    assert stored(demo) == "Written by a colleague."
    assert "Not shown" in colleague.read(LOOP)


def test_a_refused_approval_stores_nothing_and_keeps_what_was_typed(consultant, demo, texts):
    page = consultant.post(f"{LOOP}/approve", seen=seen(consultant, LOOP), **{**texts, "heard-en": ""})
    assert page.status_code == 422
    assert "One number for all." in page.text
    assert stored(demo) == ""


def test_saving_unchanged_texts_says_that_they_are_still_shown(consultant, texts):
    consultant.post(f"{LOOP}/approve", seen=seen(consultant, LOOP), **texts)
    consultant.post(LOOP, seen=seen(consultant, LOOP), **texts)
    assert "they are still shown" in consultant.read(LOOP)
