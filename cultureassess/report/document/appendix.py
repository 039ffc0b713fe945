"""The appendix: every number of the snapshot's indices, composites and items."""

from __future__ import annotations

from cultureassess.report.document.tables import (
    Cell,
    Table,
    columns,
    hidden,
    likely,
    number,
    people,
    score,
    text,
)
from cultureassess.report.figures.gap_plot import GROUPS, group_name
from cultureassess.report.narrative import state_word
from cultureassess.report.narrative.gaps import class_word
from cultureassess.report.words import Words
from cultureassess.snapshot.types import (
    CompositeResult,
    Estimate,
    Gap,
    IndexResult,
    ItemFigures,
    PairResult,
    Reliability,
    Snapshot,
)

ITEM_GROUPS = ("management", "staff", "customer")


def appendix(snapshot: Snapshot, words: Words) -> tuple[Table, ...]:
    """All numbers: means, gaps, items, reliability."""
    tables = (
        _means(snapshot, words),
        _gaps(snapshot, words),
        _items(snapshot, words),
        _reliability(snapshot, words),
    )
    return tuple(table for table in tables if table.rows)


def _means(snapshot: Snapshot, words: Words) -> Table:
    results: list[IndexResult | CompositeResult] = [*snapshot.indices, *snapshot.composites]
    rows = [
        _mean_row(result.code, group, result.groups[group], snapshot, words)
        for result in results
        for group in GROUPS
        if group in result.groups
    ]
    return Table(
        caption=words.gettext("Means of indices and composites"),
        heads=columns(words.gettext("Measure|Group|n|Mean|SD|Likely")),
        rows=tuple(rows),
        note=words.gettext("A composite is the average of people’s own averages, not of the indices’ means."),
    )


def _mean_row(
    code: str, group: str, estimate: Estimate, snapshot: Snapshot, words: Words
) -> tuple[Cell, ...]:
    sd = number(words.number(estimate.sd)) if estimate.sd is not None else Cell("–", "quiet")
    mean = score(estimate, words, snapshot.level_cuts)
    name = text(group_name(group, words))
    return (text(code), name, people(estimate, words), mean, sd, likely(estimate, words))


def _gaps(snapshot: Snapshot, words: Words) -> Table:
    results: list[IndexResult | CompositeResult] = [*snapshot.indices, *snapshot.composites]
    return Table(
        caption=words.gettext("Gaps: managers minus customers, in points"),
        heads=columns(words.gettext("Measure|Gap|Likely|g|Delta|Verdict|Class")),
        rows=tuple(_gap_row(result.code, result.gap, words) for result in results),
        note=words.gettext(
            "Verdicts are held to a common error rate over {m} indices (Holm). Composites stand outside this "
            "family and carry a range only. g: Hedges’ g with the average variance. Delta: Cliff’s delta.",
            m=snapshot.family_size,
        ),
    )


def _gap_row(code: str, gap: Gap, words: Words) -> tuple[Cell, ...]:
    if gap.difference is None:
        return (text(code), *(hidden(words, gap.withheld) for _ in range(6)))
    interval = number(words.signed_between(gap.interval)) if gap.interval else Cell("–", "quiet")
    effects = [_effect(value, words) for value in (gap.hedges_g, gap.cliffs_delta)]
    verdict = state_word(gap, words) if gap.state else "–"
    size = number(words.signed(gap.difference)) if gap.interval else Cell("–", "quiet")
    return (text(code), size, interval, *effects, text(verdict), text(class_word(gap, words) or "–"))


def _effect(value: float | None, words: Words) -> Cell:
    """Effect sizes are printed with two decimals (METHOD 2.0, step 15)."""
    if value is None:
        return Cell("–", "quiet")
    size = f"{abs(value):.2f}"
    return number(words.gettext("−{size}", size=size) if value < 0 and size != "0.00" else size)


def _items(snapshot: Snapshot, words: Words) -> Table:
    rows = [
        _item_row(pair, group, pair.groups[group], words)
        for pair in snapshot.pairs
        for group in ITEM_GROUPS
        if group in pair.groups
    ]
    return Table(
        caption=words.gettext("Items"),
        heads=columns(words.gettext("Item|Group|n|Mean|Agree|Neutral|Disagree|Cannot judge")),
        rows=tuple(rows),
        note=words.gettext(
            "Percentages of those who judged. Item gaps are exploratory and carry no verdict."
        ),
    )


def _item_row(pair: PairResult, group: str, figures: ItemFigures, words: Words) -> tuple[Cell, ...]:
    head = (text(pair.id), text(group_name(group, words)))
    if figures.n is None:
        return (*head, *(hidden(words, figures.withheld) for _ in range(6)))
    mean = number(words.number(figures.mean)) if figures.mean is not None else hidden(words)
    return (*head, number(words.number(figures.n)), mean, *_shares(figures, words))


def _shares(figures: ItemFigures, words: Words) -> tuple[Cell, ...]:
    dont_know = _percent(figures.dont_know, words)
    if figures.bounded is not None:
        low = figures.bounded == "5 or less"
        bound = words.gettext("5% or less") if low else words.gettext("95% or more")
        return (number(bound), Cell("–", "quiet"), Cell("–", "quiet"), dont_know)
    shares = (figures.favourable, figures.neutral, figures.unfavourable)
    return (*(_percent(share, words) for share in shares), dont_know)


def _percent(value: float | None, words: Words) -> Cell:
    return number(words.percent(value)) if value is not None else Cell("–", "quiet")


def _reliability(snapshot: Snapshot, words: Words) -> Table:
    rows = [
        _reliability_row(index, found, words)
        for index in snapshot.indices
        for found in index.reliability
        if found.n is not None
    ]
    return Table(
        caption=words.gettext("Reliability, from 30 answers"),
        heads=columns(words.gettext("Index|Group|n|Alpha|Omega|Spearman-Brown")),
        rows=tuple(rows),
    )


def _reliability_row(index: IndexResult, found: Reliability, words: Words) -> tuple[Cell, ...]:
    values = [_effect(value, words) for value in (found.alpha, found.omega, found.spearman_brown)]
    name = text(group_name(found.audience, words))
    return (text(index.code), name, number(words.number(found.n or 0)), *values)
