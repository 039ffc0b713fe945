"""No more mails: the page, the one-click request of mail programs, and codes that are not ours."""

import pytest

from cultureassess.db import transaction
from cultureassess.models import Invitee
from cultureassess.services.stopping import stop_code

from .scenery import customers, invite, people


@pytest.fixture
def code(app, sqlite, settings):
    invite(sqlite, settings, customers(2))
    return stop_code(people(sqlite)[0].id, secret_key=settings.secret_key)


def stopped(sqlite):
    return [person.stopped for person in people(sqlite)]


def test_opening_the_link_changes_nothing(client, code, sqlite):
    for method in (client.get, client.head):
        assert method(f"/stop/{code}").status_code == 200
    assert stopped(sqlite) == [False, False]


def test_a_mail_program_stops_mails_with_one_request(client, code, sqlite):
    answer = client.post(f"/stop/{code}", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert stopped(sqlite) == [True, False]
    assert "There will be no more mails" in answer.text
    assert "There will be no more mails" in client.get(f"/stop/{code}").text


def test_the_link_to_the_questionnaire_goes_on_working(client, code, sqlite):
    client.post(f"/stop/{code}")
    with transaction(sqlite) as session:
        assert not session.get_one(Invitee, people(sqlite)[0].id).invitation.revoked


def test_every_changed_code_is_unknown(client, code, sqlite):
    for place in range(len(code)):
        other = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        assert client.post(f"/stop/{other}").status_code == 404
    for wrong in ("1", "1-", code + "A", code[:-1], "0" + code, "9" * 30 + "-" + "A" * 22):
        assert client.post(f"/stop/{wrong}").status_code == 404
    assert stopped(sqlite) == [False, False]


def test_somebody_who_was_deleted_is_told_the_same(client, code, sqlite):
    with transaction(sqlite) as session:
        session.delete(session.get_one(Invitee, people(sqlite)[0].id))
    assert "There will be no more mails" in client.get(f"/stop/{code}").text


def test_the_page_speaks_the_persons_language(client, sqlite, settings):
    invite(sqlite, settings, [("Anna", "a@kunde.example", "de")], header=("Name", "E-Mail", "Sprache"))
    code = stop_code(people(sqlite)[0].id, secret_key=settings.secret_key)
    assert '<html lang="de"' in client.get(f"/stop/{code}", headers={"Accept-Language": "xx"}).text
