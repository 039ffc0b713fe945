"""One statistic on its way to a release: rules P, C and O of METHOD 4.3, in this order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cultureassess.disclosure.audit import Audit, combination
from cultureassess.disclosure.bounds import BOUNDS, Bounds, UndecidedError
from cultureassess.disclosure.cells import TOTAL, Breakdown, Cell, Release
from cultureassess.disclosure.reasons import Reason
from cultureassess.disclosure.search import Counts, Places
from cultureassess.disclosure.structure import Structure
from cultureassess.disclosure.suppression import one_way
from cultureassess.disclosure.tableau import Exact


@dataclass(frozen=True)
class Conflict:
    """Cells that must not all be shown, because a combination of them singles out a group.

    Attributes:
        lines: the cells, as lines of the matrix.
        behind: the atoms that the combination involves: exposed when they have 1 to k - 1 respondents.
    """

    lines: frozenset[int]
    behind: Places


@dataclass
class Memory:
    """What the releases of one matrix share: prepared audits, and the conflicts found so far.

    It makes later releases faster and changes none: a conflict is a fact about cells, not counts.
    """

    rows: Exact
    typical: Counts
    bounds: Bounds = BOUNDS
    weighted: bool = False
    audits: dict[frozenset[int], Audit] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def audit(self, lines: Sequence[int]) -> Audit:
        """The audit of some rows, prepared once."""
        key = frozenset(lines)
        if key not in self.audits:
            self.audits[key] = Audit(self.rows[sorted(lines)], self.typical, self.bounds)
        return self.audits[key]


class Decision:
    """Decides one release.

    Args:
        structure: the cells.
        memory: the published rows, and what is known about them.
        counts: shape (atoms,), valid answers.
        k: the threshold.
        blocked: cells withheld for a reason of their own.
    """

    def __init__(
        self,
        structure: Structure,
        memory: Memory,
        counts: Counts,
        k: int,
        blocked: Mapping[Cell, Reason],
    ) -> None:
        self.structure = structure
        self.memory = memory
        self.counts = counts
        self.k = k
        self.blocked = blocked
        self.n = {cell: int(n) for cell, n in zip(structure.line, structure.members @ counts, strict=True)}
        self.active = [c.lines for c in memory.conflicts if 0 < counts[c.behind].sum() < k]

    def release(self) -> Release:
        """The cells to show, and the reasons for the others."""
        candidates = self._after_one_way()
        try:
            shown = self._after_audit(candidates)
        except UndecidedError:
            shown = self._one_attribute(candidates)
        kept = set(shown)
        return Release(tuple(shown), {cell: self._reason(cell) for cell in self.n if cell not in kept})

    def _reason(self, cell: Cell) -> Reason:
        if self.n[cell] < self.k:
            return Reason.FEW
        return self.blocked.get(cell, Reason.PROTECTS)

    def _after_one_way(self) -> list[Cell]:
        """The cells left by rules P and C, breakdown by breakdown, in the order of priority."""
        if self.n[TOTAL] < self.k or TOTAL in self.blocked:
            return []
        shown = [TOTAL]
        for breakdown in self.structure.breakdowns:
            if breakdown.parent in shown:
                shown += self._visible(breakdown)
        return shown

    def _visible(self, breakdown: Breakdown) -> list[Cell]:
        sizes = {value: self.n[Cell(breakdown.name, value)] for value in breakdown.cells}
        unshown = self.n[breakdown.parent] - sum(sizes.values())
        visible = one_way(sizes, self.k, unshown=unshown).visible
        ordered = sorted(visible, key=lambda value: (-sizes[value], value))
        cells = [Cell(breakdown.name, value) for value in ordered]
        return [cell for cell in cells if cell not in self.blocked]

    def _after_audit(self, candidates: Sequence[Cell]) -> list[Cell]:
        """Add the cells in order, leaving out each that makes the release unsafe.

        Rather than auditing after every cell, all cells without a known conflict are audited at once.
        Part of a safe release is safe: so if the audit passes, each of them was right to enter, and
        each of the others is kept out by a conflict with cells that did.
        """
        while True:
            shown = self._without_conflict(candidates)
            lines = self.structure.lines(shown)
            if not self._found_conflict(lines):
                return shown

    def _without_conflict(self, candidates: Sequence[Cell]) -> list[Cell]:
        shown: list[Cell] = []
        lines: set[int] = set()
        for cell in candidates:
            line = self.structure.line[cell]
            parent = self.structure.parent.get(cell)
            fits = parent is None or self.structure.line[parent] in lines
            if fits and not any(line in conflict and conflict - {line} <= lines for conflict in self.active):
                shown.append(cell)
                lines.add(line)
        return shown

    def _found_conflict(self, lines: list[int]) -> bool:
        """Audit the rows; what is wrong with them, if anything, becomes an active conflict."""
        if not lines:
            return False
        group = self.memory.audit(lines).group(self.counts, self.k)
        if group is not None:
            self._remember(lines, group)
            return True
        return any(self._derives(lines, cell) for cell in self.blocked if self.n[cell])

    def _remember(self, lines: list[int], group: Places) -> None:
        rows = self.memory.rows[lines]
        others = np.setdiff1d(np.flatnonzero(self.counts), group)
        factors = combination(rows, others, group)
        used = frozenset(lines[place] for place in np.flatnonzero(factors))
        behind = np.flatnonzero(factors.astype(object) @ rows)
        self.memory.conflicts.append(Conflict(used, behind))
        self.active.append(used)

    def _derives(self, lines: list[int], cell: Cell) -> bool:
        """Whether a blocked cell could be calculated from the rows; if so, that is a conflict."""
        target = self.structure.members[self.structure.line[cell]]
        if not self.memory.audit(lines).tells(target, self.counts):
            return False
        rows = np.vstack([self.memory.rows[lines], target])[:, self.counts > 0]
        is_target = np.arange(len(rows)) == len(lines)
        columns = np.arange(rows.shape[1] + 1)
        factors = combination(np.column_stack([rows, is_target]), columns[:-1], columns[-1:])
        self.active.append(frozenset(lines[place] for place in np.flatnonzero(factors[:-1])))
        return True

    def _one_attribute(self, candidates: Sequence[Cell]) -> list[Cell]:
        """METHOD 4.4's way out without a proof: rule C protects a single breakdown by itself.

        With weights or blocked cells not even that is sure, so that only the total is left.
        """
        attribute = candidates[1].breakdown if len(candidates) > 1 else None
        if self.blocked or self.memory.weighted:
            attribute = None
        return [cell for cell in candidates if cell == TOTAL or cell.breakdown == attribute]
