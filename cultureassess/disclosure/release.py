"""Which cells of one audience and wave are shown: one release over all its attributes (METHOD 4.3-4.4).

A :class:`Plan` is the structure: the atoms (respondents who share all published attributes) and the
breakdowns made of them. It is built once; :meth:`Plan.release` is then asked for every statistic,
because valid n differ by item. It takes counts and nothing else, so that what is hidden cannot depend
on what people answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cultureassess.disclosure.audit import Weight
from cultureassess.disclosure.bounds import BOUNDS, Bounds
from cultureassess.disclosure.cells import TOTAL, Breakdown, Cell, Release
from cultureassess.disclosure.decision import Decision, Memory
from cultureassess.disclosure.reasons import Reason
from cultureassess.disclosure.search import Counts
from cultureassess.disclosure.structure import Structure
from cultureassess.scoring.answers import IntArray

__all__ = ["TOTAL", "Breakdown", "Cell", "Plan", "Release"]


class Plan:
    """The atoms and breakdowns of one audience and wave, and the releases made of them.

    Args:
        atoms: their number; every atom belongs to ``TOTAL``.
        breakdowns: in the order of priority: audiences first, then the attributes in the instrument's
            order, each after the breakdown that its parent belongs to.
        k: the threshold.
        bounds: how long one audit may take.

    Raises:
        ValueError: a breakdown's parent is unknown, its name is taken, or its cells overlap or reach
            beyond the parent.
    """

    def __init__(
        self, atoms: int, breakdowns: Sequence[Breakdown], k: int = 5, bounds: Bounds = BOUNDS
    ) -> None:
        self.bounds = bounds
        self.k = k
        self.atoms = atoms
        self._structure = Structure(atoms, breakdowns)
        self._memory: Memory | None = None
        self._known: dict[object, Release] = {}

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that could be shown, ``TOTAL`` first."""
        return tuple(self._structure.line)

    def release(
        self,
        counts: IntArray,
        *,
        blocked: Mapping[Cell, Reason] | None = None,
        weighted: Mapping[Cell, Sequence[Weight]] | None = None,
    ) -> Release:
        """Decide what is shown of one statistic: rules P and C, then the audit O.

        Cells enter in a fixed order (as the breakdowns, larger cells first, ties by name); a cell that
        would make the release fail the audit is left out, and so is every breakdown of it. Without a
        proof (METHOD 4.4) the total and one attribute remain.

        Args:
            counts: shape (atoms,), valid answers of this statistic, 0 or more.
            blocked: cells withheld for a reason of their own (ACCOUNTS). They are not shown, and the
                cells shown do not allow them to be calculated.
            weighted: cells printed as a weighted mean (rule W): exact weights, shape (atoms,).

        Raises:
            ValueError: ``counts`` has another length than the plan has atoms.
        """
        if len(counts) != self.atoms:
            raise ValueError(f"{len(counts)} counts for a plan of {self.atoms} atoms.")
        answers = np.asarray(counts, dtype=np.int64)
        blocked, weighted = blocked or {}, weighted or {}
        weights = tuple((cell, tuple(weighted[cell])) for cell in sorted(weighted))
        key = answers.tobytes(), tuple(sorted(blocked.items())), weights
        if key not in self._known:
            memory = self._remembered(answers, weighted)
            self._known[key] = Decision(self._structure, memory, answers, self.k, blocked).release()
        return self._known[key]

    def _remembered(self, counts: Counts, weighted: Mapping[Cell, Sequence[Weight]]) -> Memory:
        """What earlier releases found out. Weighted rows differ every time and are not remembered."""
        if weighted:
            return Memory(self._structure.published(weighted), counts, self.bounds, weighted=True)
        if self._memory is None:
            self._memory = Memory(self._structure.published({}), counts, self.bounds)
        return self._memory
