"""Two pages that are filled in together: the review of a process, and the value proposition (SOURCES S5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Organisation, ProcessStep, StepValue, ThreeChoices
from cultureassess.models.journey import LONG
from cultureassess.services.errors import DomainError

MOST_STEPS = 15


class WorkshopRefused(DomainError):
    """A page cannot be stored; ``field`` is what is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Step:
    """One step as it was typed."""

    name: str
    serves: StepValue
    hand_off: bool
    decision: str = ""


@dataclass(frozen=True)
class Choices:
    """Which needs, which level of service, what deliberately not."""

    needs: str
    service: str
    not_done: str


def steps_of(session: Session, organisation: Organisation) -> Sequence[ProcessStep]:
    """Return the steps of the reviewed process, in their order."""
    wanted = sa.select(ProcessStep).where(ProcessStep.organisation_id == organisation.id)
    return session.scalars(wanted.order_by(ProcessStep.place)).all()


def choices_of(session: Session, organisation: Organisation) -> ThreeChoices | None:
    """Return the three choices with the name of the process; None where nothing was written yet."""
    return session.get(ThreeChoices, organisation.id)


def write_steps(
    session: Session, organisation: Organisation, process: str, steps: Sequence[Step], *, today: dt.date
) -> None:
    """Store the review in place of the one before.

    Raises:
        WorkshopRefused: too many steps.
    """
    if len(steps) > MOST_STEPS:
        raise WorkshopRefused("steps", f"A page holds {MOST_STEPS} steps.")
    session.execute(sa.delete(ProcessStep).where(ProcessStep.organisation_id == organisation.id))
    session.add_all(
        ProcessStep(
            organisation_id=organisation.id,
            place=place,
            name=step.name,
            serves=step.serves,
            hand_off=step.hand_off,
            decision=step.decision,
        )
        for place, step in enumerate(steps, start=1)
    )
    _page(session, organisation, today).process = process
    session.flush()


def write_choices(session: Session, organisation: Organisation, choices: Choices, *, today: dt.date) -> None:
    """Store the three choices.

    Raises:
        WorkshopRefused: a text is longer than its place.
    """
    for field in ("needs", "service", "not_done"):
        if len(getattr(choices, field)) > LONG:
            raise WorkshopRefused(field, f"Shorten this to {LONG:,} characters.")
    row = _page(session, organisation, today)
    row.needs, row.service, row.not_done = choices.needs, choices.service, choices.not_done
    session.flush()


def _page(session: Session, organisation: Organisation, today: dt.date) -> ThreeChoices:
    row = choices_of(session, organisation)
    row = row or ThreeChoices(organisation_id=organisation.id, process="", needs="", service="", not_done="")
    row.changed_on = today
    session.add(row)
    return row
