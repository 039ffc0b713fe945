"""The administrator's pages: rights are given and taken, and count at the next request."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from cultureassess.db import transaction
from cultureassess.models import Role
from cultureassess.services import members
from cultureassess.services.members import MemberRefused
from tests import cast
from tests.cast import Person


@pytest.fixture
def administrator(staff):
    return cast.signed_in(staff, "Administrator")


def page_of(app, name: str) -> str:
    return f"/members/{cast.find(app, name).id}"


def test_the_members_are_listed_with_what_they_may(administrator):
    text = re.sub(r"<[^>]+>|\s+", " ", administrator.get("/members").text)
    text = re.sub(r" +", " ", text)
    assert "consultant a consultant.a@example.org Nordlicht Logistics (consultant) no never" in text
    assert "Administrator administrator@example.org everything no" in text


def test_a_role_taken_away_is_gone_at_the_next_request(staff, administrator):
    consultant = cast.signed_in(staff, "consultant a")
    assert consultant.get("/workspace/organisations/1").status_code == 200
    administrator.post(f"{page_of(staff, 'consultant a')}/roles/1/remove")
    assert consultant.get("/workspace/organisations/1").status_code == 404


def test_a_role_given_counts_at_the_next_request(staff, administrator):
    consultant = cast.signed_in(staff, "consultant a")
    assert consultant.get("/workspace/organisations/2").status_code == 404
    administrator.post(f"{page_of(staff, 'consultant a')}/roles", organisation=2, role="consultant")
    assert consultant.get("/workspace/organisations/2").status_code == 200


def test_rights_in_the_installation_are_given_and_taken(staff, administrator):
    other = cast.signed_in(staff, "Outsider")
    path = page_of(staff, "Outsider")
    assert other.get("/members").status_code == 404
    administrator.post(f"{path}/rights", administrator="yes")
    assert other.get("/members").status_code == 200
    administrator.post(f"{path}/rights")
    assert other.get("/members").status_code == 404


def test_a_deactivated_member_is_out_and_cannot_come_back(staff, administrator):
    leader = cast.signed_in(staff, "leader a")
    administrator.post(f"{page_of(staff, 'leader a')}/deactivate")
    assert not leader.inside()
    assert leader.sign_in().status_code == 422
    administrator.post(f"{page_of(staff, 'leader a')}/activate")
    assert leader.sign_in().status_code == 303


def test_a_member_can_be_signed_out_everywhere(staff, administrator):
    leader = cast.signed_in(staff, "leader a")
    administrator.post(f"{page_of(staff, 'leader a')}/sessions/end")
    assert not leader.inside()
    assert leader.sign_in().status_code == 303


def test_a_lost_authenticator_app_can_be_removed(staff, administrator):
    cast.change(staff, "leader a", tf_totp_secret="{}", tf_primary_method="authenticator")
    assert Person(staff, "leader a").sign_in().location.startswith("/account/code")
    administrator.post(f"{page_of(staff, 'leader a')}/authenticator/forget")
    assert Person(staff, "leader a").sign_in().location == "/account/start"


def test_without_a_mail_server_a_reset_link_is_shown_once_to_pass_on(staff, administrator):
    path = page_of(staff, "leader a")
    administrator.post(f"{path}/reset-link")
    link = re.search(r"http://localhost:8000(/account/reset/[^<\s]+)", administrator.get(path).text).group(1)
    assert link not in administrator.get(path).text
    leader = Person(staff, "leader a")
    fields = {"password": cast.ANOTHER, "password_confirm": cast.ANOTHER}
    assert leader.post(link, **fields).location == "/account/sign-in"
    assert leader.sign_in(cast.ANOTHER).status_code == 303


@pytest.mark.parametrize("what", ["deactivate", "rights"])
def test_the_last_administrator_stays(staff, administrator, what):
    answer = administrator.post(f"{page_of(staff, 'Administrator')}/{what}")
    assert answer.status_code == 400
    assert "This is the only administrator." in answer.text
    assert administrator.get("/members").status_code == 200


def test_changing_rights_asks_for_the_password_again_after_a_quarter_of_an_hour(staff, administrator):
    path = page_of(staff, "leader a")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=16)):
        answer = administrator.post(f"{path}/rights", administrator="yes")
        assert answer.location.startswith("/account/password-again")
    assert not cast.find(staff, "leader a").administrator


def test_a_consultant_takes_a_leaders_access_away(staff):
    consultant, leader = cast.signed_in(staff, "consultant a"), cast.find(staff, "leader a")
    path = "/workspace/organisations/1/leaders"
    assert "leader.a@example.org" in consultant.get(path).text
    consultant.post(f"{path}/{leader.id}/remove")
    assert "leader.a@example.org" not in consultant.get(path).text


def test_a_consultant_cannot_take_another_consultants_role_away(staff):
    cast_member = cast.find(staff, "Outsider")
    with transaction(staff.extensions["engine"]) as session:
        member = session.merge(cast_member)
        from cultureassess.models import Organisation

        members.grant(session, member, session.get_one(Organisation, 1), Role.CONSULTANT)
    consultant = cast.signed_in(staff, "consultant a")
    answer = consultant.post(f"/workspace/organisations/1/leaders/{cast_member.id}/remove")
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\x00b", "a\u2028\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(name):
    with pytest.raises(MemberRefused, match="Please enter a name"):
        members.clean_name(name)


def test_an_address_is_taken_once_in_whatever_case(engine):
    with transaction(engine) as session:
        cast.member(session, "Somebody")
        with pytest.raises(MemberRefused, match="already"):
            members.create_member(session, name="Else", email="SOMEBODY@Example.org", password=None)
