"""Field work at a glance, in words and bars. Answers are counted in steps of k (services/fieldwork.py)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Wave
from cultureassess.services import fieldwork, planning
from cultureassess.services.fielding import today_at
from cultureassess.services.fieldwork import Progress
from cultureassess.web.i18n import gettext, ngettext
from cultureassess.web.workspace import words
from cultureassess.web.workspace.summary import segment_name

BAR_WIDTH, BAR_HEIGHT, BAR_SPACE = 14, 88, 4
PERCENT = 100


@dataclass(frozen=True)
class Row:
    """One audience. Texts are ready to print; ``filled`` is the length of its bar, 0 to 100."""

    who: str
    asked: str
    bounced: str
    answered: str
    rate: str
    margin: str
    filled: float
    aim_at: float
    missing: str


@dataclass(frozen=True)
class Bar:
    """One day of the chart: where it stands, how high it is, and what it says."""

    x: int
    y: float
    height: float
    label: str
    day: dt.date
    answers: int


@dataclass(frozen=True)
class Segment:
    name: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Glance:
    """Everything that the page of an open wave shows of its field work."""

    rows: tuple[Row, ...]
    left: str
    bounces: bool
    reach: tuple[str, ...]
    bars: tuple[Bar, ...]
    chart_width: int
    segments: tuple[tuple[str, tuple[Segment, ...]], ...]


def of(session: Session, wave: Wave, instrument: Instrument, *, now: dt.datetime) -> Glance:
    """Say how the field work of an open wave goes; ``now`` is timezone-aware."""
    progress = fieldwork.progress(session, wave)
    bars = _bars(fieldwork.days(session, wave))
    return Glance(
        rows=tuple(_row(one, wave) for one in progress),
        left=_left(wave, today_at(wave, now)),
        bounces=any(one.bounced for one in progress),
        reach=_reach(progress, instrument),
        bars=bars,
        chart_width=len(bars) * (BAR_WIDTH + BAR_SPACE),
        segments=_segments(session, wave, instrument),
    )


def _row(one: Progress, wave: Wave) -> Row:
    whole = max(one.asked or 0, one.answered or 0, one.aim, 1)
    fewer = gettext("fewer than %(k)d", k=wave.k)
    return Row(
        who=words.who(one.audience),
        asked=gettext("unknown") if one.asked is None else f"{one.asked:,}",
        bounced=f"{one.bounced:,}" if one.bounced else "–",
        answered=fewer if one.answered is None else gettext("%(n)s+", n=f"{one.answered:,}"),
        rate="–" if one.rate is None else f"{one.rate:.0f} %",
        margin="–" if one.margin is None else f"± {one.margin:.0f}",
        filled=PERCENT * (one.answered or 0) / whole,
        aim_at=PERCENT * one.aim / whole,
        missing=_missing(one),
    )


def _missing(one: Progress) -> str:
    if not one.missing:
        return gettext("enough") if one.aim else "–"
    texts = {
        Audience.MANAGEMENT: ngettext(
            "about %(num)d more manager", "about %(num)d more managers", one.missing
        ),
        Audience.STAFF: ngettext("about %(num)d more employee", "about %(num)d more employees", one.missing),
        Audience.CUSTOMER: ngettext(
            "about %(num)d more customer", "about %(num)d more customers", one.missing
        ),
        Audience.PARTNER: ngettext("about %(num)d more partner", "about %(num)d more partners", one.missing),
    }
    return texts[one.audience]


def _left(wave: Wave, today: dt.date) -> str:
    left = fieldwork.days_left(wave, today=today)
    if wave.stopped:
        return gettext("Stopped")
    if wave.opens_on is not None and today < wave.opens_on:
        wait = (wave.opens_on - today).days
        return ngettext("Opens in %(num)d day", "Opens in %(num)d days", wait)
    if left is None:
        return gettext("No last day")
    if left == 0:
        return gettext("The last day has passed")
    return (
        gettext("Today is the last day")
        if left == 1
        else ngettext("%(num)d day left", "%(num)d days left", left)
    )


def _reach(progress: tuple[Progress, ...], instrument: Instrument) -> tuple[str, ...]:
    """What the answers so far can show, and what more customers would change; from planning figures."""
    by = {one.audience: one for one in progress}
    managers, customers = by.get(Audience.MANAGEMENT), by.get(Audience.CUSTOMER)
    if managers is None or customers is None:
        return ()
    family = planning.family_of(instrument)
    now = planning.outlook(managers.answered or 0, customers.answered or 0, family=family)
    if now.finds is None:
        return (gettext("A gap is judged from 10 managers' and 10 customers' answers on."),)
    found = gettext(
        "With the answers so far this wave reliably finds gaps of %(alone).0f to %(together).0f points.",
        alone=now.finds.alone,
        together=now.finds.together,
    )
    further = fieldwork.next_milestone(now.customers, customers.asked)
    then = None if further is None else planning.outlook(now.managers, further, family=family).finds
    if further is None or then is None:
        return (found,)
    if round(then.alone) == round(now.finds.alone) and round(then.together) == round(now.finds.together):
        return found, gettext("More customers would hardly change that: the number of managers limits it.")
    more = gettext(
        "About %(more)d more customers would bring that down to %(alone).0f to %(together).0f points.",
        more=further - now.customers,
        alone=then.alone,
        together=then.together,
    )
    return found, more


def _bars(days: tuple[fieldwork.Day, ...]) -> tuple[Bar, ...]:
    most = max((day.answers for day in days), default=1)
    return tuple(
        Bar(
            x=place * (BAR_WIDTH + BAR_SPACE),
            y=BAR_HEIGHT - BAR_HEIGHT * day.answers / most,
            height=BAR_HEIGHT * day.answers / most,
            label=str(day.day.day),
            day=day.day,
            answers=day.answers,
        )
        for place, day in enumerate(days)
    )


def _segments(
    session: Session, wave: Wave, instrument: Instrument
) -> tuple[tuple[str, tuple[Segment, ...]], ...]:
    fewer = gettext("not shown")
    by_side: dict[Side, list[Segment]] = {side: [] for side in Side}
    for found in fieldwork.segments(session, wave, instrument):
        values = tuple(
            (value, fewer if number is None else gettext("%(n)s+", n=f"{number:,}"))
            for value, number in found.values.items()
        )
        by_side[Side(found.key.partition(".")[0])].append(Segment(segment_name(found.key), values))
    return tuple((words.who(side), tuple(segments)) for side, segments in by_side.items() if segments)
