"""The questionnaire holds SQLite's write lock for writing alone (FACTS 6: short transactions)."""

import pytest
import sqlalchemy as sa

from cultureassess.app import create_app
from cultureassess.db import transaction
from cultureassess.db.sqlite import reading
from cultureassess.models import OpenLink, Organisation, Wave
from cultureassess.services.access_codes import set_access_code
from cultureassess.web import database
from tests.web.respondent import Respondent


@pytest.fixture
def said(sqlite):
    """What was said to the database, statement by statement."""
    heard: list[str] = []

    @sa.event.listens_for(sqlite, "before_cursor_execute")
    def hear(_connection, _cursor, statement, _values, _context, _many):
        heard.append(" ".join(statement.split()[:2]))

    return heard


def locked(said: list[str]) -> list[str]:
    """What was said after the lock was taken."""
    return said[said.index("BEGIN IMMEDIATE") + 1 :] if "BEGIN IMMEDIATE" in said else []


def test_looking_takes_no_lock(arrive, said):
    respondent = arrive("customer")
    said.clear()
    for path in ("/survey", "/survey/1", "/survey/stored", "/survey/thanks"):
        respondent.go(path)
    assert "BEGIN" in said
    assert locked(said) == []


def test_a_form_with_a_mistake_takes_no_lock(arrive, said):
    respondent = arrive("inside")
    said.clear()
    assert respondent.send("/survey/5", OV2="many").status_code == 422
    assert locked(said) == []


def test_continue_looks_for_the_page_before_it_takes_the_lock(arrive, said):
    respondent = arrive("customer")
    token, since = respondent.csrf, respondent.since
    said.clear()
    respondent.client.post("/survey/1", data={"csrf_token": token, "since": since, "RG1": "4"})
    assert locked(said) == ["SELECT draft.ciphertext", "INSERT INTO"]


def test_an_access_code_is_compared_before_the_lock_is_taken(app, arrive, tokens, sqlite, said):
    with transaction(sqlite) as session:
        for link in session.scalars(sa.select(OpenLink)):
            set_access_code(link, "Sesam 12")
    respondent = Respondent(app)
    respondent.open(tokens["customer"])
    token = respondent.csrf
    said.clear()
    respondent.client.post("/survey/code", data={"csrf_token": token, "code": "sesam12"})
    assert locked(said) == []
    respondent.client.post("/survey/code", data={"csrf_token": token, "code": "wrong"})
    assert locked(said) == ["UPDATE open_link"]


def test_a_wave_erased_while_somebody_begins_takes_nothing(arrive, sqlite, said):
    respondent = arrive("customer", begun=False)
    gone: list[int] = []

    @sa.event.listens_for(sqlite, "before_cursor_execute")
    def erase(_connection, _cursor, statement, _values, _context, _many):
        if statement == "BEGIN IMMEDIATE" and not gone:
            gone.append(1)
            with reading(), sqlite.begin() as other:
                other.execute(sa.delete(Wave))

    assert respondent.begin().status_code == 410
    assert gone == [1]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_on_postgresql_who_only_reads_opens_no_transaction_and_can_write_nothing(settings, engine):
    """A page of five statements would otherwise be nine ways to the server and back."""
    app = create_app(settings, engine=engine)
    with app.test_request_context("/survey/1"):
        database.read_lightly()
        session = database.session()
        assert session.connection().connection.dbapi_connection.info.transaction_status.name == "IDLE"
        session.add(Organisation(name="Nordlicht", slug="nordlicht"))
        with pytest.raises(RuntimeError, match="only reads"):
            session.flush()
        session.rollback()
        for statement in ("DELETE FROM organisation", "SELECT id FROM organisation FOR UPDATE"):
            with pytest.raises(RuntimeError, match="only reads"):
                session.execute(sa.text(statement))
            session.rollback()
        organisation = Organisation(name="Nordlicht", slug="nordlicht")
        database.write_now().add(organisation)
        session.flush()
        assert session.connection().connection.dbapi_connection.info.transaction_status.name == "INTRANS"
        session.rollback()
        assert session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 0
