"""A browser of somebody of the demo's staff: pages, forms with their token, and texts without markup."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.desk import text

HOME = "/actions/1"


class Browser:
    """``role`` is "consultant" or "leader": the demo's two doors."""

    def __init__(self, client: FlaskClient, role: str) -> None:
        self.client = client
        token = self._token("/")
        assert client.post(f"/demo/{role}", data={"csrf_token": token}).status_code == 303
        self.token = self._token("/" if role == "leader" else "/workspace/new")

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def read(self, path: str) -> str:
        """What a reader sees of a page."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return text(page.text)

    def post(self, path: str, /, **fields: object) -> TestResponse:
        """Send a form with its token."""
        return self.client.post(path, data={"csrf_token": self.token, **fields})

    def _token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(path).text)
        assert found is not None, path
        return found.group(1)
