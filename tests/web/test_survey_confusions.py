"""What goes wrong at the respondent's side: two questionnaires in a browser, a wrong role, foreign digits."""

import datetime as dt

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from cultureassess import clock
from cultureassess.db import session_factory, transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Draft, Intake, Invitation, OpenLink
from cultureassess.services import access_codes, drafts, letters, links, typed
from cultureassess.services.drafts import Answers
from tests import scene
from tests.web.respondent import Respondent, close_on, walk


def draft_of(engine, token):
    with session_factory(engine)() as session:
        return drafts.load_draft(session, drafts.derive(token))


def test_a_tab_of_one_questionnaire_writes_nothing_into_another(arrive, tokens, sqlite):
    browser = arrive("invited customer")
    old_tab = {"csrf_token": browser.csrf, "of": browser.mark, "RG1": "5"}
    browser.open(tokens["executive"])
    browser.begin()
    answer = browser.client.post("/survey/1", data=old_tab)
    assert answer.status_code == 409
    assert "Open the link of this one again and go on." in answer.get_data(as_text=True)
    assert draft_of(sqlite, tokens["executive"]).points == {}
    browser.open(tokens["invited customer"])
    assert browser.client.post("/survey/1", data=old_tab).status_code == 303
    assert draft_of(sqlite, tokens["invited customer"]).points == {"RG1": "5"}


def test_a_role_chosen_by_mistake_can_be_corrected(arrive, sqlite):
    insider = arrive("inside")
    insider.send("/survey/1", RG1="5", go="next")
    insider.go("/survey")
    assert insider.chosen() == {"role": "executive"}
    insider.begin(role="no people responsibility")
    assert insider.place == "/survey/2"
    walk(insider, {})
    (row,) = scene.rows(sqlite, Intake)
    assert (row.audience, row.role) == ("staff", "no people responsibility")


def test_back_to_the_first_page_skips_no_part(arrive):
    insider = arrive("inside")
    insider.send("/survey/1", go="back")
    assert insider.place == "/survey"
    insider.begin()
    assert insider.place == "/survey/1"


def test_going_on_keeps_the_role_and_a_wrong_one_the_draft(arrive, sqlite):
    insider = arrive("inside")
    insider.begin()
    assert insider.place == "/survey/1"
    assert insider.begin(role="queen").status_code == 422
    assert "Continue where you stopped" in insider.page
    assert len(scene.rows(sqlite, Draft)) == 1


@pytest.mark.parametrize("who", ["customer", "inside"])
def test_the_page_with_the_resume_link_can_be_read_in_another_language(arrive, who):
    browser = arrive(who)
    browser.send("/survey/elsewhere")
    assert browser.heading == "Continue on another device"
    assert browser.go("/survey/elsewhere?lang=en").status_code == 200
    assert browser.place == "/survey"


def test_the_page_that_still_holds_the_answers_has_no_link_that_leaves_it(arrive, sqlite):
    browser = arrive("customer")
    with sqlite.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE draft RENAME TO away")
        connection.commit()
    assert browser.send("/survey/1", RG1="5").status_code == 503
    assert browser.names() == ["RG1"]
    assert "?lang=" not in browser.page


@pytest.mark.parametrize(
    ("who", "true", "untrue"),
    [
        ("customer", "a random number in this browser. Whoever", "made from your link"),
        ("customer", "Beside the row, a mark", "your link was used"),
        ("executive", "made from your link", "in this browser"),
        ("executive", "it is stored that your link was used", "a mark"),
    ],
)
def test_what_is_stored_is_told_of_the_link_that_somebody_came_by(arrive, who, true, untrue):
    browser = arrive(who)
    browser.go("/survey/stored")
    assert true in browser.page
    assert untrue not in browser.page


TYPED = ["4711-abcd", "4711abcd", "٤٧١١ABCD", "۴۷۱۱ abcd", "4711‑ABCD", "4711–abcd", "\u200e4711abcd\u200f"]


@pytest.mark.parametrize("text", TYPED)
def test_a_code_is_the_same_in_any_digits_and_with_any_hyphen(app, tokens, sqlite, text):
    key = app.config["SECRET_KEY"]
    with transaction(sqlite) as session:
        link = session.query(OpenLink).first()
        access_codes.set_access_code(link, "4711 ABCD")
        token = links.open_link_token(link, secret_key=key)
    browser = Respondent(app)
    browser.open(token)
    browser.send("/survey/code", code=text)
    assert browser.place == "/survey"
    assert typed.code(text).upper() == "4711ABCD"


ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.translate(ARABIC).replace("-", "–")])
def test_so_is_the_short_address_of_a_poster(session, write):
    wave = scene.open_wave(session)
    link = links.create_open_link(session, wave, Audience.CUSTOMER, secret_key=scene.SECRET_KEY)
    shown = links.short_code(link, secret_key=scene.SECRET_KEY)
    assert links.find_short(session, write(shown), secret_key=scene.SECRET_KEY) is link


def test_so_is_the_code_of_a_letter(session):
    wave = scene.open_wave(session)
    links.create_invitation(session, wave, Audience.CUSTOMER)
    invitation = session.scalars(sa.select(Invitation)).one()
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    invitation.code_finder, invitation.code_hash = "47AB", hasher.hash("1234CDEF")
    session.flush()
    wanted = letters.letter_token("47AB1234CDEF", secret_key=scene.SECRET_KEY)
    for text in ("47ab-1234-cdef", "٤٧AB‑١٢٣٤‑CDEF"):
        assert letters.check_letter_code(session, text, secret_key=scene.SECRET_KEY) == wanted


def test_a_list_that_says_prefer_not_to_say_makes_no_group_either(session):
    """Of an organisation's own groups, as if the person had chosen it (METHOD 1.8)."""
    options = {"outside.segment": ("North", "Prefer not to say")}
    wave = scene.open_wave(session, segment_options=options)
    known = {"outside.segment": ("Prefer not to say",)}
    people = [links.create_invitation(session, wave, Audience.CUSTOMER, segments=known) for _ in range(9)]
    scene.answer(session, people[0], Answers())
    assert (session.scalars(sa.select(Intake)).one()).segment_2 is None


def test_another_open_link_in_the_same_browser_costs_no_draft(arrive, tokens):
    browser = arrive("customer")
    browser.send("/survey/1", RG1="5")
    for who in ("partner", "executive", "customer"):
        browser.open(tokens[who])
    browser.go("/survey/1")
    assert browser.chosen() == {"RG1": "5"}


def test_a_browser_remembers_its_link_until_drafts_die(arrive, tokens, sqlite):
    close_on(sqlite, clock.today() + dt.timedelta(days=20))
    shown = arrive("customer", begun=False).client.get(f"/s/{tokens['customer']}")
    assert f"Max-Age={28 * 24 * 3600};" in shown.headers["Set-Cookie"]


def test_a_personal_link_is_no_link_of_another_device(arrive, app, tokens):
    arrive("executive")
    answer = Respondent(app).go(f"/r/{tokens['executive']}")
    assert answer.status_code == 404
