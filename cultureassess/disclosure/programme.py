"""The integer programme behind the audit: a second opinion for releases too large to search.

METHOD 4.4. It looks for a combination of published rows with the fewest people behind it, scaled so
that its largest entry is 1. A group that it names is checked exactly; that there is none is believed,
because the solver's tolerances only make it easier to find one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cultureassess.disclosure.bounds import BOUNDS, UndecidedError
from cultureassess.disclosure.tableau import Exact, Tableau

_SOLVED, _INFEASIBLE = 0, 2


def smallest_support(
    matrix: Exact, weight: NDArray[np.int64], k: int, seconds: float = BOUNDS.seconds
) -> NDArray[np.intp] | None:
    """The columns of a smallest exposed group of fewer than ``k`` respondents; None if there is none.

    Args:
        matrix: shape (cells, columns), integers.
        weight: shape (columns,), respondents, 1 or more.
        k: the threshold.
        seconds: the solver's time limit.

    Raises:
        UndecidedError: the solver reached its time limit, or named a group that is not exposed.
    """
    table = Tableau.of(matrix, weight)
    if not len(table.rows):
        return None
    status, chosen = _solve((table.rows / table.scale).astype(np.float64), weight, k, seconds)
    if status == _INFEASIBLE:
        return None
    if status == _SOLVED and rank(matrix[:, ~chosen]) < len(table.rows):
        return np.flatnonzero(chosen)
    raise UndecidedError


def rank(matrix: Exact) -> int:
    """The exact rank of an integer matrix."""
    return len(Tableau.of(matrix, np.ones(matrix.shape[1], dtype=np.int64)).rows)


def _solve(
    rows: NDArray[np.float64], weight: NDArray[np.int64], k: int, seconds: float
) -> tuple[int, NDArray[np.bool_]]:
    """Status of the solver, and which columns it took into the group.

    Unknowns: the factor of each row, then per column whether it is in the group, then per column
    whether it is the one where the combination is 1. With x = the combination: -group <= x <= group,
    x >= 2 one - 1, exactly one ``one``, and fewer than k people in the group.
    """
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    factors, columns = rows.shape
    combination, unit = sparse.csr_array(rows.T), sparse.identity(columns, format="csr")
    empty = sparse.csr_array((columns, columns))
    at_most = LinearConstraint(sparse.hstack([combination, -unit, empty]), -np.inf, 0)
    at_least = LinearConstraint(sparse.hstack([combination, unit, empty]), 0, np.inf)
    largest = LinearConstraint(sparse.hstack([combination, empty, -2 * unit]), -1, np.inf)
    none, ones = np.zeros(columns), np.ones(columns)
    one = LinearConstraint(np.concatenate([np.zeros(factors), none, ones])[None], 1, 1)
    people = np.concatenate([np.zeros(factors), weight.astype(np.float64), none])
    few = LinearConstraint(people[None], 0, k - 1)
    free = np.full(factors, np.inf)
    result = milp(
        people,
        integrality=np.concatenate([np.zeros(factors), ones, ones]),
        bounds=Bounds(np.concatenate([-free, none, none]), np.concatenate([free, ones, ones])),
        constraints=[at_most, at_least, largest, one, few],
        options={"time_limit": seconds},
    )
    chosen = none > 0 if result.x is None else result.x[factors : factors + columns] > 0.5
    return int(result.status), chosen
