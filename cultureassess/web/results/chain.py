"""Where the truth gets lost: every index from the top of the house down to the customers (METHOD 3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative.labels import value_name
from cultureassess.report.narrative.priorities import ranked
from cultureassess.report.words import Words
from cultureassess.scoring.gaps import welch_from
from cultureassess.snapshot.types import Breakdown, Estimate, IndexResult, Range, Snapshot
from cultureassess.web.results.cells import Cell, Setting, mean
from cultureassess.web.results.strips import Marker, marker

LEAST = 10
"""Answers on both sides from which a step has a range."""


@dataclass(frozen=True)
class Rung:
    """One group. ``step`` leads from the group above to this one; ``largest`` marks the widest of them."""

    audience: str
    label: str
    score: Cell
    marker: Marker | None
    step: Cell | None
    largest: bool


@dataclass(frozen=True)
class Chain:
    """One index from the top to the customers, and everybody inside by contact with customers."""

    code: str
    name: str
    finding: str
    rungs: tuple[Rung, ...]
    contact: tuple[Rung, ...]


@dataclass(frozen=True)
class ChainPage:
    """See ``templates/results/chain.html``."""

    title: str
    chains: tuple[Chain, ...]


Group = tuple[str, str, Estimate]
"""Audience (it decides the marker), label, figures."""


def build(setting: Setting) -> ChainPage:
    """All indices, the first priorities first."""
    snapshot = setting.snapshot
    first = [index.code for index in ranked(snapshot)]
    rest = [index.code for index in snapshot.indices if index.code not in first]
    chains = tuple(_chain(setting, snapshot.index(code)) for code in (*first, *rest))
    return ChainPage(_title(chains, setting.words), chains)


def _title(chains: Sequence[Chain], words: Words) -> str:
    """Where the largest step lies most often, of those that the answers establish."""
    between = [
        (upper.label, lower.label)
        for chain in chains
        for upper, lower in pairwise(chain.rungs)
        if lower.largest
    ]
    if not between:
        return words.gettext("No single step from the top to the customers stands out")
    most = max(between, key=between.count)
    return words.gettext(
        "On {n} of {total} indices the largest step lies between {upper} and {lower}",
        n=between.count(most),
        total=len(chains),
        upper=most[0].lower(),
        lower=most[1].lower(),
    )


def _chain(setting: Setting, index: IndexResult) -> Chain:
    groups = tuple(_down(setting, index))
    steps = [None, *(step(upper[2], lower[2]) for upper, lower in pairwise(groups))]
    widest = _widest(steps)
    rungs = tuple(
        _rung(setting, group, found, largest=place == widest)
        for place, (group, found) in enumerate(zip(groups, steps, strict=True))
    )
    contact = tuple(_rung(setting, group, None, largest=False) for group in _by_contact(setting, index))
    return Chain(index.code, index.name, _finding(setting, rungs, widest), rungs, contact)


def _down(setting: Setting, index: IndexResult) -> Iterator[Group]:
    """Roles from the top, as far as the wave asked for them; without them managers as a whole."""
    snapshot = setting.snapshot
    roles = _breakdown(snapshot, "role")
    managers = [cell for cell in roles.cells if cell.value in snapshot.wave.management] if roles else []
    if any(cell.withheld is None for cell in managers):
        for cell in managers:
            label = value_name("role", "inside", cell.value, snapshot, setting.words)
            yield "management", label, cell.indices.get(index.code, Estimate(withheld=cell.withheld))
    else:
        yield _whole(setting, index, "management")
    yield _whole(setting, index, "staff")
    yield _whole(setting, index, "customer")


def _whole(setting: Setting, index: IndexResult, group: str) -> Group:
    missing = Estimate(withheld=Reason.NOT_ASKED)
    return group, setting.audience(group), index.groups.get(group, missing)


def _by_contact(setting: Setting, index: IndexResult) -> Iterator[Group]:
    """Everybody inside, by how often they meet customers."""
    found = _breakdown(setting.snapshot, "contact")
    for cell in found.cells if found else ():
        if cell.indices:
            label = value_name("contact", "inside", cell.value, setting.snapshot, setting.words)
            yield "staff", label, cell.indices.get(index.code, Estimate(withheld=cell.withheld))


def _breakdown(snapshot: Snapshot, attribute: str) -> Breakdown | None:
    return next((b for b in snapshot.breakdowns if b.side == "inside" and b.attribute == attribute), None)


def step(upper: Estimate, lower: Estimate) -> tuple[float, Range] | None:
    """The difference between neighbouring groups with Welch's interval; None below ten answers a side."""
    first, second = _error(upper), _error(lower)
    if first is None or second is None:
        return None
    found = welch_from(*first, *second)
    return None if found is None else (found.difference, Range(*found.interval))


def _error(figures: Estimate) -> tuple[float, float, float] | None:
    """Mean, standard error and degrees of freedom, as far as the snapshot tells them."""
    if figures.mean is None or figures.sd is None or figures.n is None or figures.n < LEAST:
        return None
    return figures.mean, figures.sd / figures.n**0.5, figures.n - 1


def _widest(steps: Sequence[tuple[float, Range] | None]) -> int | None:
    """The place of the widest step downwards; None if chance could have made it."""
    sizes = [(found[0], place) for place, found in enumerate(steps) if found is not None]
    if not sizes:
        return None
    _, place = max(sizes)
    found = steps[place]
    return place if found is not None and found[1].low > 0 else None


def _rung(setting: Setting, group: Group, found: tuple[float, Range] | None, *, largest: bool) -> Rung:
    audience, label, figures = group
    words = setting.words
    told = None
    if found is not None:
        told = Cell(
            text=words.signed(-found[0]), range=words.signed_between(Range(-found[1].high, -found[1].low))
        )
    return Rung(
        audience=audience,
        label=label,
        score=mean(setting, figures),
        marker=marker(audience, figures) if figures.shown else None,
        step=told,
        largest=largest,
    )


def _finding(setting: Setting, rungs: Sequence[Rung], widest: int | None) -> str:
    words = setting.words
    if widest is not None:
        told = rungs[widest].step
        return words.gettext(
            "The largest step lies between {upper} and {lower}: {step} points (likely {range}).",
            upper=rungs[widest - 1].label,
            lower=rungs[widest].label,
            step=told.text if told else "",
            range=told.range if told else "",
        )
    if sum(rung.score.shown for rung in rungs) < 2:
        return words.gettext("Too few groups may be shown to follow this from the top to the customers.")
    return words.gettext("No step downwards is large enough to be sure of.")
