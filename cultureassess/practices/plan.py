"""What a company does already and what it has agreed to do: a pure object that a report or a page can read.

It is filled by :func:`cultureassess.services.actions.plan.action_plan`; nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from cultureassess.practices.loading import ENGLISH, library
from cultureassess.practices.types import Frozen, Practice


class Mark(StrEnum):
    """What a team says of a practice."""

    DO = "do"
    PARTLY = "partly"
    NO = "no"


class CardKind(StrEnum):
    """What an action does with something: at least one should stop or simplify (SOURCES S5)."""

    KEEP = "keep"
    START = "start"
    SIMPLIFY = "simplify"
    STOP = "stop"


class PlannedCard(Frozen, frozen=True):
    """One agreed action (METHOD 6.7). Days are ISO dates; texts are as the company typed them.

    Attributes:
        index: code of the index that it is about.
        practice: code of the practice that it carries out; "" for one of the company's own.
        moves: what is expected to move: "customers" (their mean on the index), "gap" or "key figure".
        figure: the name of the key figure; "" for the other two.
        target: to what, without zeros behind it; "" where none was set.
    """

    kind: CardKind
    title: str
    index: str
    practice: str
    owner: str
    first_step: str
    first_step_by: str
    moves: str
    figure: str
    target: str
    due: str


class ActionPlan(Frozen, frozen=True):
    """Marks by practice code, and the active cards of one wave, three at most, in their order."""

    marks: dict[str, Mark] = msgspec.field(default_factory=dict)
    evidence: dict[str, str] = msgspec.field(default_factory=dict)
    cards: tuple[PlannedCard, ...] = ()

    def done(self, practice: str) -> bool:
        return self.marks.get(practice) is Mark.DO


NOTHING_KNOWN = ActionPlan()


def recommended(
    indices: Iterable[str], plan: ActionPlan = NOTHING_KNOWN, language: str = ENGLISH
) -> tuple[Practice, ...]:
    """The practices to suggest for these indices, index by index: never one that is done already.

    What is done in part comes after what is not done or was not asked about.
    """
    found = library(language)
    return tuple(
        practice
        for index in indices
        for practice in sorted(found.of_index(index), key=lambda one: plan.marks.get(one.code) is Mark.PARTLY)
        if not plan.done(practice.code)
    )


def kept(indices: Iterable[str], plan: ActionPlan, language: str = ENGLISH) -> tuple[Practice, ...]:
    """The practices of these indices that are done: to be set against what people perceive."""
    found = library(language)
    return tuple(one for index in indices for one in found.of_index(index) if plan.done(one.code))
