"""Where the truth gets lost: the way from the top to the customers, for the first priorities."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.figures import Ladder, ladder
from cultureassess.report.narrative.chain import chain_sentence, largest_step
from cultureassess.report.narrative.priorities import ranked
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot

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
    ways: tuple[Way, ...]
    lead: str


def truth_section(snapshot: Snapshot, words: Words) -> Truth:
    """The three first priorities, group below group."""
    ways = []
    for index in ranked(snapshot):
        figure = ladder(index, snapshot, words)
        if sum(rung.mark is not None for rung in figure.rungs if not rung.part) >= 2:
            steps, largest = chain_sentence(index, words), largest_step(index, words)
            ways.append(Way(index.name, figure, steps, largest))
    return Truth(tuple(ways[:SHOWN]), _lead(bool(ways), words))


def _lead(shown: bool, words: Words) -> str:
    if not shown:
        return words.gettext("Too few groups may be shown to follow a view from the top to the customers.")
    return words.gettext(
        "From the top to the customers, for the indices that come first. The steps add up to the gap: "
        "a large step inside means that colleagues know already, a large step outside that nobody does."
    )
