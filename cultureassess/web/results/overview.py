"""The top of the page in figures: the three numbers, and where customers place the organisation."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.narrative.headline import bound_words, measured
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, LevelCut, Range, Share
from cultureassess.web.results.cells import Cell, Setting, spread
from cultureassess.web.results.strips import Marker, marker, percent


@dataclass(frozen=True)
class Number:
    """One of the three numbers; ``bar`` is its length and ``low``, ``high`` its interval, in percent."""

    audience: str
    value: str
    caption: str
    people: str
    likely: str | None
    bar: str | None
    low: str | None
    high: str | None


@dataclass(frozen=True)
class Rung:
    """One maturity level on the 0-100 axis (METHOD 2.6). ``touched``: the customers' interval reaches it."""

    number: int
    name: str
    reads_as: str
    start: str
    begins: str
    width: str
    middle: str
    touched: bool


@dataclass(frozen=True)
class Ladder:
    """The levels, with the headline composite of each audience on them."""

    rungs: tuple[Rung, ...]
    markers: tuple[Marker, ...]
    labels: tuple[tuple[str, str, Cell], ...]


def numbers(setting: Setting) -> tuple[Number, ...]:
    """The three numbers; empty unless both sides have enough answers for a headline (METHOD 2.7)."""
    headline, words = setting.snapshot.headline, setting.words
    managers, customers = headline.groups.get("management"), headline.groups.get("customer")
    if managers is None or customers is None or not (measured(managers) and measured(customers)):
        return ()
    expected = headline.forecast.get("management")
    return (
        _share(setting, "management", managers, words.gettext("of managers say so")),
        *((_forecast(setting, expected),) if expected is not None and expected.shown else ()),
        _share(setting, "customer", customers, words.gettext("of customers say so")),
    )


def _share(setting: Setting, audience: str, share: Share, caption: str) -> Number:
    words, n = setting.words, share.n or 0
    people = words.managers(n) if audience == "management" else words.customers(n)
    if share.bounded is not None or share.percent is None:
        return Number(audience, bound_words(share, words), caption, people, None, None, None, None)
    counted = words.gettext("{count} of {people}", count=words.number(share.count or 0), people=people)
    ends = share.interval
    likely, low, high = _ends(ends, words)
    value = words.percent(share.percent)
    return Number(audience, value, caption, counted, likely, percent(share.percent), low, high)


def _forecast(setting: Setting, expected: Estimate) -> Number:
    words, mean, ends = setting.words, expected.mean or 0.0, expected.interval
    likely, low, high = _ends(ends, words)
    caption = words.gettext("of customers, managers expected")
    people = words.gettext("mean of {people}", people=words.managers(expected.n or 0))
    return Number("expected", words.percent(mean), caption, people, likely, percent(mean), low, high)


def _ends(ends: Range | None, words: Words) -> tuple[str | None, str | None, str | None]:
    """An interval in words, and its two ends as positions."""
    if ends is None:
        return None, None, None
    likely = words.gettext("likely {range}%", range=words.between(ends))
    return likely, percent(ends.low), percent(ends.high)


def ladder(setting: Setting) -> Ladder:
    """The overall level as a picture: every level the customers' interval touches is marked."""
    snapshot = setting.snapshot
    groups = snapshot.headline_composite.groups
    shown = [(code, groups[code]) for code in ("management", "staff", "customer") if code in groups]
    shown = [(code, figures) for code, figures in shown if figures.shown]
    level = snapshot.overall.get("customer")
    return Ladder(
        rungs=rungs(snapshot.level_cuts, level.touched if level else ()),
        markers=tuple(marker(code, figures) for code, figures in shown),
        labels=tuple((code, setting.audience(code), printed(setting, figures)) for code, figures in shown),
    )


def printed(setting: Setting, figures: Estimate) -> Cell:
    """A score on the ladder with its range, in words."""
    score = setting.words.score(figures.mean or 0.0, setting.snapshot.level_cuts)
    return Cell(text=score, range=spread(figures, setting.words))


def rungs(cuts: tuple[LevelCut, ...], touched: tuple[int, ...]) -> tuple[Rung, ...]:
    """The bands between the cut-points, with positions in percent of the axis."""
    ends = [*(cut.start for cut in cuts[1:]), 100.0]
    return tuple(
        Rung(
            number=cut.number,
            name=cut.name,
            reads_as=cut.reads_as,
            start=percent(cut.start),
            begins=f"{cut.start:g}",
            width=percent(end - cut.start),
            middle=percent((cut.start + end) / 2),
            touched=cut.number in touched,
        )
        for cut, end in zip(cuts, ends, strict=True)
    )
