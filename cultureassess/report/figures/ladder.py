"""Where the truth gets lost: one index from top management down to the customers (METHOD 3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.figures.gap_plot import bands, group_name, mark_of
from cultureassess.report.figures.spec import Ladder, Rung
from cultureassess.report.narrative.labels import value_name
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import BreakdownCell, Estimate, IndexResult, Snapshot

STAFF_ROLE = "no people responsibility"
"""The role that the staff audience stands for; it is a rung already."""


def ladder(index: IndexResult, snapshot: Snapshot, words: Words = ENGLISH) -> Ladder:
    """Describe the way of one index, group below group, the roles among the managers where they are shown."""
    rungs = tuple(_rungs(index, snapshot, words))
    told = [f"{rung.label}: {rung.mark.printed if rung.mark else rung.note}" for rung in rungs]
    return Ladder(
        title=index.name, description=". ".join(told), rungs=rungs, bands=bands(snapshot.level_cuts)
    )


def _rungs(index: IndexResult, snapshot: Snapshot, words: Words) -> Iterator[Rung]:
    yield _rung(
        "management", group_name("management", words), index.groups.get("management"), snapshot, words
    )
    for cell in _roles(snapshot):
        label = value_name("role", "inside", cell.value, snapshot, words)
        estimate = cell.indices.get(index.code, Estimate(withheld=cell.withheld or Reason.FEW))
        yield _rung("management", label, estimate, snapshot, words, part=True)
    for group in ("staff", "customer"):
        yield _rung(group, group_name(group, words), index.groups.get(group), snapshot, words)


def _roles(snapshot: Snapshot) -> tuple[BreakdownCell, ...]:
    """The managers' roles, if at least one of them is shown: hidden ones alone teach nothing."""
    cells = next((found.cells for found in snapshot.breakdowns if found.attribute == "role"), ())
    managers = tuple(cell for cell in cells if cell.value in snapshot.wave.management)
    return managers if any(cell.withheld is None for cell in managers) else ()


def _rung(
    group: str, label: str, estimate: Estimate | None, snapshot: Snapshot, words: Words, *, part: bool = False
) -> Rung:
    if estimate is None or estimate.mean is None:
        reason = (estimate.withheld if estimate else None) or Reason.FEW
        return Rung(label, part, None, reason_note(reason, words, k=snapshot.wave.k))
    return Rung(label, part, mark_of(group, label, estimate, estimate.mean, snapshot, words), "")
