"""The getters that every staff page begins with: what is theirs is found, everything else is the same 404."""

from __future__ import annotations

import itertools
from urllib.parse import unquote

import pytest
from flask import Flask, g
from werkzeug.exceptions import HTTPException, NotFound

from cultureassess.db import transaction
from cultureassess.instruments.types import Audience
from cultureassess.models import Invitation, OpenLink, Organisation, State, Wave
from cultureassess.services import links, members
from cultureassess.services.rights import Actor, Capability, Role, actor_of
from cultureassess.web import access
from tests import cast, scene

PLACES = {"a": 1, "b": 2}


@pytest.fixture
def staff(app: Flask, sqlite) -> Flask:
    """Two clients with an open wave each; the first one's is numbered 1, and so on."""
    key = app.config["SECRET_KEY"]
    with transaction(sqlite) as session:
        for letter in PLACES:
            wave = scene.open_wave(session, label=letter)
            wave.assessment.organisation.slug = letter
            session.flush()
            scene.open_token(session, wave, Audience.CUSTOMER, secret_key=key)
            links.create_invitation(session, wave, Audience.CUSTOMER)
        cast.populate(session, *(session.get_one(Organisation, number) for number in PLACES.values()))
    return app


def found(app: Flask, name: str, getter, *arguments) -> str:
    """What a getter does for somebody: "found", or the status of how it ends the request."""
    with app.extensions["sessions"]() as session:
        actor = actor_of(members.find_member(session, cast.address(name)))
    with app.test_request_context("/workspace"):
        g.actor = actor
        try:
            getter(*arguments)
        except HTTPException as error:
            return str(error.code or error.get_response().status_code)
        return "found"


PEOPLE = ("administrator", "consultant a", "consultant b", "leader a", "leader b", "outsider")


@pytest.mark.parametrize(("letter", "name"), list(itertools.product(PLACES, PEOPLE)))
def test_a_wave_and_its_organisation_are_for_those_who_run_them(staff, letter, name):
    expected = "found" if name in ("administrator", f"consultant {letter}") else "404"
    number = PLACES[letter]
    for getter in (access.wave, access.organisation, access.assessment):
        assert found(staff, name, getter, number) == expected


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", PEOPLE)
def test_leaders_read_released_results_only(staff, name, state):
    with transaction(staff.extensions["engine"]) as session:
        wave = session.get_one(Wave, 1)
        for step in itertools.takewhile(lambda one: wave.state is not state, list(State)[1:]):
            wave.state = step
            session.flush()
        reached = wave.state
    readers = {"administrator", "consultant a", *(["leader a"] if reached is State.REPORTED else [])}
    assert found(staff, name, access.results, 1) == ("found" if name in readers else "404")
    reading = found(staff, name, access.wave, 1, Capability.READ_RESULTS)
    assert reading == ("found" if name in readers else "404")


@pytest.mark.parametrize("getter", [access.wave, access.organisation, access.assessment, access.results])
def test_what_is_missing_ends_like_what_is_foreign(staff, getter):
    assert found(staff, "administrator", getter, 99) == "404"
    assert found(staff, "consultant a", getter, 99) == found(staff, "consultant a", getter, 2) == "404"


def test_a_part_is_found_under_its_own_whole_only(staff):
    with staff.test_request_context("/workspace"):
        g.actor = Actor(name="Somebody", administrator=True)
        first, second = access.wave(1), access.wave(2)
        assert access.link(first, 1).wave_id == 1
        assert access.part(Invitation, second, 2).wave_id == 2
        for model, whole, key in ((OpenLink, first, 2), (OpenLink, second, 1), (Invitation, first, 2)):
            with pytest.raises(NotFound):
                access.part(model, whole, key)


@pytest.mark.parametrize(
    ("name", "listed"),
    [("administrator", [1, 2]), ("consultant a", [1]), ("consultant b", [2])],
)
def test_the_organisations_are_those_that_somebody_runs(staff, name, listed):
    seen = []
    assert found(staff, name, lambda: seen.extend(one.id for one in access.organisations())) == "found"
    assert sorted(seen) == listed


@pytest.mark.parametrize("name", ["leader a", "outsider"])
def test_the_list_of_organisations_is_for_those_who_run_some(staff, name):
    assert found(staff, name, access.organisations) == "404"


@pytest.mark.parametrize(
    ("getter", "allowed"),
    [
        (access.administrator, {"administrator"}),
        (access.adding_organisations, {"administrator", "consultant a"}),
        (access.runner, {"administrator", "consultant a", "consultant b"}),
    ],
)
def test_what_concerns_the_installation_is_for_those_who_may(staff, getter, allowed):
    assert {name for name in PEOPLE if found(staff, name, getter) == "found"} == allowed


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(staff):
    client = staff.test_client()
    for path in ("/workspace/waves/1", "/workspace/waves/99", "/results/1?from=2"):
        answer = client.get(path)
        assert (answer.status_code, unquote(answer.location)) == (303, f"/account/sign-in?next={path}")


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_database_has_is_not_found(staff, number):
    assert cast.signed_in(staff, "administrator").get(f"/workspace/waves/{number}").status_code == 404


@pytest.mark.parametrize("capability", Capability)
def test_nobody_has_a_right_without_having_been_given_one(capability):
    assert not Actor(name="Somebody").may(capability, 1)
    assert not Actor(name="Somebody", roles={1: Role.CONSULTANT}).may(capability, 2)


def test_an_inactive_member_may_do_nothing(staff):
    cast.change(staff, "administrator", active=False)
    actor = actor_of(cast.find(staff, "administrator"))
    assert not any(actor.may(capability, 1) for capability in Capability)
