"""METHOD 4.4 word for word, with ordinary fractions: slow, and independent of the code it checks."""

from fractions import Fraction
from itertools import combinations


def rank(rows):
    rows = [[Fraction(entry) for entry in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        found += 1
        for place in range(found, len(rows)):
            factor = rows[place][column] / pivot[column]
            rows[place] = [a - factor * b for a, b in zip(rows[place], pivot, strict=True)]
    return found


def smallest_exposed(rows, n, k):
    """The size of the smallest exposed group below k, or None.

    ``rows``: lists of weights, one per atom; ``n``: respondents per atom. Atoms without respondents are
    left out, as the audit does.
    """
    atoms = [atom for atom in range(len(n)) if n[atom]]
    full = rank([[row[atom] for atom in atoms] for row in rows])
    small = [atom for atom in atoms if n[atom] < k]
    sizes = set()
    for count in range(1, k):
        for group in combinations(small, count):
            size = sum(n[atom] for atom in group)
            if size < k and size not in sizes:
                others = [atom for atom in atoms if atom not in group]
                if rank([[row[atom] for atom in others] for row in rows]) < full:
                    sizes.add(size)
    return min(sizes, default=None)
