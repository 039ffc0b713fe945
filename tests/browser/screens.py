"""Moving through the questionnaire in a browser."""

from collections.abc import Iterator

from playwright.sync_api import Page

PHONE = {"width": 360, "height": 740}


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


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
