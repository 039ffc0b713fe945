"""An open wave in the application's own database, and people who hold links into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
import sqlalchemy as sa
from flask import Flask

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.services import links
from tests import scene
from tests.web.respondent import Respondent


@pytest.fixture
def tokens(app: Flask, sqlite: sa.Engine) -> Mapping[str, str]:
    """The links of an open wave: three open ones, and two personal ones."""
    key = app.config["SECRET_KEY"]
    with transaction(sqlite) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        return {
            "inside": scene.open_token(session, wave, Side.INSIDE, secret_key=key),
            "customer": scene.open_token(session, wave, Audience.CUSTOMER, secret_key=key),
            "partner": scene.open_token(session, wave, Audience.PARTNER, secret_key=key),
            "executive": links.create_invitation(session, wave, Audience.MANAGEMENT, role="executive"),
            "invited customer": links.create_invitation(session, wave, Audience.CUSTOMER),
        }


@pytest.fixture
def arrive(app: Flask, tokens: Mapping[str, str]) -> Callable[..., Respondent]:
    """Let somebody come in by a link; with ``begun`` they have started already."""

    def come(who: str, *, begun: bool = True) -> Respondent:
        respondent = Respondent(app)
        respondent.open(tokens[who])
        if begun:
            respondent.begin(**({"role": "executive"} if who == "inside" else {}))
        return respondent

    return come
