"""The heat map: every value of every attribute, as a table with hatched withheld cells."""

from __future__ import annotations

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.document.tables import Cell, Table, number, score, text
from cultureassess.report.narrative import reason_note
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Snapshot


def heat_maps(snapshot: Snapshot, words: Words) -> tuple[Table, ...]:
    """One table per attribute that has any value: indices across, values down."""
    return tuple(_table(found, snapshot, words) for found in snapshot.breakdowns if found.cells)


def _table(found: Breakdown, snapshot: Snapshot, words: Words) -> Table:
    codes = [index.code for index in snapshot.indices]
    composite = snapshot.headline_composite.code
    return Table(
        caption=_caption(found, words),
        heads=(words.gettext("Group"), words.gettext("n"), *codes, composite),
        rows=tuple(_row(cell, codes, composite, snapshot, words) for cell in found.cells),
    )


def _caption(found: Breakdown, words: Words) -> str:
    attribute = found.attribute.replace("_", " ").capitalize()
    if found.side == "outside":
        return words.gettext("{attribute} (customers)", attribute=attribute)
    if found.side == "inside":
        return words.gettext("{attribute} (inside)", attribute=attribute)
    return words.gettext("{attribute} ({side})", attribute=attribute, side=found.side)


def _row(
    cell: BreakdownCell, codes: list[str], composite: str, snapshot: Snapshot, words: Words
) -> tuple[Cell, ...]:
    if cell.withheld is not None or cell.n is None:
        note = reason_note(cell.withheld or Reason.FEW, words, k=snapshot.wave.k)
        return (text(cell.value), Cell(note, "withheld", span=len(codes) + 2))
    cuts = snapshot.level_cuts
    scores = [score(cell.indices.get(code), words, cuts, shaded=True) for code in codes]
    total = score(cell.composites.get(composite), words, cuts, shaded=True)
    return (text(cell.value), number(words.number(cell.n)), *scores, total)
