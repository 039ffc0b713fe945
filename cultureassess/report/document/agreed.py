"""The actions that a company has agreed on, as its report prints them (METHOD 6.7)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.practices import CardKind, PlannedCard
from cultureassess.report.document.tables import score
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Snapshot


@dataclass(frozen=True)
class Agreed:
    """One agreed action: its kind and title, and lines of a label and what was agreed."""

    name: str
    lines: tuple[tuple[str, str], ...]


def agreed_card(card: PlannedCard, snapshot: Snapshot, words: Words) -> Agreed:
    """Word a card; what the company left open has no line."""
    lines = (
        (words.gettext("Owner"), card.owner),
        (words.gettext("First step"), _until(card.first_step, card.first_step_by, words)),
        (words.gettext("Figure that should move"), _figure(card, snapshot, words)),
        (words.gettext("By when"), words.date(card.due) if card.due else ""),
    )
    name = words.gettext("{kind}: {title}", kind=_kind(card.kind, words), title=card.title)
    return Agreed(name, tuple(line for line in lines if line[1]))


def _kind(kind: CardKind, words: Words) -> str:
    return {
        CardKind.KEEP: words.gettext("Keep"),
        CardKind.START: words.gettext("Start"),
        CardKind.SIMPLIFY: words.gettext("Simplify"),
        CardKind.STOP: words.gettext("Stop"),
    }[kind]


def _until(step: str, day: str, words: Words) -> str:
    return words.gettext("{step} (by {date})", step=step, date=words.date(day)) if step and day else step


def _figure(card: PlannedCard, snapshot: Snapshot, words: Words) -> str:
    """What should move, where it stands in this wave, and where to."""
    if card.moves == "key figure" and not card.figure:
        return words.gettext("a key figure that was deleted")
    figure = card.figure or _measured(card, snapshot, words)
    if figure and card.target:
        return words.gettext("{figure}, to reach {target}", figure=figure, target=card.target)
    return figure


def _measured(card: PlannedCard, snapshot: Snapshot, words: Words) -> str:
    index = next((one for one in snapshot.indices if one.code == card.index), None)
    if index is None:
        return ""
    if card.moves == "gap":
        return _gap(index, words)
    now = score(index.groups.get("customer"), words, snapshot.level_cuts).text
    return words.gettext("customers’ {index}: {now} today", index=index.name, now=now)


def _gap(index: IndexResult, words: Words) -> str:
    shown = index.gap.difference is not None and index.gap.interval is not None
    now = words.points(index.gap.difference or 0.0) if shown else words.gettext("not shown")
    return words.gettext("gap of {index}: {now} today", index=index.name, now=now)
