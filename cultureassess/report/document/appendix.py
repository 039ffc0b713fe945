"""The appendix: every number of the snapshot that no page before it has printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cultureassess.report.document.items import items
from cultureassess.report.document.listed import COMPARED, sized, told_groups
from cultureassess.report.document.tables import (
    Cell,
    Table,
    columns,
    hidden,
    likely,
    number,
    people,
    score,
    side_by_side,
    text,
    without_dashes,
)
from cultureassess.report.document.tested import gaps, importance, partner_gaps, reliability, steps
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative.gaps import MEASURED
from cultureassess.report.words import Words
from cultureassess.snapshot.types import (
    CompositeResult,
    Estimate,
    IndexResult,
    Share,
    Snapshot,
)


@dataclass(frozen=True)
class Appendix:
    """``across`` and ``tested`` take the whole width; ``beside`` are narrow enough to stand two in a row."""

    across: tuple[Table, ...]
    tested: tuple[Table, ...]
    beside: tuple[Table, ...]


Figures = dict[str, dict[str, tuple[Cell, ...]]]
"""Of each measure, of each group by its name: n, mean, SD and likely range."""


def appendix(snapshot: Snapshot, words: Words) -> Appendix:
    """All numbers: means, outcomes, items, gaps, reliability, importance."""
    return Appendix(
        across=_filled(
            _means(snapshot, words),
            _rest(snapshot, words),
            _shares(snapshot, words),
            gaps(snapshot, words),
            partner_gaps(snapshot, words),
        ),
        tested=_filled(items(snapshot, words), reliability(snapshot, words)),
        beside=_filled(_partners(snapshot, words), steps(snapshot, words), importance(snapshot, words)),
    )


def _filled(*tables: Table) -> tuple[Table, ...]:
    """Tables that have rows; one whose columns have widths of their own keeps them all."""
    return tuple(table if table.name else without_dashes(table) for table in tables if table.rows)


def _means(snapshot: Snapshot, words: Words) -> Table:
    figures = {index.code: _figures(index.groups, snapshot, words) for index in snapshot.indices}
    return replace(_told(figures, snapshot, words), caption=words.gettext("Indices: pairs only"))


def _rest(snapshot: Snapshot, words: Words) -> Table:
    """Composites, the full inside indices, mindset and behaviour, early and late answers."""
    figures: Figures = {found.code: _figures(found.groups, snapshot, words) for found in snapshot.composites}
    full = words.gettext("full")
    figures |= {
        f"{index.code} {full}": _figures(index.full, snapshot, words)
        for index in snapshot.indices
        if index.full
    }
    figures[words.gettext("Mindset − behaviour")] = {
        group_name(group, words): _difference(found, words)
        for group, found in snapshot.mindset_behaviour.difference.items()
    }
    figures |= _late(snapshot, words)
    return replace(
        _told({measure: found for measure, found in figures.items() if found}, snapshot, words),
        caption=words.gettext("Composites and full inside indices"),
        note=words.gettext(
            "A composite is the average of people’s own averages, not of the indices’ means. “Full” adds the "
            "statements asked inside only; it is never compared with customers."
        ),
    )


def _late(snapshot: Snapshot, words: Words) -> Figures:
    """The first and the last to answer, of the sides in which both may be compared."""
    early: dict[str, Estimate] = {}
    late: dict[str, Estimate] = {}
    for found in snapshot.late:
        if found.difference is not None:
            audience = "customer" if found.side == "outside" else "inside"
            early[audience], late[audience] = found.early, found.late
    return {
        words.gettext("Early"): _figures(early, snapshot, words),
        words.gettext("Late"): _figures(late, snapshot, words),
    }


def _partners(snapshot: Snapshot, words: Words) -> Table:
    """Partners answer apart from customers, and stand in a table of their own."""
    results: tuple[IndexResult | CompositeResult, ...] = (*snapshot.indices, *snapshot.composites)
    heads = columns(words.gettext("Measure|n|Mean|SD|Likely"))
    rows = [
        (text(result.code), *_cells(result.groups["partner"], snapshot, words))
        for result in results
        if "partner" in result.groups
    ]
    parts = snapshot.mindset_behaviour.difference.get("partner")
    if parts is not None:
        rows.append((text(words.gettext("Mindset − behaviour")), *_difference(parts, words)))
    rows = rows if "partner" in told_groups(snapshot) else []
    return Table(caption=group_name("partner", words), heads=heads, rows=tuple(rows), name="partners")


def _told(figures: Figures, snapshot: Snapshot, words: Words) -> Table:
    """Four groups next to one another: what a reader compares."""
    names = [group_name(group, words) for group in COMPARED]
    heads = columns(words.gettext("Measure|n|Mean|SD|Likely"))
    return replace(side_by_side(figures, names, heads), name=sized("means", snapshot))


def _figures(groups: Mapping[str, Estimate], snapshot: Snapshot, words: Words) -> dict[str, tuple[Cell, ...]]:
    return {
        group_name(group, words): _cells(found, snapshot, words)
        for group, found in groups.items()
        if group in COMPARED
    }


def _cells(estimate: Estimate, snapshot: Snapshot, words: Words) -> tuple[Cell, ...]:
    if estimate.mean is None:
        return (replace(hidden(words, estimate.withheld), span=4),)
    return (
        people(estimate, words),
        score(estimate, words, snapshot.level_cuts),
        _deviation(estimate, words),
        likely(estimate, words, snapshot.level_cuts),
    )


def _difference(estimate: Estimate, words: Words) -> tuple[Cell, ...]:
    """The mean of people's own differences: it has a sign, and leaves the scale of 0 to 100."""
    if estimate.mean is None:
        return (replace(hidden(words, estimate.withheld), span=4),)
    found = estimate.interval
    return (
        people(estimate, words),
        number(words.points(estimate.mean)),
        _deviation(estimate, words),
        number(words.signed_between(found)) if found is not None else likely(estimate, words),
    )


def _deviation(estimate: Estimate, words: Words) -> Cell:
    return number(words.number(estimate.sd)) if estimate.sd is not None else Cell("–", "quiet")


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
        name="shares",
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
    measured = share.n >= MEASURED
    percent = number(words.percent(share.percent or 0)) if measured else Cell("–", "quiet")
    counted = (number(words.number(share.count or 0)), percent)
    return (name, number(words.number(share.n)), *counted, interval, *expected)
