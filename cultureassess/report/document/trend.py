"""Since last time: this wave beside an earlier one (METHOD 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.document.gap_changes import gap_changes
from cultureassess.report.document.tables import Cell, Table, columns, hidden, number, score, strong, text
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative.gaps import estimate_words
from cultureassess.report.narrative.headline import bound_words
from cultureassess.report.narrative.labels import composite_name
from cultureassess.report.narrative.since import (
    asked_sentences,
    change_of,
    comparable_waves,
    composites_compared,
    share_change,
    wave_name,
)
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.scoring.multiplicity import holm
from cultureassess.scoring.waves import Change, moved
from cultureassess.snapshot.types import Estimate, IndexResult, Range, Share, Snapshot

AUDIENCES = ("customer", "management")


@dataclass(frozen=True)
class Trend:
    """One table per audience, one of the gaps; ``note`` says why where the waves cannot be compared.

    ``asked`` tells how the customers of either wave were chosen, and how many of them answered.
    """

    lead: str
    asked: tuple[str, ...]
    tables: tuple[Table, ...]
    note: str


def trend_section(snapshot: Snapshot, earlier: Snapshot, words: Words) -> Trend:
    """What changed, index by index; the verdicts of an audience are corrected together (Holm)."""
    lead = words.gettext(
        "{earlier} against {now}. Other people may have answered: judge a change by its range.",
        earlier=wave_name(earlier, words),
        now=wave_name(snapshot, words),
    )
    if not comparable_waves(snapshot, earlier):
        note = words.gettext(
            "Not comparable: the questionnaire, its scale or who counts as a manager has changed in between."
        )
        return Trend(lead, (), (), note)
    tables = (
        *(_table(audience, snapshot, earlier, words) for audience in AUDIENCES),
        gap_changes(snapshot, earlier, words),
    )
    note = words.gettext(
        "Called a change: at least 5 points, and sure after correction for testing all indices together. "
        "All else is within noise. The share of those who say so, in percent, is tested alone: its change is "
        "called one if its range excludes 0. An overall score has its range and no verdict."
    )
    if not {index.code for index in snapshot.indices} & {index.code for index in earlier.indices}:
        nothing = words.gettext("No index was asked in both waves, so none can be compared.")
        note = f"{nothing} {note}" if any(table.rows for table in tables) else nothing
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
        rows=(
            *_said_so(audience, snapshot, earlier, words),
            *_composite(audience, snapshot, earlier, words),
            *(
                _row(audience, pair, change, p, snapshot, words)
                for pair, change, p in zip(both, changes, sure, strict=True)
            ),
        ),
    )


def _said_so(
    audience: str, snapshot: Snapshot, earlier: Snapshot, words: Words
) -> tuple[tuple[Cell, ...], ...]:
    """The share of those who say so, as on page 1; no row where nobody was asked."""
    sides = [wave.headline.groups.get(audience) for wave in (earlier, snapshot)]
    if all(side is None for side in sides):
        return ()
    head = (text(words.gettext("Who says so")), *(_percent(side, words) for side in sides))
    found = share_change(*sides)
    if found is None:
        shown = all(side is not None and side.shown for side in sides)
        return ((*head, *_no_change(sides, words, shown=shown)),)
    sure = not found.interval.contains(0)
    verdict = _direction(found.change, words) if sure else words.gettext("within noise")
    return (
        (
            *head,
            strong(words.points(found.change, NO_DIFFERENCE)),
            number(words.signed_between(found.interval, NO_DIFFERENCE)),
            number(_people(sides, words)),
            text(verdict),
        ),
    )


def _composite(
    audience: str, snapshot: Snapshot, earlier: Snapshot, words: Words
) -> tuple[tuple[Cell, ...], ...]:
    """The headline composite; no row where it rests on other statements than before."""
    compared = composites_compared(snapshot, earlier)
    if compared is None:
        return ()
    sides = [composite.groups.get(audience) for composite in compared]
    name = composite_name(compared[1], snapshot, words)
    return (_measured(name, sides, change_of(*sides), None, snapshot, words),)


def _percent(share: Share | None, words: Words) -> Cell:
    if share is None or (share.percent is None and share.bounded is None):
        return hidden(words, share.withheld if share is not None else None)
    if share.bounded is not None:
        return number(bound_words(share, words))
    if share.interval is None:
        return number(words.gettext("{count} of {n}", count=words.number(share.count or 0), n=share.n or 0))
    return number(words.percent(share.percent or 0.0))


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
    sides = [before.groups.get(audience), now.groups.get(audience)]
    verdict = _verdict(change, p, words) if change is not None and p is not None else None
    if now.items != before.items:
        verdict = words.gettext("other statements")
    return _measured(now.name, sides, change, verdict, snapshot, words)


def _measured(
    name: str,
    sides: Sequence[Estimate | None],
    change: Change | None,
    verdict: str | None,
    snapshot: Snapshot,
    words: Words,
) -> tuple[Cell, ...]:
    head = (text(name), *(_mean(side, snapshot, words) for side in sides))
    if change is None:
        shown = all(side is not None and side.mean is not None for side in sides)
        return (*head, *_no_change(sides, words, shown=shown, reason=verdict))
    return (
        *head,
        strong(words.points(change.change)),
        number(words.signed_between(Range(*change.interval))),
        number(_people(sides, words)),
        text(verdict or "–"),
    )


def _mean(estimate: Estimate | None, snapshot: Snapshot, words: Words) -> Cell:
    """Below ten answers with its ±: what cannot be compared shows why."""
    if estimate is None or estimate.mean is None or estimate.interval is not None:
        return score(estimate, words, snapshot.level_cuts)
    return number(estimate_words(estimate, snapshot, words))


def _no_change(
    sides: Sequence[Estimate | Share | None], words: Words, *, shown: bool, reason: str | None = None
) -> tuple[Cell, ...]:
    """Two figures that are not compared, and why; withheld where one of them is."""
    if not shown:
        return (*(hidden(words) for _ in range(3)), text("–"))
    dash = Cell("–", "quiet")
    return (dash, dash, number(_people(sides, words)), text(reason or words.gettext("too few to compare")))


def _people(sides: Sequence[Estimate | Share | None], words: Words) -> str:
    return " / ".join(words.number(side.n or 0) for side in sides if side is not None)


def _verdict(change: Change, p: float, words: Words) -> str:
    if not moved(change.change, p_holm=p):
        return words.gettext("within noise")
    return _direction(change.change, words)


def _direction(change: float, words: Words) -> str:
    return words.gettext("higher") if change > 0 else words.gettext("lower")
