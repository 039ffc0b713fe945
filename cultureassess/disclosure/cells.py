"""What could be shown, and what is: the words of the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cultureassess.disclosure.reasons import Reason
from cultureassess.scoring.answers import IntArray


class Cell(NamedTuple):
    """The name of a group that could be shown: a value of a breakdown."""

    breakdown: str
    value: str


TOTAL = Cell("total", "all")
"""Everybody in the plan."""


@dataclass(frozen=True)
class Breakdown:
    """An attribute whose values are shown side by side, for everybody or within one cell.

    Attributes:
        name: unique in the plan.
        parent: the cell that is broken down; its breakdown stands earlier in the plan.
        cells: value -> atoms, as indices; disjoint, and all within the parent. Atoms of the parent in
            no cell ("prefer not to say") are never shown.
    """

    name: str
    parent: Cell
    cells: Mapping[str, IntArray]


@dataclass(frozen=True)
class Release:
    """What is shown of one statistic.

    Attributes:
        shown: in the order of priority.
        withheld: every other cell of the plan -> why.
    """

    shown: tuple[Cell, ...]
    withheld: Mapping[Cell, Reason]

    def shows(self, cell: Cell) -> bool:
        """Whether a cell of the plan is shown."""
        return cell not in self.withheld
