"""Field work at a glance: who has answered so far, without anybody being watched while answering.

A number of answers is shown from k on and in steps of k: 47 reads "45 or more". Between two numbers that are
shown lie at least k people, today's and any day's alike. Whoever looks after every answer sees a change only
where a number passes a multiple of k. Nothing here looks into answers.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Intake, Invitation, Response, Wave
from cultureassess.models.people import Invitee
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.scoring.coverage import margin, response_rate
from cultureassess.services.fielding import answers_so_far
from cultureassess.services.open_links import all_links, door_of
from cultureassess.services.planning import RECOMMENDED, people
from cultureassess.services.questions import says_nothing, segment_columns, segment_values

MILESTONES = (10, 30, 100, 200, 400)
"""Answers from which a group can tell something new, or clearly more (METHOD 1.9, 2.0)."""


@dataclass(frozen=True)
class Progress:
    """How far one audience is.

    Attributes:
        asked: people asked; None where unknown.
        bounced: invitations that came back.
        answered: a multiple of k, "so many or more"; None below k.
        rate: response rate in percent, "or more"; None where it cannot be computed.
        margin: margin of error of a share in percentage points, "or less"; None below k.
        aim: answers to aim for (METHOD 1.9), no more than were asked.
        missing: answers missing to the aim at most, counted from ``answered``; 0 when it is reached.
    """

    audience: Audience
    asked: int | None
    bounced: int
    answered: int | None
    rate: float | None
    margin: float | None
    aim: int
    missing: int


@dataclass(frozen=True)
class SegmentProgress:
    """Answers per value of one segment question; None for all of them until each has k."""

    key: str
    values: Mapping[str, int | None]


@dataclass(frozen=True)
class Day:
    """Answers of one day: what that day added to the steps of all audiences."""

    day: dt.date
    answers: int


def stepped(number: int, k: int) -> int:
    """A number of answers as it may be shown: rounded down to a multiple of k."""
    return number - number % k


def progress(session: Session, wave: Wave) -> tuple[Progress, ...]:
    """How far each audience is that takes part, in the order of METHOD 1.8."""
    counts = answers_so_far(session, wave)
    sent = _per_audience(session, Invitation, wave, revoked=False)
    back = _per_audience(session, Invitee, wave, bounced=True)
    return tuple(
        _progress(wave, audience, counts.get(audience, 0), sent.get(audience), back.get(audience, 0))
        for audience in Audience
        if audience in wave.audiences
    )


def settle_asked(session: Session, wave: Wave) -> None:
    """Let the wave know whom it really asked, instead of the number that was planned.

    Where nobody ever could come by an open link, the people with a link of their own are all who were asked:
    what is said of those who stayed silent must not count people who never heard of it.
    """
    sent = _per_audience(session, Invitation, wave, revoked=False)
    opened = {door_of(link) for link in all_links(session, wave)}
    for audience, row in wave.audiences.items():
        if sent.get(audience) and not opened & {audience, audience.side}:
            row.invited = sent[audience]
    session.flush()


def _progress(wave: Wave, audience: Audience, count: int, sent: int | None, bounced: int) -> Progress:
    asked = people(wave, audience) if sent is None else sent
    shown = stepped(count, wave.k)
    reached = None if asked is None else asked - bounced
    possible = reached is not None and 0 < shown <= reached
    aim = aim_of(audience, reached)
    return Progress(
        audience=audience,
        asked=asked,
        bounced=bounced,
        answered=shown or None,
        rate=response_rate(shown, asked, undeliverable=bounced) if possible else None,
        margin=_margin(shown, wave.audiences[audience].population),
        aim=aim,
        missing=max(0, aim - shown),
    )


def _margin(shown: int, population: int | None) -> float | None:
    if not shown:
        return None
    return margin(shown, population if population is not None and population >= shown else None)


def aim_of(audience: Audience, reached: int | None) -> int:
    """Answers to aim for (METHOD 1.9): all managers, 30 of the staff, 100 customers; at most all asked."""
    if audience is Audience.MANAGEMENT:
        return reached or 0
    wanted = RECOMMENDED.get(audience, MILESTONES[0])
    return wanted if reached is None else min(wanted, reached)


def next_milestone(answered: int, asked: int | None) -> int | None:
    """The next number of answers worth having; None beyond the last, or where nobody is left to ask."""
    further = next((number for number in MILESTONES if number > answered), None)
    return None if further is None or (asked is not None and asked < further) else further


def _per_audience(
    session: Session, model: type[Invitation | Invitee], wave: Wave, **which: bool
) -> dict[Audience, int]:
    """How many rows of a wave each audience has; only audiences that have any."""
    wanted = sa.select(model.audience, sa.func.count()).filter_by(wave_id=wave.id, **which)
    found = session.execute(wanted.group_by(model.audience))
    return {audience: number for audience, number in found}  # noqa: C416  # rows are no pairs to mypy


def segments(session: Session, wave: Wave, instrument: Instrument) -> tuple[SegmentProgress, ...]:
    """Answers per value of each segment question that is asked."""
    found = []
    for side in Side:
        for place, code in enumerate(segment_columns(wave, side)):
            counts = _values(session, wave, side, place)
            offered = segment_values(wave, instrument, side, code)
            found.append(SegmentProgress(f"{side}.{code}", _shown(counts, offered, wave.k)))
    return tuple(found)


def _values(session: Session, wave: Wave, side: Side, place: int) -> Counter[str | None]:
    counts: Counter[str | None] = Counter()
    audiences = [audience for audience in Audience if audience.side is side]
    for table in (Intake, Response):
        column = getattr(table, SEGMENT_COLUMNS[place])
        wanted = sa.select(column, sa.func.count()).where(
            table.wave_id == wave.id, table.audience.in_(audiences)
        )
        for value, count in session.execute(wanted.group_by(column)):
            counts[value] += count
    return counts


def _shown(counts: Counter[str | None], offered: tuple[str, ...], k: int) -> dict[str, int | None]:
    """All values, or none.

    Hiding the small value and a larger one beside it (METHOD 4.3 C) is safe in results, which are computed
    once. Here the first answer of a value would hide its neighbour, and what was seen of the neighbour before
    would give the value away. All or none tells only that each has k; what was shown once stays shown.
    """
    cells = {value: counts[value] for value in offered if not says_nothing(value)}
    enough = all(count >= k for count in cells.values())
    return {value: stepped(count, k) if enough else None for value, count in cells.items()}


def days(session: Session, wave: Wave) -> tuple[Day, ...]:
    """Answers per day from the first to the last on which a step was taken.

    Each audience's running total is cut to steps of k before days are told apart, so that a day shows
    nothing until k of an audience have answered since its last step. Empty after the close, which forgets
    the days (RELIABILITY R2).
    """
    counts: dict[Audience, Counter[dt.date]] = {}
    for table in (Intake, Response):
        wanted = sa.select(table.audience, table.day, sa.func.count()).where(
            table.wave_id == wave.id, table.day.is_not(None)
        )
        for audience, day, count in session.execute(wanted.group_by(table.audience, table.day)):
            if day is not None:
                counts.setdefault(audience, Counter())[day] += count
    steps: Counter[dt.date] = Counter()
    for per_day in counts.values():
        steps.update(_steps(per_day, wave.k))
    if not steps:
        return ()
    first, last = min(steps), max(steps)
    every = (first + dt.timedelta(days=place) for place in range((last - first).days + 1))
    return tuple(Day(day, steps[day]) for day in every)


def _steps(per_day: Counter[dt.date], k: int) -> dict[dt.date, int]:
    total, shown, found = 0, 0, {}
    for day in sorted(per_day):
        total += per_day[day]
        if step := stepped(total, k) - shown:
            found[day] = step
            shown += step
    return found


def days_left(wave: Wave, *, today: dt.date) -> int | None:
    """Days on which somebody may still begin, today included; 0 when the last has passed, None without one.

    ``today`` is where the organisation is.
    """
    return None if wave.closes_on is None else max(0, (wave.closes_on - today).days + 1)
