"""A respondent's browser without JavaScript: it keeps cookies and sends back the forms that it was shown."""

from __future__ import annotations

import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Respondent:
    """Somebody at a browser of their own."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.shown: TestResponse | None = None

    def open(self, token: str) -> TestResponse:
        """Click on the link in the mail."""
        return self._get(f"/s/{token}")

    def go(self, path: str) -> TestResponse:
        return self._get(path)

    def begin(self, **data: str) -> TestResponse:
        return self.send("/survey", **data)

    def send(self, path: str, *, csrf: bool = True, **data: Any) -> TestResponse:
        """Send a form; unless told otherwise with the token of the page that is on the screen."""
        if csrf:
            data = {"csrf_token": self.csrf, "since": self.since, **data}
        self.shown = self.client.post(path, data=data, follow_redirects=True)
        return self.shown

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        assert found is not None
        return found.group(1)

    @property
    def since(self) -> str:
        """When the page on the screen was shown, as it says itself."""
        found = re.search(r'name="since" value="([^"]+)"', self.page)
        return found.group(1) if found else ""

    @property
    def page(self) -> str:
        assert self.shown is not None
        return self.shown.get_data(as_text=True)

    @property
    def place(self) -> str:
        assert self.shown is not None
        return self.shown.request.path

    @property
    def heading(self) -> str:
        return html.unescape(re.findall(r"<h1>(.*?)</h1>", self.page, re.DOTALL)[0].strip())

    def chosen(self) -> dict[str, str]:
        """The radios that are checked on the screen."""
        boxes = re.findall(
            r'<input type="radio" name="([^"]+)" id="[^"]+" value="([^"]+)" checked', self.page
        )
        return {name: html.unescape(value) for name, value in boxes}

    def names(self) -> list[str]:
        """The names of the answer fields on the screen, in order."""
        names = re.findall(r'name="([A-Za-z0-9_]+)"', self.page)
        hidden = ("csrf_token", "since", "go", "viewport")
        return list(dict.fromkeys(name for name in names if name not in hidden))

    def _get(self, path: str) -> TestResponse:
        self.shown = self.client.get(path, follow_redirects=True)
        return self.shown
