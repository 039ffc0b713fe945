"""The questionnaire as a respondent meets it, without JavaScript."""

import re

import pytest

from cultureassess.instruments.types import Audience
from cultureassess.models import Intake, IntakeComment
from tests import scene
from tests.web.respondent import PARTS, Respondent, walk


def stored(engine) -> Intake:
    return scene.rows(engine, Intake)[0]


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


def test_who_has_not_begun_is_led_to_the_welcome_page(arrive):
    respondent = arrive("customer", begun=False)
    respondent.go("/survey/3")
    assert respondent.place == "/survey"


@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999"])
def test_a_part_that_does_not_exist_is_not_found(arrive, number):
    assert arrive("customer").go(f"/survey/{number}").status_code == 404


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
