"""A unit beside everybody on its side: two marks an index (heat map rows, METHOD 3.4)."""

from __future__ import annotations

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.figures.gap_plot import bands, group_name, mark_of
from cultureassess.report.figures.spec import Mark, UnitPlot, UnitRow
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import BreakdownCell, Estimate, IndexResult, Snapshot

WHOLE = {"inside": "inside", "outside": "customer"}
"""Side of a heat map to the audience that its rows are parts of."""


def unit_plot(
    snapshot: Snapshot, cell: BreakdownCell, side: str, name: str, words: Words = ENGLISH
) -> UnitPlot:
    """Describe the picture of one unit, indices in the order of the snapshot.

    Args:
        cell: the unit's row, shown.
        side: of the heat map, inside or outside.
        name: the unit, as people read it.
    """
    group = "customer" if side == "outside" else _inside(cell, snapshot)
    rows = tuple(_row(index, cell, side, group, snapshot, words) for index in snapshot.indices)
    everybody = group_name(WHOLE[side], words)
    return UnitPlot(
        title=words.gettext("{unit} beside {whole}", unit=name, whole=everybody),
        description=" ".join(_told(row, words) for row in rows),
        rows=rows,
        bands=bands(snapshot.level_cuts),
        group=group,
        legend=(name, everybody),
        heads=(words.gettext("Unit"), words.gettext("likely"), words.gettext("All")),
    )


def _inside(cell: BreakdownCell, snapshot: Snapshot) -> str:
    """The shape and colour of a unit inside: the managers' where it is one of their roles."""
    return "management" if cell.value in snapshot.wave.management else "staff"


def _row(
    index: IndexResult, cell: BreakdownCell, side: str, group: str, snapshot: Snapshot, words: Words
) -> UnitRow:
    unit = cell.indices.get(index.code, Estimate(withheld=Reason.NOT_ASKED))
    whole = index.groups.get(WHOLE[side], Estimate(withheld=Reason.FEW))
    reason = unit.withheld or Reason.FEW
    return UnitRow(
        label=index.name,
        emphasised=index.emphasised,
        unit=_mark(group, unit, snapshot, words),
        whole=_mark(group, whole, snapshot, words),
        note=reason_note(reason, words, k=snapshot.wave.k) if unit.mean is None else "",
    )


def _mark(group: str, estimate: Estimate, snapshot: Snapshot, words: Words) -> Mark | None:
    if estimate.mean is None:
        return None
    return mark_of(group, "", estimate, estimate.mean, snapshot, words)


def _told(row: UnitRow, words: Words) -> str:
    unit = row.unit.printed if row.unit else row.note
    if row.whole is None:
        return words.gettext("{index}: {unit}.", index=row.label, unit=unit)
    return words.gettext("{index}: {unit}, all {whole}.", index=row.label, unit=unit, whole=row.whole.printed)
