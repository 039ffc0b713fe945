"""Counts of every score in every atom: one pass over the respondents, then all groups are sums.

An *atom* is the set of respondents who share all published attributes (METHOD 4.4). Every shown cell
is a union of atoms, so that its distribution is a sum of rows here, however many people answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cultureassess.scoring.answers import NOT_GIVEN, FloatArray, IntArray, Segment
from cultureassess.scoring.scores import Counts, Scores, Tally, count_keys

_MOST_CODES = 1_000_000
"""Attributes are mixed into one number as long as it stays below this."""


@dataclass(frozen=True)
class Atoms:
    """The atoms of one side.

    Attributes:
        of: shape (respondents,), the atom of each.
        keys: one row an atom, one column an attribute: a place in its values, or -1.
        attributes: the attributes' codes, in the order of the columns.
        values: attribute code -> its values.
    """

    of: IntArray
    keys: IntArray
    attributes: tuple[str, ...]
    values: dict[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def sizes(self) -> Counts:
        """Respondents per atom, shape (atoms,)."""
        return count_keys(self.of, len(self))

    def where(self, attribute: str, value: str) -> IntArray:
        """Return the atoms whose respondents gave this value (none if nobody did)."""
        column = self.keys[:, self.attributes.index(attribute)]
        values = self.values[attribute]
        code = values.index(value) if value in values else NOT_GIVEN - 1
        return np.flatnonzero(column == code)


def build_atoms(segments: Sequence[tuple[str, Segment]], respondents: int) -> Atoms:
    """Group respondents by all attributes at once.

    Args:
        segments: (attribute code, segment) in the order of the release; codes of shape (respondents,).
        respondents: their number, which matters where there are no attributes.
    """
    keys: IntArray = np.empty((1, 0), dtype=np.int64)
    mixed: IntArray = np.zeros(respondents, dtype=np.int64)
    span = 1
    waiting: list[int] = []
    for _, segment in segments:
        size = len(segment.values) + 1
        if span * size > _MOST_CODES:
            mixed, keys = _split(mixed, span, keys, waiting)
            span, waiting = len(keys), []
        mixed = mixed * size + segment.codes + 1
        span *= size
        waiting.append(size)
    of, keys = _split(mixed, span, keys, waiting)
    return Atoms(
        of=of.astype(np.int32),
        keys=keys - 1,
        attributes=tuple(code for code, _ in segments),
        values={code: segment.values for code, segment in segments},
    )


def _split(mixed: IntArray, span: int, keys: IntArray, sizes: Sequence[int]) -> tuple[IntArray, IntArray]:
    """Number the codes that occur, and take them apart again.

    Args:
        mixed: shape (respondents,), 0 to ``span`` - 1: a row of ``keys``, then one digit per attribute.
        keys: the attributes that were taken apart before.
        sizes: how many values each further digit has.

    Returns:
        each respondent's place among the codes that occur, ascending; their rows of keys.
    """
    present, of = _present(mixed, span)
    digits = np.empty((len(present), len(sizes)), dtype=np.int64)
    for column in range(len(sizes) - 1, -1, -1):
        present, digits[:, column] = np.divmod(present, sizes[column])
    return of.astype(np.int64), np.hstack([keys[present], digits])


def _present(mixed: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Return the codes that occur, ascending, and each respondent's place among them."""
    if size > _MOST_CODES:
        present, of = np.unique(mixed, return_inverse=True)
        return present, of.astype(np.int32)
    present = np.flatnonzero(np.bincount(mixed, minlength=size))
    place = np.zeros(size, dtype=np.int32)
    place[present] = np.arange(len(present), dtype=np.int32)
    return present, place[mixed]


@dataclass(frozen=True)
class Table:
    """How many respondents of each atom have each score.

    Attributes:
        values: shape (distinct,), ascending.
        counts: shape (atoms, distinct).
    """

    values: FloatArray
    counts: Counts

    @property
    def valid(self) -> Counts:
        """Valid answers per atom, shape (atoms,)."""
        return np.asarray(self.counts.sum(axis=1), dtype=np.int64)

    def tally(self, atoms: IntArray) -> Tally:
        """Return the distribution in a union of atoms; values that nobody has are left out."""
        counts = self.counts[atoms].sum(axis=0)
        there = counts > 0
        return Tally(self.values[there], counts[there])


def build_table(scores: Scores, atoms: Atoms) -> Table:
    """Count one measure's scores by atom; missing scores count nowhere."""
    return Table(scores.values, scores.table(atoms.of, len(atoms)))
