"""One Chromium for all browser tests, one server for each module, and respondents who come in by a link."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Invitee, Wave
from cultureassess.services.access_codes import set_access_code
from cultureassess.services.links import create_invitation, create_open_link, find_door, open_link_token
from cultureassess.services.stopping import stop_code
from tests import scene
from tests.browser.screens import PHONE

CHROMIUM = "/usr/bin/chromium-headless-shell"
"""Chromium without its windows, menus and services: the same pages for two thirds of the processor time."""

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
EXPECTED = (
    *("Clear-Site-Data", "Autofocus processing was blocked"),
    *(f"status of {status}" for status in (404, 410, 422, 503)),
)
"""Chromium says in the console that it obeyed this header, and that a page came with an error's status;
everything else there is a complaint."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with an empty database; a module may put its own in this one's place."""
    app = create_app(config.load({"INSTANCE": str(tmp_path_factory.mktemp("instance"))}))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where this module's application is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def links(app: Flask) -> Mapping[str, str]:
    """Links into an open wave, by who holds them."""
    key = app.config["SECRET_KEY"]
    with transaction(app.extensions["engine"]) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO, languages=("en", "ar", "de"))
        tokens = {
            "inside": scene.open_token(session, wave, Side.INSIDE, secret_key=key),
            "customer": scene.open_token(session, wave, Audience.CUSTOMER, secret_key=key),
            "executive": create_invitation(session, wave, Audience.MANAGEMENT, role="executive"),
            "used": create_invitation(session, wave, Audience.CUSTOMER),
            "withdrawn": create_invitation(session, wave, Audience.CUSTOMER),
        }
        used, withdrawn = (find_door(session, tokens[name]).invitation for name in ("used", "withdrawn"))
        assert used is not None
        assert withdrawn is not None
        used.used, withdrawn.revoked = True, True
        coded = create_open_link(session, wave, Audience.PARTNER, secret_key=key)
        set_access_code(coded, "Sesam 12")
        tokens["coded"] = open_link_token(coded, secret_key=key)
        return {name: f"/s/{token}" for name, token in tokens.items()} | _stop_pages(session, wave, key)


def _stop_pages(session: Session, wave: Wave, key: str) -> dict[str, str]:
    """The links under their mails of somebody who gets mail, and of somebody who wants no more."""
    invitees = {
        name: Invitee(wave_id=wave.id, audience=Audience.CUSTOMER, language="en", stopped=stopped)
        for name, stopped in (("mailed", False), ("left alone", True))
    }
    session.add_all(invitees.values())
    session.flush()
    return {name: f"/stop/{stop_code(one.id, secret_key=key)}" for name, one in invitees.items()}


@pytest.fixture
def arrive(browser: Browser, address: str, links: Mapping[str, str]) -> Iterator[Callable[..., Page]]:
    """Come in by a link in a fresh browser, and see at the end that it complained about nothing."""
    contexts, complaints, fetched = [], [], []

    def come(who: str, language: str = "en", **settings: object) -> Page:
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
