"""Gaps in the language of the questionnaire: statements are quoted, never paraphrased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.scoring.proportions import newcombe
from cultureassess.snapshot.types import ItemFigures, PairResult, Range, Snapshot

HARDLY_JUDGED = 20.0
"""Percent of the customers who cannot judge a statement from which another one is quoted, if there is one."""

COUNTS_FIRST = 50


@dataclass(frozen=True)
class Apart:
    """Managers' share minus the customers', in percentage points, with Newcombe's 95% interval."""

    difference: float
    interval: Range


def statement(text: str, snapshot: Snapshot) -> str:
    """The statement with the organisation's name in its place."""
    return text.replace("{ORG}", snapshot.wave.organisation).replace("{PERIOD}", snapshot.wave.period)


def comparable(pair: PairResult) -> bool:
    """Both sides are shown with counts, and the pair counts at all."""
    figures = pair.groups.get("management"), pair.groups.get("customer")
    shown = all(side is not None and side.shown and side.count is not None for side in figures)
    return shown and pair.used and pair.gap.difference is not None and pair.inside is not None


def apart(pair: PairResult) -> Apart | None:
    """How far the two shares are apart; None where one may not be shown."""
    sides = pair.groups.get("management"), pair.groups.get("customer")
    counts = [(side.count, side.n) for side in sides if side is not None and side.count is not None]
    (count_a, n_a), (count_b, n_b) = (*counts, (None, None), (None, None))[:2]
    if count_a is None or count_b is None or not n_a or not n_b:
        return None
    bounds = newcombe(count_a, n_a, count_b, n_b)
    if bounds is None:
        return None
    return Apart(100 * (count_a / n_a - count_b / n_b), Range(100 * bounds.low, 100 * bounds.high))


def established(found: Apart, *, rosier: bool) -> bool:
    """The range of the two shares' difference excludes 0, on the side that is asked for."""
    return found.interval.low > 0 if rosier else found.interval.high < 0


def illustrating(pairs: Iterable[PairResult], *, rosier: bool) -> tuple[PairResult, ...]:
    """The pairs that may illustrate a gap, furthest apart first: their own range excludes 0 on its side.

    Means must agree on that side. Empty where chance could have made every difference: then no statement
    is quoted rather than one that proves nothing. Statements that many customers could not judge are taken
    only where there are no others.
    """
    sign = 1 if rosier else -1
    sizes = {
        pair.id: (pair, sign * found.difference)
        for pair in pairs
        if comparable(pair)
        and sign * (pair.gap.difference or 0) > 0
        and (found := apart(pair)) is not None
        and established(found, rosier=rosier)
    }
    ordered = [pair for pair, _ in sorted(sizes.values(), key=lambda one: (-one[1], one[0].id))]
    judged = [pair for pair in ordered if (pair.groups["customer"].dont_know or 0) < HARDLY_JUDGED]
    return tuple(judged or ordered)


def widest(pairs: Iterable[PairResult], *, rosier: bool) -> PairResult | None:
    """The first of the pairs that may illustrate a gap; None where none may."""
    return next(iter(illustrating(pairs, rosier=rosier)), None)


def item_sentence(pair: PairResult, snapshot: Snapshot, words: Words) -> str | None:
    """ "14 of 16 managers (88%) agree: “...” 7 of 39 customers (18%) do." None where one is hidden.

    The statement is quoted in the inside wording. The difference is that of the two shares; it is the pair's
    own, which is exploratory. Of a statement that speaks against the company those who disagree are counted.
    """
    if not comparable(pair) or pair.inside is None:
        return None
    places = {
        "managers": _counted(pair.groups["management"], words, side="management"),
        "customers": _counted(pair.groups["customer"], words, side="customer"),
        "statement": words.quoted(statement(pair.inside, snapshot)),
    }
    found = apart(pair)
    if found is None or pair.gap.interval is None:
        return _plain(pair, places, words)
    low, high = words.ends(found.interval, NO_DIFFERENCE)
    places |= {
        "difference": words.points(found.difference, NO_DIFFERENCE),
        "low": low,
        "high": high,
    }
    if pair.reverse:
        return words.gettext(
            "{managers} disagree: {statement} {customers} do "
            "({difference} percentage points, likely {low} to {high}).",
            **places,
        )
    return words.gettext(
        "{managers} agree: {statement} {customers} do "
        "({difference} percentage points, likely {low} to {high}).",
        **places,
    )


def _plain(pair: PairResult, places: dict[str, str], words: Words) -> str:
    if pair.reverse:
        return words.gettext("{managers} disagree: {statement} {customers} do.", **places)
    return words.gettext("{managers} agree: {statement} {customers} do.", **places)


def _counted(figures: ItemFigures, words: Words, *, side: str) -> str:
    n = figures.n or 0
    people = words.managers(n) if side == "management" else words.customers(n)
    return counted_share(figures.count or 0, n, people, words)


def counted_share(count: int, n: int, people: str, words: Words) -> str:
    """ "14 of 16 managers (88%)"; from 50 answers "72% of 60 managers" (METHOD 2.7)."""
    percent = words.percent(100 * count / n)
    if n < COUNTS_FIRST:
        return words.gettext(
            "{count} of {people} ({percent})", count=words.number(count), people=people, percent=percent
        )
    return words.gettext("{percent} of {people}", percent=percent, people=people)
