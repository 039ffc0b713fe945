"""Every way in, and what each link says that leads no further."""

import re

import pytest
import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Draft, Intake, Invitation, OpenLink, Submission
from cultureassess.services import links
from cultureassess.services.access_codes import TRIES, set_access_code
from tests import scene
from tests.web.respondent import Respondent


@pytest.fixture
def coded(sqlite, tokens):
    """The customers' open link, now with an access code."""
    with transaction(sqlite) as session:
        set_access_code(
            session.scalars(sa.select(OpenLink).filter_by(audience=Audience.CUSTOMER)).one(), "Sesam 12"
        )
    return tokens["customer"]


def resume_address(respondent: Respondent) -> str:
    found = re.search(r"http://localhost:8000(/r/[A-Za-z0-9_-]{43})", respondent.page)
    assert found is not None
    return found.group(1)


def test_a_link_with_a_code_asks_for_it_before_anything_else(app, coded):
    respondent = Respondent(app)
    respondent.open(coded)
    assert (respondent.place, respondent.heading) == ("/survey/code", "Access code")
    for path in ("/survey", "/survey/1", "/survey/stored"):
        respondent.go(path)
        assert respondent.place == "/survey/code"
    respondent.send("/survey/code", code="sesam-12")
    assert respondent.heading == "How do you experience Nordlicht Logistics?"
    respondent.begin()
    assert respondent.heading == "Part 1 of 6"


def test_a_wrong_code_is_said_beside_the_field_and_counted(app, coded, sqlite):
    respondent = Respondent(app)
    respondent.open(coded)
    assert respondent.send("/survey/code", code="wrong").status_code == 422
    assert "This is not the code." in respondent.page
    assert "<title>Error: Access code" in respondent.page
    for _ in range(TRIES - 1):
        respondent.send("/survey/code", code="wrong")
    respondent.send("/survey/code", code="sesam-12")
    assert "Please try again in 15 min." in respondent.page
    assert max(link.wrong_codes for link in scene.rows(sqlite, OpenLink)) == TRIES


def test_a_forged_cookie_does_not_replace_the_code(app, coded):
    respondent = Respondent(app)
    respondent.client.set_cookie("respondent", f"{coded}.{links.new_token()}")
    respondent.go("/survey")
    assert respondent.place == "/survey/code"


def test_a_changed_code_must_be_given_anew(app, coded, sqlite):
    respondent = Respondent(app)
    respondent.open(coded)
    respondent.send("/survey/code", code="Sesam 12")
    with transaction(sqlite) as session:
        set_access_code(
            session.scalars(sa.select(OpenLink).filter_by(audience=Audience.CUSTOMER)).one(), "Other 13"
        )
    respondent.go("/survey")
    assert respondent.place == "/survey/code"


def test_a_short_address_leads_to_the_same_questionnaire(app, tokens, sqlite):
    with transaction(sqlite) as session:
        link = session.scalars(sa.select(OpenLink).filter_by(audience=Audience.PARTNER)).one()
        code = links.short_code(link, secret_key=app.config["SECRET_KEY"])
    respondent = Respondent(app)
    respondent.go(f"/a/{code.lower()}")
    assert (respondent.place, respondent.heading) == ("/survey", "How do you experience Nordlicht Logistics?")


@pytest.mark.parametrize(
    "path", ["/a/0000-0000", "/a/x", "/r/x", f"/r/{'a' * 43}", f"/s/{'a' * 43}", "/s/%00"]
)
def test_unknown_addresses_of_every_kind_say_the_same(client, tokens, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.get_data() == client.get("/s/x").get_data()
    assert "This link does not work" in answer.text
    assert "culture@nordlicht.example" in answer.text


@pytest.mark.parametrize(("who", "table"), [("customer", OpenLink), ("executive", Invitation)])
def test_a_withdrawn_link_says_so(app, tokens, sqlite, who, table):
    begun = Respondent(app)
    begun.open(tokens[who])
    begun.begin()
    with transaction(sqlite) as session:
        session.execute(sa.update(table).values(revoked=True))
    for answer in (begun.open(tokens[who]), begun.go("/survey/1")):
        assert answer.status_code == 410
        assert begun.heading == "This link has been withdrawn"


def test_what_was_begun_goes_on_elsewhere_by_a_link_of_its_own(app, arrive, sqlite):
    first = arrive("inside")
    first.send("/survey/1", RG1="4", go="elsewhere")
    assert first.heading == "Continue on another device"
    address = resume_address(first)
    assert "<svg" in first.page
    second = Respondent(app)
    second.go(address)
    assert second.place == "/survey"
    second.begin()
    second.go("/survey/1")
    assert second.chosen() == {"RG1": "4"}
    second.go("/survey/8")
    second.send("/survey/8")
    assert second.heading == "Thank you"
    first.go("/survey/1")
    assert first.heading == "Thank you"
    assert (len(scene.rows(sqlite, Intake)), scene.rows(sqlite, Draft)) == (1, [])
    third = Respondent(app)
    third.go(address)
    assert third.heading == "Thank you"


def test_the_start_page_offers_to_go_on_elsewhere_too(arrive):
    respondent = arrive("customer")
    respondent.go("/survey")
    assert respondent.send("/survey/elsewhere").status_code == 200
    resume_address(respondent)


def test_a_personal_link_needs_no_resume_link(arrive):
    respondent = arrive("executive")
    assert "Continue on another device" not in respondent.page
    assert respondent.send("/survey/1", go="elsewhere").status_code == 200
    assert respondent.heading == "Part 2 of 8"
    assert respondent.send("/survey/elsewhere").status_code == 404


def test_a_resume_link_carries_the_access_code_along(app, coded):
    first = Respondent(app)
    first.open(coded)
    first.send("/survey/code", code="Sesam 12")
    first.begin()
    first.send("/survey/1", RG1="2", go="elsewhere")
    second = Respondent(app)
    second.go(resume_address(first))
    assert second.place == "/survey"


def test_neither_draft_nor_resume_link_can_be_read_from_the_database_file(arrive, sqlite, tmp_path):
    respondent = arrive("customer")
    respondent.send("/survey/6", OPEN_C1="Keep calling back.", go="elsewhere")
    secret = resume_address(respondent).removeprefix("/r/")
    assert len(scene.rows(sqlite, Draft)) == 1
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("cultureassess.sqlite3*"))
    assert len(stored) > 10_000
    assert b"Keep calling" not in stored
    assert secret.encode() not in stored


def test_while_the_store_is_down_the_page_holds_every_answer(app, arrive, sqlite, monkeypatch):
    respondent = arrive("customer")
    csrf = respondent.csrf
    comment = "Ein <b>Wort</b>\nüber zwei Zeilen"
    sent = {"OPEN_C1": comment, "decider": "both", "go": "next", "csrf_token": csrf}
    with sqlite.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE draft RENAME TO away")
        connection.commit()
    answer = respondent.client.post("/survey/6", data=sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    page = answer.text
    assert "this page still holds all that you entered" in page
    assert '<textarea name="decider" hidden>\nboth</textarea>' in page
    assert (
        '<textarea name="OPEN_C1" hidden>\nEin &lt;b&gt;Wort&lt;/b&gt;\nüber zwei Zeilen</textarea>' in page
    )
    with sqlite.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO draft")
        connection.commit()
    respondent.send("/survey/6", csrf=False, **sent)
    assert respondent.heading == "Thank you"
    assert (len(scene.rows(sqlite, Intake)), len(scene.rows(sqlite, Submission))) == (1, 1)


def test_a_poster_shows_the_short_address(app, tokens, sqlite):
    from cultureassess.web.workspace.poster import pdf, poster_page

    with app.test_request_context("/?lang=ar"), transaction(sqlite) as session:
        link = session.scalars(sa.select(OpenLink).filter_by(audience=Audience.CUSTOMER)).one()
        page = poster_page(link)
        code = links.short_code(link, secret_key=app.config["SECRET_KEY"])
    assert f"localhost:8000/a/{code}" in page
    assert tokens["customer"] not in page
    written = pdf(page)
    assert written.startswith(b"%PDF-")
    from io import BytesIO

    import pypdf

    (only,) = pypdf.PdfReader(BytesIO(written)).pages
    assert code in only.extract_text()
    assert [round(float(side)) for side in only.mediabox[2:]] == [595, 842]


def test_the_poster_is_for_staff_only(client, tokens):
    answer = client.get("/workspace/waves/1/links/1/poster.pdf")
    assert (answer.status_code, answer.mimetype) == (303, "text/html")
