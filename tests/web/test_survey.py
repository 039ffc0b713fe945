"""The questionnaire as a respondent meets it, without JavaScript."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
import time_machine

from cultureassess import clock
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Draft, Intake, IntakeComment, Invitation, State, Submission, Wave
from tests import scene
from tests.web.respondent import Respondent

PARTS = {"customer": 6, "partner": 6, "inside": 8, "executive": 8}


def stored(engine) -> Intake:
    return scene.rows(engine, Intake)[0]


def walk(respondent: Respondent, answers: dict[str, str]) -> list[str]:
    """Answer the whole questionnaire, giving each page what it asks for; return the headings seen."""
    headings = []
    while respondent.place != "/survey/thanks":
        headings.append(respondent.heading)
        respondent.send(
            respondent.place, **{name: answers[name] for name in respondent.names() if name in answers}
        )
    return headings


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


def test_the_welcome_page_says_the_four_things(arrive):
    page = arrive("customer", begun=False).page
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))
    assert "Nordlicht Logistics asks its customers and its own people the same questions" in text
    assert "About 5 minutes." in text
    assert "a group of fewer than 5 people is never shown" in text
    assert "stop whenever you like" in text
    assert 'href="/survey/stored"' in page


def test_insiders_are_told_seven_minutes(arrive):
    assert "About 7 minutes." in arrive("executive", begun=False).page


def test_an_open_inside_link_asks_first_who_leads_people(arrive):
    respondent = arrive("inside", begun=False)
    assert respondent.names() == ["role"]
    respondent.begin()
    assert respondent.shown.status_code == 422
    assert "Choose what fits you best." in respondent.page
    assert respondent.page.count("<title>Error: ") == 1


@pytest.mark.parametrize(
    ("role", "audience"),
    [
        ("executive", Audience.MANAGEMENT),
        ("middle manager", Audience.MANAGEMENT),
        ("frontline manager or supervisor", Audience.MANAGEMENT),
        ("no people responsibility", Audience.STAFF),
    ],
)
def test_the_role_decides_the_audience(arrive, sqlite, role, audience):
    respondent = arrive("inside", begun=False)
    respondent.begin(role=role)
    walk(respondent, {})
    assert (stored(sqlite).role, stored(sqlite).audience) == (role, audience)


@pytest.mark.parametrize("who", PARTS)
def test_everybody_gets_the_parts_of_the_method(arrive, who):
    respondent = arrive(who)
    assert walk(respondent, {}) == [f"Part {n} of {PARTS[who]}" for n in range(1, PARTS[who] + 1)]


def test_every_statement_is_a_fieldset_of_its_own_with_nothing_chosen(arrive):
    respondent = arrive("customer")
    legends = re.findall(r"<fieldset[^>]*>\s*<legend>(.*?)</legend>", respondent.page)
    assert legends[:2] == [
        "Nordlicht Logistics keeps the promises it makes to me.",
        "What I get from Nordlicht Logistics is right the first time.",
    ]
    assert len(legends) == 5
    assert respondent.chosen() == {}
    assert respondent.page.count("Can&#39;t judge / does not apply") == 5
    assert "required" not in respondent.page


def test_a_whole_questionnaire_is_stored_as_it_was_answered(arrive, sqlite, instrument):
    points = {item.id: "12345D"[place % 6] for place, item in enumerate(instrument.rated)}
    others = {"OV1": "4", "OV2": "60 %", "ENPS": "10", "function": "IT", "contact": "daily"}
    comments = {"OPEN_I1": "  Zu viele Formulare.\r\nWirklich. ", "OPEN_I2": "   "}
    walk(arrive("inside"), points | others | comments)
    row = stored(sqlite)
    assert row.answers == "".join(points[item.id] for item in instrument.rated)
    assert row.outcomes == "004060---010"
    assert (row.segment_1, row.segment_2) == ("IT", "daily")
    assert row.seconds is not None
    assert [(c.question, c.text) for c in scene.rows(sqlite, IntakeComment)] == [
        ("OPEN_I1", "Zu viele Formulare.\nWirklich.")
    ]


def test_an_empty_questionnaire_may_be_sent(arrive, sqlite):
    respondent = arrive("customer")
    walk(respondent, {})
    assert respondent.heading == "Thank you"
    assert (stored(sqlite).answers, stored(sqlite).outcomes) == ("0" * 33, "---" * 4)


def test_back_keeps_everything(arrive):
    respondent = arrive("customer")
    respondent.send("/survey/1", RG1="2", CM1="D")
    respondent.send("/survey/2", EO1="5", go="back")
    assert (respondent.place, respondent.chosen()) == ("/survey/1", {"RG1": "2", "CM1": "D"})
    assert Respondent.go(respondent, "/survey/2") is respondent.shown
    assert respondent.chosen() == {"EO1": "5"}


def test_back_from_the_first_part_leads_to_the_welcome_page(arrive):
    respondent = arrive("customer")
    respondent.send("/survey/1", RG1="2", go="back")
    assert respondent.place == "/survey"
    assert "Continue where you stopped" in respondent.page


def test_an_answer_can_be_taken_back(arrive):
    respondent = arrive("customer")
    respondent.send("/survey/6", OPEN_C1="Keep calling.", go="stay")
    respondent.go("/survey/6")
    assert "Keep calling." in respondent.page
    respondent.send("/survey/6", OPEN_C1="", go="stay")
    respondent.go("/survey/6")
    assert "Keep calling." not in respondent.page


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


@pytest.mark.parametrize("who", ["customer", "executive"])
def test_sending_twice_stores_once_and_confirms_twice(arrive, sqlite, who):
    respondent, last = arrive(who), f"/survey/{PARTS[who]}"
    respondent.go(last)
    token = respondent.csrf
    for _ in range(2):
        respondent.send(last, csrf=False, csrf_token=token)
        assert (respondent.place, respondent.heading) == ("/survey/thanks", "Thank you")
    assert len(scene.rows(sqlite, Intake)) == 1


def test_of_two_tabs_the_first_counts_and_the_second_is_thanked(arrive, sqlite):
    respondent = arrive("customer")
    respondent.send("/survey/6", OPEN_C1="First tab.")
    respondent.go("/survey/thanks")
    respondent.client.get("/survey")
    second = respondent.client.get("/survey/6")
    assert (second.status_code, second.location) == (303, "/survey/thanks")
    assert [c.text for c in scene.rows(sqlite, IntakeComment)] == ["First tab."]


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


def test_nobody_begins_after_the_last_day(arrive, sqlite):
    late = arrive("customer", begun=False)
    close_on(sqlite, scene.LONG_AGO)
    assert late.begin().status_code == 410


def test_closing_by_hand_grants_no_hour(arrive, sqlite):
    begun = arrive("executive")
    close_on(sqlite, dt.date(2100, 1, 1))
    with transaction(sqlite) as session:
        session.execute(sa.update(Wave).values(state=State.CLOSED))
    assert begun.send("/survey/8").status_code == 410


def test_before_the_first_day_the_page_says_when(arrive, tokens, sqlite):
    with time_machine.travel("2019-12-24T12:00+00:00", tick=False):
        early = arrive("customer", begun=False)
    assert (early.shown.status_code, early.heading) == (403, "Not open yet")
    assert "opens on 1 January 2020" in early.page


def close_on(engine, day: dt.date) -> None:
    with transaction(engine) as session:
        session.execute(sa.update(Wave).values(closes_on=day))


def test_without_a_link_the_pages_ask_for_it(client):
    for path in ("/survey", "/survey/1", "/survey/stored"):
        response = client.get(path)
        assert response.status_code == 404
        assert "by the link that you were sent" in response.get_data(as_text=True)


def test_who_has_not_begun_is_led_to_the_welcome_page(arrive):
    respondent = arrive("customer", begun=False)
    respondent.go("/survey/3")
    assert respondent.place == "/survey"


@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999"])
def test_a_part_that_does_not_exist_is_not_found(arrive, number):
    assert arrive("customer").go(f"/survey/{number}").status_code == 404


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


def test_the_last_part_says_where_answers_are_missing(arrive):
    respondent = arrive("customer")
    respondent.send("/survey/1", **dict.fromkeys(("RG1", "RG2", "CF2", "CI2", "CM1"), "3"))
    respondent.go("/survey/6")
    assert re.findall(r'href="/survey/(\d)"', respondent.page) == ["2", "3", "4"]


def test_the_page_of_what_is_stored_shows_every_column_and_the_own_answers(arrive, sqlite):
    respondent = arrive("inside")
    respondent.send("/survey/1", RG1="5")
    respondent.go("/survey/stored")
    columns = re.findall(r'<th scope="row"><code>(\w+)</code>', respondent.page)
    unused = {"segment_3", "segment_4"}
    assert columns == [c.name for c in Intake.__table__.columns if c.name not in unused]
    walk(respondent.go("/survey/2") and respondent, {})
    assert stored(sqlite).answers.count("5") == 1
