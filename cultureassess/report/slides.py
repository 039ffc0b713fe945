"""The report as PowerPoint slides: native charts that can be edited, the same figures as the PDF."""

from __future__ import annotations

import io

from cultureassess.report.document import Document
from cultureassess.report.document.gaps import Evidence
from cultureassess.report.document.indices import PairBlock
from cultureassess.report.figures import DistributionRow
from cultureassess.report.languages import words_in
from cultureassess.report.palette import PAPER
from cultureassess.report.pdf.render import Order
from cultureassess.report.settled import settled
from cultureassess.report.slide_charts import stacked
from cultureassess.report.slide_cover import cover
from cultureassess.report.slide_parts import Canvas, bullets, note
from cultureassess.report.slide_pictures import gaps, importance, indices, numbers
from cultureassess.report.slide_tables import grid
from cultureassess.report.svg.distribution import shades
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot


def slides(order: Order) -> bytes:
    """Twelve slides or fewer as a PPTX file. The same order gives the same bytes."""
    words = words_in(order.options.language)
    report = order.document(words)
    canvas = Canvas.empty(report, accent=order.options.accent)
    cover(canvas, report, order.options, words)
    _answer(canvas, report)
    numbers(canvas, report, words)
    indices(canvas, report, order.snapshot, words)
    gaps(canvas, report, order.snapshot, words)
    importance(canvas, report, order.snapshot, words)
    _evidence(canvas, report, words)
    _steps(canvas, report, words)
    _people(canvas, report, order.snapshot, words)
    _method(canvas, report, words)
    canvas.speak(report.language)
    written = io.BytesIO()
    canvas.deck.save(written)
    return settled(written.getvalue(), order.snapshot.wave.date)


def _answer(canvas: Canvas, report: Document) -> None:
    """What both sides say as the title; below it what follows, and what the silent could change."""
    answer = report.cover.answer
    slide = canvas.slide(" ".join(answer.headline))
    lines = [answer.difference, answer.level, answer.chosen, answer.tipping, answer.decision]
    bullets(slide, [line for line in lines if line], top=1.6, size=18, rtl=canvas.rtl)
    note(slide, " ".join(answer.sentences))


def _evidence(canvas: Canvas, report: Document, words: Words) -> None:
    """A slide for each gap whose answers may be drawn; the others together on one."""
    drawn = [one for one in report.gaps.evidence if _blocks(one)]
    for one in drawn:
        _pairs(canvas, one, report, words)
    rest = [one for one in report.gaps.evidence if one not in drawn]
    if rest:
        slide = canvas.slide(report.gaps.title)
        bullets(slide, [f"{one.name}: {one.sentence}" for one in rest], top=1.6, size=20, rtl=canvas.rtl)
        note(slide, report.gaps.lead)


def _blocks(evidence: Evidence) -> list[PairBlock]:
    return [block for block in evidence.pairs if any(row.shares for row in block.figure.rows)]


def _pairs(canvas: Canvas, evidence: Evidence, report: Document, words: Words) -> None:
    """What was found, one statement as each side read it, and how people answered it."""
    block = _blocks(evidence)[0]
    slide = canvas.slide(_both_sides(evidence.name, report, words))
    sides = [(words.gettext("Inside"), block.inside), (words.gettext("Customers"), block.customer)]
    lines = [evidence.sentence, *(f"{side}: {words.quoted(told)}" for side, told in sides if told)]
    bullets(slide, lines, top=1.4, size=16, bottom=3.6, rtl=canvas.rtl)
    figure = block.figure
    rows = [row for row in figure.rows if row.shares]
    stacked(
        slide,
        [_counted(row, words) for row in rows],
        {label: [_share(row, at) for row in rows] for at, label in enumerate(figure.labels)},
        colours=shades(len(figure.labels), PAPER),
        alternative=f"{figure.title}. {figure.description}",
        printed=[row.parts for row in rows],
        rtl=canvas.rtl,
    )
    note(slide, evidence.sentence)


def _counted(row: DistributionRow, words: Words) -> str:
    return f"{row.label} · {words.answers(row.n or 0)}"


def _both_sides(name: str, report: Document, words: Words) -> str:
    """An index with what each side says of it; its name alone where one is withheld or has no range."""
    rows = [row for group in report.overview.plot.groups for row in group.rows if row.label == name]
    marks = [row.mark(group) for row in rows for group in ("management", "customer")]
    if len(marks) != 2 or marks[0] is None or marks[1] is None:
        return name
    if marks[0].low is None or marks[1].low is None:  # below ten answers no number is a headline
        return name
    return words.gettext(
        "{index}: managers {managers}, customers {customers}",
        index=name,
        managers=marks[0].printed,
        customers=marks[1].printed,
    )


def _share(row: DistributionRow, at: int) -> float:
    return round(row.shares[at], 1) if row.shares else 0.0


def _steps(canvas: Canvas, report: Document, words: Words) -> None:
    first = report.action.cards[0].name if report.action.cards else ""
    title = words.gettext("Begin with {index}", index=first) if first else words.gettext("What to do")
    slide = canvas.slide(title)
    lines = [report.cover.answer.decision]
    lines += [
        f"{card.name}: {card.guidance.do}"
        for card in report.action.cards
        if card.guidance and card.guidance.do
    ]
    if report.action.stop:
        lines.append(f"{words.gettext('One thing to stop')}: {' '.join(report.action.stop)}")
    lines.append(report.action.close)
    bullets(slide, lines, top=1.6, size=16, rtl=canvas.rtl)


def _people(canvas: Canvas, report: Document, snapshot: Snapshot, words: Words) -> None:
    """Who was asked and who answered; below it what that means for the numbers."""
    people = report.people
    slide = canvas.slide(_answered(snapshot, words))
    grid(slide, people.coverage, rtl=canvas.rtl)
    below = 1.9 + 0.45 * (len(people.coverage.rows) + 1)
    lines = [people.chosen, people.tipping, *people.silent, people.harsher]
    bullets(slide, [line for line in lines if line], top=below, size=16, rtl=canvas.rtl)
    note(slide, people.coverage.note)


def _answered(snapshot: Snapshot, words: Words) -> str:
    """How many of each side answered; the subject alone where one is withheld."""
    usable = {found.audience: found.usable for found in snapshot.coverage}
    managers, customers = usable.get("management"), usable.get("customer")
    if managers is None or customers is None:
        return words.gettext("Who was asked and who answered")
    return words.gettext(
        "{managers} and {customers} answered",
        managers=words.managers(managers),
        customers=words.customers(customers),
    )


def _method(canvas: Canvas, report: Document, words: Words) -> None:
    slide = canvas.slide(words.gettext("How to read this: the size, then its range, then the verdict"))
    lines = [f"{name}: {text}" for name, text in report.reading.entries[1:5]]
    bullets(slide, [*lines, *report.method.limits[:3]], top=1.5, size=16, rtl=canvas.rtl)
