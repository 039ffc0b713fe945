"""An application in which the cast can sign in, without and with a mail server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.db import transaction
from cultureassess.models import Mail
from cultureassess.services import fielding
from cultureassess.services.mail import sealing
from tests import cast
from tests.cast import Person

SMTP = {"SMTP_HOST": "localhost", "SMTP_FROM": "culture@example.org", "SMTP_SECURITY": "none"}


@pytest.fixture
def make(tmp_path: Path, sqlite: sa.Engine) -> Callable[..., Flask]:
    """Make an installation with the cast, and any settings."""

    def build(**settings: str) -> Flask:
        with transaction(sqlite) as session:
            a = fielding.create_organisation(session, "Nordlicht Logistics", "nordlicht")
            b = fielding.create_organisation(session, "Südstern Foods", "suedstern")
            cast.populate(session, a, b)
        return create_app(config.load({"INSTANCE": str(tmp_path), **settings}), engine=sqlite)

    return build


@pytest.fixture
def staff(make: Callable[..., Flask]) -> Flask:
    return make()


@pytest.fixture
def mailing(make: Callable[..., Flask]) -> Flask:
    """The same with a mail server."""
    return make(**SMTP)


@pytest.fixture
def person(staff: Flask) -> Callable[[str], Person]:
    return lambda name: Person(staff, name)


def mails(app: Flask) -> list[sealing.Text]:
    """What lies in the outbox, oldest first."""
    key = app.config["SECRET_KEY"]
    with app.extensions["sessions"]() as session:
        found = session.scalars(sa.select(Mail).order_by(Mail.id)).all()
        return [sealing.open_sealed(mail.sealed, secret_key=key) for mail in found if mail.sealed]
