"""The outcome questions, recommendation, and the view inside: people, synergy, mindset and behaviour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.document.tables import (
    Cell,
    Table,
    columns,
    hidden,
    likely,
    number,
    people,
    score,
    strong,
    text,
)
from cultureassess.report.figures import HeadlineFigure, headline
from cultureassess.report.figures.distribution import agreeing
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import statement
from cultureassess.report.narrative.expectation import expectation_sentence
from cultureassess.report.narrative.gaps import MEASURED, estimate_words
from cultureassess.report.narrative.headline import difference_sentence, headline_sentences
from cultureassess.report.narrative.statements import counted_share
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.snapshot.types import BlockResult, Estimate, ItemFigures, Recommendation, Snapshot, Synergy


@dataclass(frozen=True)
class Outcomes:
    questions: tuple[tuple[str, str], ...]
    figure: HeadlineFigure
    sentences: tuple[str, ...]
    calibration: str | None
    recommendation: Table | None


@dataclass(frozen=True)
class Inside:
    """The employee block, the synergy quadrant, mindset against behaviour."""

    blocks: tuple[Table, ...]
    synergy: tuple[str, ...]
    mindset: Table | None
    talk: str | None


def outcomes_section(snapshot: Snapshot, words: Words) -> Outcomes:
    """The three numbers with their questions, and recommendation."""
    found = snapshot.headline
    questions = [
        (words.gettext("Inside"), found.question_inside),
        (words.gettext("Customers"), found.question_customer),
    ]
    difference = difference_sentence(snapshot, words)
    sentences = (*headline_sentences(snapshot, words), *((difference,) if difference else ()))
    told = [(side, words.quoted(statement(question, snapshot))) for side, question in questions if question]
    return Outcomes(
        questions=(*told, *_answers(snapshot, words)),
        figure=headline(snapshot, words),
        sentences=sentences,
        calibration=expectation_sentence(snapshot, words),
        recommendation=_recommendation(snapshot, words),
    )


def _answers(snapshot: Snapshot, words: Words) -> tuple[tuple[str, str], ...]:
    """The answers that could be chosen, those that count as saying so, and what employees said."""
    found, told = snapshot.headline, []
    if found.options and found.yes_words:
        text = words.gettext(
            "{options}. Counted as saying so: {counted}.",
            options=words.listed([words.quoted(one) for one in found.options]),
            counted=words.alternatives([words.quoted(word) for word in found.yes_words]),
        )
        told.append((words.gettext("Answers"), text))
    staff = found.groups.get("staff")
    if staff is not None and staff.percent is not None and staff.interval is not None:
        people = words.staff(staff.n or 0)
        text = words.gettext(
            "{share} say so (likely {range}).",
            share=counted_share(staff.count or 0, staff.n or 0, people, words),
            range=words.between(staff.interval),
        )
        told.append((words.gettext("Employees"), text))
    return tuple(told)


def _recommendation(snapshot: Snapshot, words: Words) -> Table | None:
    if not snapshot.recommendations:
        return None
    return Table(
        caption=words.gettext("Recommendation: promoters (9–10) minus detractors (0–6), from −100 to +100"),
        heads=columns(words.gettext("Would recommend|n|Promoters|Passives|Detractors|Score|Likely")),
        rows=tuple(_recommend(found, words) for found in snapshot.recommendations),
        note=words.gettext("The score judges nothing by itself: read it against the next wave."),
    )


def _recommend(found: Recommendation, words: Words) -> tuple[Cell, ...]:
    name = text(words.gettext("{group} ({code})", group=group_name(found.audience, words), code=found.id))
    if found.score is None or found.interval is None:
        return (name, *(hidden(words, found.withheld) for _ in range(6)))
    counts = [found.n, found.promoters, found.passives, found.detractors]
    cells = [number(words.number(count or 0)) for count in counts]
    return (
        name,
        *cells,
        strong(words.signed(found.score)),
        number(words.signed_between(found.interval, NO_DIFFERENCE)),
    )


def inside_section(snapshot: Snapshot, words: Words) -> Inside:
    """How people are treated inside, and whether talk runs ahead of action."""
    return Inside(
        blocks=tuple(_block(block, snapshot, words) for block in snapshot.blocks),
        synergy=_synergy(snapshot.synergy, snapshot, words) if snapshot.synergy else (),
        mindset=_mindset(snapshot, words),
        talk=_talk(snapshot, words),
    )


def _block(block: BlockResult, snapshot: Snapshot, words: Words) -> Table:
    groups = [group for group in ("management", "staff", "inside") if group in block.groups]
    heads = (words.gettext("Statement"), *(group_name(group, words) for group in groups))
    total = (
        text(words.gettext("Whole block")),
        *(_whole(block.groups[group], snapshot, words) for group in groups),
    )
    items = tuple(_block_item(code, block, groups, snapshot, words) for code in block.wordings)
    asks = words.gettext("What this asks: {meaning}", meaning=statement(block.meaning, snapshot))
    return Table(block.name, heads, (total, *items), asks)


def _whole(estimate: Estimate, snapshot: Snapshot, words: Words) -> Cell:
    if estimate.mean is None:
        return hidden(words, estimate.withheld)
    cuts = snapshot.level_cuts
    return strong(f"{score(estimate, words, cuts).text} ({likely(estimate, words, cuts).text})")


def _block_item(
    code: str, block: BlockResult, groups: Sequence[str], snapshot: Snapshot, words: Words
) -> tuple[Cell, ...]:
    figures = [block.items.get(code, {}).get(group) for group in groups]
    cells = [_agreeing(one, words, reverse=code in block.reverse) for one in figures]
    return (Cell(statement(block.wordings[code], snapshot), "quote"), *cells)


def _agreeing(figures: ItemFigures | None, words: Words, *, reverse: bool) -> Cell:
    """What a group answered; a dash where the item is not counted for it at all."""
    if figures is None:
        return Cell("–", "quiet")
    if not figures.shown:
        return hidden(words, figures.withheld)
    return number(agreeing(figures, words, reverse=reverse))


def _synergy(found: Synergy, snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    if found.quadrant is None:
        return (words.gettext("Too few answers to place people and customers side by side."),)
    quadrants = {
        "synergy": words.gettext("Synergy: people and customers are both well served."),
        "customer-led, people strained": words.gettext("Customer-led, people strained."),
        "people-led, customer distant": words.gettext("People-led, customers distant."),
        "start here": words.gettext("Start here: neither side is well served yet."),
    }
    numbers = words.gettext(
        "People {people}, customers {customers}; the line is drawn at 65 of 100 on both.",
        people=estimate_words(found.people, snapshot, words),
        customers=estimate_words(found.customers, snapshot, words),
    )
    if min(found.people.n or 0, found.customers.n or 0) < MEASURED:
        return (words.gettext("Too few answers to place people and customers side by side."), numbers)
    border = words.gettext("On the border: a range crosses the line, so the place is not certain.")
    own = words.gettext("Own view: too few customers answered, so insiders’ own view of customers stands in.")
    parts = [quadrants[found.quadrant], *([border] if found.on_the_border else []), numbers]
    parts += [own] if found.own_view else []
    return tuple(parts)


def _mindset(snapshot: Snapshot, words: Words) -> Table | None:
    found = snapshot.mindset_behaviour
    groups = [g for g in ("management", "staff", "customer") if g in found.mindset and g in found.behaviour]
    if not groups:
        return None
    cuts = snapshot.level_cuts
    counts = Counter(pair.tag for pair in snapshot.pairs if pair.used and pair.customer is not None)
    return Table(
        caption=words.gettext("Mindset and behaviour"),
        heads=columns(words.gettext("Group|Mindset|Likely|Behaviour|Likely|n")),
        rows=tuple(
            (
                text(group_name(group, words)),
                score(found.mindset[group], words, cuts),
                likely(found.mindset[group], words, cuts),
                score(found.behaviour[group], words, cuts),
                likely(found.behaviour[group], words, cuts),
                people(found.mindset[group], words),
            )
            for group in groups
        ),
        note=words.gettext(
            "Descriptive. Statements that count: {mindset} on mindset, {behaviour} on behaviour.",
            mindset=words.number(counts["mindset"]),
            behaviour=words.number(counts["behaviour"]),
        ),
    )


def _talk(snapshot: Snapshot, words: Words) -> str | None:
    if snapshot.mindset_behaviour.talk_ahead is None:
        return None
    if snapshot.mindset_behaviour.talk_ahead:
        return words.gettext("Among managers, talk runs ahead of action.")
    return words.gettext("Among managers, we see no sign that talk runs ahead of action.")
