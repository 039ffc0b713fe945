"""The privacy note is made from the wave that the reader's link leads to."""

from cultureassess.db import transaction
from cultureassess.disclosure.minimums import Rules
from cultureassess.instruments.types import Side
from cultureassess.models import Anonymity

from ..scene import SECRET_KEY, TODAY, open_token, open_wave
from .scenery import invited_wave


def read(client, token):
    client.get(f"/s/{token}")
    return client.get("/privacy").text


def test_without_a_link_the_general_note_is_shown(client):
    answer = client.get("/privacy")
    assert answer.status_code == 200
    assert "at least 5 answers" in answer.text


def test_the_note_has_the_waves_own_thresholds_and_mode(client, sqlite, monkeypatch):
    monkeypatch.setattr("cultureassess.clock.today", lambda: TODAY)
    with transaction(sqlite) as session:
        wave = open_wave(session, anonymity=Anonymity.ANONYMOUS, rules=Rules(k=8, k_comments=12))
        token = open_token(session, wave, Side.INSIDE, secret_key=SECRET_KEY)
    text = read(client, token)
    assert "at least 8 answers, comments for groups of at least 12 people" in text
    assert "This survey is anonymous" in text
    assert "your name and address" not in text
    assert "Nordlicht Logistics asks" in text


def test_a_personal_link_is_called_confidential(client, sqlite, monkeypatch):
    monkeypatch.setattr("cultureassess.clock.today", lambda: TODAY)
    _, tokens = invited_wave(sqlite, [{}])
    text = read(client, tokens[0])
    assert "the survey is confidential" in text
    assert "your name and address are in a list of their own" in text
    assert "anonymous:" not in text


def test_the_questionnaire_links_to_the_note(client, sqlite, monkeypatch):
    monkeypatch.setattr("cultureassess.clock.today", lambda: TODAY)
    _, tokens = invited_wave(sqlite, [{}])
    page = client.get(f"/s/{tokens[0]}", follow_redirects=True)
    assert page.status_code == 200
    assert 'href="/privacy"' in page.text
