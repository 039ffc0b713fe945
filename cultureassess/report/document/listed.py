"""Which groups the appendix lists, and how large it sets their figures."""

from __future__ import annotations

from cultureassess.snapshot.types import Snapshot

COMPARED = ("management", "staff", "inside", "customer")
GROUPS = (*COMPARED, "partner")
LONG = 1_000
"""From so many people in a group, the widest tables are set smaller, to keep their columns."""


def told_groups(snapshot: Snapshot) -> tuple[str, ...]:
    """The groups to list: partners only where something may be shown of them."""
    partners = any(c.audience == "partner" and c.usable is not None for c in snapshot.coverage)
    return GROUPS if partners else GROUPS[:-1]


def sized(name: str, snapshot: Snapshot) -> str:
    """The name of a table, and that it is set smaller where a group has so many people."""
    largest = max((found.usable or 0 for found in snapshot.coverage), default=0)
    return f"{name} many" if largest >= LONG else name
