"""Setting up: a client and its wave from four fields to open, as a consultant does it."""

from __future__ import annotations

import html
import itertools
import re

import pytest
import sqlalchemy as sa
import time_machine

from cultureassess.instruments.types import Audience
from cultureassess.models import Anonymity, Base, OpenLink, Organisation, State, Wave
from tests.web import showcase
from tests.web.strange import STRANGE

NOW = "2026-11-22T09:00:00Z"
FOUR = {
    "client": "Müller & Söhne",
    "opens_on": "2026-11-30",
    "closes_on": "2026-12-20",
    "management": "20",
    "staff": "180",
    "customer": "100",
    "chosen": "all",
    "go": "save",
}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def app(tmp_path):
    return showcase.make(tmp_path, tokens=False)


@pytest.fixture
def draft(client) -> str:
    """The address of a draft."""
    return client.post("/workspace/new", data=FOUR).headers["Location"]


def stored(app, address: str) -> Wave:
    with app.extensions["sessions"]() as session:
        wave = session.get_one(Wave, int(address.rsplit("/", 1)[1]))
        assert wave.audiences
        assert wave.assessment.organisation.name
        return wave


def errors(page: str) -> list[tuple[str, str]]:
    """Every entry of the error summary: the field that it leads to, and the sentence."""
    return [
        (name, html.unescape(text)) for name, text in re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', page)
    ]


def rows_of(app) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored, to compare."""
    with app.extensions["sessions"]() as session:
        tables = (
            t for t in Base.metadata.sorted_tables if t.name in ("organisation", "wave", "wave_audience")
        )
        return {
            t.name: [tuple(row) for row in session.execute(sa.select(t).order_by(*t.primary_key))]
            for t in tables
        }


def test_four_fields_make_a_client_with_a_draft(app, client):
    answer = client.post("/workspace/new", data=FOUR)
    assert answer.status_code == 303
    wave = stored(app, answer.headers["Location"])
    assert (wave.state, wave.label) == (State.DRAFT, "Culture check 2026")
    assert wave.assessment.organisation.slug == "mueller-soehne"
    page = client.get(answer.headers["Location"]).text
    assert "20 managers and 100 customers who answer will reliably show gaps of about 14 points" in page
    assert "Nothing is asked yet" in page


def test_looking_at_the_plan_stores_nothing_and_keeps_what_was_typed(app, client):
    before = rows_of(app)
    page = client.post("/workspace/new", data={**FOUR, "management": "30", "customer": "200", "go": "look"})
    assert page.status_code == 200
    assert "30 managers and 200 customers who answer will reliably show gaps of about 11 points" in page.text
    assert 'value="Müller &amp; Söhne"' in page.text
    assert 'value="all" checked' in page.text
    assert rows_of(app) == before


def test_looking_at_the_plan_asks_for_its_numbers_alone(client):
    looked = client.post("/workspace/new", data={"management": "30", "customer": "200", "go": "look"})
    assert (looked.status_code, errors(looked.text)) == (200, [])
    unclear = client.post("/workspace/new", data={"customer": "many", "go": "look"})
    assert unclear.status_code == 422
    assert errors(unclear.text) == [
        ("management", "Enter how many managers are asked."),
        ("customer", "Enter a whole number from 0 to 1,000,000."),
    ]


def test_an_empty_form_says_what_is_missing_field_by_field(client):
    page = client.post("/workspace/new", data={})
    assert page.status_code == 422
    assert errors(page.text) == [
        ("client", "Enter the name of the client."),
        ("opens_on", "Enter the first day."),
        ("closes_on", "Enter the last day."),
        ("customer", "Enter how many customers are asked; a good guess will do."),
        ("management", "Enter how many managers or employees are asked."),
        ("chosen-1", "Say how the customers were chosen."),
    ]
    assert "<title>Error: " in page.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_on": "2026-11-29"}, "closes_on"),
        ({"opens_on": "2026-10-01", "closes_on": "2026-10-20"}, "closes_on"),
        ({"opens_on": "30.11.2026"}, "opens_on"),
        ({"opens_on": "2026-02-30"}, "opens_on"),
        ({"management": "many"}, "management"),
        ({"staff": "-3"}, "staff"),
        ({"customer": "0"}, "customer"),
        ({"customer": "9999999"}, "customer"),
        ({"chosen": "somehow"}, "chosen-1"),
        ({"client": "x" * 201}, "client"),
        ({"client": "\u200b\u2066"}, "client"),
    ],
)
def test_a_wrong_field_is_named_and_kept(client, change, field):
    page = client.post("/workspace/new", data={**FOUR, **change})
    assert page.status_code == 422
    assert [name for name, _ in errors(page.text)] == [field]
    if field != "chosen-1":
        assert f'value="{html.escape(next(iter(change.values())))}"' in page.text


def test_the_next_wave_of_a_client_takes_three_fields(app, client):
    three = {name: value for name, value in FOUR.items() if name != "client"}
    answer = client.post("/workspace/organisations/1/waves/new", data=three)
    assert stored(app, answer.headers["Location"]).assessment_id == 1


def test_a_draft_opens_and_then_its_plan_is_fixed(app, client, draft):
    assert client.post(f"{draft}/open").status_code == 303
    assert stored(app, draft).state is State.OPEN
    assert "disabled" in client.get(f"{draft}/settings/privacy").text
    answer = client.post(f"{draft}/settings/privacy", data={"anonymity": "anonymous", "k": "9"})
    assert answer.status_code == 422
    assert stored(app, draft).k == 5


def test_an_anonymous_wave_opens_with_its_links(app, client):
    draft = client.post("/workspace/new", data={**FOUR, "chosen": "open"}).headers["Location"]
    assert client.post(f"{draft}/open").headers["Location"] == f"{draft}/links"
    with app.extensions["sessions"]() as session:
        links = session.scalars(sa.select(OpenLink).filter_by(wave_id=stored(app, draft).id)).all()
    assert [(link.side.value, link.audience) for link in links] == [
        ("inside", None),
        ("outside", Audience.CUSTOMER),
    ]


def test_a_wave_without_an_audience_outside_is_not_planned(client, draft):
    data = {
        "audiences": ["management"],
        "definition-management": "All.",
        "roles": ["executive"],
        "chosen": "all",
    }
    page = client.post(f"{draft}/settings/people", data=data)
    assert errors(page.text) == [("audiences-1", "Choose at least one audience inside and one outside.")]


SETTINGS = {
    "period": {"label": "Autumn", "opens_on": "2026-12-01", "closes_on": "2026-12-24"},
    "people": {
        "audiences": ["management", "staff", "customer", "partner"],
        "definition-management": "The board and all heads.",
        "definition-staff": "Everybody else.",
        "definition-customer": "Whoever buys.",
        "definition-partner": "Hauliers.",
        "roles": ["executive", "middle manager"],
        "chosen": "random",
        "business": "yes",
        "invited-management": "22",
        "invited-customer": "300",
        "population-customer": "9000",
    },
    "questions": {
        "period": "6 months",
        "segments": ["inside.function", "inside.tenure", "outside.segment"],
        "values-outside.segment": "Key accounts\nRegional\n\nKey accounts\n",
        "values-inside.function": "Hub\nOffice",
        "outcomes": ["NPS"],
    },
    "privacy": {
        "anonymity": "confidential",
        "accounts": "yes",
        "k": "7",
        "k_comments": "12",
        "k_distribution": "11",
    },
    "languages": {"languages": ["de", "ar"], "first": "de", "informal": "yes", "name-ar": "شركة مولر"},
}


@pytest.mark.parametrize("section", SETTINGS)
def test_every_part_of_the_plan_is_kept_as_it_was_entered(client, draft, section):
    assert client.post(f"{draft}/settings/{section}", data=SETTINGS[section]).status_code == 303
    page = client.get(f"{draft}/settings/{section}").text
    for name, value in SETTINGS[section].items():
        for one in [value] if isinstance(value, str) else value:
            text = html.escape(one.strip().replace("\n\nKey accounts", ""))
            assert re.search(
                rf'name="{name}"[^>]*value="{re.escape(text)}"|name="{name}"[^>]*>\n?{re.escape(text)}</textarea>',
                page,
            ), (name, one)


def test_the_plan_is_stored_as_the_method_needs_it(app, client, draft):
    for section, data in SETTINGS.items():
        assert client.post(f"{draft}/settings/{section}", data=data).status_code == 303, section
    wave = stored(app, draft)
    assert (wave.label, wave.period, wave.business, wave.accounts) == ("Autumn", "6 months", True, True)
    assert (wave.k, wave.k_comments, wave.k_distribution) == (7, 12, 11)
    assert wave.management_roles == ("executive", "middle manager")
    assert wave.segments == ("inside.function", "inside.tenure", "outside.segment")
    assert wave.segment_options == {
        "inside.function": ("Hub", "Office"),
        "outside.segment": ("Key accounts", "Regional"),
    }
    assert (wave.left_out, wave.languages, wave.informal) == (("ENPS",), ("de", "ar"), True)
    assert wave.organisation_names == {"ar": ("شركة مولر",)}
    assert (wave.audiences[Audience.CUSTOMER].invited, wave.audiences[Audience.CUSTOMER].population) == (
        300,
        9000,
    )
    assert wave.anonymity is Anonymity.CONFIDENTIAL


@pytest.mark.parametrize(
    ("section", "change", "field"),
    [
        ("period", {"closes_on": "2026-11-01"}, "closes_on"),
        ("people", {"invited-customer": "9001"}, "invited-customer"),
        ("people", {"roles": []}, "roles-1"),
        ("people", {"definition-customer": " "}, "definition-customer"),
        ("questions", {"values-outside.segment": ""}, "values-outside.segment"),
        ("questions", {"values-outside.segment": "only one"}, "values-outside.segment"),
        ("questions", {"values-outside.segment": "\n".join("abcdefg")}, "values-outside.segment"),
        ("questions", {"period": ""}, "period"),
        ("privacy", {"k": "4"}, "k"),
        ("privacy", {"k_comments": "9"}, "k_comments"),
        ("privacy", {"anonymity": "anonymous"}, "accounts"),
        ("languages", {"languages": []}, "languages-1"),
        ("languages", {"first": "fr"}, "first-1"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(app, client, draft, section, change, field):
    before = rows_of(app)
    page = client.post(f"{draft}/settings/{section}", data={**SETTINGS[section], **change})
    assert page.status_code == 422
    assert [name for name, _ in errors(page.text)] == [field]
    assert f'id="{field}"' in page.text
    assert rows_of(app) == before


def test_five_segments_on_a_side_are_refused(client, draft):
    every = ["outside.decider", "outside.segment", "outside.tenure", "outside.contact", "outside.type"]
    page = client.post(f"{draft}/settings/questions", data={**SETTINGS["questions"], "segments": every})
    assert errors(page.text) == [("segments-1", "Choose at most four for each side.")]


def test_an_open_wave_lets_its_last_day_move_and_nothing_else_of_its_dates(app, client, draft):
    client.post(f"{draft}/open")
    data = {"label": "Autumn", "opens_on": "2026-01-01", "closes_on": "2027-01-15"}
    assert client.post(f"{draft}/settings/period", data=data).status_code == 303
    wave = stored(app, draft)
    assert (wave.opens_on.isoformat(), wave.closes_on.isoformat()) == ("2026-11-30", "2027-01-15")


def test_an_open_wave_keeps_its_audiences_when_numbers_are_corrected(app, client, draft):
    client.post(f"{draft}/open")
    data = {
        "audiences": ["partner"],
        "chosen": "picked",
        "invited-customer": "140",
        "invited-management": "21",
    }
    assert client.post(f"{draft}/settings/people", data=data).status_code == 303
    wave = stored(app, draft)
    assert {a: row.invited for a, row in wave.audiences.items()} == {
        Audience.MANAGEMENT: 21,
        Audience.STAFF: None,
        Audience.CUSTOMER: 140,
    }
    assert wave.chosen.value == "all"


def test_stopping_can_be_taken_back(app, client):
    assert "Stop taking answers" in client.get("/workspace/waves/2").text
    client.post("/workspace/waves/2/stop")
    page = client.get("/workspace/waves/2").text
    assert "Undo: take answers again" in page
    assert "Close the wave and score it" in page
    client.post("/workspace/waves/2/resume")
    assert not stored(app, "/workspace/waves/2").stopped


def test_a_stopped_wave_offers_no_later_last_day(client):
    assert "Move the last day" in client.get("/workspace/waves/2").text
    client.post("/workspace/waves/2/stop")
    assert "Move the last day" not in client.get("/workspace/waves/2").text


def test_a_wave_that_is_closed_early_shows_the_day(app, client):
    assert stored(app, "/workspace/waves/2").closes_on.isoformat() > NOW
    client.post("/workspace/waves/2/stop")
    client.post("/workspace/waves/2/close")
    assert "closed early, on 22 November 2026 (planned: " in client.get("/workspace/waves/2").text


def test_a_draft_says_how_people_can_be_invited(client, draft):
    page = client.get(draft).text
    assert "Everything is there" not in page
    assert re.search("Nobody can be invited yet|Opening makes the open links", page)


def test_a_wave_is_copied_for_next_year(app, client):
    form = client.get("/workspace/waves/1/copy").text
    dates = dict(re.findall(r'name="(opens_on|closes_on)" type="date" value="([^"]+)"', form))
    assert len(dates) == 2
    answer = client.post(
        "/workspace/waves/1/copy", data={"opens_on": "2027-11-01", "closes_on": "2027-11-20"}
    )
    copy, first = stored(app, answer.headers["Location"]), stored(app, "/workspace/waves/1")
    assert (copy.segments, copy.segment_options, copy.k) == (first.segments, first.segment_options, first.k)
    assert (copy.state, copy.label) == (State.DRAFT, "Culture check 2027")


def test_a_draft_is_discarded_and_an_open_wave_is_not(app, client, draft):
    assert client.post(f"{draft}/discard").status_code == 303
    assert client.get(draft).status_code == 404
    assert client.post("/workspace/waves/2/discard").status_code == 400
    assert stored(app, "/workspace/waves/2").state is State.OPEN


def test_a_client_goes_with_everything_once_its_name_is_typed(app, client):
    page = client.post("/workspace/organisations/1/delete", data={"name": "Nordlicht"})
    assert page.status_code == 422
    assert (
        client.post("/workspace/organisations/1/delete", data={"name": "nordlicht logistics"}).status_code
        == 303
    )
    assert client.get("/workspace/organisations/1").status_code == 404
    assert rows_of(app) == {"organisation": [], "wave": [], "wave_audience": []}
    assert "No clients yet" in client.get("/workspace").text


def test_a_client_is_renamed_under_its_old_slug(app, client):
    data = {"name": "Nordlicht SE", "contact": "Jo Reed, 030 1234", "timezone": "Europe/Berlin"}
    assert client.post("/workspace/organisations/1/settings", data=data).status_code == 303
    with app.extensions["sessions"]() as session:
        found = session.get_one(Organisation, 1)
        assert (found.name, found.slug, found.contact, found.timezone) == (
            "Nordlicht SE",
            "nordlicht-logistics",
            "Jo Reed, 030 1234",
            "Europe/Berlin",
        )


def test_a_time_zone_that_does_not_exist_is_refused(client):
    data = {"name": "Nordlicht", "timezone": "Europe/Atlantis"}
    page = client.post("/workspace/organisations/1/settings", data=data)
    assert errors(page.text) == [("timezone", "Choose a time zone from the list.")]


FORMS = {
    "/workspace/new": FOUR,
    "/workspace/organisations/1/settings": {"name": "x", "contact": "y", "timezone": "UTC"},
    "/workspace/organisations/1/delete": {"name": "x"},
    "/workspace/organisations/1/brand": {"accent": "#0f5a63", "nearest": "#000", "go": "save", "no_logo": ""},
    "/workspace/waves/2/copy": {"opens_on": "2027-11-01", "closes_on": "2027-11-20"},
    "/workspace/waves/2/links": {"who": "inside"},
    "/workspace/waves/2/links/1/code": {"code-1": "harbour"},
    **{f"DRAFT/settings/{section}": data for section, data in SETTINGS.items()},
}


@pytest.mark.parametrize("address", FORMS)
def test_strange_values_break_nothing(client, draft, address):
    """RELIABILITY T.3: no 5xx, whatever is typed; every page opens after it. Each value meets two forms."""
    names, place, half = list(FORMS[address]), list(FORMS).index(address), len(FORMS) // 2
    values = [*STRANGE[place % half :: half]]
    type_in(client, draft, address, [(names[at % len(names)], value) for at, value in enumerate(values)])


@pytest.mark.torture
@pytest.mark.parametrize("address", FORMS)
def test_every_strange_value_in_every_field_breaks_nothing(client, draft, address):
    type_in(client, draft, address, itertools.product(FORMS[address], STRANGE))


def type_in(client, draft, address, typed):
    """Send a form with one strange value at a time: ``typed`` are pairs of field and value."""
    path, data = address.replace("DRAFT", draft), FORMS[address]
    for name, value in typed:
        sent = {**data, name: value.encode("utf-8", "surrogatepass")}
        answer = client.post(path, data=sent)
        assert answer.status_code in (303, 400, 422), (name, value[:40])
    for page in (
        "/workspace",
        "/workspace/organisations/1",
        draft,
        f"{draft}/settings/people",
        "/workspace/waves/2",
    ):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("name", ["managers", "customers", "gap"])
def test_the_planner_takes_strange_values(client, name):
    for value in STRANGE:
        answer = client.get("/workspace/planner", query_string={name: value.encode("utf-8", "surrogatepass")})
        assert answer.status_code in (200, 400, 422), value[:40]


def test_the_planner_says_what_it_takes(client):
    page = html.unescape(client.get("/workspace/planner?managers=40&customers=60&gap=10").text)
    assert "Keep the 40 managers and get 173 customers to answer: invite 346 if half of them do" in page
