"""Sending: once for the person, only while the wave takes answers, only from our own form."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa
import time_machine

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.models import Draft, Intake, IntakeComment, State, Submission, Wave
from tests import scene
from tests.web.respondent import PARTS, Respondent, close_on, walk


def test_an_empty_questionnaire_may_be_sent(arrive, sqlite):
    respondent = arrive("customer")
    walk(respondent, {})
    assert respondent.heading == "Thank you"
    (row,) = scene.rows(sqlite, Intake)
    assert (row.answers, row.outcomes) == ("0" * 33, "---" * 4)


@pytest.mark.parametrize("who", ["customer", "executive"])
def test_sending_twice_stores_once_and_confirms_twice(arrive, sqlite, who):
    respondent, last = arrive(who), f"/survey/{PARTS[who]}"
    respondent.go(last)
    token = respondent.csrf
    for _ in range(2):
        respondent.send(last, csrf=False, csrf_token=token)
        assert (respondent.place, respondent.heading) == ("/survey/thanks", "Thank you")
    assert len(scene.rows(sqlite, Intake)) == 1


@pytest.mark.parametrize("who", ["customer", "executive"])
@pytest.mark.parametrize("clicks", [6, pytest.param(50, marks=pytest.mark.torture)])
def test_clicks_at_the_same_moment_store_once_and_are_all_thanked(app, arrive, sqlite, who, clicks):
    respondent, last = arrive(who), f"/survey/{PARTS[who]}"
    respondent.go(last)
    form, cookies = {"csrf_token": respondent.csrf, "go": "next"}, respondent.client._cookies
    together, led = threading.Barrier(clicks), []

    def click() -> None:
        client = app.test_client()
        client._cookies.update(cookies)
        together.wait(60)
        led.append(client.post(last, data=form).location)

    threads = [threading.Thread(target=click) for _ in range(clicks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert led == ["/survey/thanks"] * clicks
    assert len(scene.rows(sqlite, Intake)) == 1


def test_of_two_tabs_the_first_counts_and_the_second_is_thanked(arrive, sqlite):
    respondent = arrive("customer")
    respondent.send("/survey/6", OPEN_C1="First tab.")
    respondent.go("/survey/thanks")
    respondent.client.get("/survey")
    second = respondent.client.get("/survey/6")
    assert (second.status_code, second.location) == (303, "/survey/thanks")
    assert [c.text for c in scene.rows(sqlite, IntakeComment)] == ["First tab."]


@pytest.mark.parametrize("who", ["customer", "executive", "inside"])
def test_start_in_an_old_tab_leads_to_the_thanks_and_begins_nothing(arrive, sqlite, who):
    respondent = arrive(who)
    respondent.go("/survey")
    start = {"csrf_token": respondent.csrf}
    respondent.go("/survey/1")
    walk(respondent, {})
    pressed = respondent.client.post("/survey", data=start)
    assert (pressed.status_code, pressed.location) == (303, "/survey/thanks")
    assert scene.rows(sqlite, Draft) == []


def test_after_sending_the_personal_link_says_thank_you(app, arrive, tokens, sqlite):
    walk(arrive("executive"), {})
    other = Respondent(app)
    other.open(tokens["executive"])
    assert other.heading == "Thank you"


def test_after_sending_the_next_person_may_use_the_open_link_in_the_same_browser(arrive, tokens, sqlite):
    respondent = arrive("customer")
    walk(respondent, {})
    respondent.open(tokens["customer"])
    respondent.begin()
    walk(respondent, {})
    assert len(scene.rows(sqlite, Intake)) == len(scene.rows(sqlite, Submission)) == 2


def test_sending_leaves_no_draft(arrive, sqlite):
    respondent = arrive("customer")
    respondent.send("/survey/1", RG1="3")
    assert len(scene.rows(sqlite, Draft)) == 1
    respondent.go("/survey/6")
    respondent.send("/survey/6")
    assert scene.rows(sqlite, Draft) == []


def test_the_thank_you_page_is_the_same_for_everybody(client, arrive):
    respondent = arrive("customer")
    walk(respondent, {})
    assert client.get("/survey/thanks").get_data() == respondent.shown.get_data()


def test_a_closed_wave_takes_no_answers(arrive, tokens, sqlite):
    respondent = arrive("customer")
    with transaction(sqlite) as session:
        session.execute(sa.update(Wave).values(state=State.CLOSED))
    assert respondent.send("/survey/1", RG1="3").status_code == 410
    assert respondent.heading == "This survey has ended"
    assert respondent.open(tokens["customer"]).status_code == 410


def test_after_the_close_a_used_link_says_what_an_unused_one_does(app, arrive, tokens, sqlite):
    walk(arrive("executive"), {})
    assert Respondent(app).open(tokens["executive"]).status_code == 200
    with transaction(sqlite) as session:
        session.execute(sa.update(Wave).values(state=State.CLOSED))
    answers = [Respondent(app).open(tokens[who]) for who in ("executive", "invited customer")]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert answers[0].get_data() == answers[1].get_data()


@pytest.mark.parametrize(
    ("moment", "status"),
    [("23:59:59", 200), ("00:00:00", 200), ("00:00:01", 200), ("00:59:00", 200), ("01:01:00", 410)],
)
def test_who_began_in_time_has_an_hour_after_the_last_day(arrive, sqlite, moment, status):
    begun = arrive("executive")
    last_day = clock.today() + dt.timedelta(days=1)
    close_on(sqlite, last_day)
    day = last_day if moment.startswith("23") else last_day + dt.timedelta(days=1)
    with time_machine.travel(f"{day}T{moment}+00:00", tick=False):
        answer = begun.send("/survey/8", OPEN_I1="Late, but in time.")
    assert answer.status_code == status
    assert len(scene.rows(sqlite, Intake)) == (status == 200)
    if status == 410:
        assert "nothing of this page was stored" in begun.page
        assert "culture@nordlicht.example" in begun.page


def test_closing_by_hand_grants_no_hour(arrive, sqlite):
    begun = arrive("executive")
    close_on(sqlite, dt.date(2100, 1, 1))
    with transaction(sqlite) as session:
        session.execute(sa.update(Wave).values(state=State.CLOSED))
    assert begun.send("/survey/8").status_code == 410


def test_a_form_from_elsewhere_is_refused(arrive, sqlite):
    respondent = arrive("customer")
    before = [draft.ciphertext for draft in scene.rows(sqlite, Draft)]
    for form in ({}, {"csrf_token": "forged"}):
        assert respondent.send("/survey/1", csrf=False, RG1="5", **form).status_code == 400
    assert [draft.ciphertext for draft in scene.rows(sqlite, Draft)] == before


def test_autosave_answers_with_nothing_and_counts_no_time(arrive):
    respondent = arrive("customer")
    token = respondent.csrf
    saved = respondent.client.post(
        "/survey/1", data={"csrf_token": token, "RG1": "4", "go": "stay", "since": "1"}
    )
    assert (saved.status_code, saved.get_data()) == (204, b"")
    respondent.go("/survey/1")
    assert respondent.chosen() == {"RG1": "4"}


def test_an_autosave_that_arrives_after_a_newer_continue_changes_nothing(arrive):
    respondent = arrive("customer")
    form = {"csrf_token": respondent.csrf, "since": respondent.since}
    for turn, point, go, status in ((1, "2", "stay", 204), (3, "5", "next", 303), (2, "4", "stay", 409)):
        sent = respondent.client.post("/survey/1", data={**form, "turn": str(turn), "RG1": point, "go": go})
        assert sent.status_code == status
    respondent.go("/survey/1")
    assert respondent.chosen() == {"RG1": "5"}
    again = {**form, "since": respondent.since, "turn": "4", "RG1": "1", "go": "stay"}
    assert respondent.client.post("/survey/1", data=again).status_code == 204
    assert 'name="turn" value="4"' in respondent.go("/survey/1").get_data(as_text=True)


def test_an_autosave_of_an_older_drawing_of_the_page_changes_nothing(arrive):
    respondent = arrive("customer")
    token = respondent.csrf
    kept = ((100, 2, "5", 204), (106, 3, "4", 204))
    late = ((100, 1, "1", 409), (100, 9, "1", 409))
    for since, turn, point, status in (*kept, *late, (106, 4, "3", 204)):
        form = {"csrf_token": token, "since": str(since), "turn": str(turn), "RG1": point, "go": "stay"}
        assert respondent.client.post("/survey/1", data=form).status_code == status
    respondent.go("/survey/1")
    assert respondent.chosen() == {"RG1": "3"}
