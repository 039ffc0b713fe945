"""RELIABILITY R4: a full run writes no token, address, browser or answer anywhere."""

import html
import logging
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from cultureassess.db import make_engine, session_factory
from cultureassess.instruments.types import Side
from cultureassess.models import Comment, Response
from cultureassess.services.upkeep import Upkeep

from ..cli.test_serve import page, serving
from ..scene import TODAY, open_token, open_wave, rows
from ..web.respondent import Respondent
from .scenery import NOW, close, invited_wave

COMMENT = "the stairs to the archive are dangerous"
BROWSER = "Mozilla/5.0 (the browser of a test)"
ADDRESS = "198.51.100.23"
CONTACT = "jana.kowalski@nordlicht.example"


def fields(page):
    """Something for every question: the last option of each, and the same comment everywhere."""
    options = re.findall(r'<input type="radio" name="([^"]+)" id="[^"]+" value="([^"]+)"', page)
    return {name: html.unescape(value) for name, value in options} | dict.fromkeys(
        re.findall(r'<textarea[^>]* name="([^"]+)"', page), COMMENT
    )


def answer_everything(app, token):
    """Go through the whole questionnaire, with a comment on the last page."""
    respondent = Respondent(app)
    respondent.client.environ_base |= {"HTTP_USER_AGENT": BROWSER, "REMOTE_ADDR": ADDRESS}
    respondent.open(token)
    respondent.begin()
    for _ in range(12):
        if respondent.place.endswith("thanks"):
            return True
        respondent.send(respondent.place, go="next", **fields(respondent.page))
    return False


def test_the_application_logs_nothing_of_a_respondent(client, sqlite, monkeypatch, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    wave_id, tokens = invited_wave(sqlite, [{"account": "Umlaufberg AG"}] * 6, accounts=True)
    monkeypatch.setattr("cultureassess.clock.today", lambda: TODAY)
    for token in tokens:
        assert answer_everything(client.application, token)
    client.get("/s/not-a-token")
    assert Upkeep().run(sqlite, now=NOW)["responses mixed"] == 6
    close(sqlite, wave_id)
    assert [comment.text for comment in rows(sqlite, Comment)].count(COMMENT) == 12
    written = caplog.text + "".join(capfd.readouterr())
    assert "endpoint=survey.enter" in written
    answers = {response.answers for response in rows(sqlite, Response)}
    for secret in (*tokens, *answers, COMMENT, BROWSER, ADDRESS, "Umlaufberg", "not-a-token"):
        assert secret not in written


def test_server_and_worker_write_nothing_of_a_respondent(tmp_path):
    environment = {**os.environ, "INSTANCE": str(tmp_path), "CONTACT": CONTACT}
    subprocess.run([sys.executable, "-m", "cultureassess", "worker", "--once"], env=environment, check=True)
    engine = make_engine(f"sqlite:///{tmp_path / 'cultureassess.sqlite3'}")
    with session_factory(engine).begin() as session:
        key = (tmp_path / "secret_key").read_text() if (tmp_path / "secret_key").exists() else "x" * 43
        wave = open_wave(session, opens_on=TODAY)
        token = open_token(session, wave, Side.INSIDE, secret_key=key)
    engine.dispose()
    with serving(tmp_path, "serve") as (process, port):
        assert page(port) == 200
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        opener.addheaders = [("User-Agent", BROWSER)]
        for path in (f"/s/{token}", f"/s/{'x' * 43}", f"/s/{token}?mail={urllib.parse.quote(CONTACT)}"):
            try:
                opener.open(f"http://127.0.0.1:{port}{path}", timeout=30).read()
            except urllib.error.HTTPError as error:
                error.close()
        process.terminate()
        output, _ = process.communicate(timeout=40)
    assert "Serving" in output
    for secret in (token, "x" * 43, BROWSER, CONTACT, "127.0.0.1"):
        assert secret not in output
