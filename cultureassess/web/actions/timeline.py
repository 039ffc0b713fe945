"""A key figure by months beside the waves: the specification of its chart. Templates only set it in SVG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cultureassess.models import KeyFigure, KeyFigureValue, Wave
from cultureassess.web.actions import words
from cultureassess.web.i18n import gettext

TOP, BOTTOM, LEFT, RIGHT = 14.0, 82.0, 1.5, 90.0
"""Percent of the drawing that values and months use."""


@dataclass(frozen=True)
class Dot:
    """One month; ``x`` and ``y`` in percent of the drawing."""

    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Line:
    """From one month to the next; months without a value are not joined."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Mark:
    """The close of a wave."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Timeline:
    """The chart: ``title`` is the finding, ``low`` and ``high`` what stands at the axis."""

    title: str
    low: str
    high: str
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]


def timeline(figure: KeyFigure, waves: Sequence[Wave]) -> Timeline | None:
    """The chart of a figure; None below two months.

    Args:
        waves: those whose results may be read; only their last days are used.
    """
    values = figure.values
    if len(values) < 2:
        return None
    first, last = _number(values[0].month), _number(values[-1].month)
    low, high = min(one.value for one in values), max(one.value for one in values)
    points = [(one, _across(_number(one.month), first, last), _up(one.value, low, high)) for one in values]
    return Timeline(
        title=title(figure),
        low=words.plain(low),
        high=words.plain(high),
        dots=tuple(Dot(_percent(x), _percent(y), _label(one)) for one, x, y in points),
        lines=tuple(
            Line(_percent(x1), _percent(y1), _percent(x2), _percent(y2))
            for (one, x1, y1), (other, x2, y2) in pairwise(points)
            if _number(other.month) - _number(one.month) == 1
        ),
        marks=tuple(_marks(waves, first, last)),
    )


def title(figure: KeyFigure) -> str:
    """What the values say, in a sentence."""
    values = figure.values
    if not values:
        return gettext("No value yet.")
    newest = gettext(
        "%(value)s in %(month)s",
        value=told(figure, values[-1].value),
        month=words.month_name(values[-1].month),
    )
    if len(values) == 1:
        return f"{newest}."
    before = values[-2]
    return gettext(
        "%(newest)s, after %(value)s in %(month)s.",
        newest=newest,
        value=told(figure, before.value),
        month=words.month_name(before.month),
    )


def told(figure: KeyFigure, value: float) -> str:
    """A value with its unit."""
    gap = "" if figure.unit in ("", "%") else " "
    return f"{words.plain(value)}{gap}{figure.unit}"


def _marks(waves: Sequence[Wave], first: int, last: int) -> list[Mark]:
    found = []
    for wave in sorted(waves, key=lambda one: one.id):
        if wave.closes_on is None:
            continue
        at = _number(wave.closes_on.replace(day=1)) + (wave.closes_on.day - 1) / 31
        if first <= at <= last:
            x = _across(at, first, last)
            found.append(Mark(_percent(x), wave.label, "start" if x < 50 else "end"))
    return found


def _number(month: dt.date) -> int:
    return 12 * month.year + month.month


def _across(at: float, first: int, last: int) -> float:
    return LEFT + (RIGHT - LEFT) * (at - first) / (last - first)


def _up(value: float, low: float, high: float) -> float:
    """From the lowest value at the bottom to the highest at the top; alike values lie in the middle."""
    if high == low:
        return (TOP + BOTTOM) / 2
    return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _label(one: KeyFigureValue) -> str:
    return words.month_name(one.month)
