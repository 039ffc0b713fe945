"""Who is here: the link in the cookie, and everything that follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from flask import Response, current_app, request

from cultureassess import instruments
from cultureassess.instruments.types import Audience, Instrument, RoleQuestion, Side
from cultureassess.models import Wave
from cultureassess.services import drafts, links, questions
from cultureassess.services.errors import LinkMissing
from cultureassess.web import database

COOKIE_DAYS = 30
_COOKIE = re.compile(r"([A-Za-z0-9_-]{43})(?:\.([A-Za-z0-9_-]{43}))?", re.ASCII)


@dataclass
class Visit:
    """One respondent's way through the questionnaire.

    ``secret`` opens the draft: the personal link's token, or the random value in an open link's cookie.
    """

    door: links.Door
    secret: str

    @property
    def wave(self) -> Wave:
        return self.door.wave

    @property
    def side(self) -> Side:
        return self.door.side

    @cached_property
    def keys(self) -> drafts.Keys:
        return drafts.derive(self.secret)

    @cached_property
    def instrument(self) -> Instrument:
        return instruments.by_code(self.wave.assessment.instrument)

    @property
    def organisation(self) -> str:
        return self.wave.assessment.organisation.name

    @property
    def role_question(self) -> RoleQuestion | None:
        """The question that an open inside link asks first; None where the link knows the answer."""
        return self.instrument.role_question if self.door.audience is None else None

    def audience(self, role: str | None) -> Audience | None:
        """The audience of a respondent with this role; None while the role is not known (METHOD 1.8)."""
        if self.door.audience is not None:
            return self.door.audience
        if role is None:
            return None
        return Audience.MANAGEMENT if role in self.wave.management_roles else Audience.STAFF

    def pages(self, audience: Audience | None) -> tuple[questions.Page, ...]:
        """The pages of an audience; as long as it is unknown, those that every insider gets."""
        return questions.pages(self.wave, self.instrument, audience or Audience.STAFF, self.door.invitation)

    def fill(self, text: str) -> str:
        """Put the organisation and the period into a wording."""
        return text.replace("{ORG}", self.organisation).replace("{PERIOD}", self.wave.period)


def enter(token: str) -> Visit:
    """Come in by a link. On an open link a browser that has begun goes on with its own secret.

    Raises:
        LinkUnknown: malformed, unknown or revoked.
    """
    door = links.find_door(database.session(), token)
    cleaned = links.clean_token(token) or token
    if door.personal:
        return Visit(door, cleaned)
    before = _cookie()
    secret = before[1] if before is not None and before[0] == cleaned else None
    return Visit(door, secret or links.new_token())


def current() -> Visit:
    """The visit that this browser's cookie belongs to.

    Raises:
        LinkMissing: there is no such cookie.
        LinkUnknown: its link was revoked.
    """
    found = _cookie()
    if found is None:
        raise LinkMissing
    token, secret = found
    door = links.find_door(database.session(), token)
    if not door.personal and secret is None:
        raise LinkMissing
    return Visit(door, token if door.personal or secret is None else secret)


def remember(response: Response, visit: Visit, token: str) -> None:
    """Put the link into an HttpOnly cookie, so that it leaves the address bar (RELIABILITY R5)."""
    cleaned = links.clean_token(token) or token
    response.set_cookie(
        current_app.config["RESPONDENT_COOKIE"],
        cleaned if visit.door.personal else f"{cleaned}.{visit.secret}",
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def cookie_token() -> str:
    """The link's token in the cookie.

    Raises:
        LinkMissing: there is none.
    """
    found = _cookie()
    if found is None:
        raise LinkMissing
    return found[0]


def _cookie() -> tuple[str, str | None] | None:
    text = request.cookies.get(current_app.config["RESPONDENT_COOKIE"], "")
    found = _COOKIE.fullmatch(text)
    return (found.group(1), found.group(2)) if found else None
