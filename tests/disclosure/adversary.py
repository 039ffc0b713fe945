"""An attacker who reads everything that is published and solves for groups of fewer than k people.

Independent of the code it attacks: it works in the null space (METHOD 4.4: T is exposed exactly if the
null-space rows of T are linearly dependent), it tries every set, and it proves what it found by
calculating the group's hidden sum from the published means.

    leak = attack(published, n, k)      # None, or the smallest group with the value that was to be hidden

``published`` comes from anywhere: a snapshot, a page, a file. R8 runs it on random organisations.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

PRIME = 2**31 - 1
"""A dependence over the rationals is one modulo any prime; the few others are sorted out exactly."""


@dataclass(frozen=True)
class Published:
    """A cell as printed: who is in it, how many, and their mean."""

    name: str
    atoms: frozenset
    n: int
    mean: Fraction


@dataclass(frozen=True)
class Leak:
    """``value`` = the sum over ``weights`` of weight x (sum of the atom's answers)."""

    n: int
    weights: dict
    value: Fraction


def attack(published, n, k):
    """The smallest group below k about which the published cells tell something, or None.

    ``n``: atom -> respondents; an attacker is assumed to know all of them.
    """
    classes = {}
    for atom in n:
        seen = tuple(atom in cell.atoms for cell in published)
        if n[atom] and any(seen):
            classes.setdefault(seen, []).append(atom)
    rows = [[Fraction(entry) for entry in row] for row in zip(*classes, strict=True)]
    sizes = [sum(n[atom] for atom in atoms) for atoms in classes.values()]
    members = list(classes.values())
    limit = k
    best = None
    while limit > 1 and rows and (group := _dependent(_null_space(rows), sizes, limit)):
        best = _prove(published, rows, members, group)
        limit = sum(sizes[place] for place in group)
    return best and Leak(limit, *best)


def _reduced(rows):
    """Reduced row echelon form: the non-zero rows and their pivots."""
    rows = [list(row) for row in rows]
    pivots = []
    for column in range(len(rows[0])):
        line = next((i for i in range(len(pivots), len(rows)) if rows[i][column]), None)
        if line is None:
            continue
        found = rows.pop(line)
        found = [entry / found[column] for entry in found]
        rows = [_minus(row, row[column], found) for row in rows]
        rows.insert(len(pivots), found)
        pivots.append(column)
    return rows[: len(pivots)], pivots


def _minus(row, factor, other):
    return [a - factor * b for a, b in zip(row, other, strict=True)] if factor else row


def _null_space(rows):
    """Shape (atoms, free dimensions), modulo ``PRIME``: row a is atom a's part of every solution."""
    reduced, pivots = _reduced(rows)
    free = [column for column in range(len(rows[0])) if column not in pivots]
    space = np.zeros((len(rows[0]), len(free)), dtype=np.int64)
    for place, column in enumerate(free):
        space[column, place] = 1
        for row, pivot in zip(reduced, pivots, strict=True):
            entry = -row[column]
            space[pivot, place] = entry.numerator * pow(entry.denominator, -1, PRIME) % PRIME
    return space


def _dependent(space, sizes, limit, start=0):
    """Places, from ``start`` on, of a dependent set of rows whose sizes sum to less than ``limit``."""
    zero = ~space.any(axis=1)
    for place in range(start, len(sizes)):
        if zero[place] and sizes[place] < limit:
            return [place]
    for place in range(start, len(sizes)):
        left = limit - sizes[place]
        if left > 1:
            found = _dependent(_without_direction(space, place), sizes, left, place + 1)
            if found:
                return [place, *found]
    return None


def _without_direction(space, place):
    """The rows modulo row ``place``."""
    row = space[place]
    column = int(row.argmax())
    factor = space[:, column] * pow(int(row[column]), -1, PRIME) % PRIME
    return (space - factor[:, None] * row % PRIME) % PRIME


def _prove(published, rows, members, group):
    """Weights of a combination that involves the group only, and its value in the published means."""
    others = [place for place in range(len(members)) if place not in group]
    unit = [[Fraction(i == j) for j in range(len(rows))] for i in range(len(rows))]
    ordered = [[row[place] for place in others + group] + one for row, one in zip(rows, unit, strict=True)]
    reduced, pivots = _reduced(ordered)
    line = next(i for i, pivot in enumerate(pivots) if len(others) <= pivot < len(members))
    factors = reduced[line][len(members) :]
    weights = {
        atom: reduced[line][len(others) + place]
        for place, number in enumerate(group)
        for atom in members[number]
    }
    sums = [cell.n * cell.mean for cell in published]
    return weights, sum(f * s for f, s in zip(factors, sums, strict=True))
