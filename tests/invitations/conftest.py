"""A mail server on loopback, and a postman who writes to invitees."""

import pytest

from cultureassess.services.inviting import compose
from cultureassess.services.mail.delivering import Postman
from cultureassess.services.mail.server import MailServer

from ..mail.smtp import mail_server, settings_for


@pytest.fixture
def smtp():
    with mail_server() as running:
        yield running


@pytest.fixture
def post(smtp):
    return smtp[0]


@pytest.fixture
def mailing(smtp, tmp_path):
    """The settings of an installation that mails through this server."""
    return settings_for(tmp_path, smtp[1], CONTACT="culture@nordlicht.example")


@pytest.fixture
def postman(engine, mailing):
    sender = Postman(engine, mailing, compose, MailServer(mailing, patience=2))
    yield sender
    sender.server.close()
