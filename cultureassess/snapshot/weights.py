"""METHOD 2.0, step 8: the scores of a group weighted by segment, where that tells nothing new.

A weighted mean is a sum of its segments' means. It takes effect only where all of these are shown, of every
paired index and composite: then whoever reads the snapshot could calculate it himself, and no hidden
segment follows from seeing it beside counts that weigh respondents alike (METHOD 4.3 W).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cultureassess.disclosure.minimums import Rules, Statistic, enough
from cultureassess.instruments.types import Audience, Side
from cultureassess.scoring.weighting import WeightedMean, Weighting, weighted_mean
from cultureassess.snapshot.release import Menu, Shown
from cultureassess.snapshot.settings import Weights
from cultureassess.snapshot.tables import Atoms, Table
from cultureassess.snapshot.types import Estimate, Range


def side_of(group: str) -> Side:
    """Return the side of a group that can be weighted."""
    return Side.OUTSIDE if group == Audience.CUSTOMER.value else Side.INSIDE


def weights_in_effect(
    wanted: Mapping[str, Weights],
    atoms: Mapping[Side, Atoms],
    released: Iterable[Mapping[Side, Shown]],
) -> dict[str, Weights]:
    """Return those of the wanted weights that every measure shows all segments of.

    Args:
        wanted: group -> its weights.
        atoms: of each side.
        released: the releases of all measures that are weighted.

    Raises:
        ValueError: the answers have no such attribute.
    """
    measures = list(released)
    found = {}
    for group, weights in wanted.items():
        side = side_of(group)
        if weights.attribute not in atoms[side].attributes:
            raise ValueError(f"The answers have no attribute {weights.attribute} to weight {group} by.")
        known = set(weights.people) <= set(atoms[side].values[weights.attribute])
        if known and all(_shows(measure[side], group, weights) for measure in measures if side in measure):
            found[group] = weights
    return found


def _shows(shown: Shown, group: str, weights: Weights) -> bool:
    cells = (f"{weights.attribute}/{segment}" for segment in weights.people)
    return all(shown.reason(cell) is None for cell in (group, *cells))


def weighted(menu: Menu, atoms: Atoms, table: Table, weights: Weights) -> WeightedMean | None:
    """Return the weighted mean of a measure in the group that a menu is of; None if nobody has a score."""
    segments = [menu.own(atoms.where(weights.attribute, segment)) for segment in weights.people]
    return weighted_mean(
        [table.tally(segment) for segment in segments],
        Weighting.POPULATION,
        sizes=list(weights.people.values()),
    )


def weighted_estimate(mean: WeightedMean, rules: Rules) -> Estimate:
    """Return a weighted mean as it may be shown. It has no plain SD."""
    bounds = mean.estimate().interval if enough(Statistic.INTERVAL, mean.n, rules) else None
    interval = None if bounds is None else Range(*bounds)
    return Estimate(n=mean.n, mean=mean.mean, interval=interval, effective_n=mean.effective_n)
