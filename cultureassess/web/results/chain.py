"""Where the truth gets lost: every index from the top of the house down to the customers (METHOD 3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative.chain import chain_sentence, larger_step, largest_step
from cultureassess.report.narrative.gaps import FOUND
from cultureassess.report.narrative.labels import value_name
from cultureassess.report.narrative.priorities import ranked
from cultureassess.snapshot.types import Breakdown, Estimate, IndexResult, Snapshot
from cultureassess.web.results.cells import Cell, Setting, mean
from cultureassess.web.results.indices import chain_step
from cultureassess.web.results.pairs import Wordings, wordings_of
from cultureassess.web.results.strips import Marker, marker


@dataclass(frozen=True)
class Rung:
    """One group. ``step`` is what managers or employees give more than this group, which comes next.

    ``largest`` marks the larger of the two steps, where that is established. Roles have none.
    """

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
    wordings: Wordings
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
    indices = [snapshot.index(code) for code in (*first, *rest)]
    return ChainPage(_title(setting, indices), tuple(_chain(setting, index) for index in indices))


def _title(setting: Setting, indices: Sequence[IndexResult]) -> str:
    """Where the larger step lies most often, of those that the answers establish."""
    words = setting.words
    if not any(step.interval for index in indices for step in index.chain):
        return words.gettext("Too few answers to follow an index from the top to the customers")
    between = [(step.upper, step.lower) for index in indices if (step := larger_step(index)) is not None]
    if not between:
        return words.gettext("No single step from the top to the customers stands out")
    most = max(between, key=between.count)
    return words.gettext(
        "On {n} of {total} indices the larger step lies between {upper} and {lower}",
        n=between.count(most),
        total=len(indices),
        upper=setting.audience(most[0]).lower(),
        lower=setting.audience(most[1]).lower(),
    )


def _chain(setting: Setting, index: IndexResult) -> Chain:
    return Chain(
        code=index.code,
        name=index.name,
        finding=_finding(setting, index),
        wordings=wordings_of(setting, index.code),
        rungs=tuple(_down(setting, index)),
        contact=tuple(_rung(setting, group) for group in _by_contact(setting, index)),
    )


def _down(setting: Setting, index: IndexResult) -> Iterator[Rung]:
    """The three groups of the chain with its steps; below the managers their roles, where they are shown."""
    steps = {step.lower: step for step in index.chain}
    larger = larger_step(index)
    for group in ("management", "staff", "customer"):
        rung = _rung(setting, _whole(setting, index, group))
        if group in steps and steps[group].interval is not None:
            told = chain_step(setting, steps[group])
            rung = replace(rung, step=told.difference, largest=steps[group] is larger)
        yield rung
        if group == "management":
            yield from (_rung(setting, role) for role in _roles(setting, index))


def _roles(setting: Setting, index: IndexResult) -> Iterator[Group]:
    """The managers' roles from the top; none if all of them are withheld."""
    snapshot, words = setting.snapshot, setting.words
    found = _breakdown(snapshot, "role")
    managers = [cell for cell in found.cells if cell.value in snapshot.wave.management] if found else []
    if any(cell.withheld is None for cell in managers):
        for cell in managers:
            role = value_name("role", "inside", cell.value, snapshot, words)
            label = words.gettext("of these: {role}", role=role)
            yield "management", label, cell.indices.get(index.code, Estimate(withheld=cell.withheld))


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


def _rung(setting: Setting, group: Group) -> Rung:
    audience, label, figures = group
    return Rung(
        audience=audience,
        label=label,
        score=mean(setting, figures),
        marker=marker(audience, figures) if figures.shown else None,
        step=None,
        largest=False,
    )


def _finding(setting: Setting, index: IndexResult) -> str:
    """The report's own sentences on the steps; else why there are none."""
    words = setting.words
    steps, larger = chain_sentence(index, words), largest_step(index, words)
    if steps is not None:
        return " ".join(part for part in (steps, larger) if part)
    if sum(figures.shown for figures in index.groups.values()) < 2:
        return words.gettext("Too few groups may be shown to follow this from the top to the customers.")
    if index.gap.state in FOUND:
        return words.gettext("A group is too small, or not shown, to divide the gap into steps.")
    return words.gettext("No gap between managers and customers is established here, so none is divided.")
