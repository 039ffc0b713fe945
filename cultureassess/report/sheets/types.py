"""The types of the workbook's sheets, and the values that all of them write alike."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative import reason_note
from cultureassess.report.words import EDGES, ENGLISH, MINUS, TOLERANCE, Words, half_up
from cultureassess.snapshot.types import Estimate, LevelCut, Range, Snapshot

Kind = Literal["text", "count", "score", "points", "percent", "coefficient"]
Value = str | float | int | None
GROUPS = ("management", "staff", "inside", "customer", "partner")
FULL = 100.0
FINEST = 4
"""The most decimals that a cell shows."""
SCALES = tuple(float(f"1e{places}") for places in range(1, FINEST + 1))
NUMBER = re.compile(rf"[+{MINUS}]?[\d,]+(?:\.\d+)?")


class Figure(str):
    """A figure in words that stands in the place of a number, as a page has it: "4 of 7", "95% or more"."""

    __slots__ = ()


class Signed(float):
    """A difference in a column of scores: it keeps its sign."""

    __slots__ = ()


@dataclass(frozen=True)
class Column:
    """``width`` is in characters."""

    head: str
    kind: Kind = "text"
    width: float = 12


@dataclass(frozen=True)
class Sheet:
    """``frozen`` is how many columns stay in sight; a text in a column of numbers says why there is none.

    ``facts`` are single figures that belong to the whole sheet, and stand below its rows with their names.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 1
    note: str = ""
    facts: tuple[tuple[str, Value, Kind], ...] = ()

    @property
    def without_empty_columns(self) -> Sheet:
        """The same sheet and only the columns in which something stands."""
        kept = [at for at in range(len(self.columns)) if any(row[at] not in (None, "") for row in self.rows)]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
        )


def score(value: float | None, cuts: tuple[LevelCut, ...] = ()) -> float | None:
    """A score with one decimal: that of the pages, where they cut one off below a level (METHOD 2.7)."""
    return _as_printed(value, ENGLISH.score(value, cuts)) if value is not None else None


def score_ends(interval: Range | None, cuts: tuple[LevelCut, ...] = ()) -> tuple[float | None, float | None]:
    """Both ends of a range of scores or, without cuts, of shares within 0 to 100, as the pages cut them."""
    if interval is None:
        return None, None
    low, high = (min(max(end, 0.0), 100.0) for end in (interval.low, interval.high))
    printed = ENGLISH.score_ends(interval, cuts)
    return _as_printed(low, printed[0]), _as_printed(high, printed[1])


def points(value: float | None, limits: Sequence[float] = EDGES) -> float | None:
    """A difference with one decimal, near a limit as the pages print it: −4.6 of −4.69, 0.03 beside 0."""
    return _as_printed(value, ENGLISH.points(value, limits)) if value is not None else None


def ends(interval: Range | None, limits: Sequence[float] = EDGES) -> tuple[float | None, float | None]:
    """Both ends of a range of differences, near a limit as the pages print them."""
    if interval is None:
        return None, None
    low, high = ENGLISH.ends(interval, limits)
    return _as_printed(interval.low, low), _as_printed(interval.high, high)


def points_and_ends(value: float, interval: Range) -> tuple[float, float, float]:
    """A difference with its range, where the pages print all three in one cell with the same decimals."""
    size, low, high = NUMBER.findall(ENGLISH.points_and_range(value, interval))
    return (
        _as_printed(value, size),
        _as_printed(interval.low, low),
        _as_printed(interval.high, high),
    )


def _as_printed(value: float, text: str) -> float:
    """What a page prints, where it prints decimals; elsewhere the value with one.

    Where one would round to another number than the page's it has two, cut off: 44.46 is 44 there, never
    44.5 here.
    """
    printed = _number(text)
    if "." in text:
        return printed
    near = half_up(10 * value) / 10
    return near if half_up(near) == printed else math.trunc(100 * value) / 100


def _number(text: str) -> float:
    return float(text.replace(MINUS, "-").replace(",", ""))


def share(value: float | None) -> float | None:
    """A percentage with one decimal; with more where it would read as none or as all, and is neither."""
    if value is None:
        return None
    if TOLERANCE < value < 0.5 or 99.5 <= value < FULL - TOLERANCE:
        rounded = (half_up(value * scale) / scale for scale in SCALES)
        return next((one for one in rounded if 0 < one < FULL), value)
    return _as_printed(value, ENGLISH.number(value))


def coefficient(value: float | None) -> float | None:
    """An effect size or a coefficient with the two decimals of the pages (METHOD 2.0, step 15)."""
    return _number(ENGLISH.decimal(value, 2)) if value is not None else None


def balance(value: float) -> float:
    """Promoters minus detractors: on the pages without decimals, so that 0.06 is 0 and has no sign."""
    return _as_printed(value, ENGLISH.signed(value)) if half_up(value) else 0.0


def half_width(estimate: Estimate) -> float | None:
    """The ± of fewer than ten answers."""
    return score(estimate.nominal) if estimate.mean is not None and estimate.interval is None else None


def half_widths(*estimates: Estimate) -> bool:
    """Tell whether a sheet needs a column for them."""
    return any(half_width(one) is not None for one in estimates)


def half_note(words: Words) -> str:
    """What the ± of fewer than ten answers is (METHOD 1.9)."""
    return words.gettext(
        "For fewer than ten answers no range is computed; ± is a rule of thumb from how much answers "
        "usually differ."
    )


def note(reason: Reason | None, snapshot: Snapshot, words: Words) -> str:
    """Why a value is not shown, in the cell where it would stand."""
    return reason_note(reason or Reason.FEW, words, k=snapshot.wave.k)


def bounded(told: str, words: Words) -> Figure:
    """The share of a small group that answers almost alike, in the words of the pages."""
    return Figure(words.gettext("5% or less") if told == "5 or less" else words.gettext("95% or more"))


def tenth(value: float | None) -> float | None:
    """A number with the one decimal of the pages."""
    return _number(ENGLISH.decimal(value, 1)) if value is not None else None
