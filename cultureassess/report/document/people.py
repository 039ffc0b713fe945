"""Who answered: coverage, how customers were chosen, careless and late answers."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.tables import Cell, Table, columns, hidden, number, text
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative.sampling import chosen_sentence, tipping_sentence
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Careless, Coverage, LateAnswers, Snapshot


@dataclass(frozen=True)
class People:
    coverage: Table
    chosen: str
    tipping: str | None
    careful: tuple[str, ...]
    late: tuple[str, ...]


def people_section(snapshot: Snapshot, words: Words) -> People:
    """Say who was asked and who answered, and what that means for the numbers."""
    return People(
        coverage=Table(
            caption=words.gettext("Who was asked and who answered"),
            heads=columns(words.gettext("Audience|Invited|Answered|Usable|Response|Margin")),
            rows=tuple(_row(found, words) for found in snapshot.coverage),
            note=words.gettext(
                "Usable: at least half of the statements answered. Margin: points either way on a share of "
                "one half, with the size of the whole group taken into account."
            ),
        ),
        chosen=chosen_sentence(snapshot, words),
        tipping=tipping_sentence(snapshot, words),
        careful=tuple(_careless(found, words) for found in snapshot.careless),
        late=tuple(sentence for found in snapshot.late if (sentence := _late(found, words))),
    )


def _row(found: Coverage, words: Words) -> tuple[Cell, ...]:
    name = text(group_name(found.audience, words))
    invited = _count(found.invited, words)
    if found.withheld is not None:
        return (name, invited, *(hidden(words, found.withheld) for _ in range(4)))
    rate = (
        number(words.percent(found.rate))
        if found.rate is not None
        else Cell(words.gettext("not computable"), "quiet")
    )
    margin = number(f"±{found.margin:.1f}") if found.margin is not None else Cell("–", "quiet")
    return (name, invited, _count(found.answered, words), _count(found.usable, words), rate, margin)


def _count(value: int | None, words: Words) -> Cell:
    return number(words.number(value)) if value is not None else Cell("–", "quiet")


def _careless(found: Careless, words: Words) -> str:
    side = words.gettext("Inside") if found.side == "inside" else words.gettext("Customers")
    if found.answered is None:
        return words.gettext("{side}: how carefully people answered is not shown.", side=side)
    return words.gettext(
        "{side}: of {answered} who answered, the same answer throughout: {straight}; very fast: {fast}; "
        "both, and therefore left out: {excluded}.",
        side=side,
        straight=words.number(found.straight or 0),
        fast=words.number(found.fast or 0),
        excluded=words.number(found.excluded or 0),
        answered=words.number(found.answered),
    )


def _late(found: LateAnswers, words: Words) -> str | None:
    if found.difference is None:
        return None
    points = words.signed(found.difference)
    if not found.notable:
        return words.gettext("Late answers are like early ones ({points} points).", points=points)
    if found.difference < 0:
        return words.gettext(
            "Late answers are lower ({points} points); silence may hide more.", points=points
        )
    return words.gettext("Late answers are higher ({points} points); silence may hide more.", points=points)
