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


def _crosses(size: float, printed: float, limits: Sequence[float]) -> bool:
    """What is printed would stand on the other side of a limit than what was found."""
    return any(_passed(size, limit) != _passed(printed, limit) for limit in limits)


def _places(size: float, limits: Sequence[float]) -> int:
    """The decimals that a size needs: none, one where rounding would cross a limit, two where one is 0."""
    if not _crosses(size, half_up(size), limits):
        return 0
    return next((places for places in (1, 2) if half_up(size * 10**places)), 0)


def _kept(size: float, places: int, limits: Sequence[float]) -> float:
    """The size with so many decimals: cut off where rounding it, to these or to none, crosses a limit."""
    scale = 10**places
    cut, rounded = math.floor(size * scale + TOLERANCE) / scale, half_up(size * scale) / scale
    near = bool(cut) and _crosses(size, half_up(size), limits)
    return float(cut if near or _crosses(size, rounded, limits) else rounded)


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
        return self.sizes((value,), limits)[0]

    def sizes(self, values: Sequence[float], limits: Sequence[float] = EDGES) -> tuple[str, ...]:
        """:meth:`size` of several, such as the ends of a range: with as many decimals as one needs."""
        places = max(_places(abs(value), limits) for value in values)
        return tuple(self._digits(_kept(abs(value), places, limits), places) for value in values)

    def _digits(self, kept: float, places: int) -> str:
        return self.decimal(kept, places) if places else self.number(kept)

    def points(self, value: float, limits: Sequence[float] = EDGES) -> str:
        """:meth:`size` with its sign: ``+9.6``, ``−5``, ``0``."""
        return self._points((value,), limits)[0]

    def ends(self, interval: Range, limits: Sequence[float] = EDGES) -> tuple[str, str]:
        """Both ends of a range of differences with their signs, and with the same number of decimals."""
        low, high = self._points((interval.low, interval.high), limits)
        return low, high

    def points_and_range(self, value: float, interval: Range, limits: Sequence[float] = EDGES) -> str:
        """A difference and its range in one cell, with the same number of decimals: ``+9.6 (−1.0 to +20.3)``.

        A second decimal would only save the sign of next to nothing, which the range tells: 0.03 is "0.0".
        """
        ends = (interval.low, interval.high)
        places = max(_places(abs(end), limits) for end in ends)
        own = _places(abs(value), limits)
        places = max(places, own if own < 2 else 0)
        size, low, high = (
            self._signed(one, _kept(abs(one), places, limits), places) for one in (value, *ends)
        )
        return self.gettext(
            "{mean} ({range})", mean=size, range=self.gettext("{low} to {high}", low=low, high=high)
        )

    def _points(self, values: Sequence[float], limits: Sequence[float]) -> list[str]:
        places = max(_places(abs(value), limits) for value in values)
        return [self._signed(value, _kept(abs(value), places, limits), places) for value in values]

    def _signed(self, value: float, kept: float, places: int) -> str:
        """A size as it is printed, with the sign of the value that it was cut from; 0 has none."""
        digits = self._digits(kept, places)
        return self._sign("+" if value > 0 else MINUS, digits) if kept else digits

    def percent(self, value: float, *, narrow: bool = False) -> str:
        """A share in percent; one that is neither none nor all is never printed as if it were.

        Args:
            narrow: for a column that "under 1%" would break in two: ``<1%``, ``>99%``.
        """
        if TOLERANCE < value < 0.5:
            return self._sign("<", self.percent(1)) if narrow else self.gettext("under 1%")
        if 99.5 <= value < 100 - TOLERANCE:
            return self._sign(">", self.percent(99)) if narrow else self.gettext("over 99%")
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
        low, high = self.score_ends(interval, cuts)
        return self.gettext("{low} to {high}", low=low, high=high)

    def score_ends(self, interval: Range, cuts: Sequence[LevelCut] = ()) -> tuple[str, str]:
        """Both ends of a range of scores, within 0 to 100.

        An end below a cut that it rounds to is cut off after one decimal; then the other end has one, too. So
        have two ends that would read alike.
        """
        ends = [min(max(end, 0.0), 100.0) for end in (interval.low, interval.high)]
        starts = [cut.start for cut in cuts]
        alike = ends[1] - ends[0] > TOLERANCE and half_up(ends[0]) == half_up(ends[1])
        places = int(alike or any(_crosses(end, half_up(end), starts) for end in ends))
        low, high = (_kept(end, places, starts) for end in ends)
        if places:
            return self.decimal(low, 1), self.decimal(high, 1)
        return self.number(low), self.number(high)

    def signed_between(self, interval: Range, limits: Sequence[float] = EDGES) -> str:
        """The inside of a bracket around a difference: ``−5 to +27``."""
        low, high = self.ends(interval, limits)
        return self.gettext("{low} to {high}", low=low, high=high)

    def date(self, written: str) -> str:
        """An ISO date the way people write it: ``29 May 2026``. Anything else stays as it is."""
        try:
            day = dt.date.fromisoformat(written)
        except ValueError:
            return written
        return format_date(day, "d MMMM y" if self.language == "en" else "long", locale=self.language)

    def managers(self, count: int) -> str:
        return self.ngettext("{n} manager", "{n} managers", count, n=self.number(count))

    def staff(self, count: int) -> str:
        return self.ngettext("{n} employee", "{n} employees", count, n=self.number(count))

    def customers(self, count: int) -> str:
        return self.ngettext("{n} customer", "{n} customers", count, n=self.number(count))

    def answers(self, count: int) -> str:
        return self.ngettext("{n} answer", "{n} answers", count, n=self.number(count))

    def series(self, parts: Sequence[str]) -> str:
        """``a, b, c``, with the comma of the language."""
        return self.gettext(", ").join(parts)

    def listed(self, parts: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(parts) < 2:
            return "".join(parts)
        return self.gettext("{first} and {last}", first=self.series(parts[:-1]), last=parts[-1])

    def alternatives(self, parts: Sequence[str]) -> str:
        """``a``, ``a or b``, ``a, b or c``."""
        if len(parts) < 2:
            return "".join(parts)
        return self.gettext("{first} or {last}", first=self.series(parts[:-1]), last=parts[-1])

    def quoted(self, text: str) -> str:
        return self.gettext("“{text}”", text=text)


ENGLISH = Words()


@lru_cache(8192)
def _figures(value: float, pattern: str, locale: str) -> str:
    """A number in Latin digits; the same few hundred are printed thousands of times."""
    return str(format_decimal(value, pattern, locale=locale, numbering_system="latn"))
