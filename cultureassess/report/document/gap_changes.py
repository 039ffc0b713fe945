"""Since last time: has the gap itself changed? (METHOD 5.4)"""

from __future__ import annotations

from cultureassess.report.document.tables import Cell, Table, columns, number, strong, text
from cultureassess.report.words import Words
from cultureassess.services.comparing_waves import Barrier, Movement, Verdict, compare_waves
from cultureassess.snapshot.types import Snapshot

OTHER = (Barrier.STATEMENTS, Barrier.QUESTIONNAIRE, Barrier.DEFINITION, Barrier.WEIGHTING)


def gap_changes(snapshot: Snapshot, earlier: Snapshot, words: Words) -> Table:
    """The gap of each index in both waves, and its change by the four groups' own errors.

    No rows where no index has a gap with a range in both waves: the tables of the audiences say why.
    """
    found = compare_waves(earlier, snapshot).gaps
    before = {index.code for index in earlier.indices}
    rows = [
        (text(index.name), *_row(found[index.code], words))
        for index in snapshot.indices
        if index.code in found and index.code in before
    ]
    compared = any(movement.change is not None for movement in found.values())
    return Table(
        caption=words.gettext("Gaps: managers minus customers, in points"),
        heads=columns(words.gettext("Index|Then|Now|Change|Likely|Verdict")),
        rows=tuple(rows) if compared else (),
    )


def _row(movement: Movement, words: Words) -> tuple[Cell, ...]:
    both = [_gap(value, words) for value in (movement.before, movement.after)]
    if movement.change is None or movement.interval is None:
        dash = Cell("–", "quiet")
        return (*both, dash, dash, text(_why_not(movement, words)))
    return (
        *both,
        strong(words.points(movement.change)),
        number(words.signed_between(movement.interval)),
        text(_verdict(movement, words)),
    )


def _gap(value: float | None, words: Words) -> Cell:
    return number(words.points(value)) if value is not None else Cell("–", "quiet")


def _why_not(movement: Movement, words: Words) -> str:
    if movement.barrier in OTHER:
        return words.gettext("other statements")
    return words.gettext("too few to compare")


def _verdict(movement: Movement, words: Words) -> str:
    """Wider or narrower, whichever side is the rosier one; where it is the other one now, no such word."""
    if movement.verdict not in (Verdict.UP, Verdict.DOWN):
        return words.gettext("within noise")
    before, after = movement.before or 0.0, movement.after or 0.0
    if before * after <= 0:
        return words.gettext("higher") if after > before else words.gettext("lower")
    return words.gettext("wider") if abs(after) > abs(before) else words.gettext("narrower")
