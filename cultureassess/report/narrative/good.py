"""One thing truly good: a strength or an agreement that the answers establish."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import estimate_words
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, IndexResult, Snapshot

STRENGTH = 65.0
"""From here customers see a strength (METHOD 3.6)."""


def good_sentence(snapshot: Snapshot, words: Words) -> str:
    """Name the best thing found: a hidden strength, else a shared one, else a customers' strength, else
    an agreement; among equals the one that customers rate highest."""
    for test, say in (
        (_hidden_strength, _say_hidden),
        (_shared_strength, _say_shared),
        (_customers_strength, _say_customers),
        (_agreement, _say_agreement),
    ):
        found = [index for index in snapshot.indices if test(index)]
        if found:
            best = max(found, key=lambda index: _mean(index, "customer"))
            return say(best, words)
    return words.gettext("No index stands out as a strength with the answers so far.")


def _mean(index: IndexResult, group: str) -> float:
    return _estimate(index, group).mean or 0.0


def _estimate(index: IndexResult, group: str) -> Estimate:
    return index.groups.get(group, Estimate())


def _hidden_strength(index: IndexResult) -> bool:
    return index.gap.class_ == "hidden strength"


def _shared_strength(index: IndexResult) -> bool:
    return index.gap.class_ == "shared strength" and index.gap.state == "aligned"


def _customers_strength(index: IndexResult) -> bool:
    interval = _estimate(index, "customer").interval
    return interval is not None and interval.low >= STRENGTH


def _agreement(index: IndexResult) -> bool:
    return index.gap.state == "aligned"


def _places(index: IndexResult, words: Words) -> dict[str, str]:
    management, customers = _estimate(index, "management"), _estimate(index, "customer")
    return {
        "index": index.name,
        "c": estimate_words(customers, words),
        "m": estimate_words(management, words),
        "customers": words.customers(customers.n or 0),
        "managers": words.managers(management.n or 0),
    }


def _say_hidden(index: IndexResult, words: Words) -> str:
    return words.gettext(
        "{index} is a strength that you do not claim: {customers} rate it {c}, {managers} only {m}.",
        **_places(index, words),
    )


def _say_shared(index: IndexResult, words: Words) -> str:
    return words.gettext(
        "{index} is a strength that both sides see: {customers} rate it {c}, {managers} {m}.",
        **_places(index, words),
    )


def _say_customers(index: IndexResult, words: Words) -> str:
    return words.gettext(
        "{index} is a strength in your customers’ eyes: {customers} rate it {c}.", **_places(index, words)
    )


def _say_agreement(index: IndexResult, words: Words) -> str:
    return words.gettext(
        "Both sides agree on {index}: {customers} rate it {c}, {managers} {m}. "
        "You need not argue about where it stands.",
        **_places(index, words),
    )
