"""The order in which to talk about the indices (METHOD 6.2)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cultureassess.practices import PlannedCard
from cultureassess.report.narrative.gaps import MOST, rosy
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, IndexResult, Snapshot

STRENGTH = 65.0
ACTIONS = 3


def ranked(snapshot: Snapshot) -> tuple[IndexResult, ...]:
    """The indices that have a priority, the highest first."""
    valued = [priority for priority in snapshot.priorities if priority.value is not None]
    valued.sort(key=lambda priority: -(priority.value or 0.0))
    return tuple(snapshot.index(priority.index) for priority in valued)


def actionable(snapshot: Snapshot) -> tuple[IndexResult, ...]:
    """At most three indices to act on: an established rosy view, or a weakness that both sides see."""
    return _to_act_on(snapshot)[:ACTIONS]


def _to_act_on(snapshot: Snapshot) -> tuple[IndexResult, ...]:
    return tuple(index for index in ranked(snapshot) if rosy(index) or _weak(index))


def numbered(snapshot: Snapshot) -> dict[str, int]:
    """Index to its number among those to act on, from 1; empty where nothing to act on is established."""
    return {index.code: place for place, index in enumerate(actionable(snapshot), 1)}


def nearly_tied(snapshot: Snapshot) -> tuple[tuple[IndexResult, ...], ...]:
    """Runs of indices to act on whose priorities do not differ beyond chance, down to the first left out.

    A priority moves with both sides' means. Its half-width is the weight times half of that of (80 - C), or
    of (80 - C) + (M - C) where the gap counts: C then moves it twice. Two indices are nearly tied if they
    differ by less than the root of the sum of their squared half-widths, and a run if each is with each; an
    index can end one run and begin the next.
    This takes indices as independent, and weights as known: the first makes it wider, the second narrower
    than chance.
    """
    return _runs(_to_act_on(snapshot)[: ACTIONS + 1], snapshot)


def open_gaps(snapshot: Snapshot) -> bool:
    """Whether chance could change which gaps are listed, or their order: two of them are nearly tied."""
    gaps = [index for index in ranked(snapshot) if rosy(index)]
    return bool(_runs(gaps[: MOST + 1], snapshot))


def _runs(listed: Sequence[IndexResult], snapshot: Snapshot) -> tuple[tuple[IndexResult, ...], ...]:
    runs: list[tuple[IndexResult, ...]] = []
    reached = 0
    for start, first in enumerate(listed):
        end = start + 1
        while end < len(listed) and all(_tied(one, listed[end], snapshot) for one in listed[start:end]):
            end += 1
        if end > max(reached, start + 1):  # no run that began before holds this one whole
            runs.append((first, *listed[start + 1 : end]))
            reached = end
    return tuple(runs)


def tied_sentences(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """Say of each run that its order is open."""
    return tuple(
        words.gettext(
            "{names} are nearly tied: chance in the answers could change their order.",
            names=words.listed([index.name for index in tied]),
        )
        for tied in nearly_tied(snapshot)
    )


def _tied(one: IndexResult, other: IndexResult, snapshot: Snapshot) -> bool:
    values = {priority.index: priority.value or 0.0 for priority in snapshot.priorities}
    margin = math.hypot(_half_width(one, snapshot), _half_width(other, snapshot))
    return abs(values[one.code] - values[other.code]) < margin


def _half_width(index: IndexResult, snapshot: Snapshot) -> float:
    """By how much chance may have moved a priority, up or down, in its own points."""
    weight = next((one.weight for one in snapshot.importance.drivers if one.index == index.code), 0.0)
    managers, customers = (_reach(index, group) for group in ("management", "customer"))
    return weight / 2 * (math.hypot(managers, 2 * customers) if rosy(index) else customers)


def _reach(index: IndexResult, group: str) -> float:
    """Half of the range of a mean; below ten answers the rule of thumb."""
    estimate = index.groups.get(group, Estimate())
    return estimate.interval.half_width if estimate.interval is not None else estimate.nominal or 0.0


def left_to_plan(snapshot: Snapshot, agreed: Sequence[PlannedCard]) -> tuple[IndexResult, ...]:
    """What is still to be acted on beside the agreed actions: with these three at most, no index twice."""
    covered = {card.index for card in agreed}
    left = [index for index in actionable(snapshot) if index.code not in covered]
    return tuple(left[: max(0, ACTIONS - len(agreed))])


def _weak(index: IndexResult) -> bool:
    customers = index.groups.get("customer")
    below = customers is not None and customers.mean is not None and customers.mean < STRENGTH
    return below and index.gap.state == "aligned"
