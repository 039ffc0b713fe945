"""The sheets of what was measured: means, items, and how people inside are treated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cultureassess.report.document.tables import columns
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import statement
from cultureassess.report.narrative.statements import COUNTS_FIRST
from cultureassess.report.sheets.types import (
    GROUPS,
    Column,
    Sheet,
    Signed,
    Value,
    bounded,
    ends,
    half_note,
    half_width,
    half_widths,
    note,
    points,
    points_and_ends,
    score,
    score_ends,
    share,
)
from cultureassess.report.words import Words
from cultureassess.snapshot.types import (
    BlockResult,
    CompositeResult,
    Estimate,
    IndexResult,
    ItemFigures,
    PairResult,
    Snapshot,
)


def means_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Every mean with its spread and range, and below ten answers with its ±."""
    few = half_widths(*(estimate for *_, estimate in _means(snapshot, words)))
    told = words.gettext("Scores from 0 to 100. Likely: a 95% interval, from ten answers.")
    return Sheet(
        words.gettext("Means"),
        (
            Column(words.gettext("Measure"), width=24),
            Column(words.gettext("Name"), width=28),
            Column(words.gettext("Group"), width=16),
            Column(words.gettext("n"), "count", 8),
            Column(words.gettext("Mean"), "score"),
            Column(words.gettext("SD"), "score"),
            Column(words.gettext("Likely from"), "score"),
            Column(words.gettext("Likely to"), "score"),
            *((Column("±", "score", 8),) if few else ()),
        ),
        tuple(_mean_row(*found, snapshot, words, few=few) for found in _means(snapshot, words)),
        frozen=3,
        note=f"{told} {half_note(words)}" if few else told,
    )


def _means(snapshot: Snapshot, words: Words) -> Iterator[tuple[str, str, str, Estimate]]:
    """Code, name, group, figures: of indices and composites, then of what the pages print beside them."""
    results: list[IndexResult | CompositeResult] = [*snapshot.indices, *snapshot.composites]
    for result in results:
        yield from _grouped(result.code, result.name, result.groups)
    for index in snapshot.indices:
        yield from _grouped(words.gettext("{code}, full", code=index.code), index.name, index.full)
    parts = snapshot.mindset_behaviour
    heads = columns(words.gettext("Group|Mindset|Likely|Behaviour|Likely|n"))
    yield from _grouped(heads[1], "", parts.mindset)
    yield from _grouped(heads[3], "", parts.behaviour)
    yield from _grouped(words.gettext("Mindset − behaviour"), "", parts.difference)
    for block in snapshot.blocks:
        yield from _grouped(words.gettext("Whole block"), block.name, block.groups)
    for found in snapshot.late:
        if found.difference is not None:
            side = "customer" if found.side == "outside" else "inside"
            yield words.gettext("Early"), "", side, found.early
            yield words.gettext("Late"), "", side, found.late


def _grouped(code: str, name: str, found: Mapping[str, Estimate]) -> Iterator[tuple[str, str, str, Estimate]]:
    for group in GROUPS:
        if group in found:
            yield code, name, group, found[group]


def _mean_row(
    code: str, name: str, group: str, estimate: Estimate, snapshot: Snapshot, words: Words, *, few: bool
) -> tuple[Value, ...]:
    head = (code, name, group_name(group, words))
    half = (half_width(estimate),) if few else ()
    if estimate.mean is None:
        return (*head, note(estimate.withheld, snapshot, words), *(None for _ in range(4 + few)))
    sd = score(estimate.sd)
    if code == words.gettext("Mindset − behaviour"):
        mean, low, high = map(_signed, (points(estimate.mean), *ends(estimate.interval)))
    else:
        mean = score(estimate.mean, snapshot.level_cuts)
        low, high = score_ends(estimate.interval, snapshot.level_cuts)
    return (*head, estimate.n, mean, sd, low, high, *half)


def _signed(value: float | None) -> float | None:
    return Signed(value) if value is not None else None


def items_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Every statement in every audience."""
    answers = tuple(
        Column(f"{place} {label}", "count", 12)
        for place, label in enumerate(snapshot.instrument.scale_labels, 1)
    )
    return Sheet(
        words.gettext("Items"),
        (
            Column(words.gettext("Item"), width=8),
            Column(words.gettext("Index"), width=8),
            Column(words.gettext("Group"), width=16),
            Column(words.gettext("Statement"), width=60),
            Column("n", "count", 8),
            Column(words.gettext("Mean"), "score", 8),
            Column(words.gettext("Agree"), "percent", 12),
            Column(words.gettext("Neutral"), "percent", 12),
            Column(words.gettext("Disagree"), "percent", 12),
            Column(words.gettext("Cannot judge"), "percent", 12),
            *answers,
            Column(words.gettext("Gap"), "points"),
            Column(words.gettext("Likely from"), "points"),
            Column(words.gettext("Likely to"), "points"),
        ),
        tuple(
            _item_row(pair, group, snapshot, words)
            for pair in snapshot.pairs
            for group in GROUPS
            if group in pair.groups
        ),
        frozen=3,
        note=" ".join(_items_note(snapshot, words)),
    )


def _items_note(snapshot: Snapshot, words: Words) -> Iterator[str]:
    if any(pair.gap.interval is not None for pair in snapshot.pairs):
        yield words.gettext(
            "Gaps of items, differences of the means, stand in the customers’ row; they are exploratory and "
            "carry no verdict."
        )
    if any(pair.reverse for pair in snapshot.pairs):
        yield words.gettext(
            "Turned: agreeing is unfavourable; mean and gap are turned round, percentages and points are not."
        )


def _item_row(pair: PairResult, group: str, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    outside = group in ("customer", "partner")
    wording = statement((pair.customer if outside else pair.inside) or "", snapshot)
    code = words.gettext("{code} (turned)", code=pair.id) if pair.reverse else pair.id
    head = (code, pair.index, group_name(group, words), wording)
    figures = pair.groups[group]
    return (*head, *_item(figures, snapshot, words, reverse=pair.reverse), *_item_gap(pair, group))


def _item_gap(pair: PairResult, group: str) -> tuple[Value, ...]:
    """The gap of an item stands in the customers' row."""
    gap, told = pair.gap, pair.groups[group].n is not None
    if group != "customer" or not told or gap.difference is None or gap.interval is None:
        return (None, None, None)
    return points_and_ends(gap.difference, gap.interval)


def _item(figures: ItemFigures, snapshot: Snapshot, words: Words, *, reverse: bool) -> tuple[Value, ...]:
    """Percentages and points as people answered; the mean as it is scored."""
    length = snapshot.instrument.scale_points
    if figures.n is None:
        return (note(figures.withheld, snapshot, words), *(None for _ in range(5 + length)))
    counts: tuple[Value, ...] = figures.distribution or tuple(None for _ in range(length))
    if reverse:
        counts = counts[::-1]
    mean = score(figures.mean, ())
    dont_know = share(figures.dont_know)
    if figures.bounded is not None:
        bound = bounded(figures.bounded, words)
        told = (None, None, bound) if reverse else (bound, None, None)
        return (figures.n, mean, *told, dont_know, *counts)
    shares = tuple(share(part) for part in (figures.favourable, figures.neutral, figures.unfavourable))
    return (figures.n, mean, *(shares[::-1] if reverse else shares), dont_know, *counts)


def inside_sheet(snapshot: Snapshot, words: Words) -> Sheet | None:
    """What only people inside were asked, statement by statement; None where nothing of it was asked.

    As on the pages, the percentage is told from fifty answers, below how many agree; of a statement that
    speaks against the company how many disagree.
    """
    if not snapshot.blocks:
        return None
    turned = any(block.reverse for block in snapshot.blocks)
    return Sheet(
        words.gettext("The view inside"),
        (
            Column(words.gettext("Item"), width=8),
            Column(words.gettext("Statement"), width=60),
            Column(words.gettext("Group"), width=16),
            Column("n", "count", 8),
            Column(words.gettext("Agree"), "count", 14),
            *((Column(words.gettext("Disagree"), "count", 14),) if turned else ()),
            Column(words.gettext("Percent"), "percent", 14),
        ),
        tuple(
            (*head, *_agreeing(figures, snapshot, words, reverse=code in block.reverse, turned=turned))
            for block in snapshot.blocks
            for code, head, figures in _asked_inside(block, snapshot, words)
        ),
        frozen=3,
        note=" ".join(
            words.gettext("What this asks: {meaning}", meaning=statement(block.meaning, snapshot))
            for block in snapshot.blocks
        ),
    ).without_empty_columns


def _asked_inside(
    block: BlockResult, snapshot: Snapshot, words: Words
) -> Iterator[tuple[str, tuple[str, str, str], ItemFigures]]:
    for code, wording in block.wordings.items():
        for group in ("management", "staff", "inside"):
            figures = block.items.get(code, {}).get(group)
            if figures is not None and group in block.groups:
                yield code, (code, statement(wording, snapshot), group_name(group, words)), figures


def _agreeing(
    figures: ItemFigures, snapshot: Snapshot, words: Words, *, reverse: bool, turned: bool
) -> tuple[Value, ...]:
    if figures.n is None:
        return (note(figures.withheld, snapshot, words), *(None for _ in range(2 + turned)))
    if figures.bounded is not None:
        bound = bounded(figures.bounded, words)
        if reverse:  # agreeing is unfavourable: so many disagree
            return (figures.n, None, bound, None)
        return (figures.n, *(None for _ in range(1 + turned)), bound)
    many = figures.n >= COUNTS_FIRST
    counts = (None, figures.count) if reverse else (figures.count, None)
    return (figures.n, *counts[: 1 + turned], share(figures.favourable) if many else None)
