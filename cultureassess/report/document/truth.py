"""Level by level: the way from the top to the customers, for the first in the list of priorities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.figures import Ladder, ladder
from cultureassess.report.narrative.chain import chain_sentence, largest_step
from cultureassess.report.narrative.gaps import rosy
from cultureassess.report.narrative.priorities import ranked
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Snapshot

SHOWN = 3


@dataclass(frozen=True)
class Way:
    """One index: the picture, the steps with their ranges, the larger step."""

    name: str
    figure: Ladder
    steps: str | None
    largest: str | None


@dataclass(frozen=True)
class Truth:
    """``title`` says that something gets lost only where a gap shows it."""

    title: str
    ways: tuple[Way, ...]
    lead: str


def truth_section(snapshot: Snapshot, words: Words) -> Truth:
    """The first three of the list of priorities, group below group."""
    ways, shown = [], []
    for index in ranked(snapshot):
        figure = ladder(index, snapshot, words)
        if sum(rung.mark is not None for rung in figure.rungs if not rung.part) >= 2:
            steps, largest = chain_sentence(index, words), largest_step(index, words)
            ways.append(Way(index.name, figure, steps, largest))
            shown.append(index)
    lost = any(rosy(index) for index in shown[:SHOWN])
    title = (
        words.gettext("Where the truth gets lost")
        if lost
        else words.gettext("The view from the top to the customers")
    )
    lead = _lead(shown[:SHOWN], words)
    if shown and shown[:SHOWN] != list(ranked(snapshot)[: len(shown[:SHOWN])]):
        left = words.gettext("An index of which fewer than two groups are shown is left out.")
        lead = f"{lead} {left}"
    return Truth(title, tuple(ways[:SHOWN]), lead)


def _lead(shown: Sequence[IndexResult], words: Words) -> str:
    """How to read the steps; without an established gap that managers see rosier, that none is to close."""
    if not shown:
        return words.gettext("Too few groups may be shown to follow a view from the top to the customers.")
    if any(rosy(index) for index in shown):
        return words.gettext(
            "Group by group, for the indices that come first in the list of priorities. The steps add up to "
            "the gap: a large step inside means that employees answered much as customers did, a large step "
            "outside that they answered much as managers did."
        )
    if all(index.gap.state is None for index in shown):
        return words.gettext(
            "Group by group, for the indices that come first in the list of priorities. With so few answers "
            "no step can be told from chance: read each mean as what these people said."
        )
    return words.gettext(
        "Group by group, for the indices that come first in the list of priorities. No gap is established on "
        "them in which managers are the rosier side."
    )
