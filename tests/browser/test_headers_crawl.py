"""Every page in Chromium: the headers of RELIABILITY T.5 on every answer, no violation of the policy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.exceptions import HTTPException
from werkzeug.serving import make_server

from cultureassess.services import links
from cultureassess.web.headers import ALWAYS, YEAR
from tests.web import showcase

pytestmark = pytest.mark.browser

VIOLATION = "Content Security Policy"
SLOW = ("results.report", "results.document")
"""Written for half a minute each; of PDFs the poster stands for all."""
DOWNLOADS = ("results.snapshot", "results.table", "results.drawing", "audit.file", "poster.poster")
LEAST = 40
"""Pages that are reached at least; fewer means that the crawl has lost its way."""

Headers = dict[str, str]


@dataclass
class Crawl:
    """What was seen: endpoint -> the addresses that were opened, every answer, every complaint."""

    opened: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[str, int, Headers]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def wrong(self) -> list[str]:
        return [
            f"{url}: {name}" for url, status, found in self.answers for name in faults(url, status, found)
        ]


def faults(url: str, status: int, found: Headers) -> list[str]:
    """The headers that are not as they must be."""
    wrong = [name for name, value in ALWAYS.items() if found.get(name.lower()) != value]
    kept = found.get("cache-control", "")
    if "/static/" in url and "?v=" in url and status == 200:
        wrong += ["Cache-Control"] * (kept != YEAR)
    elif kept not in ("no-store", "no-cache", YEAR):
        wrong.append(f"Cache-Control: {kept}")
    wrong += ["Server"] * any(character.isdigit() for character in found.get("x-powered-by", ""))
    return wrong


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = showcase.make(tmp_path_factory.mktemp("instance"))

    @made.get("/broken")
    def broken() -> str:
        raise RuntimeError("broken on purpose")

    return made


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(accept_downloads=False)
    made.set_default_timeout(240_000)
    yield made
    made.close()


@pytest.fixture(scope="module")
def crawl(app: Flask, address: str, context: BrowserContext) -> Crawl:
    """From the consultant's door and the respondent's, one address of every endpoint."""
    found = Crawl()
    context.on("console", lambda said: found.violations.append(said.text) if VIOLATION in said.text else None)
    context.on("response", lambda answer: keep(found, answer))
    page = context.new_page()
    page.goto(f"{address}/")
    page.locator("form[action='/demo/consultant'] button").click()
    page.wait_for_load_state()
    waiting = [
        f"{address}/workspace",
        f"{address}/results/1",
        f"{address}/account",
        *respondents(app, address),
    ]
    while waiting:
        url = waiting.pop(0)
        endpoint = endpoint_of(app, url)
        if endpoint is None or endpoint in (*found.opened, *SLOW):
            continue
        found.opened[endpoint] = url
        if "." in urlsplit(url).path or endpoint in DOWNLOADS:
            look(context, found, url)
            continue
        page.goto(url)
        hrefs = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        waiting += [
            urldefrag(href).url for href in hrefs if urlsplit(href).netloc == urlsplit(address).netloc
        ]
    page.close()
    return found


def respondents(app: Flask, address: str) -> list[str]:
    """The ways into the questionnaire, and its pages."""
    with app.extensions["sessions"]() as session:
        from cultureassess.models import Wave

        wave = session.get_one(Wave, showcase.THIS)
        link = next(one for one in links.open_links(session, wave) if one.audience == "customer")
        token = links.open_link_token(link, secret_key=app.config["SECRET_KEY"])
    return [f"{address}{path}" for path in (f"/s/{token}", "/survey", "/survey/stored", "/survey/thanks")]


def keep(found: Crawl, answer: object) -> None:
    from playwright.sync_api import Response

    assert isinstance(answer, Response)
    found.answers.append((answer.url, answer.status, dict(answer.headers)))


def look(context: BrowserContext, found: Crawl, url: str) -> None:
    """Fetch an address without opening it: a file would be a download."""
    answer = context.request.get(url, max_redirects=0)
    found.answers.append((url, answer.status, dict(answer.headers)))


def endpoint_of(app: Flask, url: str) -> str | None:
    parts = urlsplit(url)
    try:
        return app.url_map.bind(parts.netloc).match(parts.path, method="GET")[0]  # type: ignore[return-value]
    except HTTPException:
        return None


def test_the_crawl_reaches_the_pages(crawl):
    assert len(crawl.opened) >= LEAST, sorted(crawl.opened)
    reached = {"workspace.wave", "results.indices", "poster.poster", "survey.enter", "workspace.links"}
    assert reached - set(crawl.opened) == set()


def test_every_answer_of_the_crawl_has_the_headers(crawl):
    kinds = {found.get("content-type", "").partition(";")[0] for _, _, found in crawl.answers}
    assert {"text/html", "text/css", "application/pdf"} <= kinds
    assert crawl.wrong() == []


def test_no_page_violates_the_policy(crawl):
    assert crawl.violations == []
    assert [url for url, _, _ in crawl.answers if url.endswith("/csp-report")] == []


def test_the_policy_is_noticed_when_it_is_violated(crawl, context, address):
    """Otherwise the test above would prove nothing."""
    page = context.new_page()
    page.goto(f"{address}/healthz")
    before = len(crawl.violations)
    page.goto(f"{address}/workspace")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_timeout(300)
    assert len(crawl.violations) > before
    del crawl.violations[before:]
    page.close()


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("GET", "/nowhere", 0, 404),
        ("GET", "/static/nowhere.css", 0, 404),
        ("PUT", "/workspace", 0, 405),
        ("POST", "/account/sign-in", 300_000, 413),
        ("GET", "/broken", 0, 500),
        ("GET", "/healthz", 0, 200),
        ("GET", "/readyz", 0, 503),
    ],
)
def test_mistakes_and_probes_have_the_headers(app, context, address, method, path, size, status):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = context.request.fetch(
        f"{address}{path}", method=method, form={"text": "x" * size} if size else None
    )
    assert (answer.status, faults(path, status, dict(answer.headers))) == (status, [])
