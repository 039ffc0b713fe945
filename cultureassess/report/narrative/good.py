"""One thing truly good: a strength or an agreement that the answers establish."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import estimate_words
from cultureassess.report.words import Words
from cultureassess.scoring.verdicts import TARGET as STRENGTH
from cultureassess.snapshot.types import Estimate, IndexResult, Snapshot


def good_sentence(snapshot: Snapshot, words: Words) -> str:
    """Name the best thing found: a hidden strength, else a shared one, else a customers' strength, else
    an agreement; among equals one whose statements move together, and then the one rated highest."""
    for test, say in (
        (_hidden_strength, _say_hidden),
        (_shared_strength, _say_shared),
        (_customers_strength, _say_customers),
        (_agreement, _say_agreement),
    ):
        found = [index for index in snapshot.indices if test(index)]
        if found:
            best = max(found, key=lambda index: (not _warned(index), _mean(index, "customer")))
            return say(_places(best, snapshot, words), words)
    return words.gettext("No index stands out as a strength in these answers.")


def _warned(index: IndexResult) -> bool:
    """Customers' answers to its statements do not go together, or one statement is all there is."""
    return index.single or any(found.audience == "customer" and found.warnings for found in index.reliability)


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


def _places(index: IndexResult, snapshot: Snapshot, words: Words) -> dict[str, str]:
    management, customers = _estimate(index, "management"), _estimate(index, "customer")
    return {
        "index": index.name,
        "c": estimate_words(customers, snapshot, words),
        "m": estimate_words(management, snapshot, words),
        "customers": words.customers(customers.n or 0),
        "managers": words.managers(management.n or 0),
    }


def _say_hidden(places: dict[str, str], words: Words) -> str:
    return words.gettext(
        "{index} is a strength that you do not claim: {customers} rate it {c}, {managers} only {m}.",
        **places,
    )


def _say_shared(places: dict[str, str], words: Words) -> str:
    return words.gettext(
        "{index} is a strength that both sides see: {customers} rate it {c}, {managers} {m}.",
        **places,
    )


def _say_customers(places: dict[str, str], words: Words) -> str:
    return words.gettext("{index} is a strength in your customers’ eyes: {customers} rate it {c}.", **places)


def _say_agreement(places: dict[str, str], words: Words) -> str:
    return words.gettext(
        "Both sides agree on {index}: {customers} rate it {c}, {managers} {m}. "
        "You need not argue about where it stands.",
        **places,
    )
