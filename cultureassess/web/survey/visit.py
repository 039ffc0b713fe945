"""Who is here: the link in the cookie, and everything that follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from flask import Response, current_app, request, session

from cultureassess import clock, instruments
from cultureassess.instruments.translations import Address
from cultureassess.instruments.types import Audience, Instrument, RoleQuestion, Side
from cultureassess.models import Anonymity, OpenLink, Wave
from cultureassess.services import drafts, links, questions
from cultureassess.services.doors import read_door
from cultureassess.services.drafts import Answers
from cultureassess.services.errors import CodeNeeded, LinkMissing, LinkUnknown
from cultureassess.web import database, i18n
from cultureassess.web.survey import language as languages

COOKIE_DAYS = 90
"""How long a browser remembers its link where nobody knows when the wave closes."""

AFTER = 8
"""And how many days longer than the wave is open: drafts live for seven."""

OTHERS = 3
"""Open links whose drafts a browser finds again although another link was opened in it since."""

_plans: WeakKeyDictionary[Wave, dict[tuple[str, Audience], tuple[questions.Page, ...]]] = WeakKeyDictionary()
_COOKIE = re.compile(r"([A-Za-z0-9_-]{43})(?:\.([A-Za-z0-9_-]{43}))?", re.ASCII)


@dataclass
class Visit:
    """One respondent's way through the questionnaire.

    ``secret`` opens the draft: the personal link's token, or the random value in an open link's cookie.
    """

    door: links.Door
    secret: str
    _fillings: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)

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
    def address(self) -> Address:
        """How the wording speaks to people: informally to insiders alone, and where the wave says so."""
        return "informal" if self.wave.informal and self.side is Side.INSIDE else "formal"

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The wave's languages in which its questionnaire is there, the wave's first one first."""
        there = instruments.languages(self.wave.assessment.instrument)
        return tuple(code for code in self.wave.languages if code in there) or there[:1]

    def speak(self, answers: Answers | None = None) -> None:
        """Choose the language of the page, once what was begun is known."""
        drafted = answers.language if answers is not None else None
        i18n.speak(languages.choose(self.languages, drafted), informal=self.address == "informal")

    @property
    def language(self) -> str:
        """The language of this request; the wave's first where the page speaks none of the wave's."""
        spoken = i18n.language()
        return spoken if spoken in self.languages else self.languages[0]

    @property
    def instrument(self) -> Instrument:
        """The questionnaire in the language of the page."""
        return instruments.in_language(self.wave.assessment.instrument, self.language, self.address)

    @property
    def name(self) -> str:
        """The organisation as it is called."""
        return self.wave.assessment.organisation.name

    @property
    def contact(self) -> str:
        """Whom respondents may ask: the organisation's own contact, else the installation's."""
        installation: str = current_app.extensions["settings"].contact
        return self.wave.assessment.organisation.contact or installation

    @property
    def organisation(self) -> str:
        """The organisation as it is called within a sentence of this language."""
        chosen = self.wave.organisation_names.get(self.language, ())
        if chosen:
            return chosen[0]
        return instruments.organisation_in(self.wave.assessment.instrument, self.language, self.name)

    @property
    def anonymous(self) -> bool:
        """Whether this wave may call itself anonymous: open links without accounts only (METHOD 4.2)."""
        return self.wave.anonymity is Anonymity.ANONYMOUS and not self.door.personal

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
        """The pages of an audience; as long as it is unknown, those that every insider gets.

        They are the same for everybody who was not told apart by an invitation, so they are planned once for
        each wave that :func:`read_door` remembers.
        """
        asked = audience or Audience.STAFF
        if self.door.personal:
            return questions.pages(self.wave, self.instrument, asked, self.door.invitation)
        planned = _plans.setdefault(self.wave, {})
        key = (self.language, asked)
        if key not in planned:
            planned[key] = questions.pages(self.wave, self.instrument, asked)
        return planned[key]

    def fill(self, text: str) -> str:
        """Put the organisation and the period into a wording."""
        return fill(text, *self.filling) if "{" in text else text

    @property
    def filling(self) -> tuple[str, str]:
        """The organisation and the period in the words of the page's language."""
        language = self.language
        if language not in self._fillings:
            period = instruments.period_in(self.wave.assessment.instrument, language, self.wave.period)
            self._fillings[language] = (self.organisation, period)
        return self._fillings[language]


def fill(text: str, organisation: str, period: str) -> str:
    """Put an organisation and a period into a wording."""
    return text.replace("{ORG}", organisation).replace("{PERIOD}", period)


def enter(token: str) -> Visit:
    """Come in by a link. On an open link a browser that has begun goes on with its own secret.

    Raises:
        LinkUnknown: malformed or unknown.
        LinkRevoked: withdrawn.
    """
    door = read_door(database.session(), token)
    cleaned = links.clean_token(token) or token
    if door.personal:
        return _spoken(Visit(door, cleaned))
    return _spoken(Visit(door, _begun_here().get(cleaned) or links.new_token()))


def resume(secret: str) -> tuple[Visit, str]:
    """Come in by a resume link: the visit that was begun on another device, and its open link's token.

    Raises:
        LinkUnknown: malformed, or nothing was begun with this secret.
        LinkRevoked: the open link behind it was withdrawn.
    """
    cleaned = links.clean_token(secret)
    answers = None if cleaned is None else drafts.load_draft(database.session(), drafts.derive(cleaned))
    begun_by = None if answers is None else answers.link
    link = None if begun_by is None else database.session().get(OpenLink, begun_by)
    if cleaned is None or link is None:
        raise LinkUnknown
    admit(link)
    visit = Visit(links.door_of(link), cleaned)
    visit.speak(answers)
    return visit, links.open_link_token(link, secret_key=current_app.config["SECRET_KEY"])


def current(*, admitted: bool = True) -> Visit:
    """The visit that this browser's cookie belongs to.

    It is found without SQLite's write lock; who writes then calls :func:`database.write_now` first.

    Args:
        admitted: whether the link's access code must have been given.

    Raises:
        LinkMissing: there is no such cookie.
        LinkUnknown: its link is gone.
        LinkRevoked: its link was withdrawn.
        CodeNeeded: its link asks for a code that this browser has not given.
    """
    found = _cookie()
    if found is None:
        raise LinkMissing
    token, secret = found
    database.read_lightly()
    door = read_door(database.session(), token)
    if not door.personal and secret is None:
        raise LinkMissing
    visit = _spoken(Visit(door, token if door.personal or secret is None else secret))
    if admitted:
        require_code(visit.door)
    return visit


def require_code(door: links.Door) -> None:
    """See that this browser has given the access code of an open link, if it has one.

    Raises:
        CodeNeeded: it has not, or the code was changed since.
    """
    link = door.link
    if link is not None and link.code_hash is not None and session.get("admitted") != _admission(link):
        raise CodeNeeded


def admit(link: OpenLink) -> None:
    """Remember in the signed cookie of this browser that the access code was given."""
    session.permanent = True
    session["admitted"] = _admission(link)


def _admission(link: OpenLink) -> list[object]:
    return [link.id, links.token_hash(link.code_hash or "").hex()[:16]]


def _spoken(visit: Visit) -> Visit:
    visit.speak()
    return visit


def remember(response: Response, visit: Visit, token: str) -> None:
    """Put the link into an HttpOnly cookie, so that it leaves the address bar (RELIABILITY R5)."""
    cleaned = links.clean_token(token) or token
    others = [f"{other}.{secret}" for other, secret in _begun_here().items() if other != cleaned]
    days = _days(visit.wave)
    _set_cookie(response, "", cleaned if visit.door.personal else f"{cleaned}.{visit.secret}", days)
    if others:
        _set_cookie(response, "-others", "~".join(others[:OTHERS]), days)


def _days(wave: Wave) -> int:
    """Until drafts die after the close; browsers keep no cookie longer than 400 days."""
    if wave.closes_on is None:
        return COOKIE_DAYS
    return min(max((wave.closes_on - clock.today()).days, 0) + AFTER, 400)


def _set_cookie(response: Response, kind: str, value: str, days: int) -> None:
    response.set_cookie(
        current_app.config["RESPONDENT_COOKIE"] + kind,
        value,
        max_age=days * 24 * 3600,
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


def _begun_here() -> dict[str, str]:
    """Token to secret of the open links that were opened in this browser, the last one first."""
    name = current_app.config["RESPONDENT_COOKIE"]
    text = "~".join(request.cookies.get(name + kind, "") for kind in ("", "-others"))
    found = (_COOKIE.fullmatch(pair) for pair in text.split("~"))
    return {pair.group(1): pair.group(2) for pair in found if pair is not None and pair.group(2)}
