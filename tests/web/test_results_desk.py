"""What the consultant does with the results: screening, words, pages, release."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from cultureassess.models import AuditEntry, Wave
from cultureassess.services.comment_screening import MASK, digest
from cultureassess.services.comments import read_with_comments
from tests.web import desk, showcase

COMMENTS = "/results/1/comments"


@pytest.fixture
def app(tmp_path):
    return showcase.make(tmp_path)


@pytest.fixture
def leader(app):
    client = app.test_client()
    return desk.lead(client, showcase.token(client, "/"))


@pytest.fixture
def written(app):
    """The first customers' comment: its text, and its address for the form."""
    with app.extensions["sessions"]() as session:
        snapshot = read_with_comments(session, session.get_one(Wave, 1))
    found = next(one for one in snapshot.comments if one.audience == "customer")
    name = digest(found, found.comments[0], secret_key=app.extensions["settings"].secret_key)
    return found.comments[0], f"{COMMENTS}/{name.hex()}"


def send(client, address: str, **form: str):
    token = showcase.token(client, "/results/1/words")
    return client.post(address, data={"csrf_token": token, **form})


def log(app) -> list[str]:
    with app.extensions["sessions"]() as session:
        return list(session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def everywhere(client, text: str) -> set[str]:
    """Where a comment can be read."""
    paths = (COMMENTS, "/results/1/snapshot.json", "/results/1/tables/comments.csv")
    return {path for path in paths if text in client.get(path).text.replace("&#39;", "'")}


def choose(client, *pages: str):
    return send(client, "/results/1/pages", page=list(pages))


def test_a_withheld_comment_is_in_no_page_and_no_file(client, leader, written):
    text, address = written
    assert choose(client, "answer", "comments").status_code == 303
    assert everywhere(leader, text) == {
        COMMENTS,
        "/results/1/snapshot.json",
        "/results/1/tables/comments.csv",
    }
    assert send(client, address, action="withhold").status_code == 303
    assert everywhere(leader, text) == set()
    assert everywhere(client, text) == {COMMENTS}
    assert send(client, address, action="show").status_code == 303
    assert len(everywhere(leader, text)) == 3


def test_masked_words_are_replaced_and_nothing_else(app, client, leader, written):
    text, address = written
    word = max(re.findall(r"\w+", text), key=len)
    assert choose(client, "comments").status_code == 303
    assert send(client, address, action="mask", words=word.upper()).status_code == 303
    expected = re.sub(re.escape(word), MASK, text, flags=re.IGNORECASE)
    assert len(everywhere(leader, expected)) == 3
    assert everywhere(leader, text) == set()
    assert log(app)[-1] == "screened a comment"


def test_words_that_do_not_stand_in_a_comment_are_refused_and_kept(app, client, written):
    text, address = written
    answer = send(client, address, action="mask", words="Mr <Nobody>")
    assert answer.status_code == 422
    assert "“Mr &lt;Nobody&gt;” does not stand in this comment." in answer.text
    assert 'value="Mr &lt;Nobody&gt;"' in answer.text
    assert "<title>Error:" in answer.text
    assert everywhere(client, text)
    assert log(app) == []


@pytest.mark.parametrize("key", ["00", "zz", "0" * 64])
def test_an_unknown_comment_changes_nothing(app, client, key):
    assert send(client, f"{COMMENTS}/{key}", action="withhold").status_code in (400, 404)
    assert log(app) == []


def test_a_leader_cannot_screen(client, leader, written):
    _, address = written
    token = showcase.token(leader, "/")
    for path in (address, COMMENTS, "/results/1/words", "/results/1/pages", "/results/1/release"):
        assert leader.post(path, data={"csrf_token": token, "action": "withhold"}).status_code == 404


def test_comments_that_nobody_has_read_go_nowhere(app, client, leader, written):
    text, _ = written
    choose(client, "comments")
    with app.extensions["engine"].begin() as connection:
        connection.execute(sa.text("UPDATE presentation SET comments_read = NULL"))
    assert everywhere(leader, text) == set()
    assert everywhere(client, text) == {COMMENTS}
    assert "Nobody but you has seen these comments." in client.get(COMMENTS).text
    assert send(client, COMMENTS).status_code == 303
    assert len(everywhere(leader, text)) == 3
    assert log(app)[-1] == "read all comments"


def test_words_appear_where_they_belong_and_are_logged(app, client, leader):
    form = {
        "note-answer": "  Begin with one journey.\r\nNot with eight. ",
        "note-EO": "Ask first.",
        "note-XX": "no",
    }
    assert send(client, "/results/1/words", signature="A. Consultant", **form).status_code == 303
    assert "Begin with one journey.\nNot with eight." in leader.get("/results/1").text
    assert "A. Consultant" in leader.get("/results/1").text
    assert "Ask first." in leader.get("/results/1/indices/EO").text
    assert "Ask first." not in leader.get("/results/1/indices/CF").text
    assert log(app)[-1] == "wrote about results"
    assert send(client, "/results/1/words", signature="", **dict.fromkeys(form, "")).status_code == 303
    assert "consultant" not in desk.text(leader.get("/results/1").text).lower()


def test_words_that_are_too_long_are_refused_and_kept(client):
    answer = send(client, "/results/1/words", signature="", **{"note-answer": "é" * 1201})
    assert answer.status_code == 422
    assert "é" * 1201 in answer.text
    assert 'href="#note-answer">Please shorten this text to 1,200 characters.</a>' in answer.text
    assert client.get("/results/1").text.count("é" * 10) == 0


@pytest.mark.parametrize("pages", [[], ["answer", "answer"], ["nothing"], ["words"]])
def test_a_choice_of_pages_that_cannot_be_is_refused(app, client, pages):
    answer = choose(client, *pages)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert log(app) == []


def test_leaders_are_given_the_chosen_pages_in_their_order(client, leader):
    assert choose(client, "segments", "", "answer", "quality").status_code == 303
    page = leader.get("/results/1/heat-map")
    tabs = re.search(r'<nav class="tabs".*?</nav>', page.text, re.DOTALL)
    assert tabs is not None
    assert re.findall(r'href="/results/1([^"]*)"', tabs.group()) == ["/heat-map", "", "/quality"]
    assert leader.get("/results/1/indices").status_code == 404


def test_an_answer_is_never_in_the_log(app, client, written):
    text, address = written
    send(client, address, action="mask", words=max(re.findall(r"\w+", text), key=len))
    with app.extensions["sessions"]() as session:
        kept = [f"{entry.action} {entry.detail}" for entry in session.scalars(sa.select(AuditEntry))]
    assert kept == ["screened a comment "]
