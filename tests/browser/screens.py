"""Moving through the questionnaire in a browser."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE = {"width": 360, "height": 740}


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def violations(page: Page) -> list[str]:
    """What axe finds on a page, rule by rule with the places; the demo's banner stands outside on purpose.

    Of the rules that hold it gathers no places: that would take it as long as the finding.
    """
    found = Axe().run(page, {"exclude": [[".demo-banner"]]}, {"resultTypes": ["violations"]})
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found.response["violations"]
    ]


def screens(page: Page) -> Iterator[str]:
    """Every screen up to and with the last one, pressing Continue in between."""
    yield heading(page)
    if page.locator("input[name=role]").count():
        page.check("input[name=role] >> nth=0")
    page.click("main form >> button[type=submit] >> nth=0")
    while not page.url.endswith("/thanks"):
        yield heading(page)
        page.click("button[value=next]")
    yield heading(page)
