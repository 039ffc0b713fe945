"""Random small organisations, and what would be published about them (RELIABILITY R8)."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from cultureassess.disclosure.release import TOTAL, Breakdown, Plan
from cultureassess.disclosure.units import unit_breakdowns

from .adversary import Published


@dataclass
class Organisation:
    """``atom_of``: the atom of each respondent; ``members``: the atoms of every cell of the plan."""

    plan: Plan
    atom_of: np.ndarray
    members: dict

    def counts(self, valid=slice(None)):
        return np.bincount(self.atom_of[valid], minlength=self.plan.atoms)

    def n(self, valid=slice(None)):
        return dict(enumerate(self.counts(valid).tolist()))

    def publish(self, cells, answers, valid=slice(None)):
        """The cells as a reader sees them: n and mean of the valid answers."""
        published = []
        for cell in cells:
            inside = np.isin(self.atom_of[valid], self.members[cell])
            values = answers[valid][inside].tolist()
            published.append(Published(str(cell), frozenset(self.members[cell]), len(values), mean(values)))
        return published

    def sums(self, answers, valid=slice(None)):
        sums = Counter()
        for atom, answer in zip(self.atom_of[valid].tolist(), answers[valid].tolist(), strict=True):
            sums[atom] += answer
        return sums


def mean(values):
    return Fraction(sum(values), len(values)) if values else Fraction(0)


def random_organisation(seed):
    """8 to 60 people in at most six units on three levels, with two demographics, some not given."""
    rng = np.random.default_rng(seed)
    units = [()]
    for name in "ABCDEF"[: rng.integers(2, 7)]:
        above = [unit for unit in units if len(unit) < 3]
        units.append((*above[rng.integers(len(above))], name))
    people = int(rng.integers(8, 61))
    unit_of = rng.choice(len(units), size=people, p=rng.dirichlet(np.ones(len(units))))
    demographics = [rng.integers(-1, rng.integers(2, 5), size=people) for _ in range(2)]
    keys, atom_of = np.unique(np.stack([unit_of, *demographics], axis=1), axis=0, return_inverse=True)
    breakdowns = list(unit_breakdowns([units[unit] for unit in keys[:, 0]]))
    for column, name in ((1, "tenure"), (2, "contact")):
        values = range(int(keys[:, column].max()) + 1)
        cells = {str(value): np.flatnonzero(keys[:, column] == value) for value in values}
        breakdowns.append(Breakdown(name, TOTAL, cells))
    members = {TOTAL: range(len(keys))}
    for breakdown in breakdowns:
        members.update({(breakdown.name, value): atoms.tolist() for value, atoms in breakdown.cells.items()})
    return Organisation(Plan(len(keys), breakdowns), atom_of.ravel(), members)
