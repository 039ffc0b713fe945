"""What matters to customers, and where to begin (METHOD 6.1, 6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cultureassess.report.document.tables import (
    Cell,
    Table,
    columns,
    hidden,
    number,
    score,
    strong,
    text,
    without_dashes,
)
from cultureassess.report.figures import Plane, priorities_plane
from cultureassess.report.narrative.gaps import FOUND, customers_alone, estimate_words
from cultureassess.report.narrative.harsher import managers_lower
from cultureassess.report.narrative.priorities import actionable, tied_sentences
from cultureassess.report.narrative.statements import widest
from cultureassess.report.words import Words
from cultureassess.scoring.verdicts import TARGET as STRENGTH
from cultureassess.snapshot.types import Driver, Estimate, Gap, IndexResult, Priority, Snapshot


@dataclass(frozen=True)
class Priorities:
    """``order`` says how the list is made and what the numbers in the picture are."""

    title: str
    source: str
    plane: Plane | None
    order: str
    table: Table


def priorities_section(snapshot: Snapshot, words: Words) -> Priorities:
    """The priorities, highest first, with what each is made of."""
    ranked = sorted(snapshot.priorities, key=lambda p: (p.value is None, -(p.value or 0.0)))
    plane = priorities_plane(snapshot, words)
    return Priorities(
        title=_title(plane, snapshot, words),
        source=_source(snapshot, words),
        plane=plane,
        order=" ".join(_order(plane, snapshot, words)),
        table=without_dashes(_table(ranked, snapshot, words)),
    )


def _title(plane: Plane | None, snapshot: Snapshot, words: Words) -> str:
    """What the page compares: gaps, else customers' scores, else nothing."""
    if plane is not None:
        return words.gettext("Importance against gap")
    if any(index.groups.get("customer", Estimate()).mean is not None for index in snapshot.indices):
        return words.gettext("Importance, and what customers say")
    return words.gettext("Importance")


def _order(plane: Plane | None, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """One rule for picture and list, so that nobody has to wonder why the highest mark is not the first."""
    if managers_lower(snapshot):
        yield words.gettext(
            "Every established gap is in customers’ favour, so there is nothing to close: the list orders "
            "the conversation about what to keep."
        )
    elif customers_alone(snapshot):
        yield words.gettext(
            "Too few managers answered to establish a gap: the list orders what customers say, by weight and "
            "by how far they are from 80."
        )
    elif not actionable(snapshot):
        yield words.gettext(
            "No rosy view of managers and no weakness that both sides share is established: the list only "
            "orders the conversation, and nothing in it is a finding."
        )
    elif plane is not None:
        yield words.gettext("Numbers mark what there is to act on, in the order of the list of priorities.")
    if plane is not None:
        yield words.gettext(
            "The list multiplies weight by size: the established gap, and how far customers are from 80. So "
            "an index can come before one with a larger gap because it weighs more, or because customers "
            "rate it lower."
        )
    yield from tied_sentences(snapshot, words)


def _table(ranked: Sequence[Priority], snapshot: Snapshot, words: Words) -> Table:
    """What each priority is made of; a step that all have in common is told once, below."""
    drivers = {driver.index: driver for driver in snapshot.importance.drivers}
    steps = [_first(priority, snapshot, words) for priority in ranked]
    common = steps[0] if steps and len(set(steps)) == 1 else None
    note = words.gettext(
        "Priority = weight × (distance of customers to 80 + established gap) ÷ 2, in points. "
        "A gap in customers’ favour, or one that is not established, counts as 0. "
        "It orders the discussion and has no range of its own; it does not replace it."
    )
    if common:
        told = words.gettext("First step for all: {step}.", step=common)
        note = f"{told} {note}"
    return Table(
        caption=words.gettext("Priorities, highest first")
        if actionable(snapshot)
        else words.gettext("The indices, for the order of the conversation"),
        heads=columns(words.gettext("Index|Weight|Customers|Gap|Priority|First step")),
        rows=tuple(
            _row(priority, drivers.get(priority.index), "–" if common else step or "–", snapshot, words)
            for priority, step in zip(ranked, steps, strict=True)
        ),
        note=note,
    )


def _source(snapshot: Snapshot, words: Words) -> str:
    found = snapshot.importance
    if found.source == "framework":
        told = words.gettext("Weights come from the framework, not from your customers’ answers.")
        return f"{told} {_framework(snapshot, words)}"
    if found.indicative:
        told = words.gettext(
            "Weights are derived from the answers of {customers}; with fewer than 200 they are indicative. "
            "They show what goes together with customers’ overall view, never what causes it.",
            customers=words.customers(found.n or 0),
        )
    else:
        told = words.gettext(
            "Weights are derived from the answers of {customers}. "
            "They show what goes together with customers’ overall view, never what causes it.",
            customers=words.customers(found.n or 0),
        )
    return told if found.r_squared is None else f"{told} {_explained(found.r_squared, words)}"


def _explained(r_squared: float, words: Words) -> str:
    """How much of customers' overall view the indices account for, all together."""
    return words.gettext(
        "All indices together go along with {percent} of the differences in customers’ overall view (R² "
        "{r_squared}); the rest comes from elsewhere.",
        percent=words.percent(100 * r_squared),
        r_squared=words.decimal(r_squared, 2),
    )


def _framework(snapshot: Snapshot, words: Words) -> str:
    """The weights of the framework, as this questionnaire has them."""
    names = {index.code: index.name for index in snapshot.indices if index.emphasised}
    drivers = snapshot.importance.drivers
    most = [driver for driver in drivers if driver.index in names]
    rest = [driver for driver in drivers if driver.index not in names]
    if not drivers:
        return ""
    if not most or not rest:
        return words.gettext("All indices weigh the same.")
    return words.gettext(
        "{indices} matter most for customer-centricity and weigh {most} each, the others {rest}.",
        indices=words.listed([names[driver.index] for driver in most]),
        most=words.percent(100 * most[0].weight),
        rest=words.percent(100 * rest[0].weight),
    )


def _row(
    priority: Priority, driver: Driver | None, step: str, snapshot: Snapshot, words: Words
) -> tuple[Cell, ...]:
    index = snapshot.index(priority.index)
    weight = number(words.percent(100 * driver.weight)) if driver else Cell("–", "quiet")
    gap = _gap(index.gap, words)
    kind = strong if actionable(snapshot) else number
    value = kind(words.decimal(priority.value, 1)) if priority.value is not None else hidden(words)
    return (text(index.name), weight, _customers(index, snapshot, words), gap, value, text(step))


def _customers(index: IndexResult, snapshot: Snapshot, words: Words) -> Cell:
    """Their mean; below ten answers with its ±, since a list must not rest on a figure without any."""
    estimate = index.groups.get("customer", Estimate())
    if estimate.mean is not None and estimate.interval is None:
        return number(estimate_words(estimate, snapshot, words))
    return score(estimate, words, snapshot.level_cuts)


def _gap(gap: Gap, words: Words) -> Cell:
    if gap.difference is None:
        return hidden(words, gap.withheld)
    return number(words.points(gap.difference)) if gap.interval else Cell("–", "quiet")


def _first(priority: Priority, snapshot: Snapshot, words: Words) -> str:
    """What to do with an index before any measure: never a verdict, which stands elsewhere."""
    index = snapshot.index(priority.index)
    if priority.talk_first:
        return _talk(index, snapshot, words)
    if index.gap.state == "inconclusive" and index.camps:
        return words.gettext("find out why managers are split")
    if index.gap.state in ("inconclusive", None):
        return _ask(index, snapshot, words)
    if index.gap.state in FOUND and (index.gap.difference or 0.0) > 0:
        return words.gettext("choose one statement to improve")
    if (index.groups.get("customer", Estimate()).mean or 0.0) >= STRENGTH:
        return words.gettext("say what to keep")
    return words.gettext("improve it together: both sides see it")


def _ask(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """Without a verdict more answers are missing: the managers', where customers gave theirs."""
    if index.gap.state is None and customers_alone(snapshot):
        return words.gettext("ask more managers, or act on what customers say")
    return words.gettext("ask more people")


def _talk(index: IndexResult, snapshot: Snapshot, words: Words) -> str:
    """Hear customers first, on the statement that is furthest apart where one may be quoted."""
    pair = widest(snapshot.pairs_of(index.code), rosier=True)
    if pair is None:
        return words.gettext("hear customers’ own words")
    return words.gettext("hear customers on {code}", code=pair.id)
