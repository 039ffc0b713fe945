"""Invitations: a single-use link for three days; whoever is invited chooses the password."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from cultureassess.models import MemberInvitation
from cultureassess.services import member_invitations
from tests import cast, scene
from tests.account.conftest import mails
from tests.cast import Person

LINK = re.compile(r"http://localhost:8000(/account/invitation/[\w-]{43})")


def invite_leader(person: Person, email: str = "new@example.org", organisation: int = 1) -> str:
    """Invite a leader, and return the link that the page shows once."""
    path = f"/workspace/organisations/{organisation}/leaders"
    answer = person.post(path, email=email, name="")
    assert (answer.status_code, answer.location) == (303, path)
    return LINK.search(person.get(path).text).group(1)


def accept(person: Person, **fields: str):
    """Fill the form in and send it."""
    page = person.get("/account/invitation")
    filled = {"name": "New Leader", "password": cast.ANOTHER, "again": cast.ANOTHER, **fields}
    return person.client.post("/account/invitation", data={"csrf_token": cast.form_token(page), **filled})


@pytest.fixture
def link(staff):
    return invite_leader(cast.signed_in(staff, "consultant a"))


def test_an_invited_leader_chooses_a_password_and_reads_one_organisation(staff, link):
    person = Person(staff, "new")
    person.get(link)
    assert accept(person).location == "/account/sign-in"
    assert person.sign_in(cast.ANOTHER).location == "/account/start"
    found = cast.find(staff, "new")
    assert (found.name, found.administrator, found.consultant) == ("New Leader", False, False)
    assert "There are no results yet." in person.get("/account/start").text
    assert person.get("/workspace").status_code == 404


def test_the_link_leaves_the_address_bar_and_opening_it_uses_nothing_up(staff, link):
    for _ in range(3):
        scanner = Person(staff)
        assert scanner.get(link).location == "/account/invitation"
        assert scanner.get("/account/invitation").status_code == 200
    person = Person(staff)
    person.get(link)
    assert accept(person).status_code == 303


def test_an_invitation_works_once(staff, link):
    first, second = Person(staff), Person(staff)
    first.get(link)
    second.get(link)
    page = second.get("/account/invitation")
    assert accept(first).status_code == 303
    fields = {
        "csrf_token": cast.form_token(page),
        "name": "Late",
        "password": cast.ANOTHER,
        "again": cast.ANOTHER,
    }
    assert second.client.post("/account/invitation", data=fields).status_code == 404
    assert cast.find(staff, "new").name == "New Leader"


def test_an_invitation_lasts_three_days(staff, link):
    person = Person(staff)
    person.get(link)
    now = dt.datetime.now(dt.UTC)
    for hours, status in ((71.99, 200), (72.01, 404)):
        with time_machine.travel(now + dt.timedelta(hours=hours)):
            assert person.get("/account/invitation").status_code == status


def test_used_old_withdrawn_and_invented_links_get_the_same_page(staff, link):
    consultant = cast.signed_in(staff, "consultant a")
    withdrawn = invite_leader(consultant, "second@example.org")
    number = re.search(
        r"invitations/(\d+)/withdraw", consultant.get("/workspace/organisations/1/leaders").text[::-1]
    )
    assert number is None  # the newest is last on the page
    last = re.findall(
        r"invitations/(\d+)/withdraw", consultant.get("/workspace/organisations/1/leaders").text
    )[-1]
    consultant.post(f"/workspace/organisations/1/leaders/invitations/{last}/withdraw")
    user = Person(staff)
    user.get(link)
    accept(user)
    pages = set()
    for path in (link, withdrawn, "/account/invitation/" + "x" * 43, "/account/invitation/short"):
        person = Person(staff)
        person.get(path)
        answer = person.get("/account/invitation")
        pages.add((answer.status_code, answer.text))
    assert len(pages) == 1
    assert pages.pop()[0] == 404


def test_a_second_invitation_of_the_same_person_replaces_the_first(staff, link):
    second = invite_leader(cast.signed_in(staff, "consultant a"))
    first = Person(staff)
    first.get(link)
    assert first.get("/account/invitation").status_code == 404
    later = Person(staff)
    later.get(second)
    assert later.get("/account/invitation").status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "short", "again": "short"}, "Use at least 15 characters."),
        ({"again": "something else entirely"}, "This is not the same as above."),
        ({"name": " "}, "Please enter a name"),
        ({"name": "Nul\x00"}, "Please enter a name"),
        ({"password": "Nordlicht Logistics", "again": "Nordlicht Logistics"}, "easy to guess"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_nothing_is_stored(staff, link, fields, sentence):
    person = Person(staff)
    person.get(link)
    answer = accept(person, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert accept(person).status_code == 303


def test_a_member_of_another_client_keeps_password_and_name(staff):
    link = invite_leader(cast.signed_in(staff, "consultant a"), "leader.b@example.org")
    person = Person(staff, "leader b")
    person.get(link)
    assert "You have an account already" in person.get("/account/invitation").text
    accept(person, name="Taken over", password=cast.ANOTHER)
    assert person.sign_in().status_code == 303
    assert cast.find(staff, "leader b").name == "leader b"
    assert "Nordlicht Logistics" in person.get("/account").text


def test_only_the_hash_of_the_token_is_stored(staff, link):
    token = link.rsplit("/", 1)[1]
    stored = scene.rows(staff.extensions["engine"], MemberInvitation)[0]
    assert stored.token_hash == member_invitations._hash(token)


def test_with_a_mail_server_the_invitation_is_mailed_and_never_shown(mailing):
    consultant = cast.signed_in(mailing, "consultant a")
    path = "/workspace/organisations/1/leaders"
    consultant.post(path, email="new@example.org", name="")
    assert LINK.search(consultant.get(path).text) is None
    mail = mails(mailing)[-1]
    assert mail.subject == "Your invitation to Nordlicht Logistics in CultureAssess"
    assert "consultant a has invited you" in mail.body
    person = Person(mailing)
    person.get(LINK.search(mail.body).group(1))
    assert accept(person).status_code == 303


@pytest.mark.parametrize("email", ["", "nobody", "a@b\r\nBcc: x@example.org", "a@example.org, b@example.org"])
def test_what_is_no_address_is_refused_and_kept_to_mend(staff, email):
    consultant = cast.signed_in(staff, "consultant a")
    answer = consultant.post("/workspace/organisations/1/leaders", email=email, name="Kept")
    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text


def test_somebody_who_reads_these_results_already_is_not_invited_again(staff):
    consultant = cast.signed_in(staff, "consultant a")
    answer = consultant.post("/workspace/organisations/1/leaders", email="leader.a@example.org", name="")
    assert answer.status_code == 422
    assert "is a member here already" in answer.text


def test_an_invitation_does_not_tell_that_an_address_is_known_elsewhere(staff):
    consultant = cast.signed_in(staff, "consultant a")
    for email in ("leader.b@example.org", "nobody@example.org"):
        invite_leader(consultant, email)


@pytest.mark.parametrize(
    ("become", "rights"),
    [("administrator", (True, False)), ("consultant", (False, True))],
)
def test_an_administrator_invites_for_the_whole_installation(staff, become, rights):
    administrator = cast.signed_in(staff, "Administrator")
    administrator.post("/members/invite", email="new@example.org", name="New", become=become)
    person = Person(staff)
    person.get(LINK.search(administrator.get("/members").text).group(1))
    accept(person)
    found = cast.find(staff, "new")
    assert (found.administrator, found.consultant) == rights


def test_nobody_is_invited_to_be_what_the_form_does_not_offer(staff):
    administrator = cast.signed_in(staff, "Administrator")
    for become in ("", "owner", "leader 99", "leader", "leader 1 2", "consultant administrator"):
        answer = administrator.post("/members/invite", email="new@example.org", name="", become=become)
        assert answer.status_code == 422, become


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"email": "kaputt", "name": "Eva"}, ["email"]),
        ({"email": "eva@example.org", "name": "x" * 201}, ["name"]),
        ({"email": "leader.a@example.org", "name": "Eva"}, ["email"]),
    ],
)
def test_what_is_wrong_with_an_invitation_stands_at_its_field(staff, typed, wrong):
    page = cast.signed_in(staff, "consultant a").post("/workspace/organisations/1/leaders", **typed)
    assert page.status_code == 422
    assert re.findall(r'id="(\w+)-error"', page.text) == wrong


def test_what_is_missing_of_an_administrators_invitation_is_said_at_once(staff):
    page = cast.signed_in(staff, "Administrator").post("/members/invite", email="", name="", become="")
    assert re.findall(r'id="(\w+)-error"', page.text) == ["email", "become"]


def test_every_page_of_the_staff_has_the_same_way_round(staff):
    person = cast.signed_in(staff, "consultant a")
    paths = ("/workspace", "/account", "/audit", "/results/1", "/actions/1", "/workspace/waves/99")
    ways = [re.findall(r'<nav class="site-nav".*?</nav>', person.get(path).text, re.DOTALL) for path in paths]
    assert [re.findall(r'href="([^"]+)"', *found) for found in ways] == [
        ["/workspace", "/workspace/planner", "/audit", "/account"]
    ] * len(paths)
