"""The clients' waves side by side, for the consultant who runs them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.models import Wave
from cultureassess.report.narrative import level_words
from cultureassess.report.words import ENGLISH, Words
from cultureassess.services.releasing import Earlier
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Share, Snapshot
from cultureassess.web.results.cells import Cell, Setting, difference, mean

ENOUGH = 5
"""Organisations from which a place among them is told: fewer would give one of them away to another."""


@dataclass(frozen=True)
class ClientRow:
    """One wave. ``place`` is empty except for the newest wave of each client, from five clients on."""

    wave: Wave
    organisation: str
    label: str
    date: str
    managers: Cell
    customers: Cell
    score: Cell
    level: str
    gap: Cell
    gaps: str
    place: str


@dataclass(frozen=True)
class ClientsPage:
    """See ``templates/results/clients.html``. ``missing`` clients are needed before places are told."""

    rows: tuple[ClientRow, ...]
    clients: int
    missing: int


def build(found: Sequence[Earlier], words: Words = ENGLISH) -> ClientsPage:
    """All waves that have results.

    Args:
        found: the newest wave of a client before its older ones.
        words: the language of the page.
    """
    read = [(one.wave, from_json(one.record.json)) for one in found]
    newest: dict[int, Snapshot] = {}
    for wave, snapshot in read:
        newest.setdefault(wave.assessment.organisation_id, snapshot)
    places = _places(list(newest.values()))
    return ClientsPage(
        rows=tuple(
            _row(wave, snapshot, places.get(id(snapshot), 0), len(places), words) for wave, snapshot in read
        ),
        clients=len(newest),
        missing=max(ENOUGH - len(places), 0),
    )


def _places(newest: Sequence[Snapshot]) -> dict[int, int]:
    """The place of each shown customers' score, the highest first; equal scores share a place."""
    scores = {id(snapshot): _score(snapshot) for snapshot in newest}
    shown = {key: score for key, score in scores.items() if score is not None}
    return {key: 1 + sum(other > score for other in shown.values()) for key, score in shown.items()}


def _score(snapshot: Snapshot) -> float | None:
    composite = snapshot.headline_composite
    figures = composite.groups.get("customer") if composite else None
    return None if figures is None else figures.mean


def _row(wave: Wave, snapshot: Snapshot, place: int, total: int, words: Words) -> ClientRow:
    setting, composite = Setting(snapshot, words), snapshot.headline_composite
    level = snapshot.overall.get("customer")
    established = sum(index.gap.state in ("clear gap", "small gap") for index in snapshot.indices)
    told = place > 0 and total >= ENOUGH
    return ClientRow(
        wave=wave,
        organisation=snapshot.wave.organisation,
        label=snapshot.wave.label,
        date=words.date(snapshot.wave.date),
        managers=_share(setting, snapshot.headline.groups.get("management")),
        customers=_share(setting, snapshot.headline.groups.get("customer")),
        score=mean(setting, composite.groups.get("customer") if composite else None, level),
        level=level_words(level, words) if level is not None and level.number is not None else "",
        gap=difference(setting, composite.gap) if composite else setting.withheld(None),
        gaps=words.gettext("{n} of {total}", n=established, total=len(snapshot.indices)),
        place=words.gettext("{place} of {total}", place=place, total=total) if told else "",
    )


def _share(setting: Setting, share: Share | None) -> Cell:
    words = setting.words
    if share is None or share.n is None:
        return setting.withheld(share.withheld if share else None)
    if share.bounded is not None or share.count is None:
        return Cell(text=f"{share.bounded}%", n=words.number(share.n))
    counted = words.gettext("{count} of {n}", count=words.number(share.count), n=words.number(share.n))
    return Cell(text=words.percent(share.percent or 0.0), range=counted)
