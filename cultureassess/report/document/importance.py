"""What matters to customers, and where to begin (METHOD 6.1, 6.2)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.tables import Cell, Table, columns, hidden, number, score, strong, text
from cultureassess.report.figures import Plane, priorities_plane
from cultureassess.report.narrative import state_word
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Driver, Gap, Priority, Snapshot


@dataclass(frozen=True)
class Priorities:
    source: str
    plane: Plane | None
    table: Table


def priorities_section(snapshot: Snapshot, words: Words) -> Priorities:
    """The priorities, highest first, with what each is made of."""
    drivers = {driver.index: driver for driver in snapshot.importance.drivers}
    ranked = sorted(snapshot.priorities, key=lambda p: (p.value is None, -(p.value or 0.0), p.index))
    return Priorities(
        source=_source(snapshot, words),
        plane=priorities_plane(snapshot, words),
        table=Table(
            caption=words.gettext("Priorities, highest first"),
            heads=columns(words.gettext("Index|Weight|Customers|Gap|Priority|First step")),
            rows=tuple(_row(priority, drivers.get(priority.index), snapshot, words) for priority in ranked),
            note=words.gettext(
                "Priority = weight × (distance of customers to 80 + established gap) ÷ 2, in points. "
                "It orders the discussion; it does not replace it."
            ),
        ),
    )


def _source(snapshot: Snapshot, words: Words) -> str:
    found = snapshot.importance
    if found.source == "framework":
        return words.gettext(
            "Weights come from the framework, not from your customers: there are too few answers to "
            "derive them. "
            "The four indices that matter most for customer-centricity weigh 15% each, the others 10%."
        )
    if found.indicative:
        return words.gettext(
            "Weights are derived from the answers of {customers}; with fewer than 200 they are indicative. "
            "They show what goes together with customers’ overall view, never what causes it.",
            customers=words.customers(found.n or 0),
        )
    return words.gettext(
        "Weights are derived from the answers of {customers}. "
        "They show what goes together with customers’ overall view, never what causes it.",
        customers=words.customers(found.n or 0),
    )


def _row(priority: Priority, driver: Driver | None, snapshot: Snapshot, words: Words) -> tuple[Cell, ...]:
    index = snapshot.index(priority.index)
    weight = number(words.percent(100 * driver.weight)) if driver else Cell("–", "quiet")
    gap = _gap(index.gap, words)
    value = strong(words.decimal(priority.value, 1)) if priority.value is not None else hidden(words)
    customers = score(index.groups.get("customer"), words, snapshot.level_cuts)
    return (text(index.name), weight, customers, gap, value, text(_first(priority, snapshot, words)))


def _gap(gap: Gap, words: Words) -> Cell:
    if gap.difference is None:
        return hidden(words, gap.withheld)
    return number(words.signed(gap.difference)) if gap.interval else Cell("–", "quiet")


def _first(priority: Priority, snapshot: Snapshot, words: Words) -> str:
    if priority.talk_first:
        return words.gettext("talk first: hear customers’ words")
    gap = snapshot.index(priority.index).gap
    if gap.state == "inconclusive":
        return words.gettext("ask more people")
    return state_word(gap, words) if gap.difference is not None else ""
