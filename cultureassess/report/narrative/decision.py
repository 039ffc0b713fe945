"""One decision to take, as far as the answers carry one (METHOD 6.2)."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import (
    customers_alone,
    enough_people,
    estimate_words,
    first_priority,
)
from cultureassess.report.narrative.priorities import actionable, nearly_tied
from cultureassess.report.words import Words
from cultureassess.scoring.verdicts import TARGET as STRENGTH
from cultureassess.snapshot.types import Driver, Estimate, IndexResult, Snapshot


def decision_sentence(snapshot: Snapshot, words: Words) -> str:
    """Ask for an owner of the first priority; without an established gap, ask for more answers."""
    first = first_priority(snapshot)
    if first is not None and _rosier(first):
        told = (_owner(first, words), reason_first(first, snapshot, words), _tied(first, snapshot, words))
        return " ".join(part for part in told if part)
    if first is not None:
        return _kinder(first, snapshot, words)
    states = {index.gap.state for index in snapshot.indices}
    if states == {"aligned"}:
        return _alike(snapshot, words)
    if "inconclusive" in states or "aligned" in states:
        return words.gettext(
            "Decide how to hear more people before acting: on some indices the answers do not tell yet."
        )
    if enough_people(snapshot):
        return words.gettext("Decide whom to ask next: the two sides could not be compared.")
    return _too_few(snapshot, words)


def _owner(index: IndexResult, words: Words) -> str:
    """Who is to be named, and what for; a small gap is no reason to say that managers do not see it."""
    if index.gap.state == "small gap":
        return words.gettext(
            "Decide who owns {index}, and which of its statements to improve first: managers rate it a "
            "little higher than customers do.",
            index=index.name,
        )
    return words.gettext(
        "Decide who owns {index}, and hear customers in their own words before planning: "
        "managers do not yet see what customers see.",
        index=index.name,
    )


def _tied(first: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """Which others chance could have put first; empty where none."""
    found = [one.name for run in nearly_tied(snapshot) for one in run if first in run and one != first]
    others = list(dict.fromkeys(found))
    return words.gettext("Nearly tied with it: {names}.", names=words.listed(others)) if others else ""


def _alike(snapshot: Snapshot, words: Words) -> str:
    """Both sides agree everywhere: own what both see as weak, else keep what is there."""
    weak = actionable(snapshot)
    if not weak:
        return words.gettext(
            "Decide what to keep doing: both sides agree on every index, and no gap has to be closed first."
        )
    return words.gettext(
        "Decide who owns {names}: both sides agree, and customers see something to improve there.",
        names=words.listed([index.name for index in weak]),
    )


def _too_few(snapshot: Snapshot, words: Words) -> str:
    """Without a comparison one side can still be measured, and what customers say can be acted on."""
    if customers_alone(snapshot):
        decision = words.gettext(
            "Decide what to do about what customers say: the answers of those who took part need no "
            "comparison. Only the comparison has to wait: too few managers can be compared."
        )
        return " ".join(part for part in (decision, lowest_sentence(snapshot, words)) if part)
    return words.gettext("Decide whom to ask next: there are too few answers to act on.")


def lowest_sentence(snapshot: Snapshot, words: Words) -> str:
    """The index that customers rate lowest; empty unless its range ends below all the others begin."""
    rated = [
        (customers.interval, index.name, customers)
        for index in snapshot.indices
        if (customers := index.groups.get("customer", Estimate())).interval is not None
    ]
    if not rated:
        return ""
    (lowest, name, customers), *others = sorted(rated, key=lambda one: one[0].low)
    if any(one.low <= lowest.high for one, _, _ in others):
        return ""
    return words.gettext(
        "{customers} rate {index} lowest: {c}.",
        customers=words.customers(customers.n or 0),
        index=name,
        c=estimate_words(customers, snapshot, words),
    )


def _kinder(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """Customers rate it higher than managers: keep it where they see a strength, else improve it."""
    customers = index.groups["customer"].mean or 0.0
    if customers >= STRENGTH:
        decision = words.gettext(
            "Decide what to keep doing in {index}, and who tells the managers.", index=index.name
        )
        return f"{decision} {_reason_kept(index, snapshot, words)}"
    return words.gettext(
        "Decide who owns {index}: customers rate it {score}, managers lower still. Both see something to "
        "improve.",
        index=index.name,
        score=words.score(customers, snapshot.level_cuts),
    )


def _reason_kept(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """Why this strength of the customers is named: the two means, and what it weighs.

    No size of a gap counts here: one in customers' favour has none in the priorities (METHOD 6.2).
    """
    managers, customers = (index.groups.get(side, Estimate()) for side in ("management", "customer"))
    found = snapshot.importance
    driver = next((one for one in found.drivers if one.index == index.code), None)
    places = {
        "c": estimate_words(customers, snapshot, words),
        "m": estimate_words(managers, snapshot, words),
        "weight": words.percent(100 * driver.weight) if driver else "",
        "customers": words.customers(found.n or 0),
    }
    if driver is None:
        return words.gettext("Customers rate it {c}, managers {m}.", **places)
    if found.source != "answers":
        return words.gettext(
            "Customers rate it {c}, managers {m}; in the framework it weighs {weight}.", **places
        )
    if found.indicative:
        return words.gettext(
            "Customers rate it {c}, managers {m}; {weight} of the importance derived from the answers of "
            "{customers} lies here (indicative: fewer than 200).",
            **places,
        )
    return words.gettext(
        "Customers rate it {c}, managers {m}; {weight} of the importance derived from the answers of "
        "{customers} lies here.",
        **places,
    )


def reason_first(index: IndexResult, snapshot: Snapshot, words: Words) -> str | None:
    """Why this index comes first: its importance beside where customers put it (METHOD 6.1, 6.2)."""
    driver = next((driver for driver in snapshot.importance.drivers if driver.index == index.code), None)
    customers = index.groups.get("customer")
    if driver is None or customers is None or customers.mean is None:
        return None
    score = words.score(customers.mean, snapshot.level_cuts)
    if snapshot.importance.source == "answers":
        return _derived(driver, score, snapshot, words)
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


def _derived(driver: Driver, score: str, snapshot: Snapshot, words: Words) -> str:
    """Why it comes first where the weights are derived from answers, marked where these are few."""
    places = {
        "weight": words.percent(100 * driver.weight),
        "customers": words.customers(snapshot.importance.n or 0),
        "score": score,
    }
    if snapshot.importance.indicative:
        return words.gettext(
            "It comes first by importance and size together: {weight} of the importance derived from "
            "the answers of {customers} lies here (indicative: fewer than 200), and customers rate it "
            "{score}.",
            **places,
        )
    return words.gettext(
        "It comes first by importance and size together: {weight} of the importance derived from "
        "the answers of {customers} lies here, and customers rate it {score}.",
        **places,
    )


def _rosier(index: IndexResult) -> bool:
    return (index.gap.difference or 0) > 0
