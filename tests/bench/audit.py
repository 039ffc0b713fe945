"""A release as large as a real report's, for timing the disclosure audit."""

import numpy as np

from cultureassess.disclosure.cells import TOTAL, Breakdown
from cultureassess.disclosure.release import Plan

RESPONDENTS, VALUES = 400, (14, 14, 11)


def realistic():
    """Three attributes with 39 values, 40 cells with the total; most people share a few combinations."""
    random = np.random.default_rng(9)
    shares = [random.dirichlet(np.full(values, 0.35)) for values in VALUES]
    drawn = np.column_stack([random.choice(len(share), RESPONDENTS, p=share) for share in shares])
    atoms, counts = np.unique(drawn, axis=0, return_counts=True)
    breakdowns = [
        Breakdown(
            f"attribute {place}",
            TOTAL,
            {f"value {value:02}": np.flatnonzero(atoms[:, place] == value) for value in range(values)},
        )
        for place, values in enumerate(VALUES)
    ]
    return (len(atoms), breakdowns), counts


def release(plan, counts):
    """Decide the release from scratch."""
    return Plan(*plan).release(counts)
