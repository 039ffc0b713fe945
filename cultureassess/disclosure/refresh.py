"""Whether a wave may be published a second time, after late answers or erasures (METHOD 4.3, rule T)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from enum import StrEnum

from cultureassess.disclosure.audit import exposed


class Refusal(StrEnum):
    """Why the frozen results stand; an erasure then removes raw data only."""

    ADDED = "added"
    """A cell gains 1 to k - 1 people."""
    REMOVED = "removed"
    """A cell loses 1 to k - 1 people."""
    UNION = "union"
    """Old and new results together tell about fewer than k people, or it cannot be ruled out."""


def refusal(
    before: Mapping[str, Collection[int]], after: Mapping[str, Collection[int]], k: int
) -> Refusal | None:
    """Why new results must not follow the old ones; None if they may. Rule T of METHOD 4.3.

    The number of people in a cell is not enough: one person in and one out leave it unchanged. To be
    asked for each statistic whose valid answers differ.

    Args:
        before: each cell shown in the old release -> its respondents, as numbers of the caller's choice.
        after: the same for the new release. A cell in one of them only counts as new or gone.
        k: the threshold.
    """
    for cell in sorted(before.keys() | after.keys()):
        old, new = set(before.get(cell, ())), set(after.get(cell, ()))
        if 0 < len(new - old) < k:
            return Refusal.ADDED
        if 0 < len(old - new) < k:
            return Refusal.REMOVED
    return Refusal.UNION if _exposed_together([*before.values(), *after.values()], k) else None


def _exposed_together(cells: list[Collection[int]], k: int) -> bool:
    """Audit all cells of both releases; an atom is a set of respondents with the same memberships."""
    memberships: Counter[int] = Counter()
    for line, cell in enumerate(cells):
        memberships.update(dict.fromkeys(cell, 1 << line))
    atoms = Counter(memberships.values())
    rows = [{atom: 1 for atom in atoms if atom >> line & 1} for line in range(len(cells))]
    return exposed(rows, atoms, k) is not None
