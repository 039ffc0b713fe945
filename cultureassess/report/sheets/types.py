"""The types of the workbook's sheets, and the values that all of them write alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative import reason_note
from cultureassess.report.words import EDGES, ENGLISH, MINUS, TOLERANCE, Words, half_up
from cultureassess.snapshot.types import LevelCut, Range, Snapshot

Kind = Literal["text", "count", "score", "points", "percent", "coefficient"]
Value = str | float | int | None
GROUPS = ("management", "staff", "inside", "customer", "partner")


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


def score(value: float | None, cuts: tuple[LevelCut, ...]) -> float | None:
    """A score with one decimal: that of the pages, where they cut one off below a level (METHOD 2.7)."""
    return _as_printed(value, ENGLISH.score(value, cuts)) if value is not None else None


def score_ends(interval: Range | None, cuts: tuple[LevelCut, ...]) -> tuple[float | None, float | None]:
    """Both ends of a range of scores within 0 to 100, near a level as the pages print them."""
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


def _as_printed(value: float, text: str) -> float:
    """What a page prints, where it prints decimals; elsewhere the value with one."""
    return float(text.replace(MINUS, "-")) if "." in text else half_up(10 * value) / 10


def share(value: float | None) -> float | None:
    """A percentage with one decimal; with more where it would read as none or as all, and is neither."""
    if value is None:
        return None
    inside = TOLERANCE < value < 100 - TOLERANCE
    rounded = (round(value, places) for places in (1, 2, 3, 4))
    return next((one for one in rounded if not inside or 0 < one < 100), value)


def note(reason: Reason | None, snapshot: Snapshot, words: Words) -> str:
    """Why a value is not shown, in the cell where it would stand."""
    return reason_note(reason or Reason.FEW, words, k=snapshot.wave.k)


def tenth(value: float | None) -> float | None:
    """A number with one decimal."""
    return round(value, 1) if value is not None else None
