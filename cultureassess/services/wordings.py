"""What the mails of a wave say: packaged texts in every language, a wave's own ones, and their places.

A place stands in braces, for example ``{link}``. There is a fixed list of them, and a text with any other
brace is refused; values are put in once and never read again as a text with places.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.dates import format_date
from sqlalchemy.orm import Session

import cultureassess
from cultureassess import instruments
from cultureassess.instruments.types import Side
from cultureassess.models import Invitee, MailText, RunKind, Wave
from cultureassess.services.errors import DomainError
from cultureassess.services.mail.message import check_header

PLACES: Mapping[str, str] = {
    "greeting": "Hello and the name, or only hello where it is not known",
    "name": "The person's name",
    "organisation": "The organisation",
    "link": "The personal link",
    "until": "A sentence with the last day; nothing where there is none",
    "k": "The smallest group that is shown",
    "contact": "Whom to ask; nothing where there is nobody",
    "stop": "The link to get no more mails",
}
NEEDED = ("link", "stop")
BODY_LENGTH = 5_000
_PLACE = re.compile(r"\{([^{}]*)\}")


class WordingRefused(DomainError):
    """A text for mails that cannot be used; ``field`` is "subject" or "body"."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Wording:
    """Subject and body with their places."""

    subject: str
    body: str


def wording(session: Session, wave: Wave, kind: RunKind, side: Side, language: str) -> Wording:
    """A wave's own text, or else the packaged one; English where a language has none."""
    own = own_text(session, wave, kind, side, language)
    return Wording(own.subject, own.body) if own is not None else packaged(wave, kind, side, language)


def own_text(session: Session, wave: Wave, kind: RunKind, side: Side, language: str) -> MailText | None:
    """A wave's own text, if there is one."""
    return session.get(MailText, (wave.id, kind, side, language))


def packaged(wave: Wave, kind: RunKind, side: Side, language: str) -> Wording:
    """The text that comes with the product; insiders are addressed as the wave says."""
    informal = wave.informal and side is Side.INSIDE
    for name in (f"{language}@informal", language, "en") if informal else (language, "en"):
        folder = _folder() / f"{kind.value}-{side.value}" / name
        if folder.is_dir():
            return _read(folder)
    raise FileNotFoundError(f"there is no text for {kind} in English")


def set_wording(
    session: Session, wave: Wave, kind: RunKind, side: Side, language: str, new: Wording | None
) -> None:
    """Give a wave its own text, or go back to the packaged one.

    Raises:
        WordingRefused: an unknown place, one that is missing, or a subject that cannot be a header.
    """
    own = own_text(session, wave, kind, side, language)
    if new is None:
        if own is not None:
            session.delete(own)
    else:
        checked = check_wording(new)
        own = own or MailText(wave_id=wave.id, kind=kind, side=side, language=language)
        own.subject, own.body = checked.subject, checked.body
        session.add(own)
    session.flush()


def check_wording(new: Wording) -> Wording:
    """Return a text in its stored form. Raises as :func:`set_wording`."""
    subject, body = new.subject.strip(), new.body.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
    try:
        check_header(subject)
    except DomainError as error:
        raise WordingRefused("subject", str(error)) from error
    if not subject:
        raise WordingRefused("subject", "Enter a subject.")
    if len(body) > BODY_LENGTH or "\x00" in body:
        raise WordingRefused("body", f"Shorten the text to {BODY_LENGTH:,} characters.")
    _check_places("subject", subject)
    _check_places("body", body)
    for place in NEEDED:
        if f"{{{place}}}" not in body:
            raise WordingRefused("body", f"The text needs {{{place}}}.")
    if "{link}" in subject or "{stop}" in subject:
        raise WordingRefused("subject", "Links belong into the text, not into the subject.")
    return Wording(subject, body)


def _check_places(field: str, text: str) -> None:
    for place in _PLACE.findall(text):
        if place not in PLACES:
            raise WordingRefused(field, f"There is no place {{{place[:40]}}}. There are {_all_places()}.")
    if re.search(r"[{}]", _PLACE.sub("", text)):
        raise WordingRefused(field, f"A brace stands alone. Braces are for places only: {_all_places()}.")


def _all_places() -> str:
    return ", ".join(f"{{{place}}}" for place in PLACES)


def filled(text: Wording, values: Mapping[str, str]) -> Wording:
    """Put values into the places, in one go: a value with braces stays as it is."""

    def value(found: re.Match[str]) -> str:
        return values.get(found.group(1), found.group(0))

    subject = " ".join(_PLACE.sub(value, text.subject).split())
    return Wording(subject, re.sub(r"\n{3,}", "\n\n", _PLACE.sub(value, text.body)))


def values_for(wave: Wave, invitee: Invitee, *, link: str, stop: str, contact: str) -> dict[str, str]:
    """What stands in the places of one person's mail."""
    words = phrases(invitee.language, informal=wave.informal and invitee.audience.side is Side.INSIDE)
    until = words["until"].format(day=_day(wave.closes_on, invitee.language)) if wave.closes_on else ""
    named = words["greeting"].replace("{name}", invitee.name)
    return {
        "greeting": named if invitee.name else words["greeting_without_name"],
        "name": invitee.name,
        "organisation": organisation_name(wave, invitee.language),
        "link": link,
        "until": until,
        "k": str(wave.k),
        "contact": words["contact"].replace("{contact}", contact) if contact else "",
        "stop": stop,
    }


def organisation_name(wave: Wave, language: str) -> str:
    """The organisation as a sentence of that language calls it."""
    own = wave.organisation_names.get(language, ())
    name = wave.assessment.organisation.name
    return own[0] if own else instruments.organisation_in(wave.assessment.instrument, language, name)


@cache
def phrases(language: str, *, informal: bool = False) -> Mapping[str, str]:
    """Small pieces in one language; English where it has none."""
    found = tomllib.loads((_folder() / "phrases.toml").read_text("utf-8"))
    formal: Mapping[str, str] = found.get(language, found["en"])
    return found.get(f"{language}@informal", formal) if informal else formal


def _day(day: dt.date, language: str) -> str:
    return format_date(day, format="long", locale="en_GB" if language == "en" else language)


@cache
def _read(folder: Path) -> Wording:
    return Wording(
        (folder / "subject.txt").read_text("utf-8").strip(), (folder / "body.txt").read_text("utf-8")
    )


@cache
def _folder() -> Path:
    """``templates/emails``: in the package when installed from a wheel, beside it in a checkout."""
    package = Path(cultureassess.__file__).parent
    inside = package / "templates"
    return (inside if inside.is_dir() else package.parent / "templates") / "emails"
