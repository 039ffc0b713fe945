"""What is not shown, and why: whole groups, and single figures of groups that are shown (METHOD 4.2, 4.3).

It says in words what the snapshot's own reasons say, and no more: never how many answered, never which
smaller group a figure would have given away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative.labels import attribute_name, value_name, withheld_parts
from cultureassess.report.narrative.withheld import explanation, reason_sentence
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Breakdown, Snapshot
from cultureassess.snapshot.types.cells import Frozen

GROUPS = ("management", "staff", "inside", "customer", "partner")
ORDER = (Reason.FEW, Reason.PROTECTS, Reason.ACCOUNTS, Reason.THIN)

Missing = tuple[Reason, str, str]
"""A figure that is not shown: why, which kind of figure, and of which group; the group may be empty."""


@dataclass(frozen=True)
class Hidden:
    """One reason: what it means, and what it hides.

    ``groups`` are whole groups, ``single`` are figures of groups that are shown otherwise.
    """

    why: str
    explained: str
    groups: tuple[str, ...]
    single: tuple[str, ...]


def hidden_section(snapshot: Snapshot, words: Words) -> tuple[Hidden, ...]:
    """Reason by reason what is not shown; empty where everything is."""
    found = (
        Hidden(
            why=reason_sentence(reason, words, k=snapshot.wave.k),
            explained=explanation(reason, words),
            groups=tuple(_groups(reason, snapshot, words)),
            single=(*_figures(reason, snapshot, words), *_cells(reason, snapshot, words)),
        )
        for reason in ORDER
    )
    return tuple(one for one in found if one.groups or one.single)


def _groups(reason: Reason, snapshot: Snapshot, words: Words) -> Iterator[str]:
    for one in snapshot.coverage:
        if one.withheld is reason:
            yield group_name(one.audience, words)
    values: dict[str, list[str]] = {}
    for found in snapshot.withheld:
        if found.reason is reason:
            attribute, value = withheld_parts(found, snapshot, words)
            values.setdefault(attribute, []).append(value)
    for attribute, named in values.items():
        yield words.gettext("{attribute}: {value}", attribute=attribute, value=words.listed(named))


def _figures(reason: Reason, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Kind by kind, with the groups that miss all figures of that kind, then those that miss some."""
    looked_at = Counter(
        (kind, group)
        for kind, group, figure in _looked_at(snapshot)
        if getattr(figure, "withheld", None) is not Reason.NOT_ASKED
    )
    missing = Counter((kind, group) for why, kind, group in _missing(snapshot) if why is reason)
    for kind, name in _kinds(words).items():
        every = [group for group in ("", *GROUPS) if (kind, group) in missing]
        whole = [group for group in every if missing[kind, group] == looked_at[kind, group]]
        yield from _named(name, whole, words)
        partly = words.gettext("{figures}, in part", figures=name)
        yield from _named(partly, [group for group in every if group not in whole], words)


def _named(figures: str, groups: list[str], words: Words) -> Iterator[str]:
    """One kind of figures with its groups; figures of no single group by their name alone."""
    told = [group_name(group, words) for group in groups if group]
    if told:
        yield words.gettext("{figures} ({group})", figures=figures, group=words.listed(told))
    elif groups:
        yield figures


def _cells(reason: Reason, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Cells of the heat maps that are missing in a row of which others are shown, by their codes."""
    for breakdown in snapshot.breakdowns:
        for cell in breakdown.cells:
            if cell.withheld is not None:
                continue
            codes = [*_why(cell.indices, reason), *_why(cell.composites, reason)]
            if codes:
                group = _row_name(breakdown, cell.value, snapshot, words)
                yield words.gettext("{figures} ({group})", figures=words.listed(codes), group=group)


def _why(figures: Mapping[str, object], reason: Reason) -> list[str]:
    return [code for code, figure in figures.items() if getattr(figure, "withheld", None) is reason]


def _row_name(breakdown: Breakdown, value: str, snapshot: Snapshot, words: Words) -> str:
    return words.gettext(
        "{attribute}: {value}",
        attribute=attribute_name(breakdown.attribute, breakdown.side, words),
        value=value_name(breakdown.attribute, breakdown.side, value, snapshot, words),
    )


def _kinds(words: Words) -> dict[str, str]:
    """The kinds of figures, in the order in which the report prints them."""
    return {
        "overall": words.gettext("the overall question"),
        "expected": words.gettext("what was expected of customers"),
        "recommendation": words.gettext("recommendation"),
        "indices": words.gettext("indices"),
        "composites": words.gettext("means over several indices"),
        "gaps": words.gettext("gaps"),
        "steps": words.gettext("steps between two groups"),
        "statements": words.gettext("single statements"),
        "mindset": words.gettext("mindset and behaviour"),
        "reliability": words.gettext("reliability"),
        "comments": words.gettext("comments"),
    }


def _missing(snapshot: Snapshot) -> Iterator[Missing]:
    """Every figure that is not shown although its group is."""
    whole = {one.audience for one in snapshot.coverage if one.withheld is not None}
    for kind, group, figure in _looked_at(snapshot):
        why = getattr(figure, "withheld", None)
        if why is not None and group not in whole:
            yield why, kind, group


def _looked_at(snapshot: Snapshot) -> Iterator[tuple[str, str, Frozen]]:
    """Kind, group and figure, for all figures that the report prints by audience."""
    mindset = snapshot.mindset_behaviour
    by_group: list[tuple[str, Mapping[str, Frozen]]] = [
        ("overall", snapshot.headline.groups),
        ("expected", snapshot.headline.forecast),
        *(("indices", figures) for index in snapshot.indices for figures in (index.groups, index.full)),
        *(("composites", composite.groups) for composite in snapshot.composites),
        *(("statements", pair.groups) for pair in snapshot.pairs),
        *(("indices", block.groups) for block in snapshot.blocks),
        *(("statements", items) for block in snapshot.blocks for items in block.items.values()),
        *(("mindset", figures) for figures in (mindset.mindset, mindset.behaviour)),
    ]
    for kind, figures in by_group:
        for group, figure in figures.items():
            yield kind, group, figure
    yield from (("gaps", "", index.gap) for index in snapshot.indices)
    yield from (("gaps", "", pair.gap) for pair in snapshot.pairs)
    yield from (("gaps", "", composite.gap) for composite in snapshot.composites)
    for index in snapshot.indices:
        yield from (("steps", "", step) for step in index.chain)
        yield from (("reliability", one.audience, one) for one in index.reliability)
    yield from (("recommendation", found.audience, found) for found in snapshot.recommendations)
    yield from (("comments", found.audience, found) for found in snapshot.comments)
