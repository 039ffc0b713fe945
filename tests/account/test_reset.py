"""Forgotten passwords: a link by mail that works once, for an hour, and signs nobody in."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from cultureassess.services import rates
from tests import cast
from tests.account.conftest import mails
from tests.cast import ANOTHER, Person


def ask(app, name: str):
    person = Person(app, name)
    with person.post("/account/reset", email=cast.address(name)) as answer:
        return answer.status_code, answer.text.replace(cast.form_token(answer), "").replace(
            cast.address(name), ""
        )


def link(app) -> str:
    return re.search(r"http://localhost:8000(/account/reset/\S+)", mails(app)[-1].body).group(1)


def choose(person: Person, path: str, password: str = ANOTHER):
    fields = {"csrf_token": person.token(), "password": password, "password_confirm": password}
    return person.client.post(path, data=fields)


def test_a_reset_link_replaces_the_password_once(mailing):
    ask(mailing, "leader a")
    person, path = Person(mailing, "leader a"), link(mailing)
    assert person.get(path).status_code == 200
    assert choose(person, path).location == "/account/sign-in"
    assert person.sign_in().status_code == 422
    assert person.sign_in(ANOTHER).status_code == 303
    assert choose(Person(mailing), path, cast.PASSWORD).location == "/account/reset"
    assert Person(mailing, "leader a").sign_in(ANOTHER).status_code == 303


def test_known_unknown_and_deactivated_people_get_the_same_page(mailing):
    cast.change(mailing, "leader b", active=False)
    answers = {ask(mailing, name) for name in ("leader a", "leader b", "nobody")}
    assert {status for status, _ in answers} == {200}
    assert len(answers) == 1
    assert len(mails(mailing)) == 1


def test_opening_the_link_uses_nothing_up_and_signs_nobody_in(mailing):
    ask(mailing, "leader a")
    scanner, path = Person(mailing), link(mailing)
    for _ in range(5):
        assert scanner.get(path).status_code == 200
        assert scanner.client.head(path).status_code == 200
    assert not scanner.inside()
    assert choose(Person(mailing), path).location == "/account/sign-in"


def test_a_new_password_signs_every_browser_out_and_tells_the_member(mailing):
    there = cast.signed_in(mailing, "leader a")
    ask(mailing, "leader a")
    choose(Person(mailing), link(mailing))
    assert not there.inside()
    assert "A new password was chosen by a link that was sent to you." in mails(mailing)[-1].body


def test_a_new_password_does_not_bypass_the_authenticator_app(mailing):
    cast.change(mailing, "leader a", tf_totp_secret="{}", tf_primary_method="authenticator")
    ask(mailing, "leader a")
    person = Person(mailing, "leader a")
    choose(person, link(mailing))
    assert person.sign_in(ANOTHER).location.startswith("/account/code")
    assert not person.inside()


def test_a_link_is_too_old_after_an_hour(mailing):
    ask(mailing, "leader a")
    path = link(mailing)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1, seconds=2)):
        answer = choose(Person(mailing), path)
    assert answer.location == "/account/reset"
    assert Person(mailing, "leader a").sign_in().status_code == 303


@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_link_with_a_character_changed_is_refused(mailing, place):
    ask(mailing, "leader a")
    head, token = link(mailing).rsplit("/", 1)
    letters = list(token)
    letters[place] = "A" if letters[place] != "A" else "Q"
    assert choose(Person(mailing), f"{head}/{''.join(letters)}").location == "/account/reset"
    assert Person(mailing, "leader a").sign_in().status_code == 303


def test_a_weak_new_password_is_refused_with_a_reason(mailing):
    ask(mailing, "leader a")
    answer = choose(Person(mailing), link(mailing), "leader a leader a")
    assert answer.status_code == 422
    assert "This password is easy to guess." in answer.text


def test_asking_for_links_is_limited_per_account(mailing):
    statuses = [ask_status(mailing) for _ in range(rates.RESET.most + 1)]
    assert statuses == [200] * rates.RESET.most + [429]


def ask_status(app) -> int:
    with Person(app).post("/account/reset", email=cast.address("leader a")) as answer:
        return answer.status_code


def test_without_a_mail_server_the_page_says_whom_to_ask(make):
    page = Person(make(CONTACT="Ada, ada@example.org")).get("/account/reset")
    assert "Ask whoever administers it" in page.text
    assert "Ada, ada@example.org" in page.text
    assert "<form" not in page.text.split("<main")[1]
