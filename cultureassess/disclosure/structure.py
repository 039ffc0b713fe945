"""The cells of a plan as a matrix: who belongs to what, whatever was answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from cultureassess.disclosure.audit import Weight, narrowed, whole_numbers
from cultureassess.disclosure.cells import TOTAL, Breakdown, Cell
from cultureassess.disclosure.search import Counts
from cultureassess.disclosure.tableau import Exact


class Structure:
    """Cells, their parents and their members.

    Attributes:
        breakdowns: in the order of priority.
        members: shape (cells, atoms), 1 where an atom belongs to a cell; the first line is the total.
        line: cell -> its line in ``members``, in the order of the lines.
        parent: cell -> the cell that its breakdown divides; the total has none.

    Raises:
        ValueError: a breakdown's parent is unknown, its name is taken, or its cells overlap or reach
            beyond the parent.
    """

    def __init__(self, atoms: int, breakdowns: Sequence[Breakdown]) -> None:
        self.breakdowns = tuple(breakdowns)
        self.parent: dict[Cell, Cell] = {}
        rows = {TOTAL: np.ones(atoms, dtype=np.int64)}
        for breakdown in self.breakdowns:
            rows.update(_rows(breakdown, rows))
            self.parent.update({Cell(breakdown.name, value): breakdown.parent for value in breakdown.cells})
        self.members: Counts = np.stack(list(rows.values()))
        self.line = {cell: line for line, cell in enumerate(rows)}

    def lines(self, cells: Collection[Cell]) -> list[int]:
        """The lines of some cells."""
        return [self.line[cell] for cell in cells]

    def published(self, weighted: Mapping[Cell, Sequence[Weight]]) -> Exact:
        """The rows as a reader sees them: 1 for each member, or a multiple of the given weights."""
        rows = self.members.astype(object)
        for cell, weights in weighted.items():
            rows[self.line[cell]] = whole_numbers(weights)
        return narrowed(rows)


def _rows(breakdown: Breakdown, known: Mapping[Cell, Counts]) -> dict[Cell, Counts]:
    """The rows of one breakdown, checked against its parent and the names so far."""
    name = breakdown.name
    if breakdown.parent not in known:
        raise ValueError(f"{name}: its parent {breakdown.parent} is not in the plan before it.")
    if any(cell.breakdown == name for cell in known):
        raise ValueError(f"{name}: there are two breakdowns of this name.")
    rows = {}
    left = known[breakdown.parent].copy()
    for value, atoms in breakdown.cells.items():
        row = np.bincount(np.asarray(atoms, dtype=np.intp), minlength=len(left))
        if (row > left).any():
            raise ValueError(f"{name}: {value} overlaps another cell or reaches beyond the parent.")
        left -= row
        rows[Cell(name, value)] = row
    return rows
