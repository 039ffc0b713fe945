"""The first administrator: a link that the command, or the first start, prints."""

from __future__ import annotations

import re

from cultureassess import config
from cultureassess.app import create_app
from tests import cast
from tests.account.test_invitations import accept
from tests.cast import Person

LINK = re.compile(r"http://localhost:\d+(/account/invitation/[\w-]{43})")


def installation(shell):
    return create_app(config.load({"INSTANCE": shell.environment["INSTANCE"]}))


def test_the_printed_link_makes_an_administrator_once(shell):
    output = shell.run("admin", "create").output
    app = installation(shell)
    person = Person(app, "Ada")
    person.get(LINK.search(output).group(1))
    assert accept(person, email="ada@example.org", name="Ada").location == "/account/sign-in"
    assert person.sign_in(cast.ANOTHER).status_code == 303
    assert cast.find(app, "Ada").administrator
    assert person.get("/account/invitation").status_code == 404


def test_the_link_may_name_an_address(shell):
    output = shell.run("admin", "create", "--email", "Ada@example.org").output
    person = Person(installation(shell))
    person.get(LINK.search(output).group(1))
    assert "You will sign in with ada@example.org." in person.get("/account/invitation").text


def test_a_newer_link_replaces_an_older_one(shell):
    links = [LINK.search(shell.run("admin", "create").output).group(1) for _ in range(2)]
    app = installation(shell)
    statuses = []
    for link in links:
        person = Person(app)
        person.get(link)
        statuses.append(person.get("/account/invitation").status_code)
    assert statuses == [404, 200]


def test_what_is_no_address_is_refused(shell):
    result = shell.run("admin", "create", "--email", "nobody")
    assert result.exit_code == 2
    assert "Please enter an e-mail address" in result.output


def test_the_first_administrator_cannot_take_an_address_without_one(shell):
    output = shell.run("admin", "create").output
    person = Person(installation(shell))
    person.get(LINK.search(output).group(1))
    assert accept(person, email="", name="Ada").status_code == 422
