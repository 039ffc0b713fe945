"""What a link of a closed wave tells: only what was approved, and only what may be shown."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from msgspec.structs import replace

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import Wave
from cultureassess.services import links
from cultureassess.services.closing import close_wave
from cultureassess.snapshot.types import Share
from cultureassess.web.actions import heard
from tests.actions.browser import Browser
from tests.report import factory
from tests.web import showcase
from tests.web.desk import text

LOOP = f"/workspace/waves/{showcase.THIS}/loop"
TEXTS = {"heard": "You wait too long.", "expected": "We thought you did not.", "doing": "One number for all."}


def every_language(app: Flask) -> dict[str, str]:
    with app.extensions["sessions"]() as session:
        languages = session.get_one(Wave, showcase.THIS).languages
    return {
        f"{part}-{language}": f"{said} ({language})" for language in languages for part, said in TEXTS.items()
    }


def seen(browser: Browser, loop: str = LOOP) -> str:
    """What a form says about the texts that its reader saw."""
    found = re.search(r'name="seen" value="([0-9a-f]+)"', browser.get(loop).text)
    assert found is not None
    return found.group(1)


@pytest.fixture
def doors(app: Flask) -> list[str]:
    """The addresses of the open links, by token and by short code."""
    key = app.config["SECRET_KEY"]
    with app.extensions["sessions"]() as session:
        found = links.open_links(session, session.get_one(Wave, showcase.THIS))
        tokens = [f"/s/{links.open_link_token(link, secret_key=key)}" for link in found]
        return tokens + [f"/a/{links.short_code(link, secret_key=key)}" for link in found if link.short_hash]


@pytest.fixture
def closed(app: Flask) -> None:
    with transaction(app.extensions["engine"]) as session:
        wave = session.get_one(Wave, showcase.THIS)
        close_wave(session, wave, today=clock.today(), secret_key=app.config["SECRET_KEY"])


def test_a_link_tells_what_was_approved_in_the_readers_language_and_nothing_else(
    app, consultant, doors, closed
):
    told = every_language(app)
    lacking = {name: said for name, said in told.items() if name != "doing-de"}
    page = consultant.post(f"{LOOP}/approve", seen=seen(consultant), **lacking)
    assert page.status_code == 422
    assert 'href="#doing-de"' in page.text
    consultant.post(LOOP, seen=seen(consultant), **told)
    assert {app.test_client().get(door).status_code for door in doors} == {410}
    assert consultant.post(f"{LOOP}/approve", seen=seen(consultant), **told).status_code == 303
    for door in doors:
        page = app.test_client().get(f"{door}?lang=de")
        assert page.status_code == 200
        assert "Was wir jetzt tun One number for all. (de)" in text(page.text)
        assert app.test_client().head(door).status_code == 200
    consultant.post(f"{LOOP}/withdraw")
    assert app.test_client().get(doors[0]).status_code == 410


def test_while_the_wave_takes_answers_a_link_opens_the_questionnaire(app, consultant, doors):
    page = consultant.post(f"{LOOP}/approve", seen=seen(consultant), **every_language(app))
    assert page.status_code == 422
    assert "Close the wave first" in page.text
    assert app.test_client().get(doors[0]).status_code == 303


def test_the_figures_are_those_of_the_snapshot(snapshot):
    answered, share, forecast = heard.facts(snapshot, "en")
    assert answered == f"{snapshot.coverage[2].answered} customers answered."
    customers = snapshot.headline.groups["customer"]
    assert share.startswith(
        f"According to {customers.percent:.0f}% of the {customers.n} customers who answered this question, "
    )
    assert f"{snapshot.headline.forecast['management'].mean:.0f}%" in forecast


@pytest.mark.parametrize(
    ("count", "n", "told"),
    [
        (4, 7, "4 of the 7 customers who answered this question"),
        (28, 49, "28 of the 49 customers who answered this question"),
        (25, 50, "50% of the 50 customers who answered this question"),
    ],
)
def test_below_fifty_answers_to_the_question_a_count_is_told(count, n, told):
    base = factory.c17()
    groups = {**base.headline.groups, "customer": Share(n=n, count=count, percent=100 * count / n)}
    facts = heard.facts(replace(base, headline=replace(base.headline, groups=groups)), "en")
    assert told in facts[1]


def test_what_the_snapshot_withholds_is_not_told():
    base = factory.c17()
    coverage = tuple(replace(row, answered=None) for row in base.coverage)
    for hidden in (Share(), Share(n=12, bounded="95 or more")):
        groups = {**base.headline.groups, "customer": hidden}
        withheld = replace(base, coverage=coverage, headline=replace(base.headline, groups=groups))
        assert heard.facts(withheld, "en") == ()


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_each_language_has_its_own_words_and_the_same_places(language):
    said, english = heard.words(language), heard.words("en")
    for field in ("answered", "few", "many", "share", "forecast"):
        for place in ("{n}", "{count}", "{percent}", "{who}", "{ORG}"):
            assert (place in getattr(said, field)) == (place in getattr(english, field))
    assert language == "en" or said.title != english.title
