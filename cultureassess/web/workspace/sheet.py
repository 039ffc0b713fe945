"""A form of the staff pages: what was typed stays as it was typed, beside what is wrong with it.

Texts lose what cannot be seen: control characters, and marks that turn the direction of writing around.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from cultureassess.services.typed import line, visible
from cultureassess.web.i18n import gettext

NAME = 200
MOST_PEOPLE = 1_000_000
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)

_NUMBER = re.compile(r"[0-9]{1,7}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """One error: the field, the id of its first control, and the sentence."""

    name: str
    anchor: str
    error: str


class Sheet:
    """One form. ``sent`` is None when it is shown for the first time, with the ``shown`` values."""

    def __init__(
        self,
        sent: MultiDict[str, str] | None = None,
        shown: Mapping[str, str | list[str] | tuple[str, ...]] | None = None,
    ) -> None:
        self._values: MultiDict[str, str] = MultiDict(shown or {}) if sent is None else sent
        self.sent = sent is not None
        self.errors: list[Problem] = []

    def value(self, name: str) -> str:
        """What stands in a field."""
        return _encodable(self._values.get(name, ""))

    def has(self, name: str, option: str) -> bool:
        """Whether one of several options is chosen."""
        return option in self._values.getlist(name)

    def error(self, name: str) -> str:
        """What is wrong with a field; "" where nothing is."""
        return next((problem.error for problem in self.errors if problem.name == name), "")

    def refuse(self, name: str, error: str, *, anchor: str = "") -> None:
        """Note that a field is wrong; only the first error of a field is kept."""
        if not self.error(name):
            self.errors.append(Problem(name, anchor or name, error))

    def text(self, name: str, *, missing: str = "", most: int = NAME) -> str:
        """One line of text. ``missing`` is the error for an empty one; without it the field is optional."""
        text = line(self.value(name))
        if missing and not visible(text):
            self.refuse(name, missing)
        elif len(text) > most:
            self.refuse(
                name,
                gettext(
                    "Shorten this to %(most)d characters; it has %(length)d.", most=most, length=len(text)
                ),
            )
        return text

    def lines(self, name: str, *, most: int = NAME) -> tuple[str, ...]:
        """Several short texts, one a line; empty lines and repetitions are dropped."""
        found = (line(text) for text in re.split(r"[\r\n]+", self.value(name)))
        texts = tuple(dict.fromkeys(text for text in found if visible(text)))
        if any(len(text) > most for text in texts):
            self.refuse(name, gettext("Shorten each line to %(most)d characters.", most=most))
        return texts

    def number(self, name: str, *, missing: str = "", low: int = 0, high: int = MOST_PEOPLE) -> int | None:
        """A whole number; None for an empty field, and for a wrong one."""
        typed = self.value(name).strip()
        if not typed:
            if missing:
                self.refuse(name, missing)
            return None
        number = int(typed) if _NUMBER.fullmatch(typed) else -1
        if not low <= number <= high:
            self.refuse(
                name,
                gettext("Enter a whole number from %(low)s to %(high)s.", low=f"{low:,}", high=f"{high:,}"),
            )
            return None
        return number

    def day(self, name: str, *, missing: str = "") -> dt.date | None:
        """A day as ``2026-11-30``; None for an empty field, and for a wrong one."""
        typed = self.value(name).strip()
        if not typed:
            if missing:
                self.refuse(name, missing)
            return None
        found = _day(typed)
        if found is None or not EARLIEST <= found <= LATEST:
            self.refuse(name, gettext("Enter a day as year-month-day, for example 2027-03-31."))
            return None
        return found

    def choice(self, name: str, offered: Collection[str], *, missing: str, anchor: str = "") -> str:
        """One of the options; "" for none or a wrong one. ``anchor``: the control, where it is no radio."""
        chosen = self.value(name)
        if chosen in offered:
            return chosen
        self.refuse(name, missing, anchor=anchor or f"{name}-1")
        return ""

    def choices(self, name: str, offered: Collection[str]) -> tuple[str, ...]:
        """Some of the options, in the order in which they are offered; others are passed over."""
        return tuple(option for option in offered if self.has(name, option))

    def flag(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.value(name))


def _encodable(text: str) -> str:
    """The text without lone surrogates and zero characters, which neither a page nor a database can hold."""
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        return None
