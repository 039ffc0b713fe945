"""Respondents who share all attributes are one atom, however many values the attributes have."""

import numpy as np
import pytest

from cultureassess.scoring.answers import Segment
from cultureassess.snapshot.tables import build_atoms


@pytest.mark.parametrize("values", [3, 200, 12_000, 70_000])
def test_atoms_are_the_distinct_rows_of_the_attributes(values):
    random = np.random.default_rng(values)
    rows = random.integers(-1, values, size=(400, 5))
    rows[200:] = rows[random.integers(0, 200, size=200)]
    names = tuple(str(n) for n in range(values))
    segments = [(f"a{n}", Segment(names, rows[:, n])) for n in range(5)]
    atoms = build_atoms(segments, 400)
    wanted, of = np.unique(rows, axis=0, return_inverse=True)
    np.testing.assert_array_equal(atoms.keys, wanted)
    np.testing.assert_array_equal(atoms.of, of)


def test_without_attributes_everybody_is_one_atom():
    atoms = build_atoms([], 7)
    assert (len(atoms), atoms.of.tolist()) == (1, [0] * 7)
