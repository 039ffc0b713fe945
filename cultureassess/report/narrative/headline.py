"""The three numbers: managers' own view, what they expected, what customers say (METHOD 1.7, 2.7)."""

from __future__ import annotations

from typing import TypeGuard

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.narrative.gaps import MEASURED
from cultureassess.report.narrative.withheld import reason_sentence
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.snapshot.types import Headline, Share, Snapshot

COUNTS_FIRST = 50


def measured(share: Share | None) -> bool:
    """Tell whether a side has enough answers for a headline."""
    return share is not None and share.n is not None and share.n >= MEASURED


def headline_sentences(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    """Say the three numbers as far as each may be said."""
    headline = snapshot.headline
    if headline.outcome is None:
        return (
            words.gettext("This questionnaire asks no overall question, so there are no headline numbers."),
        )
    managers, customers = headline.groups.get("management"), headline.groups.get("customer")
    if managers is not None and customers is not None and measured(managers) and measured(customers):
        return _three(snapshot, managers, customers, words)
    if _conversing(managers) and _conversing(customers):
        return (_conversation(managers, customers, snapshot, words),)
    parts = [_side(snapshot, "management", managers, words), _side(snapshot, "customer", customers, words)]
    return tuple(part for part in parts if part)


def _conversing(share: Share | None) -> TypeGuard[Share]:
    """A side of which somebody is shown, but too few to be measured."""
    return share is not None and share.n is not None and share.n < MEASURED


def _conversation(managers: Share, customers: Share, snapshot: Snapshot, words: Words) -> str:
    """Neither side is measured: who answered what, once."""
    places = {"managers": words.managers(managers.n or 0), "customers": words.customers(customers.n or 0)}
    if snapshot.headline.outcome != "OV1":
        return words.gettext(
            "{managers} and {customers} answered: a conversation, not a measurement.", **places
        )
    return words.gettext(
        "{managers} and {customers} answered how strongly {org} puts its customers first: a conversation, "
        "not a measurement.",
        org=snapshot.wave.organisation,
        **places,
    )


def difference_sentence(snapshot: Snapshot, words: Words) -> str | None:
    """Say how far the two shares are apart, with Newcombe's range; None without both."""
    headline = snapshot.headline
    apart, interval = headline.difference, headline.difference_interval
    if apart is None or interval is None or not _both(headline):
        return None
    if interval.low <= 0 <= interval.high:
        low, high = words.ends(interval, NO_DIFFERENCE)
        return words.gettext(
            "We measured {difference} percentage points, but anything from {low} to {high} is compatible.",
            difference=words.points(apart, NO_DIFFERENCE),
            low=low,
            high=high,
        )
    near, far = words.sizes(sorted((abs(interval.low), abs(interval.high))), NO_DIFFERENCE)
    places = {
        "points": words.size(apart, NO_DIFFERENCE),
        "low": near,
        "high": far,
    }
    if apart > 0:
        return words.gettext(
            "Managers say so more often than customers, by {points} percentage points "
            "(likely between {low} and {high}).",
            **places,
        )
    return words.gettext(
        "Customers say so more often than managers, by {points} percentage points "
        "(likely between {low} and {high}).",
        **places,
    )


def _both(headline: Headline) -> bool:
    return measured(headline.groups.get("management")) and measured(headline.groups.get("customer"))


def _three(snapshot: Snapshot, managers: Share, customers: Share, words: Words) -> tuple[str, ...]:
    parts = [_said(managers, words.managers(managers.n or 0), snapshot, words)]
    expected = snapshot.headline.forecast.get("management")
    if expected is not None and expected.mean is not None:
        parts.append(_expected(expected.mean, words))
        parts.append(_did(customers, words))
    else:
        parts.append(_said(customers, words.customers(customers.n or 0), snapshot, words))
    return tuple(parts)


def _expected(mean: float, words: Words) -> str:
    return words.gettext("They expected {n} of 100 customers to say so.", n=words.number(mean))


def _did(share: Share, words: Words) -> str:
    n = share.n or 0
    if share.bounded is not None:
        return words.gettext("{bound} of {n} did.", bound=bound_words(share, words), n=words.number(n))
    count, percent = words.number(share.count or 0), words.percent(share.percent or 0)
    if n < COUNTS_FIRST:
        return words.gettext(
            "{count} of {n} did ({percent}).", count=count, n=words.number(n), percent=percent
        )
    return words.gettext("{percent} did ({count} of {n}).", count=count, n=words.number(n), percent=percent)


def bound_words(share: Share, words: Words) -> str:
    """The words that stand for the share of a small group in which everybody agrees (METHOD 4.3 X)."""
    if share.bounded == "5 or less":
        return words.gettext("5% or less")
    return words.gettext("95% or more")


def _said(share: Share, people: str, snapshot: Snapshot, words: Words) -> str:
    """One side's answer; instruments other than ours quote their own question."""
    if snapshot.headline.outcome != "OV1":
        return _said_generic(share, people, snapshot, words)
    org, n = snapshot.wave.organisation, share.n or 0
    if share.bounded is not None:
        bound = bound_words(share, words)
        return words.gettext(
            "{bound} of {people} say {org} strongly puts its customers first.",
            bound=bound,
            people=people,
            org=org,
        )
    places = {"count": words.number(share.count or 0), "percent": words.percent(share.percent or 0)}
    if n < COUNTS_FIRST:
        return words.ngettext(
            "{count} of {people} ({percent}) says {org} strongly puts its customers first.",
            "{count} of {people} ({percent}) say {org} strongly puts its customers first.",
            share.count or 0,
            people=people,
            org=org,
            **places,
        )
    return words.gettext(
        "{percent} of {people} ({count}) say {org} strongly puts its customers first.",
        people=people,
        org=org,
        **places,
    )


def _said_generic(share: Share, people: str, snapshot: Snapshot, words: Words) -> str:
    headline = snapshot.headline
    chosen = words.alternatives([words.quoted(word) for word in headline.yes_words])
    if share.bounded is not None:
        amount = bound_words(share, words)
        return words.gettext(
            "{bound} of {people} answered {words}.", bound=amount, people=people, words=chosen
        )
    return words.gettext(
        "{count} of {people} ({percent}) answered {words}.",
        count=words.number(share.count or 0),
        people=people,
        percent=words.percent(share.percent or 0),
        words=chosen,
    )


def _side(snapshot: Snapshot, side: str, share: Share | None, words: Words) -> str | None:
    """One side alone: its number if it is measured, else why there is none."""
    name = words.gettext("managers") if side == "management" else words.gettext("customers")
    if share is None or share.n is None:
        why = (share.withheld if share is not None else Reason.NOT_ASKED) or Reason.FEW
        return words.gettext(
            "What {side} answered is not shown. {why}",
            side=name,
            why=reason_sentence(why, words, k=snapshot.wave.k),
        )
    people = words.managers(share.n) if side == "management" else words.customers(share.n)
    if share.n < MEASURED:
        return words.gettext("{people} answered: a conversation, not a measurement.", people=people)
    return _said(share, people, snapshot, words)
