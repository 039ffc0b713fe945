"""One decision to take, as far as the answers carry one (METHOD 6.2)."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import FOUND
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Snapshot


def decision_sentence(snapshot: Snapshot, words: Words) -> str:
    """Ask for an owner of the first priority; without an established gap, ask for more answers."""
    first = _first(snapshot)
    if first is not None and _rosier(first):
        return words.gettext(
            "Decide who owns {index}, and hear customers in their own words before planning: "
            "managers do not yet see what customers see.",
            index=first.name,
        )
    if first is not None:
        return words.gettext(
            "Decide what to keep doing in {index}, and who tells the managers.", index=first.name
        )
    weakest = _weakest(snapshot)
    states = {index.gap.state for index in snapshot.indices}
    if weakest is not None and states == {"aligned"}:
        return words.gettext(
            "Decide which of the two sides’ shared views to act on first; customers rate {index} lowest.",
            index=weakest.name,
        )
    if "inconclusive" in states or "aligned" in states:
        return words.gettext(
            "Decide how to hear more people before acting: on some indices the answers do not tell yet."
        )
    return words.gettext("Decide whom to ask next: there are too few answers to act on.")


def _rosier(index: IndexResult) -> bool:
    return (index.gap.difference or 0) > 0


def _first(snapshot: Snapshot) -> IndexResult | None:
    """The highest priority with an established gap; else the largest established gap."""
    found = {index.code: index for index in snapshot.indices if index.gap.state in FOUND}
    ranked = [p for p in snapshot.priorities if p.index in found and p.value is not None]
    if ranked:
        return found[max(ranked, key=lambda priority: priority.value or 0.0).index]
    return max(found.values(), key=lambda index: abs(index.gap.difference or 0), default=None)


def _weakest(snapshot: Snapshot) -> IndexResult | None:
    shown = [
        index for index in snapshot.indices if "customer" in index.groups and index.groups["customer"].shown
    ]
    return min(shown, key=lambda index: index.groups["customer"].mean or 0.0, default=None)
