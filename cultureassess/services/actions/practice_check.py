"""The practice check: what the team does already, by what it can be seen, and whether anybody notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Organisation, PracticeMark
from cultureassess.models.actions import LONG
from cultureassess.practices import Mark, Practice, library
from cultureassess.services.errors import DomainError
from cultureassess.snapshot.types import ItemFigures, Snapshot

NOTICED = 50.0
"""Percent who agree from which a practice counts as noticed: a majority."""


class MarkRefused(DomainError):
    """A mark that cannot be stored; ``practice`` is the code of the practice."""

    def __init__(self, practice: str, sentence: str) -> None:
        super().__init__(sentence)
        self.practice = practice


@dataclass(frozen=True)
class Said:
    """What the team says of one practice; ``mark`` None: nothing."""

    mark: Mark | None
    evidence: str = ""


@dataclass(frozen=True)
class Perceived:
    """How those notice a practice who should: customers where they were asked, else staff.

    Attributes:
        item: id of the statement; ``text`` its wording for that audience.
        figures: as the snapshot shows them.
        noticed: whether at least half agree; None where the snapshot does not show it.
    """

    audience: Literal["customer", "staff"]
    item: str
    text: str
    figures: ItemFigures
    noticed: bool | None


def marks_of(session: Session, organisation: Organisation) -> dict[str, PracticeMark]:
    """Return what was marked: code of the practice to its row."""
    wanted = sa.select(PracticeMark).where(PracticeMark.organisation_id == organisation.id)
    return {row.practice: row for row in session.scalars(wanted)}


def done_by(session: Session, organisation: Organisation) -> tuple[str, ...]:
    """Return the codes of the practices that the team says it has: no report suggests them."""
    marks = marks_of(session, organisation)
    return tuple(sorted(code for code, row in marks.items() if row.mark is Mark.DO))


def mark_practices(
    session: Session, organisation: Organisation, said: Mapping[str, Said], *, by: str, today: dt.date
) -> tuple[str, ...]:
    """Store what the team says; practices that are not named stay as they are.

    Returns:
        The codes of the practices of which something else is said now.

    Raises:
        MarkRefused: an unknown practice, evidence that is too long, or "we do it" without evidence; nothing
            is stored then.
    """
    for code, one in said.items():
        _check(code, one)
    before = marks_of(session, organisation)
    changed = tuple(code for code, one in said.items() if _said(before.get(code)) != one)
    for code in changed:
        _store(session, organisation, code, said[code], by=by, today=today)
    session.flush()
    return changed


def perceived(snapshot: Snapshot, practice: Practice) -> Perceived | None:
    """How a practice is noticed; None where the questionnaire has no statement about it."""
    for pair in snapshot.pairs:
        if pair.id == practice.felt:
            if pair.customer is not None and "customer" in pair.groups:
                return _perceived("customer", pair.id, pair.customer, pair.groups["customer"])
            return _perceived("staff", pair.id, pair.inside or "", pair.groups.get("staff", ItemFigures()))
    for block in snapshot.blocks:
        if practice.felt in block.items:
            figures = block.items[practice.felt].get("staff", ItemFigures())
            return _perceived("staff", practice.felt, block.wordings[practice.felt], figures)
    return None


def _store(
    session: Session, organisation: Organisation, code: str, said: Said, *, by: str, today: dt.date
) -> None:
    row = session.get(PracticeMark, (organisation.id, code))
    if said.mark is None:
        if row is not None:
            session.delete(row)
        return
    row = row or PracticeMark(organisation_id=organisation.id, practice=code)
    row.mark, row.evidence, row.marked_by, row.marked_on = said.mark, said.evidence, by, today
    session.add(row)


def _perceived(
    audience: Literal["customer", "staff"], item: str, text: str, figures: ItemFigures
) -> Perceived:
    noticed = None if figures.favourable is None else figures.favourable >= NOTICED
    if figures.favourable is None and figures.bounded is not None:
        noticed = figures.bounded == "95 or more"
    return Perceived(audience, item, text, figures, noticed)


def _said(row: PracticeMark | None) -> Said:
    return Said(None) if row is None else Said(row.mark, row.evidence)


def _check(code: str, said: Said) -> None:
    if library().practice(code) is None:
        raise MarkRefused(code, "The library has no such practice.")
    if len(said.evidence) > LONG:
        raise MarkRefused(code, f"Shorten the evidence to {LONG:,} characters.")
    if said.mark is Mark.DO and not said.evidence.strip():
        raise MarkRefused(code, "Say by what it can be seen that you do this; then it is not suggested.")
