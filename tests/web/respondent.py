"""A respondent's browser without JavaScript: it keeps cookies and sends back the forms that it was shown."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from cultureassess.db import transaction
from cultureassess.models import Wave

PARTS = {"customer": 6, "partner": 6, "inside": 8, "executive": 8}
"""How many parts the questionnaire has, by the link somebody came by."""


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

    @property
    def mark(self) -> str:
        """Which questionnaire the page on the screen belongs to, as it says itself."""
        return re.findall(r'name="of" value="([^"]+)"', self.page)[0]

    def chosen(self) -> dict[str, str]:
        """The radios that are checked on the screen."""
        boxes = re.findall(
            r'<input type="radio" name="([^"]+)" id="[^"]+" value="([^"]+)" checked', self.page
        )
        return {name: html.unescape(value) for name, value in boxes}

    def names(self) -> list[str]:
        """The names of the answer fields on the screen, in order."""
        names = re.findall(r'name="([A-Za-z0-9_]+)"', self.page)
        hidden = ("csrf_token", "since", "turn", "of", "go", "viewport")
        return list(dict.fromkeys(name for name in names if name not in hidden))

    def _get(self, path: str) -> TestResponse:
        self.shown = self.client.get(path, follow_redirects=True)
        return self.shown


def walk(respondent: Respondent, answers: dict[str, str]) -> list[str]:
    """Answer the whole questionnaire, giving each page what it asks for; return the headings seen."""
    headings = []
    while respondent.place != "/survey/thanks":
        headings.append(respondent.heading)
        respondent.send(
            respondent.place, **{name: answers[name] for name in respondent.names() if name in answers}
        )
    return headings


def close_on(engine: sa.Engine, day: dt.date) -> None:
    """Set the last day of every wave."""
    with transaction(engine) as session:
        session.execute(sa.update(Wave).values(closes_on=day))
