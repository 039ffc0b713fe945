"""Rules about one breakdown at a time: primary and complementary suppression, hierarchy, roll-up,
homogeneity, comments, matched panels and weightings (METHOD 4.3: P, C, H, R, X, K, M, W).

What several breakdowns give away together is decided in :mod:`cultureassess.disclosure.release`.
Ties are broken by name, never by score.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cultureassess.disclosure.minimums import DEFAULT_RULES, Rules, Statistic, enough
from cultureassess.disclosure.reasons import Reason


@dataclass(frozen=True)
class OneWay:
    """One breakdown after suppression; names in the order in which the cells were given.

    Attributes:
        visible: cells to show.
        primary: cells with fewer than k answers.
        complementary: larger cells hidden so that those cannot be found by subtraction.
    """

    visible: tuple[str, ...]
    primary: tuple[str, ...]
    complementary: tuple[str, ...]


def one_way(cells: Mapping[str, int], k: int, *, unshown: int = 0) -> OneWay:
    """Hide cells below ``k``, and further ones until the hidden sum to 0 or to at least ``k``.

    The smallest visible cell goes first, ties by name. Rules P and C of METHOD 4.3.

    Args:
        cells: name -> answers, 0 or more; a partition of a total that is shown.
        k: the threshold.
        unshown: answers in the total that belong to no cell ("prefer not to say"): hidden anyway.
    """
    primary = {name for name, n in cells.items() if n < k}
    smallest_first = sorted(cells.keys() - primary, key=lambda name: (cells[name], name))
    hidden = unshown + sum(cells[name] for name in primary)
    complementary: set[str] = set()
    for name in smallest_first:
        if not 0 < hidden < k:
            break
        complementary.add(name)
        hidden += cells[name]
    return OneWay(
        visible=tuple(name for name in cells if name not in primary | complementary),
        primary=tuple(name for name in cells if name in primary),
        complementary=tuple(name for name in cells if name in complementary),
    )


def roll_up(cells: Mapping[str, int], ladder: Sequence[str], k: int) -> dict[tuple[str, ...], int]:
    """Merge small cells along a declared ladder before anything is hidden. Rule R of METHOD 4.3.

    A rung below ``k``, an empty one too, is merged with the next rung; if the last is still too small,
    with the one before. To be done once per wave, on all usable respondents: merging differently for
    each statistic would publish overlapping groups.

    Args:
        cells: name -> answers.
        ladder: names in the order in which they may be merged, for example executive, middle manager,
            frontline manager; names without a cell are passed over.
        k: the threshold.

    Returns:
        members of each resulting cell -> answers; the ladder first, then the other cells unchanged.
    """
    rungs = [name for name in ladder if name in cells]
    merged: list[list[str]] = []
    for name in rungs:
        if merged and _total(cells, merged[-1]) < k:
            merged[-1].append(name)
        else:
            merged.append([name])
    if len(merged) > 1 and _total(cells, merged[-1]) < k:
        merged[-2:] = [merged[-2] + merged[-1]]
    others = [[name] for name in cells if name not in rungs]
    return {tuple(group): _total(cells, group) for group in merged + others}


def _total(cells: Mapping[str, int], names: Collection[str]) -> int:
    return sum(cells[name] for name in names)


DIRECT = ""
"""Name of the cell of a unit's own direct reports."""


def with_direct_reports(unit: int, sub_units: Mapping[str, int]) -> dict[str, int]:
    """The cells of a unit: its sub-units, and its own direct reports as ``DIRECT``. Rule H.

    Args:
        unit: answers in the unit, sub-units included.
        sub_units: name -> answers.

    Raises:
        ValueError: the sub-units have more answers than the unit.
    """
    direct = unit - sum(sub_units.values())
    if direct < 0:
        raise ValueError(f"The sub-units have {-direct} more answers than the unit they belong to.")
    return {**sub_units, DIRECT: direct}


@dataclass(frozen=True)
class Homogeneity:
    """How a cell must be coarsened because its answers are too much alike.

    Attributes:
        favourable: "low" (print "5% or less"), "high" ("95% or more"), or None: print the share.
        distribution: whether histogram, spread and interval may be shown.
        mean: whether the mean may be shown.
    """

    favourable: str | None = None
    distribution: bool = True
    mean: bool = True


def homogeneity(n: int, favourable: int, *, equal: bool) -> Homogeneity:
    """Coarsen a shown cell whose answers are all equal, or (n < 20) all or none favourable. Rule X.

    The mean of equal answers is everybody's answer, so it is withheld with the distribution
    (RELIABILITY R8: no individual answer bounded to one value). All other rules look at counts only.

    Args:
        n: answers in the cell, 1 or more.
        favourable: how many of them are favourable, 0 to ``n``.
        equal: whether all answers are the same point.
    """
    extreme = favourable in (0, n)
    if not equal and not (extreme and n < 20):
        return Homogeneity()
    return Homogeneity("low" if favourable == 0 else "high", distribution=False, mean=not equal)


def matched_allowed(matched: int, *unmatched: int, k: int) -> bool:
    """Whether figures of a matched panel may stand beside those of whole waves. Rule M.

    Args:
        matched: respondents matched over both waves.
        unmatched: for each wave that is also shown as a whole, its respondents without a match.
        k: the threshold.
    """
    return matched >= k and all(others == 0 or others >= k for others in unmatched)


def weightings_allowed(weightings: Collection[str]) -> bool:
    """Whether an audience is shown in one weighting only, over the whole report. Rule W."""
    return len(set(weightings)) <= 1


def comments_allowed(
    cells: Mapping[str, int], levels: Sequence[str], hidden: Collection[str], rules: Rules = DEFAULT_RULES
) -> bool:
    """Whether comment lists may be published as proposed. Rule K of METHOD 4.3.

    Args:
        cells: respondents in each cell of the breakdown level, or of the one overall list.
        levels: the levels with lists; "overall" is the list of everybody.
        hidden: the cells without a list.
        rules: the wave's thresholds.
    """
    if len({level for level in levels if level != OVERALL}) > 1:
        return False
    if OVERALL in levels and hidden:
        return False
    return all(enough(Statistic.COMMENTS, n, rules) for name, n in cells.items() if name not in hidden)


OVERALL = "overall"
COMMENTS_IN_A_LIST = 5


@dataclass(frozen=True)
class Voices:
    """Respondents of a group, and the comments that they wrote."""

    respondents: int
    comments: int


@dataclass(frozen=True)
class CommentLists:
    """Which comment lists of one question may be published, and why the others may not."""

    overall: bool
    shown: tuple[str, ...]
    withheld: Mapping[str, Reason]


def comment_lists(
    everybody: Voices,
    cells: Mapping[str, Voices],
    rules: Rules = DEFAULT_RULES,
    *,
    prefer_cells: bool = False,
) -> CommentLists:
    """Choose the comment lists of one question. Rule K: at most one level, no set differences.

    A list needs ``k_comments`` respondents in its group and five comments. If a cell fails, or somebody
    belongs to no cell, either the overall list is shown or the lists of the other cells, never both.

    Args:
        everybody: the audience as a whole.
        cells: the groups of the one breakdown level; disjoint. May be empty.
        rules: the wave's thresholds.
        prefer_cells: keep the cells' lists rather than the overall list if both cannot be shown.
    """
    withheld = {name: reason for name, voices in cells.items() if (reason := _too_quiet(voices, rules))}
    overall = _too_quiet(everybody, rules) is None
    passing = tuple(name for name in cells if name not in withheld)
    complete = sum(cells[name].respondents for name in passing) == everybody.respondents and not withheld
    if complete or (prefer_cells and passing):
        return CommentLists(overall and complete, passing, withheld)
    protects = dict.fromkeys(passing, Reason.PROTECTS)
    return CommentLists(overall, (), {**withheld, **protects})


def _too_quiet(voices: Voices, rules: Rules) -> Reason | None:
    if voices.respondents < rules.k:
        return Reason.FEW
    quiet = voices.comments < COMMENTS_IN_A_LIST or not enough(Statistic.COMMENTS, voices.respondents, rules)
    return Reason.THIN if quiet else None
