"""Links into the questionnaire: opening, damage, resuming, and days on which they lead nowhere."""

import pytest
import time_machine

from cultureassess.models import Draft, Intake, Invitation
from tests import scene
from tests.web.respondent import Respondent, close_on


def test_the_link_leaves_the_address_bar(client, tokens):
    response = client.get(f"/s/{tokens['customer']}")
    assert (response.status_code, response.location) == (303, "/survey")
    assert tokens["customer"] not in response.get_data(as_text=True)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_uses_nothing_up(client, sqlite, tokens, method):
    for _ in range(5):
        getattr(client, method)(f"/s/{tokens['executive']}")
    assert [invitation.used for invitation in scene.rows(sqlite, Invitation)] == [False, False]
    assert (scene.rows(sqlite, Draft), scene.rows(sqlite, Intake)) == ([], [])


@pytest.mark.parametrize("damage", ["{}?utm_source=mail", "{}.", "3D{}", "%3C{}%3E"])
def test_a_damaged_link_still_opens(app, tokens, damage):
    respondent = Respondent(app)
    respondent.open(damage.format(tokens["customer"]))
    assert respondent.heading == "How do you experience Nordlicht Logistics?"


def test_unknown_and_malformed_links_look_the_same(client, tokens):
    other = tokens["customer"][:-1] + ("A" if tokens["customer"][-1] != "A" else "B")
    answers = [client.get(f"/s/{token}") for token in (other, "x", "%00", "é", "a" * 5000)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data() for answer in answers}) == 1


def test_a_personal_link_resumes_on_another_device(app, arrive, tokens):
    arrive("executive").send("/survey/1", RG1="3")
    other = Respondent(app)
    other.open(tokens["executive"])
    other.begin()
    assert other.place == "/survey/2"
    other.go("/survey/1")
    assert other.chosen() == {"RG1": "3"}


def test_an_open_link_does_not_show_one_browsers_answers_to_another(app, arrive, tokens):
    arrive("customer").send("/survey/1", RG1="3")
    other = Respondent(app)
    other.open(tokens["customer"])
    other.begin()
    assert (other.place, other.chosen()) == ("/survey/1", {})


def test_an_open_link_resumes_in_the_same_browser(arrive, tokens):
    respondent = arrive("customer")
    respondent.send("/survey/1", RG1="3")
    respondent.open(tokens["customer"])
    respondent.begin()
    assert respondent.place == "/survey/2"


def test_somebody_else_at_the_same_browser_can_start_afresh(arrive, sqlite):
    respondent = arrive("customer")
    respondent.send("/survey/1", RG1="3")
    respondent.go("/survey")
    respondent.send("/survey/afresh")
    assert scene.rows(sqlite, Draft) == []
    respondent.begin()
    assert (respondent.place, respondent.chosen()) == ("/survey/1", {})


def test_a_personal_link_cannot_start_afresh(arrive, sqlite):
    respondent = arrive("executive")
    assert respondent.send("/survey/afresh").status_code == 404
    assert len(scene.rows(sqlite, Draft)) == 1


def test_without_a_link_the_pages_ask_for_it(client):
    for path in ("/survey", "/survey/1", "/survey/stored"):
        response = client.get(path)
        assert response.status_code == 404
        assert "by the link that you were sent" in response.get_data(as_text=True)


def test_before_the_first_day_the_page_says_when(arrive, tokens, sqlite):
    with time_machine.travel("2019-12-24T12:00+00:00", tick=False):
        early = arrive("customer", begun=False)
    assert (early.shown.status_code, early.heading) == (403, "Not open yet")
    assert "opens on 1 January 2020" in early.page


def test_nobody_begins_after_the_last_day(arrive, sqlite):
    late = arrive("customer", begun=False)
    close_on(sqlite, scene.LONG_AGO)
    assert late.begin().status_code == 410
