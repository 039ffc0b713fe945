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
from cultureassess.report.slide_parts import (
    Canvas,
    bars,
    bullets,
    cloud,
    note,
    stacked,
)
from cultureassess.report.slide_tables import grid
from cultureassess.report.words import Words

GROUPS = ("management", "staff", "customer")


def slides(order: Order) -> bytes:
    """Ten slides or fewer as a PPTX file. The same order gives the same bytes."""
    words = words_in(order.options.language)
    report = order.document(words)
    canvas = Canvas.empty(report, accent=order.options.accent)
    _cover(canvas, report)
    _numbers(canvas, report, words)
    _indices(canvas, report)
    _gaps(canvas, report)
    _importance(canvas, report)
    for evidence in report.gaps.evidence:
        _pairs(canvas, evidence)
    _steps(canvas, report, words)
    _people(canvas, report, words)
    _method(canvas, report, words)
    written = io.BytesIO()
    canvas.deck.save(written)
    return settled(written.getvalue())


def _cover(canvas: Canvas, report: Document) -> None:
    answer = report.cover.answer
    slide = canvas.slide(report.title)
    lines = [" ".join(answer.headline), answer.difference, answer.level, answer.chosen, answer.decision]
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


def _importance(canvas: Canvas, report: Document) -> None:
    plane = report.priorities.plane
    if plane is None:
        return
    slide = canvas.slide(plane.title)
    cloud(slide, plane, alternative=plane.description)
    note(slide, f"{report.priorities.source} {report.priorities.order}")


def _pairs(canvas: Canvas, evidence: Evidence) -> None:
    blocks = [block for block in evidence.pairs if any(row.shares for row in block.figure.rows)]
    slide = canvas.slide(evidence.name)
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


def _share(row: DistributionRow, at: int) -> float:
    return round(row.shares[at], 1) if row.shares else 0.0


def _steps(canvas: Canvas, report: Document, words: Words) -> None:
    slide = canvas.slide(words.gettext("What to do"))
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


def _people(canvas: Canvas, report: Document, words: Words) -> None:
    table = report.people.coverage
    slide = canvas.slide(words.gettext("Who was asked and who answered"))
    grid(slide, table, rtl=canvas.rtl)
    note(slide, f"{report.people.chosen} {report.people.tipping or ''}")


def _method(canvas: Canvas, report: Document, words: Words) -> None:
    slide = canvas.slide(words.gettext("How to read this"))
    lines = [f"{name}: {text}" for name, text in report.reading.entries[1:5]]
    bullets(slide, [*lines, *report.method.limits[:3]], top=1.6, size=12, rtl=canvas.rtl)
