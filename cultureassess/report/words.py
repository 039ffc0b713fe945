"""Words: every sentence of the report goes through here, so that it can be translated.

Sentences are whole templates with named places, never joined from fragments whose order a language
might change. ``Words()`` is English; a :mod:`gettext` catalogue makes another language. Babel finds the
templates because the methods are called ``gettext`` and ``ngettext``.
"""

from __future__ import annotations

import datetime as dt
import gettext
import math
from collections.abc import Sequence
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from cultureassess.scoring.verdicts import THRESHOLD
from cultureassess.scoring.waves import MEANINGFUL
from cultureassess.snapshot.types import LevelCut, Range

MINUS = "−"
NO_BREAK = "\N{NO-BREAK SPACE}"
ISOLATED = "\N{LEFT-TO-RIGHT ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"
"""Around a number with its sign, so that the sign stays left of it in a line that runs to the left."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


EDGES = (0.0, MEANINGFUL, THRESHOLD)
"""Where a difference between scores changes what is said of it (METHOD 3.5, 5.2)."""

NO_DIFFERENCE = (0.0,)
"""The one limit of a difference between shares."""

TOLERANCE = 1e-9
"""Below this, a distance from none, from all or from a tenth comes from computing, not from people."""


def _passed(size: float, limit: float) -> bool:
    return size > 0 if limit == 0 else size >= limit


def half_up(value: float) -> int:
    """Round to a whole number the way readers do: 0.5 goes away from zero."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


class Words:
    """Sentences and numbers in one language.

    Args:
        translations: a compiled catalogue; None means English, the language of the templates.
        language: BCP 47 code, for the ``lang`` attribute.
    """

    def __init__(self, translations: gettext.NullTranslations | None = None, language: str = "en") -> None:
        self.translations = translations or gettext.NullTranslations()
        self.language = language

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, for the ``dir`` attribute."""
        return "rtl" if self.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    def gettext(self, template: str, /, **places: object) -> str:
        """Translate a template, then fill its ``{places}``. Braces inside a value stay as they are."""
        return self.translations.gettext(template).format(**places)

    def ngettext(self, one: str, many: str, count: int, /, **places: object) -> str:
        """Like :meth:`gettext`, in the plural form that ``count`` asks for."""
        return self.translations.ngettext(one, many, count).format(**places)

    def number(self, value: float) -> str:
        """A whole number with thousands separators: ``100,000``; a minus sign, not a hyphen."""
        whole = half_up(value)
        return self._sign(MINUS if whole < 0 else "", self._written(abs(whole), "#,##0"))

    def decimal(self, value: float, places: int) -> str:
        """A number with that many decimals, cut by rounding halves away from zero: ``0.62``."""
        scaled = half_up(value * 10**places)
        digits = self._written(abs(scaled) / 10**places, "#,##0." + "0" * places)
        return self._sign(MINUS if scaled < 0 else "", digits)

    def _sign(self, sign: str, digits: str) -> str:
        signed = sign + digits
        return ISOLATED.format(signed) if sign and self.direction == "rtl" else signed

    def _written(self, value: float, pattern: str) -> str:
        return _figures(value, pattern, self.language.replace("-", "_"))

    def signed(self, value: float) -> str:
        """A difference with its sign: ``+11``, ``−5``, ``0``."""
        whole = half_up(value)
        return self._sign("+", self.number(whole)) if whole > 0 else self.number(whole)

    def size(self, value: float, limits: Sequence[float] = EDGES) -> str:
        """How large a difference is, never as if it had reached a limit that it has not.

        9.6 below a limit of 10 is "9.6", and 0.3 beside a limit of 0 is "0.3": one decimal, cut off, or two
        where the first is a nought.

        Args:
            limits: those of differences between scores; for shares ``NO_DIFFERENCE``.
        """
        size = abs(value)
        if any(_passed(size, limit) != _passed(half_up(size), limit) for limit in limits):
            for places in (1, 2):
                if cut := math.floor(size * 10**places + TOLERANCE) / 10**places:
                    return self.decimal(cut, places)
            return self.number(0)
        return self.number(size)

    def points(self, value: float, limits: Sequence[float] = EDGES) -> str:
        """:meth:`size` with its sign: ``+9.6``, ``−5``, ``0``."""
        size = self.size(value, limits)
        if size == self.number(0):
            return size
        return self._sign("+" if value > 0 else MINUS, size)

    def percent(self, value: float) -> str:
        """A share in percent; one that is neither none nor all is never printed as if it were."""
        if TOLERANCE < value < 0.5:
            return self.gettext("under 1%")
        if 99.5 <= value < 100 - TOLERANCE:
            return self.gettext("over 99%")
        return self.gettext("{n}%", n=self.number(value))

    def score(self, value: float, cuts: Sequence[LevelCut] = ()) -> str:
        """A 0-100 score without decimals, never as if it had reached a cut that it has not.

        49.58 below a cut at 50 is "49.5": one decimal, cut off. Source: METHOD 2.7.
        """
        whole = half_up(value)
        if any(value < cut.start <= whole for cut in cuts):
            return self.decimal(math.floor(value * 10) / 10, 1)
        return self.number(whole)

    def between(self, interval: Range, cuts: Sequence[LevelCut] = ()) -> str:
        """The inside of a bracket around a score or, without cuts, a share, 0 to 100: ``17 to 35``."""
        low, high = (min(max(end, 0.0), 100.0) for end in (interval.low, interval.high))
        return self.gettext("{low} to {high}", low=self.score(low, cuts), high=self.score(high, cuts))

    def signed_between(self, interval: Range, limits: Sequence[float] = EDGES) -> str:
        """The inside of a bracket around a difference: ``−5 to +27``."""
        low, high = self.points(interval.low, limits), self.points(interval.high, limits)
        return self.gettext("{low} to {high}", low=low, high=high)

    def date(self, written: str) -> str:
        """An ISO date the way people write it: ``29 May 2026``. Anything else stays as it is."""
        try:
            day = dt.date.fromisoformat(written)
        except ValueError:
            return written
        return format_date(day, "d MMMM y", locale=self.language)

    def managers(self, count: int) -> str:
        return self.ngettext("{n} manager", "{n} managers", count, n=self.number(count))

    def staff(self, count: int) -> str:
        return self.ngettext("{n} employee", "{n} employees", count, n=self.number(count))

    def customers(self, count: int) -> str:
        return self.ngettext("{n} customer", "{n} customers", count, n=self.number(count))

    def answers(self, count: int) -> str:
        return self.ngettext("{n} answer", "{n} answers", count, n=self.number(count))

    def listed(self, parts: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(parts) < 2:
            return "".join(parts)
        return self.gettext("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])

    def alternatives(self, parts: Sequence[str]) -> str:
        """``a``, ``a or b``, ``a, b or c``."""
        if len(parts) < 2:
            return "".join(parts)
        return self.gettext("{first} or {last}", first=", ".join(parts[:-1]), last=parts[-1])

    def quoted(self, text: str) -> str:
        return self.gettext("“{text}”", text=text)


ENGLISH = Words()


@lru_cache(8192)
def _figures(value: float, pattern: str, locale: str) -> str:
    """A number in Latin digits; the same few hundred are printed thousands of times."""
    return str(format_decimal(value, pattern, locale=locale, numbering_system="latn"))
