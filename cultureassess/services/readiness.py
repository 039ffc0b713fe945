"""Whether a draft can be opened, and what somebody should know before doing so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Wave
from cultureassess.services.planning import RECOMMENDED, people, segment_budgets


class Point(StrEnum):
    """What was looked at."""

    DATES_MISSING = "dates missing"
    DATES_PASSED = "dates passed"
    SIDE_MISSING = "side missing"
    NEVER_SHOWN = "never shown"
    NO_VERDICT = "no verdict"
    BELOW_AIM = "below aim"
    SEGMENT_THIN = "segment thin"


STOPS = frozenset({Point.DATES_MISSING, Point.DATES_PASSED, Point.SIDE_MISSING})
"""With these a wave does not open; the others are warnings."""


@dataclass(frozen=True)
class Remark:
    """One remark.

    ``audience``, ``segment`` and ``number`` say what it is about, where it is about one.
    """

    point: Point
    audience: Audience | None = None
    segment: str | None = None
    number: int = 0

    @property
    def stops(self) -> bool:
        return self.point in STOPS


def remarks(wave: Wave, instrument: Instrument, *, today: dt.date) -> tuple[Remark, ...]:
    """What stands against opening a draft, and what it will not be able to show. ``today`` is local."""
    found = []
    if wave.opens_on is None or wave.closes_on is None:
        found.append(Remark(Point.DATES_MISSING))
    elif wave.closes_on < today:
        found.append(Remark(Point.DATES_PASSED))
    if {audience.side for audience in wave.audiences} != set(Side):
        found.append(Remark(Point.SIDE_MISSING))
    found += [remark for audience in wave.audiences if (remark := _few(wave, audience)) is not None]
    budgets = segment_budgets(wave, instrument)
    thin = [budget for budget in budgets if budget.key in wave.segments and budget.affordable is False]
    found += [Remark(Point.SEGMENT_THIN, segment=budget.key, number=budget.needed) for budget in thin]
    return tuple(found)


def _few(wave: Wave, audience: Audience) -> Remark | None:
    number = people(wave, audience)
    if number is None:
        return None
    if number < wave.k:
        return Remark(Point.NEVER_SHOWN, audience, number=number)
    if number < wave.k_distribution:
        return Remark(Point.NO_VERDICT, audience, number=number)
    if number < RECOMMENDED.get(audience, 0):
        return Remark(Point.BELOW_AIM, audience, number=number)
    return None
