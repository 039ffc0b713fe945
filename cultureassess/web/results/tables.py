"""Everything that the pages show as tables of plain cells, for CSV files: suppressed, and never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from cultureassess.disclosure.reasons import Reason
from cultureassess.snapshot.files.formulas import guarded
from cultureassess.snapshot.types import (
    CompositeResult,
    Estimate,
    Gap,
    IndexResult,
    ItemFigures,
    Range,
    Snapshot,
)

Value = str | int | float | None
Rows = Iterator[Sequence[Value]]

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""So that spreadsheets read the file as UTF-8."""

GROUPS = ("management", "staff", "inside", "customer", "partner")


def csv_table(name: str, snapshot: Snapshot) -> str:
    """One table of ``TABLES`` as a CSV file. A withheld value is empty; the column beside it says why.

    Raises:
        KeyError: there is no such table.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in TABLES[name](snapshot):
        writer.writerow([_written(value) for value in row])
    return BYTE_ORDER_MARK + text.getvalue()


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    return guarded(value) if isinstance(value, str) else str(value)


def _estimate(figures: Estimate | None) -> tuple[Value, ...]:
    if figures is None:
        return None, None, None, None, None, Reason.NOT_ASKED.value
    return (
        figures.n,
        figures.mean,
        figures.sd,
        *_range(figures.interval),
        figures.withheld.value if figures.withheld else None,
    )


def _range(interval: Range | None) -> tuple[Value, Value]:
    return (None, None) if interval is None else (interval.low, interval.high)


ESTIMATE = ("n", "mean", "sd", "low", "high", "withheld")


def _measures(snapshot: Snapshot) -> tuple[IndexResult | CompositeResult, ...]:
    return (*snapshot.indices, *snapshot.composites)


def indices(snapshot: Snapshot) -> Rows:
    """Means per index, composite and audience."""
    yield ("measure", "name", "audience", *ESTIMATE, "level")
    for found in _measures(snapshot):
        for group in GROUPS:
            if group in found.groups:
                level = found.levels.get(group)
                number = None if level is None else level.number
                yield (found.code, found.name, group, *_estimate(found.groups[group]), number)


def gaps(snapshot: Snapshot) -> Rows:
    """Management minus customers per index and composite."""
    yield (
        *("measure", "name", "gap", "low", "high", "hedges_g", "cliffs_delta", "superiority_percent"),
        *("state", "class", "provisional", "withheld"),
    )
    for found in _measures(snapshot):
        yield (found.code, found.name, *_gap(found.gap))


def _gap(gap: Gap) -> tuple[Value, ...]:
    return (
        gap.difference,
        *_range(gap.interval),
        gap.hedges_g,
        gap.cliffs_delta,
        gap.superiority,
        gap.state,
        gap.class_,
        "yes" if gap.provisional else None,
        gap.withheld.value if gap.withheld else None,
    )


def pairs(snapshot: Snapshot) -> Rows:
    """Every statement in both wordings, per audience."""
    points = tuple(f"answers_{point}" for point in range(1, snapshot.instrument.scale_points + 1))
    yield (
        *("item", "index", "inside", "customer", "counts", "audience", "n", "mean", "agree_count"),
        *("agree_percent", "neutral_percent", "disagree_percent", "cannot_judge_percent", "bounded"),
        *(*points, "withheld", "turned"),
    )
    for pair in snapshot.pairs:
        head = (pair.id, pair.index, pair.inside, pair.customer, "yes" if pair.used else "no")
        for group, figures in pair.groups.items():
            turned = "yes" if pair.reverse else None
            yield (*head, group, *_item(figures, len(points), reverse=pair.reverse), turned)


def _item(figures: ItemFigures, points: int, *, reverse: bool) -> tuple[Value, ...]:
    """As people answered: of a turned statement those who disagree are favourable; its mean is turned."""
    shares = (figures.favourable, figures.neutral, figures.unfavourable)
    counts = figures.distribution or (None,) * points
    return (
        figures.n,
        figures.mean,
        _agreed(figures) if reverse else figures.count,
        *(shares[::-1] if reverse else shares),
        figures.dont_know,
        figures.bounded,
        *(counts[::-1] if reverse else counts),
        figures.withheld.value if figures.withheld else None,
    )


def _agreed(figures: ItemFigures) -> int | None:
    """How many agree with a turned statement: its unfavourable answers."""
    if figures.unfavourable is None or figures.n is None:
        return None
    return round(figures.unfavourable * figures.n / 100)


def segments(snapshot: Snapshot) -> Rows:
    """The heat map: a row per segment and measure."""
    yield ("side", "attribute", "value", "answers", "measure", *ESTIMATE)
    for found in snapshot.breakdowns:
        for cell in found.cells:
            head = (found.side, found.attribute, cell.value, cell.n)
            if cell.n is None:
                reason = cell.withheld.value if cell.withheld else None
                yield (*head, None, None, None, None, None, None, reason)
            for code, figures in {**cell.indices, **cell.composites}.items():
                yield (*head, code, *_estimate(figures))


def coverage(snapshot: Snapshot) -> Rows:
    """Who was asked and who answered."""
    yield ("audience", "invited", "answered", "usable", "rate_percent", "margin_points", "withheld")
    for row in snapshot.coverage:
        reason = row.withheld.value if row.withheld else None
        yield (row.audience, row.invited, row.answered, row.usable, row.rate, row.margin, reason)


def priorities(snapshot: Snapshot) -> Rows:
    """Importance and priority per index."""
    yield ("index", "name", "weight", "correlation", "lmg", "low", "high", "johnson", "priority", "source")
    values = {priority.index: priority.value for priority in snapshot.priorities}
    for driver in snapshot.importance.drivers:
        yield (
            driver.index,
            snapshot.index(driver.index).name,
            driver.weight,
            driver.correlation,
            driver.lmg,
            *_range(driver.lmg_interval),
            driver.johnson,
            values.get(driver.index),
            snapshot.importance.source,
        )


def comments(snapshot: Snapshot) -> Rows:
    """The comments that were read and released, in the snapshot's random order."""
    yield ("audience", "question", "comment")
    for found in snapshot.comments:
        for text in found.comments:
            yield (found.audience, found.text, text)


TABLES: Mapping[str, Callable[[Snapshot], Rows]] = {
    "indices": indices,
    "gaps": gaps,
    "statements": pairs,
    "segments": segments,
    "priorities": priorities,
    "who-answered": coverage,
    "comments": comments,
}
