"""Signing in and out: who gets in, what others learn from trying, and what the cookie is worth."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import low_level

from cultureassess.services import rates
from tests import cast
from tests.cast import Person


def test_the_right_password_opens_the_workspace_for_a_consultant(person):
    answer = person("consultant a").sign_in()
    assert (answer.status_code, answer.location) == (303, "/account/start")


def test_the_address_may_be_written_in_capitals(person):
    someone = person("consultant a")
    answer = someone.post("/account/sign-in", email="Consultant.A@EXAMPLE.org", password=cast.PASSWORD)
    assert answer.status_code == 303
    assert someone.inside()


@pytest.mark.parametrize("name", ["consultant a", "nobody at all"])
def test_a_wrong_password_is_refused(person, name):
    answer = person(name).sign_in("not the password of anybody")
    assert answer.status_code == 422
    assert not person(name).inside()


def shown(person: Person, email: str, password: str) -> str:
    """The page for one try, without what differs by chance or because it repeats what was typed."""
    token = person.token()
    answer = person.client.post(
        "/account/sign-in", data={"csrf_token": token, "email": email, "password": password}
    )
    assert answer.status_code == 422
    return answer.text.replace(cast.form_token(answer), "").replace(email, "")


def test_known_unknown_and_deactivated_people_get_the_same_page(staff):
    cast.change(staff, "leader b", active=False)
    tries = [
        (cast.address("leader a"), "a wrong password, clearly"),
        (cast.address("somebody else"), "a wrong password, clearly"),
        (cast.address("leader b"), cast.PASSWORD),
        (cast.address("leader b"), "a wrong password, clearly"),
    ]
    assert len({shown(Person(staff), email, password) for email, password in tries}) == 1


@pytest.fixture
def hashes(monkeypatch):
    """Counts the password hashes that are computed."""
    counted = []
    for name in ("hash_secret", "verify_secret"):
        monkeypatch.setattr(low_level, name, counting(getattr(low_level, name), counted))
    return counted


def counting(function, counted):
    def call(*arguments, **named):
        counted.append(function.__name__)
        return function(*arguments, **named)

    return call


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/reset"])
def test_known_and_unknown_people_cost_the_same_number_of_password_hashes(mailing, hashes, path):
    counts = []
    for name in ("leader a", "nobody"):
        person = Person(mailing, name)
        token = person.token()
        hashes.clear()
        fields = {"csrf_token": token, "email": cast.address(name), "password": "a wrong password, clearly"}
        person.client.post(path, data=fields).close()
        counts.append(len(hashes))
    assert counts == [1, 1]


def test_known_and_unknown_people_cost_the_same_queries(staff):
    asked: list[str] = []
    sa.event.listen(
        staff.extensions["engine"], "before_cursor_execute", lambda *a: asked.append(a[2].split()[0])
    )
    counts = []
    for name in ("leader b", "leader a", "nobody"):  # the first try of a day makes the day's key
        person = Person(staff, name)
        fields = {"csrf_token": person.token(), "email": cast.address(name), "password": "a wrong password"}
        asked.clear()
        person.client.post("/account/sign-in", data=fields)
        counts.append(list(asked))
    assert counts[1] == counts[2]


def test_signing_in_changes_the_cookie_so_that_one_planted_before_is_worth_nothing(staff):
    victim, attacker = Person(staff, "consultant a"), Person(staff)
    victim.get("/account/sign-in")
    planted = victim.cookie()
    assert victim.sign_in().status_code == 303
    attacker.client.set_cookie("session", planted)
    assert not attacker.inside()
    assert victim.cookie() != planted


def test_a_form_token_from_before_signing_in_is_worth_nothing_after_it(person):
    someone = person("consultant a")
    old = someone.token()
    someone.sign_in()
    assert someone.client.post("/account/sign-out", data={"csrf_token": old}).status_code == 400
    assert someone.inside()


def test_a_cookie_with_any_character_changed_signs_nobody_in(staff):
    cookie = cast.signed_in(staff, "leader a").cookie()
    thief = Person(staff)
    for place in range(0, len(cookie), 7):
        changed = cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]
        thief.client.set_cookie("session", changed)
        # the last character of a signature carries bits that nobody reads
        if place < len(cookie) - 1:
            assert not thief.inside(), place


def test_a_cookie_kept_by_a_thief_is_worth_nothing_after_signing_out(staff):
    owner, thief = cast.signed_in(staff, "leader a"), Person(staff)
    thief.client.set_cookie("session", owner.cookie())
    assert thief.inside()
    answer = owner.post("/account/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not thief.inside()


def test_signing_out_needs_the_token_of_a_form_and_never_happens_by_a_link(staff):
    someone = cast.signed_in(staff, "leader a")
    assert someone.get("/account/sign-out").status_code == 405
    assert someone.client.post("/account/sign-out").status_code == 400
    assert someone.inside()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
    ],
)
def test_signing_in_leads_to_no_other_site(person, elsewhere):
    answer = person("consultant a").sign_in(next=elsewhere)
    assert "evil" not in (answer.location or "") or (answer.location or "").startswith("/")
    assert not (answer.location or "").startswith(("//", "/\\", "http", "javascript"))


def test_signing_in_leads_back_to_the_page_that_was_asked_for(staff):
    someone = Person(staff, "consultant a")
    asked = someone.get("/workspace/organisations/1")
    assert asked.location == "/account/sign-in?next=/workspace/organisations/1"
    assert someone.sign_in(next="/workspace/organisations/1").location == "/workspace/organisations/1"


def test_the_eleventh_guess_at_one_account_is_refused_with_a_time_to_come_back(staff):
    guesser = Person(staff, "leader a")
    answers = [guesser.sign_in("a wrong password, clearly") for _ in range(rates.SIGN_IN.most)]
    assert {answer.status_code for answer in answers} == {422}
    late = guesser.sign_in("a wrong password, clearly")
    assert late.status_code == 429
    assert 0 < int(late.headers["Retry-After"]) <= rates.SIGN_IN.seconds
    assert "Please wait 15 minutes, then try again." in late.text


def test_guesses_at_one_account_do_not_lock_another_one(staff):
    guesser = Person(staff, "leader a")
    for _ in range(rates.SIGN_IN.most + 1):
        guesser.sign_in("a wrong password, clearly")
    assert Person(staff, "leader b").sign_in().status_code == 303


def test_guesses_at_many_accounts_from_one_address_are_refused(staff):
    statuses = [
        Person(staff, f"somebody {number}").sign_in("a wrong password, clearly").status_code
        for number in range(rates.SIGN_IN_ADDRESS.most + 1)
    ]
    assert statuses == [422] * rates.SIGN_IN_ADDRESS.most + [429]


def test_a_forged_forwarding_header_gives_no_fresh_address(staff):
    guesser = Person(staff)
    statuses = []
    for number in range(rates.SIGN_IN_ADDRESS.most + 1):
        fields = {"csrf_token": guesser.token(), "email": f"x{number}@example.org", "password": "x" * 20}
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        statuses.append(guesser.client.post("/account/sign-in", data=fields, headers=headers).status_code)
    assert statuses[-1] == 429


def test_an_office_behind_one_address_signs_in_without_being_counted(staff):
    for _ in range(rates.SIGN_IN_ADDRESS.most + 5):
        assert Person(staff, "leader a").sign_in().status_code == 303


def test_no_network_address_is_stored(staff):
    Person(staff, "leader a").sign_in("a wrong password, clearly")
    path = Path(staff.extensions["engine"].url.database)
    stored = b"".join(file.read_bytes() for file in path.parent.glob("cultureassess.sqlite3*"))
    assert b"rate_count" in stored
    assert b"127.0.0.1" not in stored


@pytest.mark.parametrize("body", [b"[1]", b'{"email": 1}', b"null", b"{"])
def test_the_account_pages_take_forms_and_nothing_else(person, body):
    someone = person("leader a")
    headers = {"X-CSRFToken": someone.token(), "Content-Type": "application/json"}
    assert someone.client.post("/account/sign-in", data=body, headers=headers).status_code == 415


def test_the_demo_has_no_accounts(make):
    demo = Person(make(DEMO="true"))
    paths = ["/account", "/account/sign-in", "/account/reset", "/account/invitation"]
    assert {demo.get(path).status_code for path in paths} == {404}
