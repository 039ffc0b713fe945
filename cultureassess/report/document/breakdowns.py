"""The heat map: every value of every attribute, as a table with hatched withheld cells."""

from __future__ import annotations

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.document.tables import Cell, Table, number, score, text
from cultureassess.report.narrative import reason_note
from cultureassess.report.narrative.labels import attribute_name, value_name
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Snapshot


def heat_maps(snapshot: Snapshot, words: Words) -> tuple[Table, ...]:
    """One table per attribute that has any value: indices across, values down."""
    return tuple(_table(found, snapshot, words) for found in snapshot.breakdowns if _any(found))


def _any(found: Breakdown) -> bool:
    """Some cell is shown: a table of nothing but hatching teaches nothing that the list does not."""
    return any(cell.withheld is None for cell in found.cells)


def _table(found: Breakdown, snapshot: Snapshot, words: Words) -> Table:
    codes = [index.code for index in snapshot.indices]
    composites = [composite.code for composite in snapshot.composites]
    return Table(
        caption=_caption(found, words),
        heads=(words.gettext("Group"), words.gettext("n"), *codes, *composites),
        rows=tuple(_row(found, cell, codes, composites, snapshot, words) for cell in found.cells),
    )


def code_names(snapshot: Snapshot, words: Words) -> str:
    """What the codes over the columns stand for: "CF Collective Focus"."""
    names = [f"{index.code} {index.name}" for index in snapshot.indices]
    names += [f"{composite.code} {composite.name}" for composite in snapshot.composites]
    return words.listed(names)


def _caption(found: Breakdown, words: Words) -> str:
    attribute = attribute_name(found.attribute, found.side, words)
    if found.side == "outside":
        return words.gettext("{attribute} (customers)", attribute=attribute)
    return words.gettext("{attribute} (inside)", attribute=attribute)


def _row(
    found: Breakdown,
    cell: BreakdownCell,
    codes: list[str],
    composites: list[str],
    snapshot: Snapshot,
    words: Words,
) -> tuple[Cell, ...]:
    name = text(value_name(found.attribute, found.side, cell.value, snapshot, words))
    if cell.withheld is not None or cell.n is None:
        note = reason_note(cell.withheld or Reason.FEW, words, k=snapshot.wave.k)
        return (name, Cell(note, "withheld", span=len(codes) + len(composites) + 1))
    cuts = snapshot.level_cuts
    scores = [score(cell.indices.get(code), words, cuts, shaded=True) for code in codes]
    totals = [score(cell.composites.get(code), words, cuts, shaded=True) for code in composites]
    return (name, number(words.number(cell.n)), *scores, *totals)
