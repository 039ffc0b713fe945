"""Checking a list line by line, before anybody of it is taken over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import instruments
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Invitee, Wave
from cultureassess.services.errors import DomainError
from cultureassess.services.mail.addresses import check_address, fold
from cultureassess.services.people.columns import Columns
from cultureassess.services.people.losing import NOTHING_LOST, Losses, losses_of
from cultureassess.services.people.reading import FORMULA, ListTable
from cultureassess.services.people.role_words import ROLE_WORDS
from cultureassess.services.questions import with_options

NAME_LENGTH, ACCOUNT_LENGTH, POSTAL_LENGTH = 200, 64, 500
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_POSTAL = ("street", "postcode", "city", "country")


@dataclass(frozen=True)
class Person:
    """Somebody of a list who can be invited; fields as in :class:`Invitee` and :class:`Invitation`."""

    line: int
    name: str
    address: str | None
    folded: str | None
    postal: str
    language: str
    role: str | None
    account: str | None
    segments: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Problem:
    """Why a line cannot be taken over. ``said`` is the file's own text: show it escaped."""

    line: int
    field: str
    said: str
    reason: str


@dataclass(frozen=True)
class Checked:
    """A list after checking: who can be taken over, and every problem of the others.

    Attributes:
        without_address: of the people, how many have no e-mail address.
        losses: of whom less is stored with an answer than the list says, and why.
    """

    people: tuple[Person, ...]
    problems: tuple[Problem, ...]
    without_address: int = 0
    losses: Losses = NOTHING_LOST

    @property
    def left_out(self) -> int:
        return len({problem.line for problem in self.problems})


class _Refused(DomainError):
    """One cell that cannot be used."""


@dataclass
class _Line:
    """A line of the list, its cells by field, and what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, use: Callable[[str], str]) -> str | None:
        """A cell's text after ``use`` has looked at it; None if it is empty or refused."""
        said = self.cells.get(name, "")
        if not said:
            return None
        try:
            return use(_visible(said))
        except DomainError as error:
            self.refuse(name, "" if said == FORMULA else said, str(error))
            return None

    def refuse(self, name: str, said: str, reason: str) -> None:
        self.problems.append(Problem(self.number, name, said, reason))


@dataclass(frozen=True)
class _Rules:
    """What the cells of a wave's list may say: plain text in small letters to the code that is stored."""

    roles: Mapping[str, str]
    segments: Mapping[str, Mapping[str, str]]
    languages: Mapping[str, str]
    default_language: str


def check_list(
    session: Session,
    wave: Wave,
    instrument: Instrument,
    audience: Audience,
    table: ListTable,
    columns: Columns,
) -> Checked:
    """Check every line of a list against the wave it is meant for. Changes nothing.

    A line with any problem is left out as a whole. Nobody is there twice: the first line of an address
    counts, and who is invited into the wave already stays as they are.
    """
    rules = _rules(wave, instrument, audience)
    seen = _invited_already(session, wave)
    people, problems = [], []
    for number, row in zip(table.lines, table.rows, strict=True):
        line = _Line(number, {name: row[place] for name, place in columns.items() if place < len(row)})
        person = _person(line, rules)
        if person.folded is not None and not line.problems:
            _refuse_second(line, person.folded, seen)
        if line.problems:
            problems += line.problems
        else:
            people.append(person)
    without = sum(person.address is None for person in people)
    return Checked(tuple(people), tuple(problems), without, losses_of(session, wave, audience, people))


def _person(line: _Line, rules: _Rules) -> Person:
    address = line.read("email", check_address)
    name = _name(line)
    if not address and not name and not line.problems:
        line.refuse("email", "", "There is neither an e-mail address nor a name.")
    segments = {
        key: (value,)
        for key, values in rules.segments.items()
        if (value := line.read(key, _one_of(values))) is not None
    }
    return Person(
        line=line.number,
        name=name,
        address=address,
        folded=None if address is None else fold(address),
        postal=_postal(line),
        language=line.read("language", _one_of(rules.languages)) or rules.default_language,
        role=line.read("role", _one_of(rules.roles)),
        account=line.read("account", _at_most(ACCOUNT_LENGTH)),
        segments=segments,
    )


def _name(line: _Line) -> str:
    parts = [line.read(name, _at_most(NAME_LENGTH)) for name in ("first_name", "last_name")]
    whole = line.read("name", _at_most(NAME_LENGTH)) or " ".join(part for part in parts if part)
    return " ".join(whole.split())[:NAME_LENGTH]


def _postal(line: _Line) -> str:
    whole = line.read("postal", _at_most(POSTAL_LENGTH))
    if whole is not None:
        return "\n".join(part.strip() for part in whole.splitlines() if part.strip())
    parts = {name: line.read(name, _at_most(NAME_LENGTH)) or "" for name in _POSTAL}
    town = f"{parts['postcode']} {parts['city']}".strip()
    return "\n".join(filter(None, (parts["street"], town, parts["country"])))[:POSTAL_LENGTH]


def _visible(said: str) -> str:
    if said == FORMULA:
        raise _Refused("This cell holds a formula. Replace it by its value.")
    if _INVISIBLE.search(said):
        raise _Refused("This cell has invisible control characters. Type it anew.")
    return unicodedata.normalize("NFC", said)


def _at_most(length: int) -> Callable[[str], str]:
    def use(said: str) -> str:
        if len(said) > length:
            raise _Refused(f"This is longer than {length} characters.")
        return said

    return use


def _one_of(values: Mapping[str, str]) -> Callable[[str], str]:
    def use(said: str) -> str:
        code = values.get(_plain(said))
        if code is None:
            offered = ", ".join(dict.fromkeys(values.values())) or "none"
            raise _Refused(f"This value is not known. There is: {offered}.")
        return code

    return use


def _refuse_second(line: _Line, folded: str, seen: dict[str, int]) -> None:
    """Refuse an address that was there before; ``seen`` is the line, or 0 for the wave."""
    if folded not in seen:
        seen[folded] = line.number
        return
    where = f"stands in line {seen[folded]} already" if seen[folded] else "is invited into this wave already"
    line.refuse("email", line.cells.get("email", ""), f"This address {where}.")


def _invited_already(session: Session, wave: Wave) -> dict[str, int]:
    wanted = sa.select(Invitee.folded).where(Invitee.wave_id == wave.id, Invitee.folded.is_not(None))
    return {folded: 0 for folded in session.scalars(wanted) if folded is not None}


def _rules(wave: Wave, instrument: Instrument, audience: Audience) -> _Rules:
    spoken = [instruments.in_language(instrument.code, language) for language in wave.languages]
    return _Rules(
        roles=_roles(wave, [instrument, *spoken], audience),
        segments=_segments(wave, [instrument, *spoken], audience),
        languages=_languages(wave),
        default_language=wave.languages[0],
    )


def _roles(wave: Wave, versions: list[Instrument], audience: Audience) -> dict[str, str]:
    """The roles of this audience, by code, by their answers in the wave's languages, and by usual words."""
    found: dict[str, str] = {}
    if audience.side is Side.INSIDE:
        for version in versions:
            for option in version.role_question.options if version.role_question is not None else ():
                if (option.code in wave.management_roles) == (audience is Audience.MANAGEMENT):
                    usual = ROLE_WORDS.get(option.code, ())
                    found |= {_plain(name): option.code for name in (option.code, option.text, *usual)}
    return found


def _segments(wave: Wave, versions: list[Instrument], audience: Audience) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for version in versions:
        for question in version.segments:
            key = f"{question.side}.{question.code}"
            asked = question.side is audience.side and question.audience in (None, audience)
            if asked and key in wave.segments:
                own = with_options(wave, question)
                values = found.setdefault(key, {})
                for code, label in zip(own.codes, own.labels, strict=True):
                    values |= {_plain(code): code, _plain(label): code}
    return found


def _languages(wave: Wave) -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for code in wave.languages:
        locale = Locale.parse(code, sep="-")
        names = (
            code,
            locale.get_display_name("en"),
            locale.get_display_name("de"),
            locale.get_display_name(),
        )
        found |= {_plain(name): code for name in names if name}
    return found


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(letters.split())
