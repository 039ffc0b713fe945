"""Gaps in the language of the questionnaire: statements are quoted, never paraphrased."""

from __future__ import annotations

from collections.abc import Iterable

from cultureassess.report.words import Words
from cultureassess.snapshot.types import ItemFigures, PairResult, Snapshot


def statement(text: str, snapshot: Snapshot) -> str:
    """The statement with the organisation's name in its place."""
    return text.replace("{ORG}", snapshot.wave.organisation).replace("{PERIOD}", snapshot.wave.period)


def comparable(pair: PairResult) -> bool:
    """Both sides are shown with counts, and the pair counts at all."""
    figures = pair.groups.get("management"), pair.groups.get("customer")
    shown = all(side is not None and side.shown and side.count is not None for side in figures)
    return shown and pair.used and pair.gap.difference is not None and pair.inside is not None


def widest(pairs: Iterable[PairResult], *, rosier: bool) -> PairResult | None:
    """The pair with the largest gap in one direction, as counts and means agree on that direction."""
    sign = 1 if rosier else -1
    candidates = [pair for pair in pairs if comparable(pair) and _leans(pair, sign)]
    return max(candidates, key=lambda pair: sign * (pair.gap.difference or 0), default=None)


def item_sentence(pair: PairResult, snapshot: Snapshot, words: Words) -> str | None:
    """ "14 of 16 managers agree: “...” 7 of 39 customers do." None where a side may not be counted.

    The statement is quoted in the inside wording; the range is the pair's own, which is exploratory.
    """
    if not comparable(pair) or pair.inside is None:
        return None
    quoted = words.quoted(statement(pair.inside, snapshot))
    places = {
        "managers": _counted(pair.groups["management"], words, side="management"),
        "customers": _counted(pair.groups["customer"], words, side="customer"),
        "statement": quoted,
    }
    if pair.gap.interval is None or pair.gap.difference is None:
        return words.gettext("{managers} agree: {statement} {customers} do.", **places)
    return words.gettext(
        "{managers} agree: {statement} {customers} do ({difference} points, likely {low} to {high}).",
        difference=words.signed(pair.gap.difference),
        low=words.signed(pair.gap.interval.low),
        high=words.signed(pair.gap.interval.high),
        **places,
    )


def _leans(pair: PairResult, sign: int) -> bool:
    management, customers = pair.groups["management"], pair.groups["customer"]
    shares = (management.favourable or 0) - (customers.favourable or 0)
    return sign * (pair.gap.difference or 0) > 0 and sign * shares > 0


def _counted(figures: ItemFigures, words: Words, *, side: str) -> str:
    n, count = figures.n or 0, figures.count or 0
    people = words.managers(n) if side == "management" else words.customers(n)
    if n < 50:
        return words.gettext("{count} of {people}", count=words.number(count), people=people)
    percent = words.percent(figures.favourable or 0)
    return words.gettext("{percent} of {people}", percent=percent, people=people)
