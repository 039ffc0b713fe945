"""Groups of whom all have the same score, and what is left of a shown group without other shown groups.

The mean of a uniform group tells everybody's answer (METHOD 4.3 X), whether it is printed or is what
remains when printed ones are subtracted. What remains of a group is looked for where a reader would: a
shown group without another one that lies within it, and without all of one breakdown that do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cultureassess.disclosure.release import Cell
from cultureassess.scoring.answers import BoolArray, IntArray
from cultureassess.scoring.scores import Counts


class Spans(NamedTuple):
    """Each atom's lowest and highest score, as places among the values; without scores they are apart.

    Attributes:
        lowest: shape (atoms,), 0 to values.
        highest: shape (atoms,), -1 to values - 1.
        values: the number of values.
    """

    lowest: IntArray
    highest: IntArray
    values: int

    @property
    def there(self) -> BoolArray:
        """Shape (atoms,), whether anybody has a score."""
        found: BoolArray = self.highest >= 0
        return found


def spans(counts: Counts) -> Spans:
    """Find lowest and highest scores. ``counts``: shape (atoms, values)."""
    values = counts.shape[1]
    if not values:
        nobody = np.zeros(len(counts), dtype=np.int64)
        return Spans(nobody, nobody - 1, 0)
    there = counts > 0
    scored = there.any(axis=1)
    lowest = np.where(scored, there.argmax(axis=1), values)
    highest = np.where(scored, values - 1 - there[:, ::-1].argmax(axis=1), -1)
    return Spans(lowest, highest, values)


def uniform(groups: BoolArray, spans: Spans) -> BoolArray:
    """Return which groups consist of people with one and the same score; nobody is no group.

    Args:
        groups: shape (groups, atoms).
    """
    low = np.where(groups, spans.lowest, spans.values).min(axis=1, initial=spans.values)
    high = np.where(groups, spans.highest, -1).max(axis=1, initial=-1)
    alike: BoolArray = low == high
    return alike


def telling(shown: Sequence[Cell], groups: BoolArray, spans: Spans) -> set[str]:
    """Return the breakdowns that have to go, lest a reader come to a uniform rest.

    Of the two breakdowns that lead to it the later one goes, and never the total.

    Args:
        shown: the cells that are shown, in the order of their breakdowns, the total first.
        groups: shape (shown, atoms), their members.
    """
    names = [cell.breakdown for cell in shown]
    own = groups[:, spans.there]
    seen = Spans(spans.lowest[spans.there], spans.highest[spans.there], spans.values)
    within = _within(own)
    found: set[str] = set()
    for name in dict.fromkeys(names):
        parts = np.array([other == name for other in names])
        for whole in _wholes_with_a_uniform_rest(own, within, parts, seen):
            found.add(max(name, names[whole], key=names.index))
    return found


def _within(groups: BoolArray) -> BoolArray:
    """Shape (groups, groups): whether the row's members all belong to the column's larger group."""
    outside = groups.astype(np.int64) @ (~groups).T.astype(np.int64)
    inside: BoolArray = (outside == 0) & (outside.T > 0)
    return inside


def _wholes_with_a_uniform_rest(
    groups: BoolArray, within: BoolArray, parts: BoolArray, spans: Spans
) -> set[int]:
    """Return which groups are uniform without one of the parts, or without all that lie within them."""
    part, whole = np.nonzero(within & parts[:, np.newaxis])
    if not len(part):
        return set()
    wholes = np.unique(whole)
    union = np.array([groups[parts & within[:, place]].any(axis=0) for place in wholes])
    rests = np.vstack([groups[whole] & ~groups[part], groups[wholes] & ~union])
    places = np.concatenate([whole, wholes])
    return set(places[uniform(rests, spans)].tolist())
