"""Reminders to those who have not answered: at most one a day and three in all.

A reminder is prepared for everybody who was invited by mail; right before each mail the worker looks whether
the link was used, and passes over those whose was. So nobody ever sees a list of who has not answered, and
neither a count nor the pace tells how many have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db import transaction
from cultureassess.models import Channel, Invitee, MailPlan, MailRun, RunKind, State, Wave
from cultureassess.services import fielding
from cultureassess.services.inviting import MailingRefused, begin_run, hold, require_running

MOST = 3
"""Reminders of one wave."""

EARLIEST, LATEST = 1, 180
"""Days after the opening on which a planned reminder may lie."""

NOBODY_YET = (
    "Reminders can go out from the day after the first invitations by mail: "
    "nobody was invited by mail before today."
)


@dataclass(frozen=True)
class Outlook:
    """Whether a reminder can go out now, and why not; ``left`` of the three are not sent yet."""

    people: int
    left: int
    obstacle: str
    next_planned: dt.date | None


def remind(session: Session, wave: Wave, *, now: dt.datetime) -> MailRun:
    """Queue a reminder to everybody who was invited by mail before today, in the caller's transaction.

    Pressed twice on a day, the second time is refused: of two transactions at once one waits for the other.

    Raises:
        MailingRefused: today's has been sent, all three have, nobody was invited, or nobody could answer.
    """
    hold(session, wave)
    outlook = outlook_of(session, wave, now=now)
    if outlook.obstacle:
        raise MailingRefused(outlook.obstacle)
    people = session.scalars(_reachable(wave, fielding.today_at(wave, now)).order_by(Invitee.id)).all()
    return begin_run(session, wave, RunKind.REMINDER, people, now=now)


def outlook_of(session: Session, wave: Wave, *, now: dt.datetime) -> Outlook:
    """What stands in the way of a reminder, if anything does."""
    today = fielding.today_at(wave, now)
    days = session.scalars(sa.select(MailRun.day).filter_by(wave_id=wave.id, kind=RunKind.REMINDER)).all()
    people = session.scalar(sa.select(sa.func.count()).select_from(_reachable(wave, today).subquery())) or 0
    left, obstacle = MOST - len(days), _obstacle(wave, days, people, now)
    if obstacle == NOBODY_YET and _anybody(session, wave, today + dt.timedelta(days=1)):
        obstacle = "Reminders can go out from tomorrow: the first invitations were sent today."
    return Outlook(people, left, obstacle, _next_planned(session, wave, days, today))


def _anybody(session: Session, wave: Wave, before: dt.date) -> bool:
    return session.scalar(_reachable(wave, before).limit(1)) is not None


def _obstacle(wave: Wave, sent: Sequence[dt.date], people: int, now: dt.datetime) -> str:
    if fielding.today_at(wave, now) in sent:
        return "Today's reminder has been sent. The next one can go out tomorrow."
    if len(sent) >= MOST:
        return "All three reminders have been sent. More would do harm."
    try:
        require_running(wave, now=now)
    except MailingRefused as error:
        return str(error)
    return "" if people else NOBODY_YET


def _reachable(wave: Wave, today: dt.date) -> sa.Select[int]:
    """Those who got their link by mail before today, and may be written to; answered or not."""
    wanted = sa.select(Invitee.id).where(Invitee.wave_id == wave.id, Invitee.channel == Channel.MAIL)
    wanted = wanted.where(Invitee.reached_on < today, Invitee.address.is_not(None))
    return wanted.where(~Invitee.bounced, ~Invitee.stopped, Invitee.invitation_id.is_not(None))


def planned_days(session: Session, wave: Wave) -> list[dt.date]:
    """The days on which a wave reminds by itself, in order."""
    plan = session.get(MailPlan, wave.id)
    if plan is None or wave.opens_on is None:
        return []
    return sorted(wave.opens_on + dt.timedelta(days=int(days)) for days in plan.remind_after)


def _next_planned(session: Session, wave: Wave, sent: Sequence[dt.date], today: dt.date) -> dt.date | None:
    coming = [day for day in planned_days(session, wave) if day >= today and day not in sent]
    return coming[0] if coming and len(sent) < MOST else None


def remind_where_planned(engine: sa.Engine, *, now: dt.datetime) -> int:
    """Begin the reminders that are planned for today, each in a transaction of its own; return how many.

    A day on which the worker did not run is left out: a reminder on the wrong day is worse than none.
    """
    with transaction(engine) as session:
        waves = sa.select(Wave.id).join(MailPlan, MailPlan.wave_id == Wave.id).where(Wave.state == State.OPEN)
        numbers = session.scalars(waves).all()
    return sum(_remind_if_planned(engine, number, now) for number in numbers)


def _remind_if_planned(engine: sa.Engine, wave_id: int, now: dt.datetime) -> bool:
    with transaction(engine) as session:
        wave = session.get_one(Wave, wave_id)
        if fielding.today_at(wave, now) not in planned_days(session, wave):
            return False
        hold(session, wave)
        if outlook_of(session, wave, now=now).obstacle:
            return False
        remind(session, wave, now=now)
        return True
