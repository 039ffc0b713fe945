"""A mail server on loopback, and a postman of an empty database on either engine."""

import pytest

from cultureassess.services.mail.delivering import Postman
from cultureassess.services.mail.server import MailServer

from .outgoing import nobody
from .smtp import mail_server, settings_for


@pytest.fixture
def smtp():
    """(what the server takes, its port)."""
    with mail_server() as running:
        yield running


@pytest.fixture
def post(smtp):
    return smtp[0]


@pytest.fixture
def mailing(smtp, tmp_path):
    """The settings of an installation that mails through this server."""
    return settings_for(tmp_path, smtp[1])


@pytest.fixture
def postman(engine, mailing):
    sender = Postman(engine, mailing, nobody, MailServer(mailing, patience=0.5))
    yield sender
    sender.server.close()
