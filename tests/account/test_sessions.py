"""Sessions live on the server: they end there, by themselves, by hand, and with the account."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from cultureassess.models import MemberSession
from cultureassess.services import member_sessions
from tests import cast, scene
from tests.account.conftest import mails
from tests.cast import Person

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def test_two_hours_without_use_end_a_session(staff, clock):
    person = cast.signed_in(staff, "leader a")
    clock.shift(dt.timedelta(hours=1, minutes=59))
    assert person.inside()
    clock.shift(dt.timedelta(hours=2))
    assert not person.inside()


def test_twelve_hours_end_a_session_however_it_is_used(staff, clock):
    person = cast.signed_in(staff, "leader a")
    for _ in range(11):
        clock.shift(dt.timedelta(hours=1))
        assert person.inside()
    clock.shift(dt.timedelta(hours=1))
    assert not person.inside()


def test_reading_pages_writes_the_last_visit_every_five_minutes_at_most(staff, clock):
    person = cast.signed_in(staff, "leader a")
    seen = []
    for seconds in (0, 299, 1):
        clock.shift(seconds)
        person.inside()
        seen.append(scene.rows(staff.extensions["engine"], MemberSession)[0].seen - int(NOON.timestamp()))
    assert seen == [0, 0, 300]


def test_only_a_hash_of_the_cookies_secret_is_stored(staff):
    person = cast.signed_in(staff, "leader a")
    with person.client.session_transaction() as cookie:
        secret = cookie["sid"]
    assert len(secret) == 43
    stored = [row.token_hash for row in scene.rows(staff.extensions["engine"], MemberSession)]
    assert stored == [member_sessions.hashed(secret)]


def test_another_browser_can_be_signed_out(staff):
    here, there = cast.signed_in(staff, "leader a"), cast.signed_in(staff, "leader a")
    numbers = re.findall(r"/account/sessions/(\d+)/end", here.get("/account").text)
    assert len(numbers) == 1
    here.post(f"/account/sessions/{numbers[0]}/end")
    assert (here.inside(), there.inside()) == (True, False)


def test_all_other_browsers_can_be_signed_out_at_once(staff):
    here, *there = (cast.signed_in(staff, "leader a") for _ in range(3))
    here.post("/account/sessions/end-others")
    assert [here.inside(), *(one.inside() for one in there)] == [True, False, False]


def test_nobody_can_end_the_sessions_of_somebody_else(staff):
    victim, other = cast.signed_in(staff, "leader a"), cast.signed_in(staff, "leader b")
    number = cast_number(staff, "leader a")
    other.post(f"/account/sessions/{number}/end")
    assert victim.inside()


def cast_number(app, name: str) -> int:
    member = cast.find(app, name)
    rows = scene.rows(app.extensions["engine"], MemberSession)
    return next(row.number for row in rows if row.member_id == member.id)


def test_changing_the_password_signs_other_browsers_out_and_tells_the_member(mailing):
    here, there = cast.signed_in(mailing, "leader a"), cast.signed_in(mailing, "leader a")
    fields = {"new_password": cast.ANOTHER, "new_password_confirm": cast.ANOTHER}
    assert here.post("/account/password", password="a wrong password", **fields).status_code == 422
    assert here.post("/account/password", password=cast.PASSWORD, **fields).location == "/account"
    assert (here.inside(), there.inside()) == (True, False)
    assert "Your password was changed." in mails(mailing)[-1].body
    assert Person(mailing, "leader a").sign_in(cast.ANOTHER).status_code == 303


def test_a_deactivated_member_is_out_at_the_next_request(staff):
    person = cast.signed_in(staff, "consultant a")
    assert person.get("/workspace").status_code == 200
    cast.change(staff, "consultant a", active=False)
    assert person.get("/workspace").location == "/account/sign-in?next=/workspace"
    assert person.get("/account").location.startswith("/account/sign-in")


def test_the_own_name_can_be_changed_and_a_bad_one_is_kept_to_mend(staff):
    person = cast.signed_in(staff, "leader a")
    refused = person.post("/account/name", name="  ")
    assert refused.status_code == 422
    assert "Please enter a name" in refused.text
    person.post("/account/name", name="  Ada\tLovelace ")
    assert cast.find(staff, "leader a").name == "Ada Lovelace"


def test_a_new_address_is_proved_by_a_link_and_confirmed_by_a_button(mailing):
    person = cast.signed_in(mailing, "leader a")
    assert person.post("/account/address", email="New.Name@example.org").location == "/account"
    path = re.search(r"http://localhost:8000(\S+)", mails(mailing)[-1].body).group(1)
    assert person.get(path).status_code == 200
    assert cast.find(mailing, "leader a").email == "leader.a@example.org"
    person.post(path)
    fields = {"email": "new.name@example.org", "password": cast.PASSWORD}
    assert Person(mailing).post("/account/sign-in", **fields).status_code == 303
    assert person.get(path).status_code == 404
    assert "signs in with another address" in mails(mailing)[-1].body


def test_the_link_to_a_new_address_is_worth_nothing_to_others(mailing):
    person = cast.signed_in(mailing, "leader a")
    person.post("/account/address", email="new.name@example.org")
    path = re.search(r"http://localhost:8000(\S+)", mails(mailing)[-1].body).group(1)
    assert cast.signed_in(mailing, "leader b").post(path).status_code == 404


def test_asking_for_a_taken_address_says_the_same_and_sends_nothing(mailing):
    person = cast.signed_in(mailing, "leader a")
    answers = []
    for email in ("leader.b@example.org", "free@example.org"):
        person.post("/account/address", email=email)
        told = re.search(r'role="status">([^<]+)', person.get("/account").text).group(1)
        answers.append(told.replace(email, "…"))
    assert answers[0] == answers[1]
    assert len(mails(mailing)) == 1
