"""What Flask-Security asks for, and what of it is switched on."""

from __future__ import annotations

import re

from flask_security import UserMixin

from cultureassess.models import Member
from tests import cast
from tests.cast import Person

WITHOUT = {"augment_auth_token", "verify_auth_token", "get_auth_token"}
"""Of tokens instead of a session, which are switched off."""
CHANNELS = {"tf_send_security_token", "us_send_security_token"}
"""Of codes by mail or text message, which are not offered."""


def test_a_member_has_what_the_library_asks_of_a_user():
    asked = {name for name in dir(UserMixin) if not name.startswith("_")}
    assert asked - set(dir(Member)) == WITHOUT | CHANNELS


def test_passwords_are_stored_as_argon2id_with_owasp_parameters(staff):
    person = cast.signed_in(staff, "leader a")
    fields = {"password": cast.PASSWORD, "new_password": cast.ANOTHER, "new_password_confirm": cast.ANOTHER}
    person.post("/account/password", **fields)
    assert re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", cast.find(staff, "leader a").password)


def test_a_hash_with_weaker_parameters_is_renewed_at_the_next_sign_in(staff):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(cast.PASSWORD)
    cast.change(staff, "leader a", password=weak)
    assert Person(staff, "leader a").sign_in().status_code == 303
    assert "m=19456,t=2,p=1" in cast.find(staff, "leader a").password


def test_no_token_in_an_address_or_header_signs_anybody_in(staff):
    member = cast.find(staff, "administrator")
    with staff.app_context():
        token = staff.extensions["security"].remember_token_serializer.dumps(
            {"ver": "5", "uid": member.fs_uniquifier, "fs_paa": 0, "exp": 0}
        )
    person = Person(staff)
    for asked in (
        person.client.get(f"/account?auth_token={token}"),
        person.client.get("/account", headers={"Authentication-Token": token}),
        person.client.get("/account", headers={"Authorization": f"Bearer {token}"}),
    ):
        assert asked.location.startswith("/account/sign-in")


def test_a_remember_cookie_signs_nobody_in(staff):
    from flask_login.utils import encode_cookie

    with staff.app_context():
        cookie = encode_cookie(cast.find(staff, "administrator").fs_uniquifier)
    person = Person(staff)
    person.client.set_cookie("remember_token", cookie)
    assert not person.inside()


def test_respondents_pages_and_static_files_do_not_touch_the_staffs_cookie(staff):
    person = cast.signed_in(staff, "leader a")
    with person.get("/static/css/base.css") as answer:
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_pages_for_ways_to_sign_in_that_are_not_offered_are_not_found(staff):
    person = cast.signed_in(staff, "leader a")
    assert {person.get(path).status_code for path in ("/account/code-help", "/account/code-choice")} == {404}
