"""The order in which to talk about the indices (METHOD 6.2)."""

from __future__ import annotations

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


def _weak(index: IndexResult) -> bool:
    customers = index.groups.get("customer")
    below = customers is not None and customers.mean is not None and customers.mean < STRENGTH
    return below and index.gap.state == "aligned"
