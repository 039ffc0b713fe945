"""A wave's way from draft to open, and what is known about it while it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.disclosure.minimums import Rules
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import (
    Anonymity,
    Assessment,
    Chosen,
    Intake,
    Organisation,
    Response,
    State,
    Wave,
    WaveAudience,
)
from cultureassess.services import plan_checks
from cultureassess.services.errors import WaveNotOpen, WaveNotYetOpen, WaveRefused

GRACE = dt.timedelta(minutes=60)
"""How long after the last day somebody who had begun may still send."""

DEFINITIONS = {
    Audience.MANAGEMENT: "Everyone who leads people.",
    Audience.STAFF: "Everyone else who works here.",
    Audience.CUSTOMER: "Everyone who buys or uses what we offer, or resells it.",
    Audience.PARTNER: "Partners and suppliers.",
}


@dataclass(frozen=True)
class Plan:
    """What is decided about a wave before it opens. Field by field as in :class:`cultureassess.models.Wave`.

    Attributes:
        invited, population: per audience; a missing audience is unknown, as with an open link.
        definitions: who belongs to an audience; its keys are the audiences that take part.
        segments: ``side.code`` in order; None for the instrument's default.
        management_roles: None for the instrument's: everyone who leads people (METHOD 1.8).
        rules: the thresholds of METHOD 4.2.
    """

    label: str
    chosen: Chosen
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    period: str | None = None
    anonymity: Anonymity = Anonymity.ANONYMOUS
    rules: Rules = field(default_factory=Rules)
    accounts: bool = False
    business: bool = False
    definitions: Mapping[Audience, str] = field(default_factory=lambda: dict(DEFINITIONS))
    invited: Mapping[Audience, int] = field(default_factory=dict)
    population: Mapping[Audience, int] = field(default_factory=dict)
    management_roles: tuple[str, ...] | None = None
    segments: tuple[str, ...] | None = None
    segment_options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    informal: bool = False
    organisation_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def create_organisation(session: Session, name: str, slug: str) -> Organisation:
    """Add a client organisation. ``slug`` names it in addresses and must not be taken."""
    organisation = Organisation(name=name, slug=slug)
    session.add(organisation)
    session.flush()
    return organisation


def create_assessment(session: Session, organisation: Organisation, instrument: Instrument) -> Assessment:
    """Add an organisation's use of an instrument."""
    assessment = Assessment(organisation=organisation, instrument=instrument.code)
    session.add(assessment)
    session.flush()
    return assessment


def create_wave(session: Session, assessment: Assessment, instrument: Instrument, plan: Plan) -> Wave:
    """Add a wave as a draft.

    Raises:
        WaveRefused: more than four segments on a side, or an unknown segment, outcome, role or language.
    """
    wave = Wave(rated_items=len(instrument.rated), outcome_items=len(instrument.outcomes))
    apply_plan(wave, instrument, plan)
    wave.assessment = assessment  # after the checks: it takes the wave into the session
    session.add(wave)
    session.flush()
    return wave


def apply_plan(wave: Wave, instrument: Instrument, plan: Plan) -> None:
    """Write a plan into a wave, unless it cannot be asked. Raises as :func:`create_wave`."""
    segments = plan_checks.segments(instrument, plan)
    plan_checks.check_segments(segments, plan.segment_options, instrument)
    plan_checks.check_days(plan)
    _decide(wave, instrument, plan)
    wave.segments = segments
    wave.segment_options = dict(plan.segment_options)
    for audience in wave.audiences.keys() - plan.definitions.keys():
        del wave.audiences[audience]
    for audience, definition in plan.definitions.items():
        row = wave.audiences.get(audience) or WaveAudience(audience=audience)
        row.definition = definition
        row.population = plan.population.get(audience)
        row.invited = plan.invited.get(audience)
        wave.audiences[audience] = row


def _decide(wave: Wave, instrument: Instrument, plan: Plan) -> None:
    """Write what is one column each."""
    wave.management_roles = plan_checks.management_roles(instrument, plan)
    wave.left_out = plan_checks.left_out(instrument, plan)
    wave.languages = plan_checks.languages(instrument, plan)
    wave.label, wave.chosen, wave.anonymity = plan.label, plan.chosen, plan.anonymity
    wave.opens_on, wave.closes_on = plan.opens_on, plan.closes_on
    wave.period = plan.period or instrument.period
    wave.k, wave.k_comments = plan.rules.k, plan.rules.k_comments
    wave.k_distribution = plan.rules.k_distribution
    wave.accounts, wave.business, wave.informal = plan.accounts, plan.business, plan.informal
    wave.organisation_names = dict(plan.organisation_names)


def plan_of(wave: Wave) -> Plan:
    """The plan that would make this wave again."""
    rows = wave.audiences.items()
    return Plan(
        label=wave.label,
        chosen=wave.chosen,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        period=wave.period,
        anonymity=wave.anonymity,
        rules=Rules(k=wave.k, k_comments=wave.k_comments, k_distribution=wave.k_distribution),
        accounts=wave.accounts,
        business=wave.business,
        definitions={audience: row.definition for audience, row in rows},
        invited={audience: row.invited for audience, row in rows if row.invited is not None},
        population={audience: row.population for audience, row in rows if row.population is not None},
        management_roles=wave.management_roles,
        segments=wave.segments,
        segment_options=dict(wave.segment_options),
        left_out=wave.left_out,
        languages=wave.languages,
        informal=wave.informal,
        organisation_names=dict(wave.organisation_names),
    )


def open_wave(session: Session, wave: Wave, *, today: dt.date) -> None:
    """Freeze a draft wave and take answers from now on (METHOD 2.0, step 1).

    Args:
        today: where the organisation is (:func:`today_at`).

    Raises:
        WaveRefused: it is not a draft, its last day has passed, or a side is missing.
    """
    if wave.state is not State.DRAFT:
        raise WaveRefused(f"The wave {wave.label} is {wave.state} already.")
    if wave.closes_on is not None and wave.closes_on < today:
        raise WaveRefused(f"The last day of the wave {wave.label} has passed.")
    if {audience.side for audience in wave.audiences} != set(Side):
        raise WaveRefused("A wave compares two sides: it needs an audience inside and one outside.")
    if wave.opens_on is None:
        wave.opens_on = today
        session.flush()
    wave.state = State.OPEN
    session.flush()


def zone_of(wave: Wave) -> dt.tzinfo:
    """The time zone in which the wave's days begin and end: its organisation's; UTC if it is unknown."""
    try:
        return ZoneInfo(wave.assessment.organisation.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def today_at(wave: Wave, now: dt.datetime) -> dt.date:
    """The day it is where the organisation is. ``now`` is timezone-aware."""
    return now.astimezone(zone_of(wave)).date()


def require_open(wave: Wave, *, today: dt.date) -> None:
    """See that somebody may begin today, where the organisation is (:func:`today_at`).

    Raises:
        WaveNotYetOpen: a draft, or the first day is still to come.
        WaveNotOpen: closed, stopped, or the last day has passed.
    """
    if wave.state is State.DRAFT or (wave.opens_on is not None and today < wave.opens_on):
        raise WaveNotYetOpen(wave.opens_on)
    over = wave.closes_on is not None and today > wave.closes_on
    if wave.state is not State.OPEN or wave.stopped or over:
        raise WaveNotOpen


def require_going_on(wave: Wave, *, now: dt.datetime) -> None:
    """See that somebody who has begun may save and send: until ``GRACE`` after the organisation's last day.

    Whoever stops or closes a wave by hand ends it at once, grace or not.

    Args:
        now: timezone-aware.

    Raises:
        WaveNotOpen: closed, stopped, or too late.
    """
    if wave.state is not State.OPEN or wave.stopped:
        raise WaveNotOpen
    if wave.closes_on is not None:
        tomorrow = wave.closes_on + dt.timedelta(days=1)
        if now > dt.datetime.combine(tomorrow, dt.time(), zone_of(wave)) + GRACE:
            raise WaveNotOpen


def answers_so_far(session: Session, wave: Wave) -> dict[Audience, int]:
    """Completed questionnaires per audience that takes part. Show a number only where it is at least k."""
    counts = dict.fromkeys(wave.audiences, 0)
    for table in (Intake, Response):
        wanted = sa.select(table.audience, sa.func.count()).where(table.wave_id == wave.id)
        for audience, count in session.execute(wanted.group_by(table.audience)):
            counts[audience] = counts.get(audience, 0) + count
    return counts
