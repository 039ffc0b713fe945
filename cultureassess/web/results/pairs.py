"""One item in both wordings, with what each audience answered (METHOD 2.5)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.figures.distribution import bounded_share
from cultureassess.report.narrative import statement
from cultureassess.snapshot.types import ItemFigures, PairResult
from cultureassess.web.results.cells import Cell, Setting
from cultureassess.web.results.strips import Bar, bars

Wordings = tuple[tuple[str, str], ...]
"""The pairs of an index, inside wording first."""

COUNTED_BELOW = 50
"""Below this n a count comes before its percentage (METHOD 2.7)."""


@dataclass(frozen=True)
class PairRow:
    """One audience's answers to an item. ``agree`` counts the two favourable points; ``bars`` from ten."""

    audience: str
    label: str
    agree: Cell
    percent: str | None
    cannot_judge: str | None
    bars: tuple[Bar, ...]

    @property
    def sentence(self) -> str:
        """The bars in words, for readers who do not see them."""
        return "; ".join(f"{bar.label}: {bar.count}" for bar in self.bars)


@dataclass(frozen=True)
class PairView:
    """``customer`` is None for a statement that only people inside were asked.

    ``reverse``: it speaks against the company, so that ``agree`` of its rows counts those who disagree.
    """

    id: str
    mindset: bool
    inside: str | None
    customer: str | None
    used: bool
    hard_to_see: bool
    reverse: bool
    rows: tuple[PairRow, ...]


def pair_view(setting: Setting, pair: PairResult, audiences: tuple[str, ...]) -> PairView:
    """A pair with one row per audience that was asked."""
    snapshot = setting.snapshot
    return PairView(
        id=pair.id,
        mindset=pair.tag == "mindset",
        inside=pair.inside and statement(pair.inside, snapshot),
        customer=pair.customer and statement(pair.customer, snapshot),
        used=pair.used,
        hard_to_see=pair.hard_to_see,
        reverse=pair.reverse,
        rows=tuple(
            pair_row(setting, code, pair.groups[code], reverse=pair.reverse)
            for code in audiences
            if code in pair.groups
        ),
    )


def wordings_of(setting: Setting, code: str) -> Wordings:
    """The pairs of an index that both sides were asked."""
    snapshot = setting.snapshot
    return tuple(
        (statement(pair.inside, snapshot), statement(pair.customer, snapshot))
        for pair in snapshot.pairs_of(code)
        if pair.inside and pair.customer
    )


def pair_row(setting: Setting, code: str, figures: ItemFigures, *, reverse: bool = False) -> PairRow:
    """What one audience answered to one item; a turned one shows full agreement first, on the left."""
    labels = setting.snapshot.instrument.scale_labels
    cannot = figures.dont_know
    return PairRow(
        audience=code,
        label=setting.audience(code),
        agree=agreement(setting, figures),
        percent=percentage(setting, figures),
        cannot_judge=None if not cannot else setting.words.percent(cannot),
        bars=bars(figures, labels[::-1] if reverse else labels),
    )


def agreement(setting: Setting, figures: ItemFigures) -> Cell:
    """How many answer favourably: ``7 of 39``; from fifty answers the percentage stands first."""
    if figures.n is None:
        return setting.withheld(figures.withheld)
    words = setting.words
    if figures.bounded:
        return Cell(text=bounded_share(figures.bounded, words), n=words.number(figures.n))
    if figures.count is None or figures.favourable is None:
        return setting.withheld(figures.withheld)
    counted = words.gettext("{count} of {n}", count=words.number(figures.count), n=words.number(figures.n))
    few = figures.n < COUNTED_BELOW
    return Cell(text=counted if few else words.percent(figures.favourable), n=words.number(figures.n))


def percentage(setting: Setting, figures: ItemFigures) -> str | None:
    """What stands in brackets behind the agreement: the percentage, or the number of answers."""
    if figures.n is None or figures.bounded or figures.favourable is None:
        return None
    words = setting.words
    if figures.n < COUNTED_BELOW:
        return words.percent(figures.favourable)
    return words.gettext("of {n}", n=words.number(figures.n))
