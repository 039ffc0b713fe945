"""The order in which to talk about the indices (METHOD 6.2)."""

from __future__ import annotations

from collections.abc import Sequence

from cultureassess.practices import PlannedCard
from cultureassess.report.narrative.gaps import rosy
from cultureassess.snapshot.types import IndexResult, Snapshot

STRENGTH = 65.0
ACTIONS = 3


def ranked(snapshot: Snapshot) -> tuple[IndexResult, ...]:
    """The indices that have a priority, the highest first."""
    valued = [priority for priority in snapshot.priorities if priority.value is not None]
    valued.sort(key=lambda priority: -(priority.value or 0.0))
    return tuple(snapshot.index(priority.index) for priority in valued)


def actionable(snapshot: Snapshot) -> tuple[IndexResult, ...]:
    """At most three indices to act on: an established rosy view, or a weakness that both sides see."""
    return tuple(index for index in ranked(snapshot) if rosy(index) or _weak(index))[:ACTIONS]


def left_to_plan(snapshot: Snapshot, agreed: Sequence[PlannedCard]) -> tuple[IndexResult, ...]:
    """What is still to be acted on beside the agreed actions: with these three at most, no index twice."""
    covered = {card.index for card in agreed}
    left = [index for index in actionable(snapshot) if index.code not in covered]
    return tuple(left[: max(0, ACTIONS - len(agreed))])


def _weak(index: IndexResult) -> bool:
    customers = index.groups.get("customer")
    below = customers is not None and customers.mean is not None and customers.mean < STRENGTH
    return below and index.gap.state == "aligned"
