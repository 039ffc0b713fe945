"""What a draft is set to, line by line, and what stands against opening it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Anonymity, Wave
from cultureassess.services import planning, readiness
from cultureassess.services.readiness import Point, Remark
from cultureassess.web.i18n import gettext, ngettext, own_name
from cultureassess.web.workspace import words

YEAR = dt.timedelta(days=364)
"""A year that begins on the same day of the week."""


@dataclass(frozen=True)
class Row:
    """One thing that is set: its name, its values, where it is changed, and whether opening freezes it."""

    name: str
    values: tuple[str, ...]
    address: str
    frozen: bool = True


@dataclass(frozen=True)
class Said:
    """A remark in words."""

    text: str
    stops: bool


def rows(wave: Wave, instrument: Instrument) -> tuple[Row, ...]:
    """What a wave is set to, in the order in which people think of it."""

    def row(name: str, section: str, *values: str, frozen: bool = True) -> Row:
        address = url_for("workspace.settings", wave_id=wave.id, section=section)
        return Row(name, values, address, frozen)

    zone = gettext("from midnight to midnight, %(zone)s", zone=wave.assessment.organisation.timezone)
    return (
        row(gettext("Dates"), "period", words.period(wave), zone, frozen=False),
        row(gettext("People"), "people", *(_people(wave, a) for a in wave_audiences(wave)), frozen=False),
        row(gettext("Customers were chosen"), "people", words.chosen_name(wave.chosen)),
        row(gettext("How people come in"), "privacy", *_ways_in(wave)),
        row(gettext("Shown from"), "privacy", *_thresholds(wave)),
        row(gettext("About you"), "questions", *_segments(wave, instrument)),
        row(gettext("Period asked about"), "questions", gettext("the last %(period)s", period=wave.period)),
        row(gettext("Languages"), "languages", ", ".join(map(own_name, wave.languages)), frozen=False),
    )


def wave_audiences(wave: Wave) -> tuple[Audience, ...]:
    """The audiences that take part, in the order of METHOD 1.8."""
    return tuple(audience for audience in Audience if audience in wave.audiences)


def _people(wave: Wave, audience: Audience) -> str:
    number = planning.people(wave, audience)
    known = gettext("number unknown") if number is None else f"{number:,}"
    return f"{words.who(audience)}: {known}"


def _ways_in(wave: Wave) -> tuple[str, ...]:
    if wave.anonymity is Anonymity.ANONYMOUS:
        return (gettext("Open links only: anonymous, no reminders"),)
    accounts = gettext("Answers know their business account while the wave runs")
    personal = gettext("Personal links, open links too if you like: confidential, with reminders")
    return (personal, accounts) if wave.accounts else (personal,)


def _thresholds(wave: Wave) -> tuple[str, ...]:
    return (
        gettext("%(k)d answers for a score, %(d)d for a range or a verdict", k=wave.k, d=wave.k_distribution),
        gettext("%(c)d people for comments", c=wave.k_comments),
    )


def _segments(wave: Wave, instrument: Instrument) -> tuple[str, ...]:
    names = {side: segment_names(wave, instrument, side) for side in Side}
    nothing = gettext("nothing")
    return (
        gettext("Inside: %(names)s", names=", ".join(names[Side.INSIDE]) or nothing),
        gettext("Outside: %(names)s", names=", ".join(names[Side.OUTSIDE]) or nothing),
    )


def segment_names(wave: Wave, instrument: Instrument, side: Side) -> list[str]:
    """The segment questions that a side is asked, by their short names."""
    return [
        segment_name(f"{question.side}.{question.code}")
        for question in instrument.segments
        if question.side is side and f"{question.side}.{question.code}" in wave.segments
    ]


def segment_name(key: str) -> str:
    """A segment question by a short name."""
    names = {
        "inside.function": gettext("part of the company"),
        "inside.tenure": gettext("years in the company"),
        "inside.contact": gettext("contact with customers"),
        "outside.decider": gettext("decides or uses"),
        "outside.segment": gettext("customer segment"),
        "outside.tenure": gettext("years as a customer"),
        "outside.contact": gettext("contact with the company"),
        "outside.type": gettext("partner or supplier"),
    }
    return names.get(key, key.partition(".")[2])


def remarks(wave: Wave, instrument: Instrument, *, today: dt.date) -> list[Said]:
    """What stands against opening a draft, and what it will not be able to show."""
    return [
        Said(_say(remark, wave), remark.stops) for remark in readiness.remarks(wave, instrument, today=today)
    ]


def _say(remark: Remark, wave: Wave) -> str:
    texts = {
        Point.DATES_MISSING: gettext("Say when it begins and ends."),
        Point.DATES_PASSED: gettext("Its last day has passed: give it new dates."),
        Point.SIDE_MISSING: gettext(
            "A wave compares two sides: it needs an audience inside and one outside."
        ),
    }
    if remark.point in texts:
        return texts[remark.point]
    if remark.point is Point.SEGMENT_THIN:
        return gettext(
            "“%(name)s” needs %(number)d people asked, or most of its values stay withheld.",
            name=segment_name(remark.segment or ""),
            number=remark.number,
        )
    return _few(remark, wave)


def _few(remark: Remark, wave: Wave) -> str:
    who = words.who(remark.audience)
    if remark.point is Point.NEVER_SHOWN:
        text = gettext("%(who)s: fewer than %(k)d, so nothing of them will ever be shown.", who=who, k=wave.k)
    elif remark.point is Point.NO_VERDICT:
        text = gettext(
            "%(who)s: fewer than %(d)d, so means are shown, but no gap is judged.",
            who=who,
            d=wave.k_distribution,
        )
    else:
        aim = planning.RECOMMENDED[remark.audience or Audience.CUSTOMER]
        text = ngettext(
            "%(who)s: %(num)d is asked; aim for %(aim)d answers.",
            "%(who)s: %(num)d are asked; aim for %(aim)d answers.",
            remark.number,
            who=who,
            aim=aim,
        )
    return text


def next_year(wave: Wave) -> dict[str, str]:
    """The dates of a wave a year later, as a form shows them."""
    dates = {"opens_on": wave.opens_on, "closes_on": wave.closes_on}
    return {name: (date + YEAR).isoformat() for name, date in dates.items() if date is not None}
