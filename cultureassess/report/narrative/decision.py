"""One decision to take, as far as the answers carry one (METHOD 6.2)."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import enough_people, first_priority
from cultureassess.report.words import Words
from cultureassess.scoring.verdicts import TARGET as STRENGTH
from cultureassess.snapshot.types import IndexResult, Snapshot


def decision_sentence(snapshot: Snapshot, words: Words) -> str:
    """Ask for an owner of the first priority; without an established gap, ask for more answers."""
    first = first_priority(snapshot)
    if first is not None and _rosier(first):
        decision = words.gettext(
            "Decide who owns {index}, and hear customers in their own words before planning: "
            "managers do not yet see what customers see.",
            index=first.name,
        )
        return " ".join(part for part in (decision, reason_first(first, snapshot, words)) if part)
    if first is not None:
        return _kinder(first, snapshot, words)
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
    if enough_people(snapshot):
        return words.gettext("Decide whom to ask next: the two sides could not be compared.")
    return words.gettext("Decide whom to ask next: there are too few answers to act on.")


def _kinder(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """Customers rate it higher than managers: keep it where they see a strength, else improve it."""
    customers = index.groups["customer"].mean or 0.0
    if customers >= STRENGTH:
        return words.gettext(
            "Decide what to keep doing in {index}, and who tells the managers.", index=index.name
        )
    return words.gettext(
        "Decide who owns {index}: customers rate it {score}, managers lower still. Both see something to "
        "improve.",
        index=index.name,
        score=words.score(customers, snapshot.level_cuts),
    )


def reason_first(index: IndexResult, snapshot: Snapshot, words: Words) -> str | None:
    """Why this index comes first: its importance beside where customers put it (METHOD 6.1, 6.2)."""
    driver = next((driver for driver in snapshot.importance.drivers if driver.index == index.code), None)
    customers = index.groups.get("customer")
    if driver is None or customers is None or customers.mean is None:
        return None
    score = words.score(customers.mean, snapshot.level_cuts)
    if snapshot.importance.source == "answers":
        return words.gettext(
            "It comes first by importance and size together: {weight} of the importance derived from "
            "the answers of {customers} lies here, and customers rate it {score}.",
            weight=words.percent(100 * driver.weight),
            customers=words.customers(snapshot.importance.n or 0),
            score=score,
        )
    if index.emphasised:
        return words.gettext(
            "It comes first by the framework’s weight and by size together: it is one of the indices that "
            "the framework counts most, and customers rate it {score}.",
            score=score,
        )
    return words.gettext(
        "It comes first because its gap and the customers’ score of {score} outweigh its smaller weight in "
        "the framework.",
        score=score,
    )


def _rosier(index: IndexResult) -> bool:
    return (index.gap.difference or 0) > 0


def _weakest(snapshot: Snapshot) -> IndexResult | None:
    shown = [
        index for index in snapshot.indices if "customer" in index.groups and index.groups["customer"].shown
    ]
    return min(shown, key=lambda index: index.groups["customer"].mean or 0.0, default=None)
