"""Bad input: never a failure of ours, never half a response, and what was typed is never lost."""

import io
import re
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from cultureassess.app import create_app
from cultureassess.db import transaction
from cultureassess.instruments.types import Audience, Side
from cultureassess.models import Draft, Intake, IntakeComment
from cultureassess.web.survey import limits
from tests import scene
from tests.web.respondent import Respondent
from tests.web.strange import STRANGE

LONG = "A remark. " * 401


def encoded(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def form(**fields: str) -> tuple[io.BytesIO, str]:
    """A form as a hostile client would write it: any bytes in any field."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), encoded(value))
        for name, value in fields.items()
    ]
    return io.BytesIO(b"".join(parts) + b"--edge--\r\n"), "multipart/form-data; boundary=edge"


def test_the_list_is_as_long_as_the_plan_wants():
    assert len(set(STRANGE)) >= 120


@pytest.mark.parametrize(("who", "parts"), [("customer", 6), ("inside", 8)])
@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.torture)])
def test_no_value_in_any_field_is_a_failure_of_ours(arrive, sqlite, who, parts, every):
    """Every value meets one or two parts of the questionnaire; in ``make torture`` all of them."""
    respondent = arrive(who)
    for number in range(1, parts + 1):
        respondent.go(f"/survey/{number}")
        names, csrf = [*respondent.names(), "since"], respondent.csrf
        for value in STRANGE[number % every :: every]:
            body, kind = form(csrf_token=csrf, go="stay", **dict.fromkeys(names, value))
            answer = respondent.client.post(f"/survey/{number}", data=body, content_type=kind)
            assert answer.status_code in (204, 422), ascii(value)
    respondent.send(f"/survey/{parts}")
    row = scene.rows(sqlite, Intake)[0]
    assert re.fullmatch("[0-5D]{33}", row.answers)
    assert re.fullmatch("([01][0-9]{2}|---){4}", row.outcomes)


def test_no_value_as_role_or_way_to_go_is_a_failure_of_ours(arrive):
    insider, customer = arrive("inside", begun=False), arrive("customer")
    for value in STRANGE:
        body, kind = form(csrf_token=insider.csrf, role=value)
        if value != "executive":
            answer = insider.client.post("/survey", data=body, content_type=kind)
            assert answer.status_code == 422, ascii(value)
        body, kind = form(csrf_token=customer.csrf, go=value)
        answer = customer.client.post("/survey/1", data=body, content_type=kind)
        assert answer.status_code in (200, 204, 303), ascii(value)


def test_no_cookie_code_or_language_is_a_failure_of_ours(client, monkeypatch):
    monkeypatch.setattr(limits, "DELAY", 0)
    for value in STRANGE:
        cookie = encoded(value).decode("latin-1").replace("\r", "").replace("\n", "").replace("\0", "")
        for name in ("respondent", "session", "language"):
            answer = client.get("/survey", headers={"Cookie": f"{name}={cookie}"})
            assert answer.status_code == 404, ascii(value)
        for path in ("/a/", "/r/", "/s/", "/survey/thanks?lang="):
            answer = client.get(path + quote(encoded(value)))
            assert answer.status_code in (200, 308, 404), ascii(value)


def test_a_comment_that_is_too_long_is_kept_on_the_screen(arrive, sqlite):
    respondent = arrive("customer")
    respondent.send("/survey/6", OPEN_C1=LONG, OPEN_C2="Short.", decider="both")
    assert respondent.shown.status_code == 422
    assert LONG.strip() in respondent.page
    assert "Short." in respondent.page
    assert respondent.chosen() == {"decider": "both"}
    assert "Your comment has 4,009 characters. Shorten it to 4,000 or fewer." in respondent.page
    assert re.findall(r'<li><a href="#(\w+)">', respondent.page) == ["OPEN_C1"]
    assert "<title>Error: Part 6 of 6" in respondent.page
    assert scene.rows(sqlite, Intake) == []


def test_a_comment_of_exactly_the_limit_is_taken(arrive, sqlite):
    respondent = arrive("customer")
    respondent.send("/survey/6", OPEN_C1="ü" * 4000)
    assert respondent.heading == "Thank you"


def test_a_number_that_is_none_is_kept_on_the_screen(arrive):
    respondent = arrive("inside")
    respondent.send("/survey/5", OV2="about half", OV1="4")
    assert respondent.shown.status_code == 422
    assert 'value="about half"' in respondent.page
    assert "Enter a whole number from 0 to 100." in respondent.page
    assert respondent.chosen() == {"OV1": "4"}


@pytest.mark.parametrize(
    ("typed", "stored"), [("0", "000"), ("100", "100"), ("60%", "060"), (" 7 % ", "007"), ("007", "007")]
)
def test_numbers_as_people_type_them(arrive, sqlite, typed, stored):
    respondent = arrive("inside")
    respondent.send("/survey/5", OV2=typed)
    respondent.go("/survey/8")
    respondent.send("/survey/8")
    assert scene.rows(sqlite, Intake)[0].outcomes[3:6] == stored


def test_items_of_another_page_are_not_taken(arrive, sqlite):
    respondent = arrive("customer")
    respondent.send("/survey/1", EO1="5", EE1="5", CF4="5", OV1="5", role="executive", wave_id="7")
    respondent.go("/survey/6")
    respondent.send("/survey/6")
    assert (scene.rows(sqlite, Intake)[0].answers, scene.rows(sqlite, Intake)[0].role) == ("0" * 33, None)


def test_a_comment_is_shown_as_text_never_as_markup(arrive):
    respondent = arrive("customer")
    respondent.send("/survey/6", OPEN_C1="</textarea><script>alert(1)</script>", go="stay")
    respondent.go("/survey/6")
    assert "<script>alert" not in respondent.page
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in respondent.page


def test_a_megabyte_is_too_much(arrive, sqlite):
    respondent = arrive("customer")
    before = [draft.ciphertext for draft in scene.rows(sqlite, Draft)]
    answer = respondent.client.post(
        "/survey/6", data={"csrf_token": respondent.csrf, "OPEN_C1": "x" * 1_000_000}
    )
    assert answer.status_code == 413
    assert "shorten" in answer.get_data(as_text=True)
    assert [draft.ciphertext for draft in scene.rows(sqlite, Draft)] == before


@pytest.mark.parametrize("parts", [401, 10_001])
def test_too_many_parts_are_refused(arrive, parts):
    respondent = arrive("customer")
    body, kind = form(csrf_token=respondent.csrf, **{f"f{n}": "" for n in range(parts)})
    assert respondent.client.post("/survey/1", data=body, content_type=kind).status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00garbage", "application/x-www-form-urlencoded"),
        (b"{" * 100_000, "application/json"),
        (b"--edge\r\nbroken", "multipart/form-data; boundary=edge"),
        (b"RG1=5", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"", ""),
    ],
)
def test_a_body_that_is_no_form_is_refused(arrive, body, kind):
    assert arrive("customer").client.post("/survey/1", data=body, content_type=kind).status_code == 400


def test_of_a_field_sent_twice_the_first_counts(arrive):
    respondent = arrive("customer")
    respondent.send("/survey/1", RG1=["2", "5"], go="stay")
    respondent.go("/survey/1")
    assert respondent.chosen() == {"RG1": "2"}


@pytest.fixture
def elsewhere(settings, postgresql):
    """The application on PostgreSQL, with an insider under way and a customer's link."""
    with transaction(postgresql) as session:
        session.execute(sa.text("TRUNCATE organisation CASCADE"))
    app = create_app(settings, engine=postgresql)
    with transaction(postgresql) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        token = scene.open_token(session, wave, Side.INSIDE, secret_key=settings.secret_key)
    respondent = Respondent(app)
    respondent.open(token)
    respondent.begin(role="executive")
    return respondent


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.torture)])
def test_no_value_in_any_field_is_a_failure_on_postgresql_either(elsewhere, postgresql, every):
    """Every value meets one part of the questionnaire; in ``make torture`` all of them."""
    for number in range(1, 9):
        elsewhere.go(f"/survey/{number}")
        names, csrf = [*elsewhere.names(), "since"], elsewhere.csrf
        for value in STRANGE[number % every :: every]:
            body, kind = form(csrf_token=csrf, go="stay", **dict.fromkeys(names, value))
            answer = elsewhere.client.post(f"/survey/{number}", data=body, content_type=kind)
            assert answer.status_code in (204, 422), ascii(value)
    elsewhere.go("/survey/8")
    elsewhere.send("/survey/8")
    (row,) = scene.rows(postgresql, Intake)
    assert re.fullmatch("[0-5D]{33}", row.answers)
    assert re.fullmatch("([01][0-9]{2}|---){4}", row.outcomes)


def test_every_strange_comment_is_stored_on_postgresql_too(settings, postgresql):
    with transaction(postgresql) as session:
        session.execute(sa.text("TRUNCATE organisation CASCADE"))
    app = create_app(settings, engine=postgresql)
    with transaction(postgresql) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        token = scene.open_token(session, wave, Audience.CUSTOMER, secret_key=settings.secret_key)
    short, long = ([v for v in STRANGE if (len(v) > 4000) is over] for over in (False, True))
    for pair in [*zip(short[::2], short[1::2], strict=False), *((short[-1], value) for value in long)]:
        respondent = Respondent(app)
        respondent.open(token)
        respondent.begin()
        respondent.go("/survey/6")
        body, kind = form(csrf_token=respondent.csrf, **dict(zip(("OPEN_C1", "OPEN_C2"), pair, strict=False)))
        answer = respondent.client.post("/survey/6", data=body, content_type=kind)
        assert answer.status_code == (422 if max(map(len, pair)) > 4000 else 303)
    texts = {comment.text for comment in scene.rows(postgresql, IntakeComment)}
    assert {"مرحبا", "ab", "e" + "\u0301" * 500, "{{7*7}}"} < texts
