"""Who answered: coverage, how customers were chosen, careless and late answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cultureassess.report.document.tables import Cell, Table, columns, hidden, number, text
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative.harsher import harsher_sentence
from cultureassess.report.narrative.sampling import chosen_sentence, silent_sentences, tipping_sentence
from cultureassess.report.words import Words
from cultureassess.scoring.waves import MEANINGFUL
from cultureassess.snapshot.types import Careless, CarelessCounts, Coverage, LateAnswers, Snapshot


@dataclass(frozen=True)
class People:
    coverage: Table
    chosen: str
    tipping: str | None
    silent: tuple[str, ...]
    harsher: str
    careful: tuple[str, ...]
    late: tuple[str, ...]
    weights: tuple[str, ...]


def people_section(snapshot: Snapshot, words: Words) -> People:
    """Who was asked and who answered, and what that means for the numbers."""
    return People(
        coverage=Table(
            caption=words.gettext("Who was asked and who answered"),
            heads=columns(words.gettext("Audience|Invited|Answered|Usable|Response|Coverage margin")),
            rows=tuple(_row(found, words) for found in snapshot.coverage),
            note=words.gettext(
                "Usable: at least half of the statements answered, and not left out as careless (below). "
                "Response: usable answers in percent of those invited. Coverage margin: by how many points a "
                "share of one half may miss that of all who were invited, if chance decided who answered. "
                "Likely ranges elsewhere are about people like these in general, and wider: judge by them."
            ),
        ),
        chosen=chosen_sentence(snapshot, words),
        tipping=tipping_sentence(snapshot, words),
        silent=silent_sentences(snapshot, words),
        harsher=harsher_sentence(snapshot, words),
        careful=tuple(line for found in snapshot.careless for line in _careless(found, words)),
        late=tuple(sentence for found in snapshot.late if (sentence := _late(found, words))),
        weights=tuple(_weights(snapshot, words)),
    )


def _weights(snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Whose answers count by segment, and how many equal answers that is worth (METHOD 2.8)."""
    told = {
        "population": words.gettext("as many as there are people in each segment"),
        "equal": words.gettext("each segment the same"),
    }
    for group, weighting in snapshot.wave.weighting.items():
        if weighting not in told:
            continue
        score = snapshot.headline_score(group)
        worth = score.effective_n if score is not None else None
        sentence = words.gettext(
            "{group}: answers are weighted, {how}.", group=group_name(group, words), how=told[weighting]
        )
        if worth is not None:
            more = words.gettext("They are worth {n} equal answers (Kish).", n=words.number(worth))
            sentence = f"{sentence} {more}"
        yield sentence


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
    margin = number(f"±{words.decimal(found.margin, 1)}") if found.margin is not None else Cell("–", "quiet")
    return (name, invited, _count(found.answered, words), _count(found.usable, words), rate, margin)


def _count(value: int | None, words: Words) -> Cell:
    return number(words.number(value)) if value is not None else Cell("–", "quiet")


def _careless(found: Careless, words: Words) -> tuple[str, ...]:
    """One line an audience: partners are never counted among customers."""
    side = words.gettext("Inside") if found.side == "inside" else words.gettext("Outside")
    if found.answered is None:
        return (words.gettext("{side}: how carefully people answered is not shown.", side=side),)
    counted: list[tuple[str, Careless | CarelessCounts]] = [
        (group_name(one.audience, words), one) for one in found.audiences
    ]
    return tuple(
        words.gettext(
            "{side}, {answered} answers: too short {unusable}; the same answer throughout {straight}; very "
            "fast {fast}; both, and therefore left out, {excluded}.",
            side=name,
            unusable=words.number(one.unusable or 0),
            straight=words.number(one.straight or 0),
            fast=words.number(one.fast or 0),
            excluded=words.number(one.excluded or 0),
            answered=words.number(one.answered or 0),
        )
        for name, one in counted or [(side, found)]
    )


def _late(found: LateAnswers, words: Words) -> str | None:
    if found.difference is None:
        return None
    points = words.points(found.difference, (MEANINGFUL,))
    if not found.notable:
        return words.gettext("Late and early answers are less than 5 points apart ({points}).", points=points)
    if found.difference < 0:
        return words.gettext(
            "Late answers are lower ({points} points); silence may hide more.", points=points
        )
    return words.gettext("Late answers are higher ({points} points); silence may hide more.", points=points)
