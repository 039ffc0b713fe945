"""The search behind the audit: is there a combination of published cells with few people behind it?

A group T of respondents is exposed if a linear combination of the published rows is non-zero and
involves nobody outside T: exactly if T meets every column basis. Instead of trying every T (METHOD
4.4), the search works with bases:

* Each row of a basis form is such a combination, and so is each sum of multiples of two rows. If few
  enough people stand behind one, they are exposed.
* T has at least one respondent in every basis. If m bases share no respondent, T (at most q people)
  meets one of them in at most q // m respondents. If these are one or two, the combination is one of
  those looked at. So ``q // 3 + 1`` bases prove a release safe: two for k = 5.
* If so many are not found, T's first element in a basis is tried one by one: it is taken into T (its
  column deleted), those before it are declared outside T (their columns contracted).
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cultureassess.disclosure.bounds import BOUNDS, UndecidedError
from cultureassess.disclosure.tableau import Tableau

Counts = NDArray[np.int64]
Places = NDArray[np.intp]


class Search:
    """One bounded search; ``work`` counts the basis exchanges so far."""

    def __init__(self, limit: int = BOUNDS.pivots) -> None:
        self.limit = limit
        self.work = 0

    def group(self, table: Tableau, weight: Counts, quota: int) -> Places | None:
        """Labels of the columns of an exposed group of at most ``quota`` respondents, or None.

        Args:
            table: the published rows; is changed.
            weight: shape (columns of ``table``,), respondents, 0 or more. A column without
                respondents is treated as absent: what it contributes is known to be nothing.
            quota: k - 1.

        Raises:
            UndecidedError: the limit of work was reached.
        """
        prefer(table, weight - quota)
        table.keep_rows(weight[table.basis] <= quota)
        prefer(table, weight)
        table.keep_rows(weight[table.basis] > 0)
        light = (table.rows != 0).any(axis=0) & (weight > 0)
        table.keep_columns(light)
        weight = weight[light]
        found, proven = _combinations_of_disjoint_bases(table, weight, quota)
        self.work += table.pivots
        if found is not None or proven:
            return found
        if self.work > self.limit:
            raise UndecidedError
        return self._branch(table, weight, quota)

    def _branch(self, table: Tableau, weight: Counts, quota: int) -> Places | None:
        """Try each basis column as the first that belongs to the group."""
        for first, column in enumerate(table.basis):
            left = quota - int(weight[column])
            others = np.where(table.rows[first] != 0, weight, 0)
            others[column] = 0
            if left <= 0 or not others.any():
                continue
            part = table.copy()
            part.keep_rows(np.arange(len(table.rows)) >= first)
            part.exchange(0, int(others.argmax()))
            without = np.arange(len(weight)) != column
            part.keep_columns(without)
            found = self.group(part, weight[without], left)
            if found is not None:
                return np.append(found, table.labels[column])
        return None


def prefer(table: Tableau, value: Counts) -> None:
    """Exchange basis columns whose value is 0 or less for columns above 0, wherever possible."""
    while True:
        for row in np.flatnonzero(value[table.basis] <= 0):
            best = np.where(table.rows[row] != 0, value, 0)
            column = int(best.argmax())
            if best[column] > 0:
                table.exchange(int(row), column)
                break
        else:
            return


def _combinations_of_disjoint_bases(table: Tableau, weight: Counts, quota: int) -> tuple[Places | None, bool]:
    """Look at single rows and pairs of rows in up to ``quota // 3 + 1`` bases that share no respondent.

    Returns:
        The labels of an exposed group or None, and whether that None is a proof.
    """
    free = weight.copy()
    for _ in range(quota // 3 + 1):
        prefer(table, free)
        support = _small_support(table, weight, quota)
        if support is not None:
            return table.labels[support], False
        if (free[table.basis] <= 0).any():
            return None, False
        free[table.basis] -= 1
    return None, True


def _small_support(table: Tableau, weight: Counts, quota: int) -> Places | None:
    """The columns of a row, or of a combination of two, with at most ``quota`` people; or None.

    In a combination of two rows only columns whose entries have the same ratio cancel, hence of the
    same sign. That bound leaves few pairs to look at closely, none as long as entries are 0 and 1.
    """
    sign = np.sign(table.rows).astype(np.float64)
    filled = np.abs(sign)
    behind = filled @ weight
    if len(behind) and behind.min() <= quota:
        return np.flatnonzero(filled[behind.argmin()])
    shared = (filled * weight) @ filled.T
    cancelling = (shared + np.abs((sign * weight) @ sign.T)) / 2
    left = behind[:, None] + behind - shared - cancelling
    for first, second in np.argwhere(np.triu(left <= quota, 1)):
        support = _smallest_of_pair(table.rows[first], table.rows[second], weight)
        if weight[support].sum() <= quota:
            return support
    return None


def _smallest_of_pair(one: NDArray[np.int64], other: NDArray[np.int64], weight: Counts) -> Places:
    """The columns of that combination of two rows in which most people cancel."""
    cancelled: Counter[Fraction] = Counter()
    for column in np.flatnonzero((one != 0) & (other != 0)):
        cancelled[Fraction(int(one[column]), int(other[column]))] += int(weight[column])
    ratio = max(cancelled, key=lambda candidate: (cancelled[candidate], candidate))
    return np.flatnonzero(one * ratio.denominator - other * ratio.numerator)
