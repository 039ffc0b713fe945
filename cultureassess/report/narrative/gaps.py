"""The verdict on one index, and the largest gaps (METHOD 3.6 and 3.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.narrative.statements import item_sentence, widest
from cultureassess.report.narrative.withheld import hidden_sentence
from cultureassess.report.words import Words, half_up
from cultureassess.snapshot.types import Estimate, Gap, IndexResult, Range, Snapshot

FOUND = ("clear gap", "small gap")
LARGEST = 3


@dataclass(frozen=True)
class GapSentence:
    """One of the largest gaps: the index in a sentence, and its widest pair in item language."""

    index: str
    name: str
    sentence: str
    item: str | None


def state_word(gap: Gap, words: Words) -> str:
    """The leader's word for a state; a gap without state (5 to 9 answers) has none."""
    leaders = {
        "clear gap": words.gettext("gap"),
        "small gap": words.gettext("gap (small)"),
        "aligned": words.gettext("agree"),
        "inconclusive": words.gettext("cannot tell yet"),
    }
    return leaders[gap.state] if gap.state else words.gettext("no verdict")


def class_word(gap: Gap, words: Words) -> str | None:
    """The class (blind spot, shared strength, ...), marked where it is provisional."""
    classes = {
        "blind spot": words.gettext("blind spot"),
        "overstated strength": words.gettext("overstated strength"),
        "hidden strength": words.gettext("hidden strength"),
        "over-critical": words.gettext("over-critical"),
        "shared strength": words.gettext("shared strength"),
        "shared weakness": words.gettext("shared weakness"),
        "mixed": words.gettext("mixed"),
    }
    if gap.class_ is None:
        return None
    name = classes.get(gap.class_, gap.class_)
    return words.gettext("{name} (provisional)", name=name) if gap.provisional else name


def verdict(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """The verdict sentence on one index, with its range and the number of people on both sides."""
    management, customers = index.groups.get("management"), index.groups.get("customer")
    if management is None or customers is None or not (management.shown and customers.shown):
        return _one_side(index, snapshot, words)
    gap = index.gap
    if gap.difference is None:
        return hidden_sentence(words, k=snapshot.wave.k)
    if gap.state is None or gap.interval is None:
        return _conversation(management, customers, words)
    return _stated(gap, gap.difference, gap.interval, _people(management, customers, words), words)


def largest(snapshot: Snapshot, words: Words) -> tuple[GapSentence, ...]:
    """The at most three largest gaps, largest first; only gaps that the answers establish."""
    found = [index for index in snapshot.indices if index.gap.state in FOUND]
    found.sort(key=lambda index: -abs(index.gap.difference or 0))
    return tuple(_gap_sentence(index, snapshot, words) for index in found[:LARGEST])


def tally(snapshot: Snapshot, words: Words) -> str:
    """How many indices got which word: "6 of 8 indices: gap. 2: cannot tell yet." """
    states = [index.gap.state for index in snapshot.indices if index.gap.state]
    if not states:
        return words.gettext("There are too few answers to compare the two sides index by index.")
    total = len(snapshot.indices)
    parts = [part for part in _tally_parts(states, words) if part]
    text = words.gettext("Of {total} indices: {parts}.", total=total, parts=words.listed(parts))
    rest = total - len(states)
    if not rest:
        return text
    left = words.ngettext("One could not be compared.", "{n} could not be compared.", rest, n=rest)
    return f"{text} {left}"


def _tally_parts(states: Sequence[str], words: Words) -> list[str]:
    gaps = sum(state in FOUND for state in states)
    agree, open_ = states.count("aligned"), states.count("inconclusive")
    return [
        words.ngettext("{n} shows a gap", "{n} show a gap", gaps, n=gaps) if gaps else "",
        words.ngettext("both sides agree on {n}", "both sides agree on {n}", agree, n=agree) if agree else "",
        words.ngettext("on {n} we cannot tell yet", "on {n} we cannot tell yet", open_, n=open_)
        if open_
        else "",
    ]


def _gap_sentence(index: IndexResult, snapshot: Snapshot, words: Words) -> GapSentence:
    pair = widest(snapshot.pairs_of(index.code), rosier=(index.gap.difference or 0) > 0)
    item = item_sentence(pair, snapshot, words) if pair else None
    return GapSentence(index.code, index.name, verdict(index, snapshot, words), item)


def _stated(gap: Gap, difference: float, interval: Range, people: str, words: Words) -> str:
    if gap.state in FOUND:
        return _found(gap, difference, interval, people, words)
    places = {
        "difference": words.signed(difference),
        "low": words.signed(interval.low),
        "high": words.signed(interval.high),
        "people": people,
    }
    if gap.state == "aligned":
        return words.gettext(
            "Managers and customers see this alike, within 10 points "
            "(measured {difference}, likely between {low} and {high}; {people}).",
            **places,
        )
    return words.gettext(
        "We measured {difference}, but with {people} anything from {low} to {high} is compatible. "
        "Ask more people before acting.",
        **places,
    )


def _found(gap: Gap, difference: float, interval: Range, people: str, words: Words) -> str:
    near, far = sorted((abs(interval.low), abs(interval.high)))
    places = {
        "points": _points(difference, words),
        "low": words.number(near),
        "high": words.number(far),
        "people": people,
    }
    if gap.state == "small gap":
        return _small(difference, places, words)
    if difference > 0:
        return words.gettext(
            "Managers rate this {points} higher than customers "
            "(likely between {low} and {high}; {people}). This is a difference you would see again.",
            **places,
        )
    return words.gettext(
        "Customers rate this {points} higher than managers "
        "(likely between {low} and {high}; {people}). This is a difference you would see again.",
        **places,
    )


def _small(difference: float, places: dict[str, str], words: Words) -> str:
    if difference > 0:
        return words.gettext(
            "A real but small difference: managers rate this {points} higher than customers "
            "(likely between {low} and {high}; {people}).",
            **places,
        )
    return words.gettext(
        "A real but small difference: customers rate this {points} higher than managers "
        "(likely between {low} and {high}; {people}).",
        **places,
    )


def _points(difference: float, words: Words) -> str:
    size = half_up(abs(difference))
    return words.ngettext("{n} point", "{n} points", size, n=size)


def _people(management: Estimate, customers: Estimate, words: Words) -> str:
    return words.listed([words.managers(management.n or 0), words.customers(customers.n or 0)])


def _conversation(management: Estimate, customers: Estimate, words: Words) -> str:
    return words.gettext(
        "{managers}: {m}. {customers}: {c}. With so few answers this is a conversation, not a measurement.",
        managers=words.managers(management.n or 0),
        customers=words.customers(customers.n or 0),
        m=estimate_words(management, words),
        c=estimate_words(customers, words),
    )


def estimate_words(estimate: Estimate, words: Words) -> str:
    """A mean with its range: "74 (67 to 81)"; below ten answers the nominal half-width, "74 (±17)"."""
    if estimate.mean is None:
        return ""
    mean = words.number(estimate.mean)
    if estimate.interval is not None:
        return words.gettext("{mean} ({range})", mean=mean, range=words.between(estimate.interval))
    if estimate.nominal is not None:
        return words.gettext("{mean} (±{half})", mean=mean, half=words.number(estimate.nominal))
    return mean


def _one_side(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    for side in ("customer", "management"):
        estimate = index.groups.get(side)
        if estimate is not None and estimate.shown:
            return _only(side, estimate, words)
    return hidden_sentence(words, k=snapshot.wave.k)


def _only(side: str, estimate: Estimate, words: Words) -> str:
    value, n = estimate_words(estimate, words), estimate.n or 0
    if side == "customer":
        return words.gettext(
            "{people} rate this {value}. The managers' side is not shown, so there is nothing to compare.",
            people=words.customers(n),
            value=value,
        )
    return words.gettext(
        "{people} rate this {value}. The customers' side is not shown, so there is nothing to compare.",
        people=words.managers(n),
        value=value,
    )
