"""Since last time: this wave beside an earlier one (METHOD 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.document.tables import Cell, Table, columns, hidden, number, score, strong, text
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative.since import asked_sentences, change_of, comparable_waves, wave_name
from cultureassess.report.words import Words
from cultureassess.scoring.multiplicity import holm
from cultureassess.scoring.waves import Change, moved
from cultureassess.snapshot.types import Estimate, IndexResult, Range, Snapshot

AUDIENCES = ("customer", "management")


@dataclass(frozen=True)
class Trend:
    """One table per audience; ``note`` says why there is none where the waves cannot be compared.

    ``asked`` tells how the customers of either wave were chosen, and how many of them answered.
    """

    lead: str
    asked: tuple[str, ...]
    tables: tuple[Table, ...]
    note: str


def trend_section(snapshot: Snapshot, earlier: Snapshot, words: Words) -> Trend:
    """What changed, index by index; the verdicts of an audience are corrected together (Holm)."""
    lead = words.gettext(
        "{earlier} against {now}. Different people may have answered, so a change is told from chance by its "
        "range.",
        earlier=wave_name(earlier, words),
        now=wave_name(snapshot, words),
    )
    if not comparable_waves(snapshot, earlier):
        note = words.gettext(
            "Not comparable: the questionnaire, its scale or who counts as a manager has changed in between."
        )
        return Trend(lead, (), (), note)
    tables = tuple(_table(audience, snapshot, earlier, words) for audience in AUDIENCES)
    note = words.gettext(
        "Called a change: at least 5 points, and sure after correction for testing all indices together. "
        "All else is within noise."
    )
    asked = asked_sentences(snapshot, earlier, words)
    return Trend(lead, asked, tuple(table for table in tables if table.rows), note)


def _table(audience: str, snapshot: Snapshot, earlier: Snapshot, words: Words) -> Table:
    before = {index.code: index for index in earlier.indices}
    both = [(index, before[index.code]) for index in snapshot.indices if index.code in before]
    changes = [_change(audience, *pair) for pair in both]
    sure = holm([change.p if change else None for change in changes])
    return Table(
        caption=group_name(audience, words),
        heads=columns(words.gettext("Index|Then|Now|Change|Likely|n then / now|Verdict")),
        rows=tuple(
            _row(audience, pair, change, p, snapshot, words)
            for pair, change, p in zip(both, changes, sure, strict=True)
        ),
    )


def _change(audience: str, now: IndexResult, before: IndexResult) -> Change | None:
    if now.items != before.items:
        return None
    return change_of(before.groups.get(audience), now.groups.get(audience))


def _row(
    audience: str,
    pair: tuple[IndexResult, IndexResult],
    change: Change | None,
    p: float | None,
    snapshot: Snapshot,
    words: Words,
) -> tuple[Cell, ...]:
    now, before = pair
    sides: Sequence[Estimate | None] = [before.groups.get(audience), now.groups.get(audience)]
    means = [score(side, words, snapshot.level_cuts) for side in sides]
    if change is None or p is None:
        return (text(now.name), *means, *(hidden(words) for _ in range(3)), text("–"))
    n = " / ".join(words.number(side.n or 0) for side in sides if side is not None)
    return (
        text(now.name),
        *means,
        strong(words.points(change.change)),
        number(words.signed_between(Range(*change.interval))),
        number(n),
        text(_verdict(change, p, words)),
    )


def _verdict(change: Change, p: float, words: Words) -> str:
    if not moved(change.change, p_holm=p):
        return words.gettext("within noise")
    return words.gettext("higher") if change.change > 0 else words.gettext("lower")
