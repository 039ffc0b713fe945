"""The verdict on one index, and the gaps to work on (METHOD 3.6, 3.10 and 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.narrative.statements import item_sentence, widest
from cultureassess.report.narrative.withheld import hidden_sentence
from cultureassess.report.words import Words, half_up
from cultureassess.snapshot.types import Estimate, Gap, IndexResult, Range, Snapshot

FOUND = ("clear gap", "small gap")
MOST = 3
"""Gaps to work on at a time: more are nobody's priority."""

MEASURED = 10
"""Answers of a side from which it is measured; below, it is a conversation (METHOD 2.7)."""

"""What decides about a verdict: no rounding of a difference or of its range may seem to reach it."""


@dataclass(frozen=True)
class GapSentence:
    """A gap to work on: the index in a sentence, and the pair that illustrates it in item language."""

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
        return hidden_sentence(gap.withheld, words, k=snapshot.wave.k)
    if gap.state is None or gap.interval is None:
        return _conversation(management, customers, snapshot, words)
    return _stated(index, gap.difference, gap.interval, _people(management, customers, words), words)


def first_priority(snapshot: Snapshot) -> IndexResult | None:
    """The first gap to work on; without one, the gap in customers' favour that has the highest priority."""
    work = to_work_on(snapshot)
    found = [index for index in snapshot.indices if index.gap.state in FOUND]
    return work[0] if work else next(iter(_in_order(found, snapshot)), None)


def to_work_on(snapshot: Snapshot) -> tuple[IndexResult, ...]:
    """The at most three gaps to work on, in the order of the priorities (METHOD 6.2).

    These are established gaps in which managers are the rosier side; one in customers' favour is none.
    """
    return _in_order([index for index in snapshot.indices if rosy(index)], snapshot)[:MOST]


def rosy(index: IndexResult) -> bool:
    """Managers see it rosier than customers, as the answers establish."""
    return index.gap.state in FOUND and (index.gap.difference or 0.0) > 0


def _in_order(indices: Sequence[IndexResult], snapshot: Snapshot) -> tuple[IndexResult, ...]:
    """The highest priority first; those that have none follow, the largest gap first."""
    valued = {one.index: one.value for one in snapshot.priorities if one.value is not None}
    return tuple(
        sorted(indices, key=lambda index: (-valued.get(index.code, -1.0), -abs(index.gap.difference or 0.0)))
    )


def gap_sentences(snapshot: Snapshot, words: Words) -> tuple[GapSentence, ...]:
    """The gaps to work on in sentences, most important first."""
    return tuple(_gap_sentence(index, snapshot, words) for index in to_work_on(snapshot))


def enough_people(snapshot: Snapshot) -> bool:
    """Ten managers and ten customers answered usably, whatever may be shown of them."""
    usable = {found.audience: found.usable or 0 for found in snapshot.coverage}
    return min(usable.get("management", 0), usable.get("customer", 0)) >= MEASURED


def customers_alone(snapshot: Snapshot) -> bool:
    """Ten customers and more answered and are shown, but fewer than ten managers."""
    usable = {found.audience: found.usable or 0 for found in snapshot.coverage}
    score = snapshot.headline_score("customer")
    shown = score is not None and score.mean is not None and (score.n or 0) >= MEASURED
    return shown and usable.get("management", 0) < MEASURED


def _gap_sentence(index: IndexResult, snapshot: Snapshot, words: Words) -> GapSentence:
    pair = widest(snapshot.pairs_of(index.code), rosier=(index.gap.difference or 0) > 0)
    item = item_sentence(pair, snapshot, words) if pair else None
    return GapSentence(index.code, index.name, verdict(index, snapshot, words), item)


def _stated(index: IndexResult, difference: float, interval: Range, people: str, words: Words) -> str:
    if index.gap.state in FOUND:
        return _found(index.gap, difference, interval, people, words)
    low, high = words.ends(interval)
    places = {
        "difference": words.points(difference),
        "low": low,
        "high": high,
        "people": people,
    }
    if index.gap.state == "aligned":
        return words.gettext(
            "Managers and customers see this alike, within 10 points "
            "(measured {difference}, likely between {low} and {high}; {people}).",
            **places,
        )
    if index.camps:
        return words.gettext(
            "We measured {difference}, but with {people} anything from {low} to {high} is compatible. "
            "Managers are split among themselves: find out why before asking more people.",
            **places,
        )
    return words.gettext(
        "We measured {difference}, but with {people} anything from {low} to {high} is compatible. "
        "Ask more people before acting.",
        **places,
    )


def _found(gap: Gap, difference: float, interval: Range, people: str, words: Words) -> str:
    near, far = words.sizes(sorted((abs(interval.low), abs(interval.high))))
    places = {
        "points": _points(difference, words),
        "low": near,
        "high": far,
        "people": people,
    }
    if gap.state == "small gap":
        return _small(difference, places, words)
    if difference > 0:
        return words.gettext(
            "Managers rate this {points} higher than customers "
            "(likely between {low} and {high}; {people}). This difference is unlikely to be chance.",
            **places,
        )
    return words.gettext(
        "Customers rate this {points} higher than managers "
        "(likely between {low} and {high}; {people}). This difference is unlikely to be chance.",
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
    n = words.size(difference)
    return words.ngettext("{n} point", "{n} points", half_up(abs(difference)), n=n)


def _people(management: Estimate, customers: Estimate, words: Words) -> str:
    return words.listed([words.managers(management.n or 0), words.customers(customers.n or 0)])


def _conversation(management: Estimate, customers: Estimate, snapshot: Snapshot, words: Words) -> str:
    return words.gettext(
        "{managers}: {m}. {customers}: {c}. Where a side has so few answers, this is a conversation, not a "
        "measurement.",
        managers=words.managers(management.n or 0),
        customers=words.customers(customers.n or 0),
        m=estimate_words(management, snapshot, words),
        c=estimate_words(customers, snapshot, words),
    )


def estimate_words(estimate: Estimate, snapshot: Snapshot, words: Words) -> str:
    """A mean with its range: "74 (67 to 81)"; below ten answers the nominal half-width, "74 (±17)"."""
    if estimate.mean is None:
        return ""
    cuts = snapshot.level_cuts
    mean = words.score(estimate.mean, cuts)
    if estimate.interval is not None:
        likely = words.between(estimate.interval, cuts)
        return words.gettext("{mean} ({range})", mean=mean, range=likely)
    if estimate.nominal is not None:
        return words.gettext("{mean} (±{half})", mean=mean, half=words.number(estimate.nominal))
    return mean


def _one_side(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    for side in ("customer", "management"):
        estimate = index.groups.get(side)
        if estimate is not None and estimate.shown:
            return _only(side, estimate, snapshot, words)
    return hidden_sentence(index.gap.withheld, words, k=snapshot.wave.k)


def _only(side: str, estimate: Estimate, snapshot: Snapshot, words: Words) -> str:
    value, n = estimate_words(estimate, snapshot, words), estimate.n or 0
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
