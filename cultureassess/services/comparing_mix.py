"""Who answered in two waves, and what a change would be if the mix had stayed the same (METHOD 5.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cultureassess.scoring.describe import t_quantile
from cultureassess.scoring.waves import Change, Group, composition_shifted, standardised_change
from cultureassess.snapshot.types import Breakdown, CompositeResult, Estimate, Snapshot

GROUPS = {"inside": "inside", "outside": "customer"}
"""Side -> whose mix its attributes describe."""


@dataclass(frozen=True)
class Shift:
    """An attribute of which the mix of respondents moved by more than 10 points.

    Attributes:
        group: whose mix: "inside" or "customer".
        plain: how the headline composite of that group moved, in points; None where not compared.
        standardised: the same with the later wave weighted to the earlier shares; None where not compared.
    """

    side: str
    attribute: str
    group: str
    plain: float | None = None
    standardised: Change | None = None


def shifts(before: Snapshot, after: Snapshot, *, comparable: bool) -> Iterator[Shift]:
    """The attributes of which the mix moved; withheld values are left out of both waves.

    Args:
        comparable: whether the headline composite was asked alike in both waves.
    """
    earlier = {(found.side, found.attribute): found for found in before.breakdowns}
    composites = [next((one for one in wave.composites if one.headline), None) for wave in (before, after)]
    for found in after.breakdowns:
        other = earlier.get((found.side, found.attribute))
        if other is None:
            continue
        shares = _shown(other), _shown(found)
        common = shares[0].keys() & shares[1].keys()
        if composition_shifted(*({name: part[name] for name in common} for part in shares)):
            then, now = composites
            if comparable and then is not None and now is not None and then.indices == now.indices:
                yield _standardised(other, found, then, now)
            else:
                yield Shift(found.side, found.attribute, GROUPS[found.side])


def _standardised(before: Breakdown, after: Breakdown, then: CompositeResult, now: CompositeResult) -> Shift:
    """Only with the plain standard errors of respondents: cells know no others."""
    group = GROUPS[after.side]
    means = [one.groups[group].mean if group in one.groups else None for one in (then, now)]
    plain = None if means[0] is None or means[1] is None else means[1] - means[0]
    change = None
    if {then.gap.errors, now.gap.errors} == {"respondents"}:
        groups = _groups(before, then.code), _groups(after, now.code)
        change = standardised_change(*groups, {cell.value: cell.n or 0 for cell in before.cells})
    return Shift(after.side, after.attribute, group, plain, change)


def _groups(found: Breakdown, code: str) -> dict[str, Group]:
    cells = {cell.value: cell.composites.get(code) for cell in found.cells}
    groups = {value: group_of(figures) for value, figures in cells.items()}
    return {value: group for value, group in groups.items() if group is not None}


def group_of(figures: Estimate | None) -> Group | None:
    """A shown mean with its plain standard error, taken back from its t interval; None without one."""
    if figures is None or figures.mean is None or figures.n is None or figures.interval is None:
        return None
    df = figures.n - 1
    return Group(figures.mean, figures.interval.half_width / t_quantile(df), df)


def _shown(found: Breakdown) -> dict[str, int]:
    return {cell.value: cell.n for cell in found.cells if cell.n is not None}
