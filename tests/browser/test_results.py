"""The staff pages in Chromium: the chart under our policy, without script, by keyboard, on paper."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from cultureassess import clock
from cultureassess.models import Wave
from cultureassess.report.words import ENGLISH
from cultureassess.services.closing import close_wave
from tests.browser.screens import violations
from tests.web import showcase

pytestmark = pytest.mark.browser

RESULTS = (
    *("/results/1", "/results/1/indices", "/results/1/indices/EO", "/results/2/change", "/results/1/next"),
    *("/results/1/chain", "/results/1/blind-spots", "/results/1/importance", "/results/1/people"),
    *("/results/1/heat-map", "/results/2/comments", "/results/1/quality", "/results/1/workshop"),
    *("/results/2/words", "/results/1/files", "/results/1/units", "/results/clients"),
)
PAGES = ("/", "/workspace", *RESULTS)
INDICES = "/results/1/indices"
DRAWN = (INDICES, "/results/1/blind-spots", "/results/1/importance")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
GRID = tuple((size, scheme) for size in (NARROW, WIDE) for scheme in ("light", "dark"))
LOOKS = [
    *(pytest.param(path, GRID[at % 2 * 3 :][:1], id=path) for at, path in enumerate(PAGES)),
    *(pytest.param(path, GRID, id=f"{path}-grid", marks=pytest.mark.torture) for path in PAGES),
]
"""Pages, and the sizes and themes in which axe looks at them: by turns a phone in daylight and a wide
screen in the dark; all four in ``make torture``."""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The demo with both waves closed, so that there is something to compare."""
    made = showcase.make(tmp_path_factory.mktemp("instance"))
    with made.extensions["sessions"]() as session:
        close_wave(session, session.get_one(Wave, showcase.THIS), today=clock.today())
        session.commit()
    return made


@pytest.fixture
def visit(browser, address):
    """Open a page and keep what the browser complains about and fetches."""
    contexts = []

    def opened(path, **settings):
        context = browser.new_context(**{"viewport": WIDE, **settings})
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.fetched = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.fetched.append(request.url))
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def draw(page):
    """Scroll to the chart and wait until plotly.js has drawn it."""
    page.locator("[data-chart]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-drawn] .main-svg .scatterlayer .point", state="attached")
    return page.locator("[data-live]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plotly_draws_without_a_violation_or_a_foreign_request(visit, address, scheme):
    page = visit(INDICES, color_scheme=scheme)
    live = draw(page)
    live.locator(".draglayer .nsewdrag").hover()
    page.wait_for_selector(".hoverlayer .legend", state="attached")
    assert page.complaints == []
    assert {urlsplit(url).netloc for url in page.fetched} == {urlsplit(address).netloc}
    assert not page.locator(".drawing").is_visible()


def test_the_drawn_points_are_the_numbers_of_the_table(app, visit):
    page = visit(INDICES)
    draw(page)
    drawn = page.evaluate("document.querySelector('[data-live]').data.map(({name, x, y}) => ({name, x, y}))")
    snapshot = showcase.snapshot(app)
    rows = page.locator("tr[data-index]")
    assert rows.count() == len(snapshot.indices) == 8
    for place in range(rows.count()):
        row = rows.nth(place)
        name = row.locator("th a").inner_text()
        for trace, audience in zip(drawn, ("management", "staff", "customer"), strict=True):
            mean = trace["x"][trace["y"].index(name)]
            printed = row.locator(f"[data-group={audience}] b").inner_text()
            assert printed == ENGLISH.score(mean, snapshot.level_cuts)


def test_arrow_keys_read_the_chart_row_by_row(visit):
    page = visit(INDICES)
    draw(page).focus()
    page.keyboard.press("ArrowDown")
    first = page.locator("[data-reading] p").inner_text()
    assert page.locator("[data-reading] dt").all_inner_texts() == ["Inside", "Customers"] * 3
    page.keyboard.press("ArrowDown")
    assert first.startswith(page.locator("tr[data-index] th a").nth(0).inner_text() + ": ")
    second = page.locator("tr[data-index] th a").nth(1).inner_text()
    assert page.locator("[data-reading] p").inner_text().startswith(f"{second}: ")
    page.locator(".hoverlayer", has_text=second).wait_for(state="attached")
    assert page.complaints == []


def test_arrow_keys_read_a_plane_mark_by_mark(app, visit):
    page = visit("/results/1/blind-spots")
    live = draw(page)
    live.focus()
    page.keyboard.press("ArrowRight")
    told = live.evaluate("chart => chart.data[0].customdata[0]")
    assert told.startswith(f"{showcase.snapshot(app).indices[0].name}: ")
    page.locator(".hoverlayer", has_text=told).wait_for(state="attached")
    assert page.locator("[data-reading] p").inner_text().startswith(f"{told} ")
    assert page.locator("[data-reading] dt").first.inner_text() == "Inside"
    assert page.complaints == []


def test_without_script_the_drawing_stays(visit):
    page = visit(INDICES, java_script_enabled=False)
    assert page.locator(".drawing svg").is_visible()
    assert not page.locator("[data-live]").is_visible()


def test_a_narrow_screen_has_strips_and_fetches_no_plotly(visit):
    page = visit(INDICES, viewport=NARROW)
    page.locator("[data-chart]").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert page.locator(".strips .strip").first.is_visible()
    assert not page.locator(".drawing").is_visible()
    assert [url for url in page.fetched if "plotly.min.js" in url] == []


def test_on_paper_the_drawing_is_back(visit):
    page = visit(INDICES)
    draw(page)
    page.emulate_media(media="print")
    assert page.locator(".drawing").is_visible()
    assert not page.locator("[data-live]").is_visible()


@pytest.mark.parametrize(("path", "looks"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_wider_than_320_pixels(visit, path, looks):
    page = visit(path, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.complaints == []
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if path in DRAWN and size is WIDE:
            draw(page)
        found = violations(page)
        assert (size, scheme, found) == (size, scheme, [])


def test_without_script_both_wordings_can_be_opened(visit):
    page = visit(INDICES, java_script_enabled=False)
    first = page.locator(".wording").first
    assert not first.locator("dd").first.is_visible()
    first.locator("summary").click()
    assert first.locator("dd").first.is_visible()


def test_a_chart_becomes_a_picture_without_leaving_the_site(visit, address, tmp_path):
    page = visit("/results/1/files")
    with page.expect_download() as download:
        page.get_by_role("button", name="Eight indices, PNG").click()
    download.value.save_as(tmp_path / "chart.png")
    assert download.value.suggested_filename == "indices.png"
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert page.complaints == []
    assert {urlsplit(url).netloc for url in page.fetched if not url.startswith("data:")} == {
        urlsplit(address).netloc
    }


def test_the_workshop_reveals_forecast_managers_customers(visit):
    page = visit("/results/1/workshop")
    page.wait_for_load_state("networkidle")
    sent = len(page.fetched)
    page.get_by_role("button", name="Begin, full screen").click()
    current = page.locator("[data-round]:not([hidden])")
    assert current.locator("h2").inner_text() == "External Orientation"
    assert not current.get_by_text("Managers said").is_visible()
    current.get_by_label("The room's forecast").fill("70")
    page.keyboard.press("Enter")
    assert current.get_by_text("Managers said").is_visible()
    assert not current.get_by_text("Customers said").is_visible()
    page.keyboard.press("ArrowRight")
    assert current.get_by_text("Customers said").is_visible()
    assert current.locator(".said b").all_inner_texts() == ["66", "55"]
    page.keyboard.press("ArrowRight")
    assert current.locator("h2").inner_text() == "Shared Beliefs"
    assert not current.get_by_text("Managers said").is_visible()
    page.keyboard.press("ArrowLeft")
    assert current.get_by_label("The room's forecast").input_value() == "70"
    page.keyboard.press("Escape")
    assert page.locator("[data-round]").nth(3).is_visible()
    assert len(page.fetched) == sent
    assert page.complaints == []


def test_the_workshop_fits_a_projector(visit):
    page = visit("/results/1/workshop", viewport={"width": 1280, "height": 720})
    page.get_by_role("button", name="Begin, full screen").click()
    for _ in range(8 * 3 - 1):
        assert page.evaluate("document.documentElement.scrollHeight") <= 720
        page.keyboard.press("ArrowRight")


def test_the_workshop_reads_without_script(visit):
    page = visit("/results/1/workshop", java_script_enabled=False)
    round_ = page.locator("[data-round]").first
    assert not round_.locator(".said").first.is_visible()
    round_.get_by_text("Managers said").click()
    assert round_.locator(".said").first.is_visible()
    assert not page.get_by_role("button", name="Begin, full screen").is_visible()
