"""The sheets of what was tested: gaps, to partners as well, the steps that they divide into, reliability."""

from __future__ import annotations

from collections.abc import Iterator

from cultureassess.report.document import tested
from cultureassess.report.document.tables import columns
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import state_word
from cultureassess.report.narrative.gaps import class_word
from cultureassess.report.sheets.types import Column, Sheet, Value, coefficient, ends, note, points, share
from cultureassess.report.words import Words
from cultureassess.snapshot.types import (
    CompositeResult,
    Gap,
    IndexResult,
    Reliability,
    Snapshot,
    Step,
)


def gaps_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Managers minus customers."""
    results: list[IndexResult | CompositeResult] = [*snapshot.indices, *snapshot.composites]
    told = words.gettext("Managers minus customers, in points.")
    resampled = any(result.gap.bootstrap is not None for result in results)
    return Sheet(
        words.gettext("Gaps"),
        _gap_columns(words, resampled=resampled),
        tuple((one.code, one.name, *_gap(one.gap, snapshot, words, resampled=resampled)) for one in results),
        frozen=2,
        note=f"{told} {tested.gaps(snapshot, words).note}",
    )


def partners_sheet(snapshot: Snapshot, words: Words) -> Sheet | None:
    """Managers minus partners, a family of its own; None where no gap to partners may be shown."""
    found = [index for index in snapshot.indices if index.partner_gap.difference is not None]
    if not found:
        return None
    return Sheet(
        words.gettext("Gaps to partners"),
        _gap_columns(words, resampled=True),
        tuple((one.code, one.name, *_gap(one.partner_gap, snapshot, words, resampled=True)) for one in found),
        frozen=2,
        note=words.gettext("Gaps: managers minus partners, in points"),
    ).without_empty_columns


def _gap_columns(words: Words, *, resampled: bool) -> tuple[Column, ...]:
    ends_of_resampled = (words.gettext("Resampled from"), words.gettext("Resampled to"))
    heads = columns(words.gettext("Measure|Gap|Likely|Resampled|g|Delta|Manager higher|Verdict|Class"))
    return (
        Column(heads[0]),
        Column(words.gettext("Name"), width=28),
        Column(heads[1], "points"),
        Column(words.gettext("Likely from"), "points"),
        Column(words.gettext("Likely to"), "points"),
        *(Column(head, "points", 14) for head in ends_of_resampled if resampled),
        Column(heads[6], "percent", 14),
        Column(heads[4], "coefficient"),
        Column(heads[5], "coefficient"),
        Column(heads[7], width=18),
        Column(heads[8], width=28),
    )


def _gap(gap: Gap, snapshot: Snapshot, words: Words, *, resampled: bool) -> tuple[Value, ...]:
    numbers = 8 if resampled else 6
    if gap.difference is None:
        return (note(gap.withheld, snapshot, words), *(None for _ in range(numbers - 1)), "", "")
    if gap.interval is None:
        return (*(None for _ in range(numbers)), words.gettext("no verdict"), "")
    return (
        points(gap.difference),
        *ends(gap.interval),
        *(ends(gap.bootstrap) if resampled else ()),
        share(gap.superiority),
        coefficient(gap.hedges_g),
        coefficient(gap.cliffs_delta),
        state_word(gap, words) if gap.state else "",
        class_word(gap, words) or "",
    )


def steps_sheet(snapshot: Snapshot, words: Words) -> Sheet | None:
    """How each gap divides: managers to employees, employees to customers; None without a range."""
    table = tested.steps(snapshot, words)
    if not table.rows:
        return None
    heads = table.heads
    return Sheet(
        table.caption,
        (
            Column(heads[0]),
            Column(words.gettext("Name"), width=28),
            Column(heads[1], width=16),
            Column(heads[2], width=16),
            Column(heads[3], "points"),
            Column(words.gettext("Likely from"), "points"),
            Column(words.gettext("Likely to"), "points"),
        ),
        tuple(row for index in snapshot.indices for row in _step_rows(index, snapshot, words)),
        frozen=2,
        note=words.gettext("Computed before rounding: the printed steps can miss the printed gap by one."),
    )


def _step_rows(index: IndexResult, snapshot: Snapshot, words: Words) -> Iterator[tuple[Value, ...]]:
    for step in index.chain:
        names = (group_name(group, words) for group in (step.upper, step.lower))
        yield (index.code, index.name, *names, *_step(step, snapshot, words))


def _step(step: Step, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    if step.difference is None:
        return (note(step.withheld, snapshot, words), None, None)
    if step.interval is None:
        return (None, None, None)
    return (points(step.difference), *ends(step.interval))


def reliability_sheet(snapshot: Snapshot, words: Words) -> Sheet | None:
    """How far the items of an index move together; None where no group has thirty answers."""
    table = tested.reliability(snapshot, words)
    if not table.rows:
        return None
    heads = table.heads
    return Sheet(
        words.gettext("Reliability"),
        (
            Column(heads[0]),
            Column(words.gettext("Name"), width=28),
            Column(heads[1], width=16),
            Column(heads[2], "count", 8),
            Column(heads[3], "coefficient"),
            Column(words.gettext("Likely from"), "coefficient"),
            Column(words.gettext("Likely to"), "coefficient"),
            Column(heads[5], "coefficient"),
            Column(heads[6], "coefficient", 18),
            Column(heads[7], "coefficient", 16),
        ),
        tuple(
            _reliability(index, found, words)
            for index in snapshot.indices
            for found in index.reliability
            if found.n is not None
        ),
        frozen=3,
        note=f"{table.caption}. {table.note}",
    )


def _reliability(index: IndexResult, found: Reliability, words: Words) -> tuple[Value, ...]:
    likely = found.alpha_interval
    return (
        index.code,
        index.name,
        group_name(found.audience, words),
        found.n,
        coefficient(found.alpha),
        coefficient(likely.low) if likely is not None else None,
        coefficient(likely.high) if likely is not None else None,
        coefficient(found.omega),
        coefficient(found.spearman_brown),
        coefficient(min(found.item_rest.values(), default=None)),
    )
