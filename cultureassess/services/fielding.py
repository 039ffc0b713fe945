"""A wave's way from draft to open, and what is known about it while it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import instruments
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
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.services.errors import WaveNotOpen, WaveNotYetOpen, WaveRefused
from cultureassess.services.questions import segment_columns

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
    wave = Wave(
        assessment=assessment,
        label=plan.label,
        chosen=plan.chosen,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        period=plan.period or instrument.period,
        anonymity=plan.anonymity,
        k=plan.rules.k,
        k_comments=plan.rules.k_comments,
        k_distribution=plan.rules.k_distribution,
        accounts=plan.accounts,
        business=plan.business,
        management_roles=_management_roles(instrument, plan),
        segments=_segments(instrument, plan),
        segment_options=dict(plan.segment_options),
        left_out=_left_out(instrument, plan),
        languages=_languages(instrument, plan),
        informal=plan.informal,
        organisation_names=dict(plan.organisation_names),
        rated_items=len(instrument.rated),
        outcome_items=len(instrument.outcomes),
    )
    for audience, definition in plan.definitions.items():
        wave.audiences[audience] = WaveAudience(
            audience=audience,
            definition=definition,
            population=plan.population.get(audience),
            invited=plan.invited.get(audience),
        )
    _check_segments(wave, instrument)
    session.add(wave)
    session.flush()
    return wave


def open_wave(session: Session, wave: Wave, *, today: dt.date) -> None:
    """Freeze a draft wave and take answers from now on (METHOD 2.0, step 1).

    Raises:
        WaveRefused: it is not a draft, or its last day has passed.
    """
    if wave.state is not State.DRAFT:
        raise WaveRefused(f"The wave {wave.label} is {wave.state} already.")
    if wave.closes_on is not None and wave.closes_on < today:
        raise WaveRefused(f"The last day of the wave {wave.label} has passed.")
    if wave.opens_on is None:
        wave.opens_on = today
        session.flush()
    wave.state = State.OPEN
    session.flush()


def require_open(wave: Wave, *, today: dt.date) -> None:
    """See that somebody may begin today.

    Raises:
        WaveNotYetOpen: a draft, or the first day is still to come.
        WaveNotOpen: closed, or the last day has passed.
    """
    if wave.state is State.DRAFT or (wave.opens_on is not None and today < wave.opens_on):
        raise WaveNotYetOpen(wave.opens_on)
    if wave.state is not State.OPEN or (wave.closes_on is not None and today > wave.closes_on):
        raise WaveNotOpen


def require_going_on(wave: Wave, *, now: dt.datetime) -> None:
    """See that somebody who has begun may save and send: until ``GRACE`` after the last day (UTC).

    Whoever closes a wave by hand ends it at once, grace or not.

    Args:
        now: timezone-aware.

    Raises:
        WaveNotOpen: closed, or too late.
    """
    if wave.state is not State.OPEN:
        raise WaveNotOpen
    if wave.closes_on is not None:
        midnight = dt.datetime.combine(wave.closes_on + dt.timedelta(days=1), dt.time(), dt.UTC)
        if now > midnight + GRACE:
            raise WaveNotOpen


def answers_so_far(session: Session, wave: Wave) -> dict[Audience, int]:
    """Completed questionnaires per audience that takes part. Show a number only where it is at least k."""
    counts = dict.fromkeys(wave.audiences, 0)
    for table in (Intake, Response):
        wanted = sa.select(table.audience, sa.func.count()).where(table.wave_id == wave.id)
        for audience, count in session.execute(wanted.group_by(table.audience)):
            counts[audience] = counts.get(audience, 0) + count
    return counts


def _management_roles(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    options = instrument.role_question.options if instrument.role_question is not None else ()
    if plan.management_roles is None:
        return tuple(option.code for option in options if option.audience is Audience.MANAGEMENT)
    _refuse_unknown("role", plan.management_roles, [option.code for option in options])
    return plan.management_roles


def _segments(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    offered = [f"{question.side}.{question.code}" for question in instrument.segments]
    if plan.segments is None:
        default = [
            key
            for key, question in zip(offered, instrument.segments, strict=True)
            if question.default and (question.codes or key in plan.segment_options)
        ]
        return tuple(dict.fromkeys(default))
    _refuse_unknown("segment", plan.segments, offered)
    return tuple(dict.fromkeys(plan.segments))


def _languages(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    packaged = instrument.code in instruments.available()
    offered = instruments.languages(instrument.code) if packaged else (instrument.language,)
    _refuse_unknown("language", plan.languages, offered)
    return tuple(dict.fromkeys(plan.languages)) or (instrument.language,)


def _left_out(instrument: Instrument, plan: Plan) -> tuple[str, ...]:
    optional = [outcome.id for outcome in instrument.outcomes if outcome.optional]
    _refuse_unknown("optional outcome", plan.left_out, optional)
    return plan.left_out


def _check_segments(wave: Wave, instrument: Instrument) -> None:
    for side in Side:
        if len(segment_columns(wave, side)) > len(SEGMENT_COLUMNS):
            raise WaveRefused(f"A wave asks at most {len(SEGMENT_COLUMNS)} segments on a side (METHOD 1.8).")
    for question in instrument.segments:
        key = f"{question.side}.{question.code}"
        if key in wave.segments and not (question.codes or wave.segment_options.get(key)):
            raise WaveRefused(f"The segment {key} needs the organisation's own values.")


def _refuse_unknown(what: str, wanted: Sequence[str], offered: Sequence[str]) -> None:
    unknown = [code for code in wanted if code not in offered]
    if unknown:
        raise WaveRefused(f"There is no {what} {unknown[0]!r}; there is {', '.join(offered)}.")
