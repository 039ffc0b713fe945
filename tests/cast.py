"""The people of the access tests: two clients, each with a consultant and a leader, and those around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from cultureassess.db import transaction
from cultureassess.models import Member, Organisation, Role
from cultureassess.services import members

PASSWORD = "wombat ladder quiet prism 9"
ANOTHER = "granite teapot slowly northward 4"


@cache
def hashed(password: str = PASSWORD) -> str:
    """A password as the library stores it: hashed once for all tests."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(password)


def member(session: Session, name: str, **rights: bool) -> Member:
    """A member who can sign in with ``PASSWORD``; the address is made of the name."""
    found = members.create_member(session, name=name, email=address(name), password=hashed())
    members.set_rights(
        session,
        found,
        administrator=rights.get("administrator", False),
        consultant=rights.get("consultant", False),
    )
    return found


def address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"


def populate(session: Session, a: Organisation, b: Organisation) -> None:
    """The cast, with rights in two organisations. Only consultant A may add more."""
    member(session, "Administrator", administrator=True)
    for letter, organisation in (("a", a), ("b", b)):
        for role in Role:
            adds = role is Role.CONSULTANT and letter == "a"
            members.grant(
                session, member(session, f"{role.value} {letter}", consultant=adds), organisation, role
            )
    member(session, "Outsider")


@dataclass
class Person:
    """Somebody with a browser."""

    app: Flask
    name: str = ""
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, /, **fields: object) -> TestResponse:
        """Send a form with the token of this browser's session."""
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    def token(self) -> str:
        """The form token: the page for signing in has one, or the account page for whoever is signed in."""
        pages = (self.client.get(f"/account{path}") for path in ("/sign-in", "", "/authenticator"))
        return form_token(next(page for page in pages if page.status_code == 200))

    def sign_in(self, password: str = PASSWORD, **more: object) -> TestResponse:
        return self.post("/account/sign-in", email=address(self.name), password=password, **more)

    def inside(self) -> bool:
        """Whether this browser is signed in."""
        return self.client.get("/account").status_code == 200

    def cookie(self) -> str:
        found = self.client.get_cookie("session")
        return "" if found is None else found.value


def form_token(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None, (page.status_code, page.location)
    return found.group(1)


def signed_in(app: Flask, name: str) -> Person:
    """A member in a browser of their own, signed in."""
    person = Person(app, name)
    assert person.sign_in().status_code == 303
    assert person.inside()
    return person


def find(app: Flask, name: str) -> Member:
    with app.extensions["sessions"]() as session:
        return session.scalars(sa.select(Member).where(Member.email == address(name))).one()


def change(app: Flask, name: str, **values: object) -> None:
    """Change a member behind the pages' back."""
    with transaction(app.extensions["engine"]) as session:
        found = session.scalars(sa.select(Member).where(Member.email == address(name))).one()
        for key, value in values.items():
            setattr(found, key, value)


def forget_counts(app: Flask) -> None:
    """Begin all windows of the rate limits anew."""
    with app.extensions["engine"].begin() as connection:
        connection.exec_driver_sql("DELETE FROM rate_count")
