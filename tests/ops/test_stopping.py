"""RELIABILITY F19 and F18 under load: what has come in is answered, and what was confirmed is in a backup."""

from __future__ import annotations

import http.client
import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import sqlalchemy as sa

from cultureassess import config
from cultureassess.db import make_engine, transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Intake, Response
from cultureassess.services.operations import backup, restore
from tests import scene
from tests.bench.respondent_load import HIDDEN, Respondent
from tests.cli.test_serve import page, serving

from .conftest import NOW, drop

LAST_PAGE = "/survey/6"
NAME = "stopped"


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path, monkeypatch, migrated_sqlite):
    """Of an installation that a server of its own will serve."""
    url = f"sqlite:///{tmp_path / 'cultureassess.sqlite3'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        drop(server, NAME)
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
        url = server.url.set(database=NAME).render_as_string(hide_password=False)
    else:
        (tmp_path / "cultureassess.sqlite3").write_bytes(migrated_sqlite.read_bytes())
    environ = {"DATABASE_URL": url, "SECRET_KEY": scene.SECRET_KEY, "LOG_FORMAT": "json"}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    yield config.load({"INSTANCE": str(tmp_path), **environ})
    if request.param == "postgresql":
        drop(server, NAME)


@pytest.fixture
def engine(settings):
    from cultureassess.db import migrate

    found = make_engine(settings.database_url)
    migrate.upgrade(found)
    yield found
    found.dispose()


@pytest.fixture
def token(engine) -> str:
    with transaction(engine) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        return scene.open_token(session, wave, Audience.CUSTOMER)


def at_the_last_page(port: int, token: str) -> tuple[Respondent, dict[str, str]]:
    """Somebody who has only to press "send"."""
    person = Respondent(f"http://127.0.0.1:{port}")
    person.ask("GET", f"/s/{token}")
    person.ask("POST", "/survey", dict(HIDDEN.findall(person.ask("GET", "/survey")[2])))
    form = dict(HIDDEN.findall(person.ask("GET", LAST_PAGE)[2]))
    person.connection.close()
    return person, form


@contextmanager
def everybody_waits(engine: sa.Engine) -> Iterator[None]:
    """Nobody can store an answer inside."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE intake IN EXCLUSIVE MODE")
        yield


def stored(engine: sa.Engine) -> int:
    """Answers in the intake, and those that the server's daily work has mixed into the rest since."""
    with transaction(engine) as session:
        counts = [sa.select(sa.func.count()).select_from(table) for table in (Intake, Response)]
        return sum(session.scalar(count) or 0 for count in counts)


def send(person: Respondent, form: dict[str, str], answers: list[int]) -> None:
    try:
        answers.append(person.ask("POST", LAST_PAGE, form)[0])
    except (http.client.HTTPException, OSError):
        answers.append(0)
    finally:
        person.connection.close()


def await_server(port: int) -> None:
    """On a busy machine the program alone takes half a minute to be read."""
    for _ in range(4):
        with suppress(AssertionError):
            assert page(port, "/healthz") == 200
            return
    raise TimeoutError


def stop_while_they_send(engine, tmp_path, token: str, number: int) -> tuple[list[int], int]:
    """What those got who had sent when the server was told to stop, and how it ended."""
    answers: list[int] = []
    said: list[str] = []
    with serving(tmp_path, "serve") as (process, port):
        reader = threading.Thread(target=lambda: said.extend(process.stdout))  # a full pipe stops the server
        reader.start()
        await_server(port)
        people = [at_the_last_page(port, token) for _ in range(number)]
        threads = [threading.Thread(target=send, args=(*person, answers)) for person in people]
        with everybody_waits(engine):
            for thread in threads:
                thread.start()
            time.sleep(1.5)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            assert answers == []
        for thread in threads:
            thread.join()
        process.wait(60)
        reader.join()
    output = "".join(said)
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    sent = [line for line in lines if line.get("endpoint") == "survey.save_page"]
    assert {(line["status"], line["logger"]) for line in sent} == {(303, "cultureassess.access")}
    assert len({line["request"] for line in sent}) == number
    assert [word for word in ("Traceback", token, "127.0.0.1:", "/survey") if word in output] == []
    return answers, process.returncode


def test_told_to_stop_it_answers_everybody_who_has_sent(engine, tmp_path, token):
    answers, code = stop_while_they_send(engine, tmp_path, token, 8)
    assert (answers, stored(engine), code) == ([303] * 8, 8, 0)


@pytest.mark.torture
def test_told_to_stop_it_answers_a_hundred(engine, tmp_path, token):
    answers, code = stop_while_they_send(engine, tmp_path, token, 100)
    assert (answers.count(303), stored(engine), code) == (100, 100, 0)


def back_up_while_they_send(engine, settings, tmp_path, token: str, *, backups: int, pause: float) -> None:
    """Every backup holds whatever was confirmed before it began, and can be restored."""
    confirmed, stop = [0], threading.Event()

    def answer_on() -> None:
        while not stop.is_set():
            with transaction(engine) as session:
                scene.answer(session, token, scene.everything(), audience=Audience.CUSTOMER)
            confirmed[0] += 1
            time.sleep(pause)

    thread = threading.Thread(target=answer_on)
    thread.start()
    try:
        for number in range(backups):
            before, path = confirmed[0], tmp_path / f"{number}.tar.gz"
            made = backup.back_up(engine, settings, path, now=NOW)
            rows = made.parts["tables/intake.jsonl"].rows
            assert before <= (rows or 0) <= confirmed[0] + 1
            assert made.parts["tables/submission.jsonl"].rows == rows
            assert restore.check(path) == made
    finally:
        stop.set()
        thread.join()
    assert stored(engine) == confirmed[0]


def test_a_backup_under_load_has_all_that_was_confirmed_before(engine, settings, tmp_path, token):
    back_up_while_they_send(engine, settings, tmp_path, token, backups=2, pause=0.05)


@pytest.mark.torture
def test_twenty_backups_under_load_have_all_that_was_confirmed_before(engine, settings, tmp_path, token):
    back_up_while_they_send(engine, settings, tmp_path, token, backups=20, pause=0.01)
