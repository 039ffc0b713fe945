"""The staff pages: from an upload to a mailing, letters and lists, texts and settings."""

import csv
import io
import re

import pytest
import sqlalchemy as sa
from markupsafe import escape
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from cultureassess import clock, config
from cultureassess.app import create_app
from cultureassess.db import transaction
from cultureassess.models import (
    AuditEntry,
    Invitation,
    Invitee,
    Mail,
    MailPlan,
    MailRun,
    MailState,
    Organisation,
    RunKind,
    Wave,
)
from cultureassess.services import inviting, letters, outbox

from .. import cast
from .scenery import csv_of, customers, invite, wave_of

AROUND = "/workspace/waves/{}/invitations"


@pytest.fixture
def settings(tmp_path):
    """An installation with a mail server; nobody sends in these tests."""
    environ = {"INSTANCE": str(tmp_path), "SMTP_HOST": "127.0.0.1", "SMTP_FROM": "survey@nordlicht.example"}
    return config.load({**environ, "SMTP_SECURITY": "none"})


@pytest.fixture
def app(settings, sqlite):
    return create_app(settings, engine=sqlite)


@pytest.fixture
def wave_id(app, sqlite):
    with transaction(sqlite) as session:
        wave = wave_of(session)
        organisation = wave.assessment.organisation
        other = Organisation(name="Other", slug="other")
        session.add(other)
        session.flush()
        cast.populate(session, organisation, other)
        return wave.id


@pytest.fixture
def consultant(app, wave_id):
    return signed_in(app, "Consultant A")


def signed_in(app, name):
    person = cast.Person(app, name)
    answer = person.post("/account/sign-in", email=cast.address(name), password=cast.PASSWORD)
    assert answer.status_code in (302, 303), answer.text
    return person


def around(wave_id, rest=""):
    return AROUND.format(wave_id) + rest


def upload(person, wave_id, data, audience="customer", name="people.csv"):
    parts = {"csrf_token": person.token(), "list": FileStorage(io.BytesIO(data), filename=name)}
    boundary, body = encode_multipart(MultiDict(parts))
    kind = f"multipart/form-data; boundary={boundary}"
    return person.client.post(around(wave_id, f"/add/{audience}"), data=body, content_type=kind)


def test_from_an_upload_to_a_mailing(consultant, wave_id, sqlite):
    answer = upload(consultant, wave_id, csv_of(*customers(3), ("Nobody", "no address")))
    assert answer.status_code == 303
    page = consultant.get(answer.location).text
    assert "3 people can be added" in page
    assert "Add 3, leave out 1" in page
    accepted = consultant.post(answer.location + "/accept")
    assert accepted.location == around(wave_id)
    assert "Send 3 invitations" in consultant.get(around(wave_id)).text
    assert consultant.post(around(wave_id, "/send")).status_code == 303
    with transaction(sqlite) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Mail)) == 3
        done = session.scalars(sa.select(AuditEntry.action).where(AuditEntry.kind == "wave")).all()
    assert done[-2:] == ["added people", "sent invitations"]


def test_a_second_press_says_why_nothing_was_sent(consultant, wave_id, sqlite, settings):
    invite(sqlite, settings, customers(3), wave_id=wave_id)
    assert consultant.post(around(wave_id, "/send")).status_code == 303
    answer = consultant.post(around(wave_id, "/send"))
    assert answer.status_code == 409
    assert "has been invited already" in answer.text
    with transaction(sqlite) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(MailRun)) == 1


def test_progress_is_counts_alone(consultant, wave_id, sqlite, settings):
    invite(sqlite, settings, customers(3), wave_id=wave_id)
    consultant.post(around(wave_id, "/send"))
    (shown,) = consultant.get(around(wave_id, "/progress.json")).json
    assert {**shown, "id": 0} == {"id": 0, "gone": 0, "text": "0 of 3, 3 to go", "running": True}


def test_a_reminder_is_on_its_way_or_done_and_nothing_between(consultant, wave_id, sqlite, settings):
    invite(sqlite, settings, customers(5), wave_id=wave_id)
    with transaction(sqlite) as session:
        people = session.scalars(sa.select(Invitee.id)).all()
        wave = session.get_one(Wave, wave_id)
        run = inviting.begin_run(session, wave, RunKind.REMINDER, people, now=clock.now())
        reminder = run.id
    waiting = {"id": reminder, "gone": None, "text": "on its way", "running": True}
    told = []
    for _ in range(6):
        told += consultant.get(around(wave_id, "/progress.json")).json
        with transaction(sqlite) as session:
            mail = outbox.claim(session, worker="one", now=clock.now())
            if mail is not None:
                outbox.settle_dropped(session, mail, outbox.ANSWERED, today=clock.today())
    assert told == [waiting] * 5 + [{**waiting, "text": "done", "running": False}]
    page = consultant.get(around(wave_id)).text
    assert f'id="run-{reminder}"' in page
    assert "<progress" not in page


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        (b"", 422, "Choose a file."),
        (b"\x00\x01", 422, "neither a CSV nor an XLSX file"),
        (b"name;email\n" + b"x" * 2_000_001, 422, "larger than 2 MB"),
    ],
)
def test_a_bad_file_is_explained_beside_the_field(consultant, wave_id, data, status, sentence):
    answer = upload(consultant, wave_id, data)
    assert (answer.status_code, sentence in answer.text) == (status, True)
    assert 'id="list-error"' in answer.text


def test_a_file_too_large_to_be_read_is_explained_as_well(consultant, wave_id):
    body = b"--x\r\nContent-Disposition: form-data; name=list; filename=a\r\n\r\n" + b"x" * 3_000_000
    answer = consultant.client.post(
        around(wave_id, "/add/customer"), data=body, content_type="multipart/form-data; boundary=x"
    )
    assert (answer.status_code, "larger than 2 MB" in answer.text) == (413, True)


STRANGE = [
    "<svg/onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "${7*7}",
    "%s%n",
    "=cmd|'/c calc'!A0",
]


@pytest.mark.parametrize("text", STRANGE)
def test_what_a_file_says_is_shown_as_it_is_and_never_run(consultant, wave_id, text):
    data = csv_of((text, "a@kunde.example", text), (text, text, text), header=(text, "E-Mail", "Segment"))
    page = consultant.get(upload(consultant, wave_id, data, name=text).location).text
    assert str(escape(text)) in page
    assert "<svg/onload" not in page
    assert "<img src=x" not in page


def test_a_list_is_nobody_elses(consultant, wave_id, app):
    key = upload(consultant, wave_id, csv_of(*customers(1))).location.rsplit("/", 1)[-1]
    other = signed_in(app, "Administrator")
    for rest in ("", "/accept", "/discard", "/columns"):
        path = around(wave_id, f"/lists/{key}{rest}")
        answer = other.post(path) if rest else other.get(path)
        assert answer.status_code == 404
    assert consultant.get(around(wave_id, "/lists/not-a-key")).status_code == 404


def test_columns_can_be_given_another_meaning(consultant, wave_id):
    data = csv_of(("Anna", "anna@kunde.example"), header=("Who", "Where"))
    where = upload(consultant, wave_id, data).location
    assert "1 line has a problem" in consultant.get(where).text
    assert consultant.post(where + "/columns", **{"column-0": "name", "column-1": "email"}).status_code == 303
    assert "1 person can be added" in consultant.get(where).text
    twice = consultant.post(where + "/columns", **{"column-0": "email", "column-1": "email"})
    assert (twice.status_code, "Two columns cannot mean the same." in twice.text) == (422, True)


def test_the_list_of_links_is_handed_over_once(consultant, wave_id, sqlite, settings):
    rows = [("=HYPERLINK(1)", "a@kunde.example"), ("Ben", "b@kunde.example")]
    invite(sqlite, settings, rows, wave_id=wave_id)
    answer = consultant.post(around(wave_id, "/letters/list"), group="customer.new")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [line[:3] for line in lines] == [
        ["name", "email", "language"],
        ["'=HYPERLINK(1)", "a@kunde.example", "en"],
        ["Ben", "b@kunde.example", "en"],
    ]
    again = consultant.post(around(wave_id, "/letters/list"), group="customer.new")
    assert (again.status_code, "There is nobody in this group." in again.text) == (409, True)
    token = lines[1][3].rsplit("/", 1)[-1]
    with transaction(sqlite) as session:
        assert {i.seed for i in session.scalars(sa.select(Invitation))} == {None}
    assert consultant.client.get(f"/s/{token}").status_code == 303


def test_letters_are_one_page_each_with_name_and_code(consultant, wave_id, sqlite, settings):
    from pypdf import PdfReader

    header = ("Name", "E-Mail", "Strasse", "PLZ", "Ort", "Sprache")
    rows = [
        ("Anna Berg", "", "Hafenstr. 1", "20095", "Hamburg", "de"),
        ("Ben <b>Stein</b>", "", "Quay 2", "SW1A", "London", "en"),
    ]
    invite(sqlite, settings, rows, header=header, wave_id=wave_id)
    answer = consultant.post(around(wave_id, "/letters/print"), group="customer.new")
    assert answer.content_type == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]
    assert len(pages) == 2
    assert "Anna Berg\nHafenstr. 1\n20095 Hamburg" in pages[0]
    assert "Ben <b>Stein</b>" in pages[1]
    assert "localhost:8000/code" in pages[0]
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", pages[1]).group()
    page = consultant.client.get("/code").text
    sent = {"csrf_token": cast.form_token(consultant.client.get("/code")), "code": code.lower()}
    found = consultant.client.post("/code", data=sent)
    assert (found.status_code, "/s/" in found.location, "twelve characters" in page) == (303, True, True)


def test_five_wrong_codes_lock_a_letter_for_good(sqlite, settings):
    wave_id = invite(sqlite, settings, customers(1))
    from cultureassess import clock
    from cultureassess.instruments.types import Audience

    with transaction(sqlite) as session:
        wave = session.get_one(Wave, wave_id)
        made = letters.make_letters(
            session, wave, Audience.CUSTOMER, letters.Who.NEW, secret_key=settings.secret_key, now=clock.now()
        )
    code = made[0].code
    wrong = code[:5] + ("00000000" if code[5:] != "0000-0000" else "11111111")
    for _ in range(5):
        with transaction(sqlite) as session, pytest.raises(letters.LetterCodeWrong):
            letters.check_letter_code(session, wrong, secret_key=settings.secret_key)
    with transaction(sqlite) as session, pytest.raises(letters.LetterCodeLocked):
        letters.check_letter_code(session, code, secret_key=settings.secret_key)


@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [
        ("", "{link} {stop}", "subject"),
        ("Hello {link}", "{link} {stop}", "subject"),
        ("Hello", "{stop}", "body"),
        ("Hello", "{link}", "body"),
        ("Hello", "{link} {stop} {password}", "body"),
        ("Hello", "{link} {stop} {link.__class__}", "body"),
        ("Hello", "{link} {stop} {0}", "body"),
        ("Hello", "{link} {stop} {", "body"),
        ("Hello {nobody}", "{link} {stop}", "subject"),
    ],
)
def test_a_text_that_cannot_be_mailed_is_refused_and_kept_as_typed(consultant, wave_id, subject, body, field):
    path = around(wave_id, "/texts/invitation/outside/en")
    answer = consultant.post(path, subject=subject, body=body)
    assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)
    assert body in answer.text


def test_an_own_text_can_be_kept_and_given_up(consultant, wave_id):
    path = around(wave_id, "/texts/invitation/outside/de")
    own = {"subject": "Ihre Meinung", "body": "{greeting}\n\n{link}\n{stop}"}
    assert consultant.post(path, **own).status_code == 303
    page = consultant.get(path).text
    assert "Guten Tag Kim Example," in page
    assert "Back to the packaged text" in page
    assert consultant.post(path, action="reset").status_code == 303
    assert "Back to the packaged text" not in consultant.get(path).text


def test_a_test_mail_goes_to_oneself(consultant, wave_id, sqlite):
    path = around(wave_id, "/texts/reminder/outside/en")
    answer = consultant.post(path, subject="Hello", body="{link} {stop}", action="test")
    assert "A test mail is on its way to consultant.a@example.org" in answer.text
    with transaction(sqlite) as session:
        assert session.scalars(sa.select(Mail.address)).all() == ["consultant.a@example.org"]


def test_settings_are_checked_and_kept(consultant, wave_id, sqlite):
    path = around(wave_id, "/settings")
    wrong = consultant.post(path, sender_name="", reply_to="nobody", remind_after="7, x", keep_days="8")
    assert wrong.status_code == 422
    for field in ("reply_to", "remind_after", "keep_days"):
        assert f'id="{field}-error"' in wrong.text
    right = {"sender_name": "Nordlicht", "reply_to": "a@b.example", "remind_after": "14; 7", "keep_days": "0"}
    assert consultant.post(path, **right).status_code == 303
    with transaction(sqlite) as session:
        plan = session.get_one(MailPlan, wave_id)
        kept = (plan.sender_name, plan.reply_to, plan.remind_after, plan.keep_days)
    assert kept == ("Nordlicht", "a@b.example", ("7", "14"), 0)


def test_people_are_listed_without_a_word_on_who_answered(consultant, wave_id, sqlite, settings):
    invite(sqlite, settings, customers(60), wave_id=wave_id)
    before = consultant.get(around(wave_id, "/people")).text
    with transaction(sqlite) as session:
        session.execute(sa.update(Invitation).values(used=True))
    after = consultant.get(around(wave_id, "/people")).text
    assert re.sub(r'value="[^"]+"', "", before) == re.sub(r'value="[^"]+"', "", after)
    assert "Page 1 of 2" in before
    overview = consultant.get(around(wave_id)).text
    with transaction(sqlite) as session:
        session.execute(sa.update(Invitation).values(used=False))
    assert re.sub(r'value="[^"]+"', "", consultant.get(around(wave_id)).text) == re.sub(
        r'value="[^"]+"', "", overview
    )


def test_somebody_can_be_removed(consultant, wave_id, sqlite, settings):
    invite(sqlite, settings, customers(2), wave_id=wave_id)
    with transaction(sqlite) as session:
        first = session.scalars(sa.select(Invitee.id)).first()
    assert consultant.post(around(wave_id, f"/people/{first}/remove")).status_code == 303
    assert consultant.post(around(wave_id, f"/people/{first}/remove")).status_code == 404


def test_pasted_bounces_that_name_nobody_are_refused(consultant, wave_id, sqlite, settings):
    invite(sqlite, settings, customers(2), wave_id=wave_id)
    assert consultant.post(around(wave_id, "/people/bounced"), addresses="nothing here").status_code == 422
    assert (
        consultant.post(around(wave_id, "/people/bounced"), addresses="person-1@kunde.example").status_code
        == 303
    )
    assert "bounced" in consultant.get(around(wave_id, "/people")).text


@pytest.mark.parametrize(
    ("decision", "states"),
    [("sent", {MailState.SENT}), ("again", {MailState.QUEUED}), ("", {MailState.UNKNOWN})],
)
def test_one_press_decides_about_all_mails_in_doubt(consultant, sqlite, settings, wave_id, decision, states):
    invite(sqlite, settings, customers(3), wave_id=wave_id)
    consultant.post(f"{AROUND.format(wave_id)}/send")
    with transaction(sqlite) as session:
        session.execute(sa.update(Mail).values(state=MailState.UNKNOWN))
    assert "All 3 arrived" in consultant.get(AROUND.format(wave_id)).text
    answer = consultant.post(f"{AROUND.format(wave_id)}/mails", decision=decision)
    assert answer.status_code == (303 if decision else 409)
    with transaction(sqlite) as session:
        assert set(session.scalars(sa.select(Mail.state))) == states


def test_a_waves_mails_in_doubt_are_not_shown_among_the_clients(consultant, sqlite, settings, wave_id):
    """There each would have an address, and whom a reminder was for stays untold."""
    invite(sqlite, settings, customers(2), wave_id=wave_id)
    consultant.post(f"{AROUND.format(wave_id)}/send")
    with transaction(sqlite) as session:
        session.execute(sa.update(Mail).values(state=MailState.UNKNOWN))
        client = session.get_one(Wave, wave_id).assessment.organisation_id
    assert "All 2 arrived" in consultant.get(AROUND.format(wave_id)).text
    page = consultant.get(f"/workspace/organisations/{client}/mails").text
    assert "There is no mail to decide about." in page
    assert "kunde.example" not in page


def test_the_overview_of_a_wave_asks_for_no_reminder_before_one_can_be_sent(consultant, wave_id):
    page = consultant.get(f"/workspace/waves/{wave_id}").text
    assert "Reminders can go out from the day after the first invitations by mail" in page
    assert "remind those who have not answered" not in page
