"""Clients and their waves until they open: four fields make a draft, the rest has a default."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import instruments
from cultureassess.instruments.types import Audience
from cultureassess.models import Anonymity, Assessment, Chosen, Organisation, State, Wave
from cultureassess.models.members import Membership, Role
from cultureassess.services import inviting
from cultureassess.services.errors import DomainError, WaveRefused
from cultureassess.services.fielding import (
    DEFINITIONS,
    Plan,
    apply_plan,
    create_assessment,
    create_organisation,
    create_wave,
    plan_of,
)

INSTRUMENT = "customer_culture_v1"
PULSE = "customer_culture_pulse_v1"
ASKED_FIRST = (Audience.MANAGEMENT, Audience.STAFF, Audience.CUSTOMER)
SLUG_LENGTH = 48
FREE = ("label", "closes_on", "languages", "informal", "organisation_names", "invited", "population")
"""Fields of a plan that may still change while a wave is open; triggers guard all others."""

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o"})


class NameDiffers(DomainError):
    """What was typed to confirm a deletion is not the name of what would be deleted."""


@dataclass(frozen=True)
class FirstWave:
    """The fields without which there is no wave.

    ``people``: how many are asked, per audience; an audience without a number takes no part.
    """

    opens_on: dt.date
    closes_on: dt.date
    people: Mapping[Audience, int]
    chosen: Chosen


def add_client(session: Session, name: str, *, run_by: int | None = None) -> Organisation:
    """Add a client under a free slug made of its name, to be run by the member ``run_by``."""
    organisation = create_organisation(session, name, free_slug(session, name))
    if run_by is not None:
        session.add(Membership(member_id=run_by, organisation_id=organisation.id, role=Role.CONSULTANT))
        session.flush()
    return organisation


def free_slug(session: Session, name: str) -> str:
    """A slug that no organisation has: the name in plain letters, with a number if it is taken."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_GERMAN))
    words = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    stem = words[:SLUG_LENGTH].strip("-") or "client"
    taken = set(session.scalars(sa.select(Organisation.slug).where(Organisation.slug.startswith(stem))))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def start_wave(session: Session, organisation: Organisation, first: FirstWave) -> Wave:
    """Add a draft wave with defaults for everything but its four fields.

    Whoever was chosen from a list gets a personal link, so that such a wave is confidential; with an open
    link it is anonymous. Managers and staff are asked one and all (METHOD 1.9).

    Raises:
        WaveRefused: as :func:`cultureassess.services.fielding.create_wave`.
    """
    people = {audience: number for audience, number in first.people.items() if number}
    open_only = first.chosen is Chosen.OPEN
    counted = [a for a in people if a is not Audience.CUSTOMER or first.chosen is Chosen.ALL]
    assessment = assessment_of(session, organisation)
    plan = Plan(
        label=free_label(assessment, f"Culture check {first.closes_on.year}"),
        chosen=first.chosen,
        opens_on=first.opens_on,
        closes_on=first.closes_on,
        anonymity=Anonymity.ANONYMOUS if open_only else Anonymity.CONFIDENTIAL,
        definitions={audience: DEFINITIONS[audience] for audience in people},
        invited=people,
        population={audience: people[audience] for audience in counted},
    )
    return create_wave(session, assessment, instruments.by_code(assessment.instrument), plan)


def assessment_of(session: Session, organisation: Organisation) -> Assessment:
    """The organisation's newest assessment, pulses left out, or its first one, made now."""
    full = [one for one in organisation.assessments if one.instrument != PULSE]
    if full:
        return full[-1]
    return create_assessment(session, organisation, instruments.by_code(INSTRUMENT))


def free_label(assessment: Assessment, wanted: str) -> str:
    """The wanted label, with a number if a wave of the assessment has it."""
    taken = {wave.label for wave in assessment.waves}
    number = 1
    while (label := wanted if number == 1 else f"{wanted} ({number})") in taken:
        number += 1
    return label


def change_wave(session: Session, wave: Wave, plan: Plan, *, today: dt.date) -> None:
    """Give a wave another plan: a draft any, an open wave one that differs in ``FREE`` only.

    Mails that wait go with its last day.

    Args:
        today: where the organisation is.

    Raises:
        WaveRefused: it is closed, the field is frozen, the new last day has passed, or the plan cannot be
            asked.
    """
    before = plan_of(wave)
    if wave.state in (State.CLOSED, State.REPORTED):
        raise WaveRefused(f"The wave {wave.label} is closed; nothing of it changes any more.")
    if wave.state is State.OPEN:
        changed = {name: getattr(plan, name) for name in FREE}
        if replace(before, **changed) != plan:
            raise WaveRefused(f"The wave {wave.label} is open: what people were asked is frozen.")
    if plan.closes_on != before.closes_on and plan.closes_on is not None and plan.closes_on < today:
        raise WaveRefused("The last day must not lie in the past. To end a wave now, stop it.")
    with session.no_autoflush:
        apply_plan(wave, instruments.by_code(wave.assessment.instrument), plan)
    session.flush()
    if plan.closes_on != before.closes_on:
        inviting.move_ends(session, wave, today=today)


def copy_wave(session: Session, wave: Wave, *, opens_on: dt.date, closes_on: dt.date) -> Wave:
    """Add a draft with the same audiences, segments and thresholds for another period.

    Both waves belong to one assessment, so that their results can be compared (METHOD 5.1).
    """
    label = free_label(wave.assessment, f"Culture check {closes_on.year}")
    plan = replace(plan_of(wave), label=label, opens_on=opens_on, closes_on=closes_on)
    return create_wave(session, wave.assessment, instruments.by_code(wave.assessment.instrument), plan)


def require_name(typed: str, name: str) -> None:
    """See that somebody who deletes has typed the name of what will be gone.

    Raises:
        NameDiffers: it is another one; case and surplus blanks make no difference.
    """
    if " ".join(typed.split()).casefold() != " ".join(name.split()).casefold():
        raise NameDiffers(f"Type the name exactly as it stands here: {name}")


def require_draft(wave: Wave) -> None:
    """See that a wave may be discarded: nobody has answered a draft.

    Raises:
        WaveRefused: it has been opened.
    """
    if wave.state is not State.DRAFT:
        raise WaveRefused(f"Only a draft can be discarded, and the wave {wave.label} is {wave.state.value}.")
