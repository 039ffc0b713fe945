"""What measures tell side by side, although each alone is safe (docs/threat-model.md).

A measure made of others is close to a sum of them. Twice a two-item index less both items is a sum over those
alone who answered one of the two: the *incomplete*. Who they are is no attribute of anybody, so that from
``k_distribution`` people on such a sum says no more than a distribution does, which may be shown then
(METHOD 4.2). Below, and wherever a part is withheld, what would give it away is withheld as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from cultureassess.disclosure.minimums import Rules
from cultureassess.scoring.answers import DONT_KNOW, SKIPPED
from cultureassess.scoring.scores import Counts, Scores
from cultureassess.snapshot.measures import Measured
from cultureassess.snapshot.release import Menu, Shown


def protecting_parts(menu: Menu, measured: Measured, parts: Mapping[str, Shown]) -> frozenset[str]:
    """Return the cells in which a composite would tell what one of its indices must not.

    These are the cells where an index is withheld (METHOD 4.3 G: an index of an index involving a hidden
    side is hidden), and small cells in which somebody has some of the indices only.

    Args:
        menu: the cells.
        measured: the side.
        parts: the indices that the composite is made of, with their releases.
    """
    withheld = frozenset(name for shown in parts.values() for name in shown.withheld)
    return withheld | menu.thin(_with_some([measured.scores[code] for code in parts], measured))


def _with_some(scores: Sequence[Scores], measured: Measured) -> Counts:
    """Count, per atom of the side, who has some of the measures and not all of them."""
    atoms = measured.atoms
    there = np.zeros(len(atoms.of), dtype=np.int8)
    for one in scores:
        there += (one.codes >= 0).view(np.int8)
    some = np.flatnonzero((there > 0) & (there < len(scores)))
    return np.bincount(atoms.of.take(some), minlength=len(atoms)).astype(np.int64)


def small(measured: Measured, rules: Rules) -> frozenset[str]:
    """Return the audiences of a side that are too small for distributions; "inside" by all insiders."""
    sizes = measured.audience_sizes
    named = {**dict(zip(measured.answers.audiences, sizes, strict=True)), "inside": sum(sizes)}
    return frozenset(name for name, n in named.items() if n < rules.k_distribution)


def incomplete(measured: Measured, code: str, items: Collection[str], audience: str) -> bool:
    """Tell whether anybody of an audience answered some and not all of these items of an index or block."""
    own = measured.counted[code]
    points = own.patterns.rows[:, own.columns(items)]
    answered = (points > SKIPPED) & (points < DONT_KNOW)
    some = answered.any(axis=1) & ~answered.all(axis=1)
    return bool(own.counts[measured.answers.audiences.index(audience), some].any())


def telling_scales(measured: Measured, used: Collection[str], audience: str, rules: Rules) -> frozenset[str]:
    """Return the indices and blocks that must not stand beside their items in a small audience.

    These are all of which somebody is incomplete: those who are, or those who are not, may be fewer than k.

    Args:
        measured: the side.
        used: the items that count in the paired indices.
        audience: one of the side's.
        rules: the thresholds.
    """
    if audience not in small(measured, rules):
        return frozenset()
    found = set()
    for code, own in measured.counted.items():
        asked = [item.id for item in own.items]
        sets = (asked, [item for item in asked if item in used])
        if any(incomplete(measured, code, items, audience) for items in sets):
            found.add(code)
    return frozenset(found)
