"""The rows of the sheet Trend that tell whether the gap itself has changed."""

from __future__ import annotations

from collections.abc import Iterator

from cultureassess.report.document.tables import Table
from cultureassess.report.sheets.types import Signed, Value, ends, note, points
from cultureassess.report.words import Words
from cultureassess.services.comparing_waves import Movement, compare_waves
from cultureassess.snapshot.types import Gap, Snapshot


def gap_rows(
    table: Table, snapshot: Snapshot, earlier: Snapshot, words: Words
) -> Iterator[tuple[str, tuple[Value, ...], str]]:
    """Of each row of the page's table: the name, the figures, the verdict. How many people answered stands
    in the rows of the audiences."""
    found, before = compare_waves(earlier, snapshot).gaps, {one.code: one.gap for one in earlier.indices}
    told = {row[0].text: row[-1].text for row in table.rows}
    for index in snapshot.indices:
        if index.code in found and index.code in before and index.name in told:
            movement = found[index.code]
            both = (
                _gap(movement.before, before[index.code], snapshot, words),
                _gap(movement.after, index.gap, snapshot, words),
            )
            yield index.name, (*both, *_change(movement), None, None), told[index.name]


def _change(movement: Movement) -> tuple[Value, ...]:
    if movement.change is None or movement.interval is None:
        return (None, None, None)
    return (points(movement.change), *ends(movement.interval))


def _gap(value: float | None, gap: Gap, snapshot: Snapshot, words: Words) -> Value:
    """A gap that may not be shown says why; one that has no range is empty."""
    size = points(value)
    if size is not None:
        return Signed(size)
    return note(gap.withheld, snapshot, words) if gap.withheld is not None else None
