"""The audit: can anybody compute, from all published cells together, something about fewer than k people?

METHOD 4.4, decided exactly: by the search of :mod:`cultureassess.disclosure.search`, or, above its
bound of work, by the integer programme. Two remarks on atoms:

* Atoms with the same column are taken together: a combination has the same entry for all of them, so
  that a smallest exposed group contains all of them or none.
* Atoms without respondents are treated as absent: what they contribute is known to be nothing.
  METHOD's enumeration keeps them as unknowns; leaving them out is never laxer.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeVar

import numpy as np

from cultureassess.disclosure.bounds import BOUNDS, Bounds, UndecidedError
from cultureassess.disclosure.programme import smallest_support
from cultureassess.disclosure.search import Counts, Places, Search, prefer
from cultureassess.disclosure.tableau import Exact, Tableau

Atom = TypeVar("Atom", bound=Hashable)
Weight = int | Fraction


@dataclass(frozen=True)
class Exposure:
    """A group that the published cells give away.

    Attributes:
        smallest_group: respondents in it, the fewest of any exposed group; None if undecided.
        atoms: the atoms it consists of.
    """

    smallest_group: int | None
    atoms: frozenset[Hashable]


UNDECIDED = Exposure(None, frozenset())
"""Neither search nor integer programme came to an end. To be treated as unsafe."""


def exposed(
    rows: Sequence[Mapping[Atom, Weight]], n: Mapping[Atom, int], k: int, bounds: Bounds = BOUNDS
) -> Exposure | None:
    """Audit one release exactly. METHOD 4.4.

    Args:
        rows: the published cells: atom -> weight, 1 in a plain sum; atoms left out have weight 0.
        n: respondents per atom, 0 or more.
        k: groups of fewer than ``k`` respondents must not be exposed.
        bounds: how long to look for a proof.

    Returns:
        One of the smallest exposed groups; None if there is none; ``UNDECIDED`` if the work bound was
        reached and the integer programme gave no proof either.

    Raises:
        KeyError: a row names an atom that ``n`` does not have.
    """
    atoms = list(n)
    place = {atom: column for column, atom in enumerate(atoms)}
    matrix = np.zeros((len(rows), len(atoms)), dtype=object)
    for line, row in enumerate(rows):
        for atom, weight in zip(row, whole_numbers(list(row.values())), strict=True):
            matrix[line, place[atom]] = weight
    counts = np.array([n[atom] for atom in atoms], dtype=np.int64)
    try:
        found = Audit(narrowed(matrix), counts, bounds).smallest_group(counts, k)
    except UndecidedError:
        return UNDECIDED
    if found is None:
        return None
    return Exposure(int(counts[found].sum()), frozenset(atoms[column] for column in found))


def whole_numbers(weights: Sequence[Weight]) -> list[int]:
    """Multiply a row by the common denominator of its weights: the same row for a reader."""
    common = lcm(*(Fraction(weight).denominator for weight in weights))
    return [int(weight * common) for weight in weights]


def narrowed(matrix: Exact) -> Exact:
    """The same integers in 64 bits if they fit."""
    fits = matrix.size == 0 or max(abs(int(matrix.min())), abs(int(matrix.max()))) < 2**62
    return matrix.astype(np.int64) if fits else matrix


class Audit:
    """The audit of one set of published rows, prepared once and asked for any counts.

    Args:
        matrix: shape (cells, atoms), integers.
        typical: shape (atoms,), counts like those to be asked for: a start near them saves work.
        bounds: how long to look for a proof.
    """

    def __init__(self, matrix: Exact, typical: Counts, bounds: Bounds = BOUNDS) -> None:
        self._bounds = bounds
        self._classes, self._member = _merged(matrix)
        self._table = Tableau.of(self._classes, self._sums(typical))

    def _sums(self, counts: Counts) -> Counts:
        """Respondents behind each different column."""
        return np.bincount(self._member, counts, minlength=self._classes.shape[1]).astype(np.int64)

    def smallest_group(self, counts: Counts, k: int) -> Places | None:
        """The atoms of a smallest exposed group of fewer than ``k``, or None. As :meth:`group`."""
        found = self.group(counts, k)
        while found is not None:
            smaller = self.group(counts, int(counts[found].sum()))
            if smaller is None:
                break
            found = smaller
        return found

    def group(self, counts: Counts, k: int) -> Places | None:
        """The atoms of some exposed group of fewer than ``k`` respondents, or None.

        Args:
            counts: shape (atoms,), respondents, 0 or more.
            k: the threshold.

        Raises:
            UndecidedError: neither the search nor the integer programme could decide.
        """
        weight = self._sums(counts)
        if not ((weight > 0) & (weight < k)).any():
            return None
        try:
            found = Search(self._bounds.pivots).group(self._table.copy(), weight, k - 1)
        except UndecidedError:
            found = self._by_programme(weight, k)
        return None if found is None else np.flatnonzero(np.isin(self._member, found) & (counts > 0))

    def tells(self, cell: Counts, counts: Counts) -> bool:
        """Whether a cell can be calculated: over those who are there it is a combination of the rows.

        Args:
            cell: shape (atoms,), 1 for its members.
            counts: shape (atoms,), respondents, 0 or more.
        """
        there = counts > 0
        member, wanted = self._member[there], cell[there]
        target = np.zeros(self._classes.shape[1], dtype=np.int64)
        target[member] = wanted
        if (target[member] != wanted).any():  # of two atoms with the same column one belongs to it
            return False
        weight = self._sums(counts)
        table = self._table.copy()
        prefer(table, weight)
        table.keep_rows(weight[table.basis] > 0)
        return not table.left_of(target)[weight > 0].any()

    def _by_programme(self, weight: Counts, k: int) -> Places | None:
        present = np.flatnonzero(weight)
        found = smallest_support(self._classes[:, present], weight[present], k, self._bounds.seconds)
        return None if found is None else present[found]


def _merged(matrix: Exact) -> tuple[Exact, Places]:
    """The different columns, and for each column which of them it is."""
    seen: dict[bytes | tuple[int, ...], int] = {}
    columns = np.ascontiguousarray(matrix.T)
    keys = [tuple(column) if matrix.dtype == object else column.tobytes() for column in columns]
    member = np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.intp)
    first = np.unique(member, return_index=True)[1]
    return matrix[:, first], member


def combination(rows: Exact, outside: Places, inside: Places) -> Exact:
    """Factors of a combination of ``rows`` that is 0 in all of ``outside`` and not in all of ``inside``.

    Rows enter in their order, and the first with which there is such a combination is the last used.

    Args:
        rows: shape (cells, columns), integers.
        outside: columns.
        inside: columns, none of them in ``outside``.

    Returns:
        shape (cells,), integers.

    Raises:
        LookupError: there is no such combination.
    """
    told = np.hstack([rows[:, outside], rows[:, inside]])
    marked = np.hstack([told, np.identity(len(rows), dtype=rows.dtype)])
    table = Tableau(marked, np.full(len(rows), -1), 1, np.arange(marked.shape[1]))
    for line in range(len(rows)):
        filled = np.flatnonzero(table.rows[line, : told.shape[1]])
        if len(filled) and filled[0] >= len(outside):
            return table.rows[line, told.shape[1] :]
        if len(filled):
            table.exchange(line, int(filled[0]))
    raise LookupError("No combination of these rows tells about these columns alone.")
