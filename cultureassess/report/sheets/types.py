"""The types of the workbook's sheets, and the values that all of them write alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative import reason_note
from cultureassess.report.words import Words
from cultureassess.snapshot.types import LevelCut, Snapshot

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
    """``frozen`` is how many columns stay in sight; a text in a column of numbers says why there is none."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 1
    note: str = ""


def score(value: float | None, cuts: tuple[LevelCut, ...]) -> Value:
    """A score with one decimal, cut off where rounding would reach a level that it has not (METHOD 2.7)."""
    if value is None:
        return None
    rounded = round(value, 1)
    reached = any(value < cut.start <= rounded for cut in cuts)
    return math.floor(value * 10) / 10 if reached else rounded


def note(reason: Reason | None, snapshot: Snapshot, words: Words) -> str:
    """Why a value is not shown, in the cell where it would stand."""
    return reason_note(reason or Reason.FEW, words, k=snapshot.wave.k)


def tenth(value: float | None) -> float | None:
    """A number with one decimal."""
    return round(value, 1) if value is not None else None
