"""The appendix: every number of the snapshot that no page before it has printed."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    without_dashes,
)
from cultureassess.report.document.tested import gaps, importance, partner_gaps, reliability, steps
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.words import Words
from cultureassess.snapshot.types import (
    CompositeResult,
    Estimate,
    IndexResult,
    ItemFigures,
    PairResult,
    Share,
    Snapshot,
)

GROUPS = ("management", "staff", "inside", "customer", "partner")


def told_groups(snapshot: Snapshot) -> tuple[str, ...]:
    """The groups to list: partners only where something may be shown of them."""
    partners = any(c.audience == "partner" and c.usable is not None for c in snapshot.coverage)
    return GROUPS if partners else GROUPS[:-1]


@dataclass(frozen=True)
class Appendix:
    """``beside`` are tables narrow enough to stand two in a row; ``across`` take the whole width."""

    beside: tuple[Table, ...]
    across: tuple[Table, ...]
    tested: tuple[Table, ...]


def appendix(snapshot: Snapshot, words: Words) -> Appendix:
    """All numbers: means, outcomes, items, gaps, reliability, importance."""
    return Appendix(
        beside=_filled(_means(snapshot, words), _rest(snapshot, words), steps(snapshot, words)),
        across=_filled(
            _shares(snapshot, words),
            gaps(snapshot, words),
            partner_gaps(snapshot, words),
            _items(snapshot, words),
        ),
        tested=_filled(reliability(snapshot, words), importance(snapshot, words)),
    )


def _filled(*tables: Table) -> tuple[Table, ...]:
    """Tables that have rows; one whose columns have widths of their own keeps them all."""
    return tuple(table if table.name else without_dashes(table) for table in tables if table.rows)


def _means(snapshot: Snapshot, words: Words) -> Table:
    return Table(
        caption=words.gettext("Indices: pairs only"),
        heads=columns(words.gettext("Measure|Group|n|Mean|SD|Likely")),
        rows=tuple(row for index in snapshot.indices for row in _mean_rows(index, snapshot, words)),
    )


def _rest(snapshot: Snapshot, words: Words) -> Table:
    """Composites, the full inside indices, mindset and behaviour, early and late answers."""
    rows = [row for composite in snapshot.composites for row in _mean_rows(composite, snapshot, words)]
    full = words.gettext("full")
    for index in snapshot.indices:
        rows += _rows(f"{index.code} {full}", index.full, snapshot, words)
    parts = snapshot.mindset_behaviour
    rows += [
        _difference_row(words.gettext("Mindset − behaviour"), group, parts.difference[group], words)
        for group in told_groups(snapshot)
        if group in parts.difference
    ]
    for found in snapshot.late:
        for name, estimate in ((words.gettext("Early"), found.early), (words.gettext("Late"), found.late)):
            if found.difference is not None:
                audience = "customer" if found.side == "outside" else "inside"
                rows += _rows(name, {audience: estimate}, snapshot, words)
    return Table(
        caption=words.gettext("Composites and full inside indices"),
        heads=columns(words.gettext("Measure|Group|n|Mean|SD|Likely")),
        rows=tuple(rows),
        note=words.gettext(
            "A composite is the average of people’s own averages, not of the indices’ means. “Full” adds the "
            "statements asked inside only; it is never compared with customers."
        ),
    )


def _mean_rows(
    result: IndexResult | CompositeResult, snapshot: Snapshot, words: Words
) -> list[tuple[Cell, ...]]:
    return _rows(result.code, result.groups, snapshot, words)


def _rows(name: str, groups: dict[str, Estimate], snapshot: Snapshot, words: Words) -> list[tuple[Cell, ...]]:
    return [
        _row(name, group, groups[group], snapshot, words)
        for group in told_groups(snapshot)
        if group in groups
    ]


def _row(name: str, group: str, estimate: Estimate, snapshot: Snapshot, words: Words) -> tuple[Cell, ...]:
    head = (text(name), text(group_name(group, words)))
    if estimate.mean is None:
        return (*head, replace(hidden(words, estimate.withheld), span=4))
    sd = number(words.number(estimate.sd)) if estimate.sd is not None else Cell("–", "quiet")
    return (
        *head,
        people(estimate, words),
        score(estimate, words, snapshot.level_cuts),
        sd,
        likely(estimate, words, snapshot.level_cuts),
    )


def _difference_row(name: str, group: str, estimate: Estimate, words: Words) -> tuple[Cell, ...]:
    """The mean of people's own differences: it has a sign, and leaves the scale of 0 to 100."""
    head = (text(name), text(group_name(group, words)))
    if estimate.mean is None:
        return (*head, replace(hidden(words, estimate.withheld), span=4))
    found = estimate.interval
    return (
        *head,
        people(estimate, words),
        number(words.signed(estimate.mean)),
        number(words.number(estimate.sd)) if estimate.sd is not None else Cell("–", "quiet"),
        number(words.signed_between(found)) if found is not None else likely(estimate, words),
    )


def _shares(snapshot: Snapshot, words: Words) -> Table:
    """The outcome question and the forecast, group by group."""
    found = snapshot.headline
    rows = [
        _share_row(group, found.groups[group], found.forecast.get(group), words)
        for group in told_groups(snapshot)
        if group in found.groups
    ]
    return Table(
        caption=words.gettext("Who says that customers come first"),
        heads=columns(words.gettext("Group|n|Say so|Percent|Likely|Expected of customers|Likely|n")),
        rows=tuple(rows),
    )


def _share_row(group: str, share: Share, forecast: Estimate | None, words: Words) -> tuple[Cell, ...]:
    expected = (score(forecast, words), likely(forecast, words), people(forecast, words))
    name = text(group_name(group, words))
    if share.n is None:
        return (name, *(hidden(words, share.withheld) for _ in range(4)), *expected)
    if share.bounded is not None:
        low = share.bounded == "5 or less"
        bound = words.gettext("5% or less") if low else words.gettext("95% or more")
        return (
            name,
            number(words.number(share.n)),
            Cell("–", "quiet"),
            number(bound),
            Cell("–", "quiet"),
            *expected,
        )
    interval = number(words.between(share.interval)) if share.interval else Cell("–", "quiet")
    counted = (number(words.number(share.count or 0)), number(words.percent(share.percent or 0)))
    return (name, number(words.number(share.n)), *counted, interval, *expected)


def _items(snapshot: Snapshot, words: Words) -> Table:
    rows = [
        _item_row(pair, group, pair.groups[group], words)
        for pair in snapshot.pairs
        for group in told_groups(snapshot)
        if group in pair.groups
    ]
    points = words.gettext("Points 1 to {last}", last=snapshot.instrument.scale_points)
    heads = columns(words.gettext("Item|Group|n|Mean|Agree|Neutral|Disagree|Cannot judge"))
    return Table(
        caption=words.gettext("Items"),
        heads=(*heads, points, words.gettext("Gap (likely)")),
        rows=tuple(rows),
        note=words.gettext(
            "Percentages of those who judged; points: how many chose each. Gaps of items, differences of the "
            "means, stand in the customers’ row; they are exploratory and carry no verdict. Turned: agreeing "
            "is unfavourable; mean and gap are turned round, percentages and points are not."
        ),
        name="items",
    )


def _item_row(pair: PairResult, group: str, figures: ItemFigures, words: Words) -> tuple[Cell, ...]:
    code = words.gettext("{code} (turned)", code=pair.id) if pair.reverse else pair.id
    head = (text(code), text(group_name(group, words)))
    if figures.n is None:
        return (
            *head,
            *(hidden(words, figures.withheld) for _ in range(6)),
            Cell("–", "quiet"),
            Cell("–", "quiet"),
        )
    mean = number(words.number(figures.mean)) if figures.mean is not None else hidden(words)
    counted = number(words.number(figures.n))
    shares, points = _parts(figures, words, reverse=pair.reverse), _points(pair, figures, words)
    return (*head, counted, mean, *shares, points, _gap(pair, group, words))


def _points(pair: PairResult, figures: ItemFigures, words: Words) -> Cell:
    """The counts in the order of the scale, as people answered."""
    if figures.distribution is None:
        return Cell("–", "quiet")
    counts = figures.distribution[::-1] if pair.reverse else figures.distribution
    return number(" · ".join(words.number(count) for count in counts))


def _gap(pair: PairResult, group: str, words: Words) -> Cell:
    if group != "customer" or pair.gap.difference is None or pair.gap.interval is None:
        return Cell("–", "quiet")
    size, interval = words.points(pair.gap.difference), words.signed_between(pair.gap.interval)
    return number(words.gettext("{mean} ({range})", mean=size, range=interval))


def _parts(figures: ItemFigures, words: Words, *, reverse: bool) -> tuple[Cell, ...]:
    """Agree, neutral, disagree, cannot judge: as people answered, not as it is scored."""
    dont_know = _percent(figures.dont_know, words)
    if figures.bounded is not None:
        low = figures.bounded == "5 or less"
        bound = words.gettext("5% or less") if low else words.gettext("95% or more")
        dash = Cell("–", "quiet")
        return (dash, dash, number(bound), dont_know) if reverse else (number(bound), dash, dash, dont_know)
    shares = (figures.favourable, figures.neutral, figures.unfavourable)
    if reverse:
        shares = shares[::-1]
    return (*(_percent(share, words) for share in shares), dont_know)


def _percent(value: float | None, words: Words) -> Cell:
    return number(words.percent(value)) if value is not None else Cell("–", "quiet")
