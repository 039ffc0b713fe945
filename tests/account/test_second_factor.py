"""The authenticator app: set up, asked for, each code once; recovery codes; who must have one."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from passlib.totp import TOTP

from cultureassess.services import rates
from tests import cast
from tests.account.conftest import mails
from tests.cast import Person

NOON = dt.datetime(2026, 11, 23, 12, 0, 5, tzinfo=dt.UTC)
STEP = 30


class Phone:
    """An authenticator app."""

    def __init__(self, key: str) -> None:
        self.totp = TOTP(key=key.replace("-", ""), format="base32")

    def code(self) -> str:
        return self.totp.generate().token


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def set_up(person: Person, clock) -> Phone:
    page = person.post("/account/authenticator", setup="authenticator")
    phone = Phone(re.search(r'class="key">([^<]+)', page.text).group(1))
    action = re.search(r'action="(/account/authenticator/[^"]+)', page.text).group(1)
    assert person.post(action, code=phone.code()).location == "/account/recovery-codes"
    clock.shift(STEP)
    return phone


def recovery_codes(person: Person) -> list[str]:
    return re.findall(
        r"<li><code>([^<]+)", person.post("/account/recovery-codes", generate_new_codes="yes").text
    )


@pytest.fixture
def owner(mailing, clock):
    """A leader who has set up an app, and the app."""
    person = cast.signed_in(mailing, "leader a")
    return person, set_up(person, clock)


def again(app) -> Person:
    """The same leader in another browser, after the password."""
    person = Person(app, "leader a")
    assert person.sign_in().location.startswith("/account/code")
    return person


def code(person: Person, digits: str):
    return person.client.post("/account/code", data={"csrf_token": token(person), "code": digits})


def token(person: Person) -> str:
    return cast.form_token(person.get("/account/code"))


def test_password_and_code_together_sign_in(mailing, owner):
    person = again(mailing)
    assert not person.inside()
    assert code(person, owner[1].code()).location == "/account/start"
    assert person.inside()


def test_a_code_works_once(mailing, owner):
    digits = owner[1].code()
    assert code(again(mailing), digits).status_code == 303
    replay = again(mailing)
    assert code(replay, digits).status_code == 422
    assert not replay.inside()


@pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (-30, 303), (0, 303), (30, 303), (60, 422)])
def test_the_phone_may_be_half_a_minute_off(mailing, owner, clock, seconds, status):
    clock.shift(10 * STEP)
    digits = owner[1].totp.generate(NOON + dt.timedelta(seconds=11 * STEP + seconds)).token
    assert code(again(mailing), digits).status_code == status


@pytest.mark.parametrize("digits", ["", "000000", "12345", "abcdef", "1234567890", "\x00", "٣٣٣٣٣٣"])
def test_another_code_does_not_sign_in(mailing, owner, digits):
    person = again(mailing)
    assert code(person, digits).status_code == 422
    assert not person.inside()


def test_guessing_codes_is_limited(mailing, owner):
    person = again(mailing)
    statuses = [code(person, "000000").status_code for _ in range(rates.SIGN_IN.most + 1)]
    assert statuses == [422] * rates.SIGN_IN.most + [429]


def test_the_page_for_the_code_opens_nothing_without_the_password(mailing, owner):
    assert Person(mailing).get("/account/code").location == "/account/sign-in"
    assert Person(mailing).get("/account/recovery").location == "/account/sign-in"


def test_recovery_codes_are_eight_work_once_and_are_stored_as_hashes(mailing, owner):
    codes = recovery_codes(owner[0])
    assert len(codes) == 8
    stored = cast.find(mailing, "leader a").mf_recovery_codes
    assert all(text.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for text in stored)
    for attempt, status in (("typed in small letters", 303), ("again", 422)):
        person = again(mailing)
        fields = {"csrf_token": token(person), "code": codes[0].lower().replace("-", " ")}
        assert person.client.post("/account/recovery", data=fields).status_code == status, attempt
    assert len(cast.find(mailing, "leader a").mf_recovery_codes) == 7
    assert "A recovery code was used to sign in." in mails(mailing)[-1].body


def test_new_recovery_codes_replace_the_old_ones(mailing, owner):
    old = recovery_codes(owner[0])
    recovery_codes(owner[0])
    person = again(mailing)
    fields = {"csrf_token": token(person), "code": old[0]}
    assert person.client.post("/account/recovery", data=fields).status_code == 422


def test_the_secret_of_the_app_is_stored_encrypted(mailing, owner):
    stored = cast.find(mailing, "leader a").tf_totp_secret
    assert '"enckey"' in stored
    assert owner[1].totp.base32_key not in stored


def test_giving_the_app_up_takes_the_recovery_codes_along(mailing, owner):
    recovery_codes(owner[0])
    owner[0].post("/account/authenticator", setup="disable")
    found = cast.find(mailing, "leader a")
    assert (found.tf_totp_secret, found.mf_recovery_codes) == (None, ())
    assert Person(mailing, "leader a").sign_in().location == "/account/start"


def test_setting_up_asks_for_the_password_again_after_a_quarter_of_an_hour(staff, clock):
    person = cast.signed_in(staff, "leader a")
    clock.shift(15 * 60 + 1)
    asked = person.get("/account/authenticator")
    assert asked.location == "/account/password-again?next=/account/authenticator"
    wrong = person.post(asked.location, password="a wrong password")
    assert wrong.status_code == 422
    right = person.post(asked.location, password=cast.PASSWORD)
    assert (right.status_code, right.location) == (303, "/account/authenticator")
    assert person.get("/account/authenticator").status_code == 200


@pytest.mark.parametrize(
    ("duty", "led"),
    [
        ("none", []),
        ("consultants", ["administrator", "consultant a"]),
        ("all", ["administrator", "consultant a", "leader a"]),
    ],
)
def test_whoever_must_have_an_app_is_led_to_it_before_anything_else(make, duty, led):
    app = make(REQUIRE_TOTP=duty)
    found = []
    for name in ("administrator", "consultant a", "leader a"):
        person = Person(app, name)
        person.sign_in()
        paths = ["/account/start", "/account", "/workspace", "/members", "/audit", "/results/1"]
        if {person.get(path).location for path in paths} == {"/account/authenticator"}:
            found.append(name)
    assert found == led


def test_whoever_must_have_an_app_cannot_give_it_up(make, clock):
    app = make(REQUIRE_TOTP="all")
    person = Person(app, "leader a")
    person.sign_in()
    set_up(person, clock)
    answer = person.post("/account/authenticator", setup="disable")
    assert answer.status_code == 422
    assert "must keep its authenticator app" in answer.text
    assert cast.find(app, "leader a").tf_totp_secret is not None
