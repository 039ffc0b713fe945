"""Exact elimination: the row space of an integer matrix, seen from one of its column bases.

What a reader can compute from published cells are the linear combinations of their rows: the row
space. A *basis* is a largest set of independent columns. In basis form each row belongs to one basis
column, has ``scale`` there and 0 in the other basis columns; its non-zero columns are the atoms about
which that combination tells.

Entries are integers over the common denominator ``scale`` (Edmonds' integer pivoting: every division
is exact), so nothing is ever rounded. NumPy's 64-bit integers are used while they are large enough,
Python's unlimited ones afterwards.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Exact = NDArray[Any]
"""Integers exactly: 64-bit, or Python objects where those would overflow."""

_SAFE = 2**30
"""Two products of numbers up to this size can be subtracted in 64 bits."""


class Tableau:
    """A row space in basis form.

    Attributes:
        rows: shape (rank, columns).
        basis: shape (rank,), the basis column of each row.
        scale: the positive common denominator.
        labels: shape (columns,), what each column stands for: kept while columns are dropped.
        pivots: how many basis exchanges were made so far, to bound the work.
    """

    def __init__(self, rows: Exact, basis: NDArray[np.intp], scale: int, labels: NDArray[np.intp]) -> None:
        self.rows = rows
        self.basis = basis
        self.scale = scale
        self.labels = labels
        self.pivots = 0

    @classmethod
    def of(cls, matrix: Exact, weight: NDArray[np.int64]) -> Tableau:
        """Bring an integer matrix, shape (cells, columns), into basis form; heavy columns first."""
        table = cls(matrix.copy(), np.full(len(matrix), -1), 1, np.arange(matrix.shape[1]))
        for row in range(len(matrix)):
            filled = np.flatnonzero(table.rows[row])
            if len(filled):
                table.exchange(row, int(filled[weight[filled].argmax()]))
        table.keep_rows(table.basis >= 0)
        return table

    def exchange(self, row: int, column: int) -> None:
        """Make ``column`` the basis column of ``row``, where its entry must not be 0."""
        if self.rows.dtype != object and np.abs(self.rows).max() > _SAFE:
            self.rows = self.rows.astype(object)
        if self.rows[row, column] < 0:
            self.rows[row] = -self.rows[row]
        pivot = self.rows[row, column]
        factor = self.rows[:, column].copy()
        factor[row] = 0
        if pivot == self.scale == 1:
            touched = np.flatnonzero(factor)
            self.rows[touched] -= factor[touched, None] * self.rows[row]
        else:
            kept = self.rows[row].copy()
            self.rows = (pivot * self.rows - factor[:, None] * kept) // self.scale
            self.rows[row] = kept
        self.scale = int(pivot)
        self.basis[row] = column
        self.pivots += 1

    def left_of(self, row: Exact) -> Exact:
        """What is left of a row of 0 and 1, times ``scale``, without its combination of these rows."""
        fits = self.rows.dtype == object or not self.rows.size or np.abs(self.rows).max() <= _SAFE
        kind = self.rows.dtype if fits else object
        left: Exact = self.scale * row.astype(kind) - row[self.basis] @ self.rows.astype(kind)
        return left

    def keep_rows(self, kept: NDArray[np.bool_]) -> None:
        """Contract the other basis columns: only combinations that are 0 there remain."""
        self.rows, self.basis = self.rows[kept], self.basis[kept]

    def keep_columns(self, kept: NDArray[np.bool_]) -> None:
        """Forget the other columns, none of which may be in the basis."""
        self.basis = (np.cumsum(kept) - 1)[self.basis]
        self.rows, self.labels = self.rows[:, kept], self.labels[kept]

    def copy(self) -> Tableau:
        """An independent copy whose work counter starts at 0."""
        return Tableau(self.rows.copy(), self.basis.copy(), self.scale, self.labels)
