"""The report as PowerPoint slides: native charts that can be edited, the same figures as the PDF."""

from __future__ import annotations

import io

from cultureassess.report.document import Document
from cultureassess.report.document.gaps import Evidence
from cultureassess.report.figures import DistributionRow, GapRow
from cultureassess.report.languages import words_in
from cultureassess.report.palette import PAPER
from cultureassess.report.pdf.render import Order
from cultureassess.report.settled import settled
from cultureassess.report.slide_cloud import cloud
from cultureassess.report.slide_cover import cover
from cultureassess.report.slide_parts import (
    Canvas,
    bars,
    bullets,
    note,
    stacked,
)
from cultureassess.report.slide_tables import grid
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot

GROUPS = ("management", "staff", "customer")


def slides(order: Order) -> bytes:
    """Twelve slides or fewer as a PPTX file. The same order gives the same bytes."""
    words = words_in(order.options.language)
    report = order.document(words)
    canvas = Canvas.empty(report, accent=order.options.accent)
    cover(canvas, report, order.options, words)
    _answer(canvas, report)
    _numbers(canvas, report, words)
    _indices(canvas, report)
    _gaps(canvas, report)
    _importance(canvas, report, words)
    for evidence in report.gaps.evidence:
        _pairs(canvas, evidence, report, words)
    _steps(canvas, report, words)
    _people(canvas, report, order.snapshot, words)
    _method(canvas, report, words)
    canvas.speak(report.language)
    written = io.BytesIO()
    canvas.deck.save(written)
    return settled(written.getvalue())


def _answer(canvas: Canvas, report: Document) -> None:
    """The first sentence of the answer as the title, the others below it."""
    answer = report.cover.answer
    slide = canvas.slide(answer.headline[0])
    lines = [" ".join(answer.headline[1:]), answer.difference, answer.level, answer.chosen, answer.decision]
    bullets(slide, [line for line in lines if line], top=1.6, size=18, rtl=canvas.rtl)
    note(slide, " ".join(answer.sentences))


def _numbers(canvas: Canvas, report: Document, words: Words) -> None:
    figure = report.outcomes.figure
    shown = [
        (number.caption, number.value, number.group) for number in figure.numbers if number.value is not None
    ]
    if not shown:
        return
    slide = canvas.slide(figure.title)
    bars(
        slide,
        [caption for caption, _, _ in shown],
        {words.gettext("Percent"): [value for _, value, _ in shown]},
        colours=[PAPER.group("customer")],
        points=[PAPER.group(group) for _, _, group in shown],
        alternative=figure.description,
        high=100,
        printed={
            words.gettext("Percent"): [number.share for number in figure.numbers if number.value is not None]
        },
    )
    note(slide, figure.description)


def _indices(canvas: Canvas, report: Document) -> None:
    plot = report.overview.plot
    rows = [row for group in plot.groups for row in group.rows]
    names = dict(plot.legend)
    series = {names[group]: [_mark(row, group) for row in rows] for group in GROUPS if group in names}
    if not series:
        return
    slide = canvas.slide(plot.title)
    colours = [PAPER.group(group) for group in GROUPS if group in names]
    printed = {names[group]: [_printed(row, group) for row in rows] for group in GROUPS if group in names}
    labels = [row.label for row in rows]
    bars(slide, labels, series, colours=colours, alternative=plot.description, high=100, printed=printed)
    note(slide, plot.description)


def _mark(row: GapRow, group: str) -> float | None:
    mark = row.mark(group)
    return round(mark.value, 1) if mark is not None else None


def _printed(row: GapRow, group: str) -> str:
    mark = row.mark(group)
    return mark.printed if mark is not None else ""


def _gaps(canvas: Canvas, report: Document) -> None:
    table = report.overview.table
    slide = canvas.slide(report.cover.answer.tally)
    grid(slide, table, rtl=canvas.rtl)
    note(slide, f"{table.note} {report.overview.detectable or ''}")


def _importance(canvas: Canvas, report: Document, words: Words) -> None:
    plane = report.priorities.plane
    if plane is None:
        return
    first = next((point.name for point in plane.points if point.place == 1), None)
    title = words.gettext("{index} comes first, by weight and size together", index=first) if first else ""
    slide = canvas.slide(title or plane.title)
    cloud(slide, plane, alternative=plane.description)
    note(slide, f"{report.priorities.source} {report.priorities.order}")


def _pairs(canvas: Canvas, evidence: Evidence, report: Document, words: Words) -> None:
    blocks = [block for block in evidence.pairs if any(row.shares for row in block.figure.rows)]
    slide = canvas.slide(_both_sides(evidence.name, report, words))
    lines = [evidence.sentence]
    for block in evidence.pairs[:1]:
        lines += [f"“{block.inside}”", f"“{block.customer}”"]
    bullets(slide, lines, top=1.4, size=16, rtl=canvas.rtl)
    if blocks:
        figure = blocks[0].figure
        rows = [row for row in figure.rows if row.shares]
        stacked(
            slide,
            [row.label for row in rows],
            {label: [_share(row, at) for row in rows] for at, label in enumerate(figure.labels)},
            colours=PAPER.agreement,
            alternative=f"{figure.title}. {figure.description}",
        )
    note(slide, evidence.sentence)


def _both_sides(name: str, report: Document, words: Words) -> str:
    """An index with what each side says of it; its name alone where one is withheld."""
    rows = [row for group in report.overview.plot.groups for row in group.rows if row.label == name]
    marks = [row.mark(group) for row in rows for group in ("management", "customer")]
    if len(marks) != 2 or marks[0] is None or marks[1] is None:
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
    table = report.people.coverage
    slide = canvas.slide(_answered(snapshot, words))
    grid(slide, table, rtl=canvas.rtl)
    note(slide, f"{report.people.chosen} {report.people.tipping or ''}")


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
    bullets(slide, [*lines, *report.method.limits[:3]], top=1.6, size=12, rtl=canvas.rtl)
