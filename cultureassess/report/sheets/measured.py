"""The sheets of what was measured: means, gaps, items."""

from __future__ import annotations

from collections.abc import Iterator

from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import state_word, statement
from cultureassess.report.narrative.gaps import class_word
from cultureassess.report.sheets.types import (
    GROUPS,
    Column,
    Sheet,
    Value,
    ends,
    note,
    points,
    score,
    score_ends,
    share,
)
from cultureassess.report.words import Words
from cultureassess.snapshot.types import (
    CompositeResult,
    Estimate,
    Gap,
    IndexResult,
    ItemFigures,
    PairResult,
    Snapshot,
)


def means_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Every mean with its spread and range."""
    return Sheet(
        words.gettext("Means"),
        (
            Column(words.gettext("Measure")),
            Column(words.gettext("Name"), width=28),
            Column(words.gettext("Group"), width=16),
            Column(words.gettext("n"), "count", 8),
            Column(words.gettext("Mean"), "score"),
            Column(words.gettext("SD"), "score"),
            Column(words.gettext("Likely from"), "score"),
            Column(words.gettext("Likely to"), "score"),
        ),
        tuple(_mean_rows(snapshot, words)),
        frozen=3,
        note=words.gettext("Scores from 0 to 100. Likely: a 95% interval, from ten answers."),
    )


def _mean_rows(snapshot: Snapshot, words: Words) -> Iterator[tuple[Value, ...]]:
    results: list[IndexResult | CompositeResult] = [*snapshot.indices, *snapshot.composites]
    for result in results:
        for group in GROUPS:
            if group in result.groups:
                name = group_name(group, words)
                yield (result.code, result.name, name, *_estimate(result.groups[group], snapshot, words))
    for index in snapshot.indices:
        label = words.gettext("{code}, full", code=index.code)
        for group in GROUPS:
            if group in index.full:
                yield (
                    label,
                    index.name,
                    group_name(group, words),
                    *_estimate(index.full[group], snapshot, words),
                )


def _estimate(estimate: Estimate, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    if estimate.mean is None:
        return (note(estimate.withheld, snapshot, words), None, None, None, None)
    cuts, interval = snapshot.level_cuts, estimate.interval
    sd = round(estimate.sd, 1) if estimate.sd is not None else None
    return (estimate.n, score(estimate.mean, cuts), sd, *score_ends(interval, cuts))


def gaps_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Managers minus customers."""
    results: list[IndexResult | CompositeResult] = [*snapshot.indices, *snapshot.composites]
    return Sheet(
        words.gettext("Gaps"),
        (
            Column(words.gettext("Measure")),
            Column(words.gettext("Name"), width=28),
            Column(words.gettext("Gap"), "points"),
            Column(words.gettext("Likely from"), "points"),
            Column(words.gettext("Likely to"), "points"),
            Column("g", "coefficient"),
            Column("Delta", "coefficient"),
            Column(words.gettext("Verdict"), width=18),
            Column(words.gettext("Class"), width=28),
        ),
        tuple((result.code, result.name, *_gap(result.gap, snapshot, words)) for result in results),
        frozen=2,
        note=words.gettext("Managers minus customers, in points. Verdicts are corrected together (Holm).")
        if snapshot.family_size > 1
        else words.gettext("Managers minus customers, in points."),
    )


def _gap(gap: Gap, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    if gap.difference is None:
        return (note(gap.withheld, snapshot, words), None, None, None, None, "", "")
    if gap.interval is None:
        return (None, None, None, None, None, words.gettext("no verdict"), "")
    verdict = state_word(gap, words) if gap.state else ""
    return (
        points(gap.difference),
        *ends(gap.interval),
        gap.hedges_g,
        gap.cliffs_delta,
        verdict,
        class_word(gap, words) or "",
    )


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
        ),
        tuple(
            _item_row(pair, group, snapshot, words)
            for pair in snapshot.pairs
            for group in GROUPS
            if group in pair.groups
        ),
        frozen=3,
        note=words.gettext(
            "Turned: agreeing is unfavourable; the mean is turned round, percentages and points are not."
        )
        if any(pair.reverse for pair in snapshot.pairs)
        else "",
    )


def _item_row(pair: PairResult, group: str, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    outside = group in ("customer", "partner")
    wording = statement((pair.customer if outside else pair.inside) or "", snapshot)
    code = words.gettext("{code} (turned)", code=pair.id) if pair.reverse else pair.id
    head = (code, pair.index, group_name(group, words), wording)
    return (*head, *_item(pair.groups[group], snapshot, words, reverse=pair.reverse))


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
        low = figures.bounded == "5 or less"
        bound = words.gettext("5% or less") if low else words.gettext("95% or more")
        told = (None, None, bound) if reverse else (bound, None, None)
        return (figures.n, mean, *told, dont_know, *counts)
    shares = tuple(share(part) for part in (figures.favourable, figures.neutral, figures.unfavourable))
    return (figures.n, mean, *(shares[::-1] if reverse else shares), dont_know, *counts)
