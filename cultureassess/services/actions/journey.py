"""Pain points on the customers' journey: one list out of what was said, ranked by impact (SOURCES S5).

From a snapshot come the statements that customers disagree with more than managers do, and those that many
cannot judge; they are computed each time, and only their place on the journey is stored. Everything else was
counted by people: comments under the comment rules, and other feedback.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Organisation, PainPoint, PainSource, Touchpoint
from cultureassess.services.actions.rice import suggest
from cultureassess.services.errors import DomainError
from cultureassess.snapshot.types import PairResult, Snapshot

DEFAULT = ("Find", "Buy", "Start", "Use", "Get help", "Renew or leave")
"""The journey of an organisation that has not drawn its own."""

MOST_TOUCHPOINTS = 15
MOST_PAINS = 500
MOST_COUNT = 10_000_000
NAME = 200
"""Characters of a theme."""

LOW = 65.0
"""Customers' mean below which a statement hurts, whatever managers think: the start of level 4."""

HARD_TO_SEE = 30.0
"""Percent of customers who cannot judge a statement from which that is a pain point of its own."""

UNSEEN = 0.5
"""Weight of a customer who cannot judge something: low impact."""


class JourneyRefused(DomainError):
    """A journey or a pain point cannot be stored; ``field`` is what is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Pain:
    """One pain point.

    Attributes:
        theme: id of the statement, or what somebody called it.
        text: the statement in the customers' words; "" for what was counted.
        reach: customers concerned, or cases counted; None where it may not be told.
        weight: 3, 2 or 1 by the importance of the index (METHOD 6.3), 0.5 for what cannot be judged, 1 for
            cases.
    """

    source: PainSource
    theme: str
    text: str
    index: str
    touchpoint: str
    reach: int | None
    weight: float

    @property
    def impact(self) -> float | None:
        """Reach times weight: what the list is ranked by."""
        return None if self.reach is None else self.reach * self.weight


def touchpoints_of(session: Session, organisation: Organisation) -> Sequence[Touchpoint]:
    """Return the stored journey, in its order; empty where the default one holds."""
    wanted = sa.select(Touchpoint).where(Touchpoint.organisation_id == organisation.id)
    return session.scalars(wanted.order_by(Touchpoint.place)).all()


def journey_names(session: Session, organisation: Organisation) -> tuple[str, ...]:
    """Return the names of the touchpoints, the default ones where the organisation has drawn none."""
    return tuple(one.name for one in touchpoints_of(session, organisation)) or DEFAULT


def draw_journey(session: Session, organisation: Organisation, names: Sequence[str]) -> None:
    """Store the journey. A touchpoint that keeps its name keeps its pain points; one that is gone loses them.
    A name that is only capitalised otherwise is the same.

    Raises:
        JourneyRefused: none or too many, or the same name twice.
    """
    if not 1 <= len(names) <= MOST_TOUCHPOINTS:
        raise JourneyRefused("names", f"Draw one to {MOST_TOUCHPOINTS} touchpoints, one a line.")
    if len({name.casefold() for name in names}) < len(names):
        raise JourneyRefused("names", "A touchpoint stands twice.")
    there = {one.name.casefold(): one for one in touchpoints_of(session, organisation)}
    for gone in there.keys() - {name.casefold() for name in names}:
        session.delete(there[gone])
    session.flush()
    for place, name in enumerate(names, start=1):
        row = there.get(name.casefold()) or Touchpoint(organisation_id=organisation.id)
        row.place, row.name = place, name
        session.add(row)
    session.flush()
    session.expire_all()


def pains(
    session: Session, organisation: Organisation, snapshot: Snapshot | None, *, customers: int | None = None
) -> list[Pain]:
    """Return the one list, the highest impact first; what has no reach to tell stands last.

    Args:
        snapshot: of the newest wave that may be read.
        customers: how many there are; by default how many were invited.
    """
    wanted = sa.select(PainPoint).where(PainPoint.organisation_id == organisation.id)
    rows = {(row.source, row.theme): row for row in session.scalars(wanted)}
    found = list(_measured(snapshot, rows, customers)) if snapshot else []
    found += [
        Pain(row.source, row.theme, "", "", row.touchpoint.name if row.touchpoint else "", row.reach, 1.0)
        for row in rows.values()
        if row.source in (PainSource.COMMENTS, PainSource.FEEDBACK)
    ]
    return sorted(
        found, key=lambda one: (one.impact is None, -(one.impact or 0.0), one.source.value, one.theme)
    )


def place_pain(
    session: Session, organisation: Organisation, source: PainSource, theme: str, touchpoint: str
) -> bool:
    """Give a pain point its touchpoint, by name; "" takes it off. Returns whether that is another one.

    Raises:
        JourneyRefused: no such touchpoint, or no theme.
    """
    names = journey_names(session, organisation)
    if touchpoint and touchpoint not in names:
        raise JourneyRefused("touchpoint", "Choose a touchpoint of the journey.")
    row = _row(session, organisation, source, theme)
    if row is None and not touchpoint:
        return False
    row = row or PainPoint(organisation_id=organisation.id, source=source, theme=theme)
    wanted = _touchpoint(session, organisation, touchpoint)
    changed = row.touchpoint_id != wanted
    row.touchpoint_id = wanted
    session.add(row)
    session.flush()
    session.expire(row, ["touchpoint"])
    return changed


def count_pain(
    session: Session, organisation: Organisation, source: PainSource, theme: str, touchpoint: str, reach: int
) -> PainPoint:
    """Store what was counted. The same theme, however it is capitalised, is the same pain point: its count is
    replaced, so that a file read twice counts once.

    Raises:
        JourneyRefused: no theme, no such touchpoint, a count below 0, or too many themes.
    """
    name = " ".join(theme.split())
    if not name or len(name) > NAME:
        raise JourneyRefused("theme", f"Name the pain point in up to {NAME} characters.")
    if not 0 <= reach <= MOST_COUNT:
        raise JourneyRefused("count", "Enter how many cases there were, 0 or more.")
    row = _row(session, organisation, source, name)
    if row is None and _counted(session, organisation) >= MOST_PAINS:
        raise JourneyRefused("theme", f"There are {MOST_PAINS} themes already. Merge some of them.")
    place_pain(session, organisation, source, row.theme if row else name, touchpoint)
    row = row or _row(session, organisation, source, name)
    if row is None:
        row = PainPoint(organisation_id=organisation.id, source=source, theme=name)
    row.reach = reach
    session.add(row)
    session.flush()
    return row


def remove_pain(session: Session, organisation: Organisation, source: PainSource, theme: str) -> bool:
    """Delete what was counted. Returns whether it was there."""
    if (row := _row(session, organisation, source, theme)) is not None:
        session.delete(row)
        session.flush()
    return row is not None


def touchpoint_of(session: Session, organisation: Organisation, source: PainSource, theme: str) -> str:
    """Return the touchpoint that a pain point was given; "" for none."""
    row = _row(session, organisation, source, theme)
    return row.touchpoint.name if row and row.touchpoint else ""


def _measured(
    snapshot: Snapshot, rows: Mapping[tuple[PainSource, str], PainPoint], customers: int | None
) -> Iterator[Pain]:
    """The pain points of a snapshot; what it withholds is none."""
    known = customers if customers is not None else snapshot.wave.invited.get("customer")
    for pair in snapshot.pairs:
        figures = pair.groups.get("customer")
        if figures is None or pair.customer is None:
            continue
        weight = suggest(snapshot, pair.index).impact
        if figures.unfavourable and _hurts(pair):
            yield _pain(snapshot, rows, PainSource.GAP, pair, _share(known, figures.unfavourable), weight)
        if (figures.dont_know or 0.0) >= HARD_TO_SEE:
            share = _share(known, figures.dont_know or 0.0)
            yield _pain(snapshot, rows, PainSource.DONT_KNOW, pair, share, UNSEEN)


def _hurts(pair: PairResult) -> bool:
    """Managers see it rosier, or customers rate it low."""
    mean = pair.groups["customer"].mean
    return pair.used and ((pair.gap.difference or 0.0) > 0 or (mean is not None and mean < LOW))


def _share(customers: int | None, percent: float) -> int | None:
    return None if customers is None else int(customers * percent / 100 + 0.5)


def _pain(
    snapshot: Snapshot,
    rows: Mapping[tuple[PainSource, str], PainPoint],
    source: PainSource,
    pair: PairResult,
    reach: int | None,
    weight: float,
) -> Pain:
    row = rows.get((source, pair.id))
    text = (pair.customer or "").replace("{ORG}", snapshot.wave.organisation)
    place = row.touchpoint.name if row and row.touchpoint else ""
    return Pain(
        source, pair.id, text.replace("{PERIOD}", snapshot.wave.period), pair.index, place, reach, weight
    )


def _row(session: Session, organisation: Organisation, source: PainSource, theme: str) -> PainPoint | None:
    """A stored pain point by its theme, however that is capitalised."""
    wanted = sa.select(PainPoint).where(
        PainPoint.organisation_id == organisation.id, PainPoint.source == source
    )
    return next((row for row in session.scalars(wanted) if row.theme.casefold() == theme.casefold()), None)


def _counted(session: Session, organisation: Organisation) -> int:
    wanted = sa.select(sa.func.count()).select_from(PainPoint).filter_by(organisation_id=organisation.id)
    return session.scalar(wanted) or 0


def _touchpoint(session: Session, organisation: Organisation, name: str) -> int | None:
    """The row of a touchpoint; the default journey is stored when the first one is needed."""
    if not name:
        return None
    if not touchpoints_of(session, organisation):
        draw_journey(session, organisation, DEFAULT)
    return next(one.id for one in touchpoints_of(session, organisation) if one.name == name)
