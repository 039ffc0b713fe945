"""The slides of the four pictures: the three numbers, the indices, the gaps, what matters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cultureassess.report.document import Document
from cultureassess.report.document.tables import Cell, Table
from cultureassess.report.figures import GapRow, HeadlineNumber, Mark, Plane
from cultureassess.report.narrative.gaps import estimate_words
from cultureassess.report.narrative.priorities import nearly_tied, tied_sentences
from cultureassess.report.palette import PAPER
from cultureassess.report.sheets.types import score
from cultureassess.report.slide_charts import Reach, Series, bars
from cultureassess.report.slide_cloud import cloud
from cultureassess.report.slide_parts import HIGH, MARGIN, QUIET, WIDE, Canvas, bullets, fill, note, textbox
from cultureassess.report.slide_tables import grid
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot

GROUPS = ("management", "staff", "customer")


def numbers(canvas: Canvas, report: Document, words: Words) -> None:
    """The three numbers with answers and range; those that may not be drawn are told below."""
    figure = report.outcomes.figure
    shown = [number for number in figure.numbers if number.value is not None]
    if not shown:
        return
    slide = canvas.slide(report.cover.answer.difference or figure.title)
    one = Series(
        words.gettext("Percent"),
        [number.value for number in shown],
        PAPER.group("customer"),
        ranges=[_reach(number) for number in shown],
        points=[PAPER.group(number.group) for number in shown],
        hollow=[place for place, number in enumerate(shown) if number.key == "expected"],
        labelled=False,  # a range would cross the number of a short bar: it stands in the name
    )
    names = [_asked(number, words) for number in shown]
    bars(slide, names, [one], alternative=figure.description, height=4.4, rtl=canvas.rtl)
    told = [
        f"{number.caption}: {number.note or f'{number.big} {number.of}'}"
        for number in figure.numbers
        if number.value is None
    ]
    if any(one.ranges):
        told.append(words.gettext("Lines are 95% intervals."))
    bullets(slide, told, top=6.0, size=14, rtl=canvas.rtl)
    note(slide, figure.description)


def _asked(number: HeadlineNumber, words: Words) -> str:
    """A bar's name: what it is, its share of how many answers, and its range."""
    counted = f"{number.big} {number.of}"
    if number.key == "expected":
        forecast = words.gettext("their forecast of customers")
        return f"{number.caption} ({forecast})\n{counted}\n{number.interval}"
    parts = (number.caption, f"{counted} ({number.share})", number.interval)
    return "\n".join(part for part in parts if part)


def _reach(one: HeadlineNumber | Mark) -> Reach | None:
    return (one.low, one.high) if one.low is not None and one.high is not None else None


def indices(canvas: Canvas, report: Document, snapshot: Snapshot, words: Words) -> None:
    """What each group says of each index; the lines are the ranges, the legend says how many answered."""
    plot = report.overview.plot
    rows = [row for group in plot.groups for row in group.rows]
    legend = {group: f"{name} · {_people(rows, group, words)}" for group, name in plot.legend}
    if not legend:
        return
    slide = canvas.slide(plot.title)
    groups = [group for group in GROUPS if group in legend]
    series = [
        Series(
            legend[group],
            [_mark(row, group, snapshot) for row in rows],
            PAPER.group(group),
            printed=[_printed(row, group) for row in rows],
            ranges=[_range(row, group) for row in rows],
        )
        for group in groups
    ]
    names = [row.label for row in rows]
    bars(slide, names, series, alternative=plot.description, height=5.1, rtl=canvas.rtl)
    shown = [mark for row in rows for group in groups if (mark := row.mark(group)) is not None]
    if not all(_reach(mark) for mark in shown):
        told = words.gettext("Lines are 95% intervals. A bar of fewer than ten answers has none.")
        below(slide, told, rtl=canvas.rtl)
    else:
        below(slide, words.gettext("Lines are 95% intervals."), rtl=canvas.rtl)
    note(slide, plot.description)


def below(slide: Any, text: str, *, rtl: bool) -> None:  # noqa: ANN401
    """One small line between a picture and the footer."""
    fill(textbox(slide, MARGIN, WIDE - 2 * MARGIN, top=HIGH - 0.85), text, 12, QUIET, rtl=rtl)


def _people(rows: list[GapRow], group: str, words: Words) -> str:
    """How many of a group answered, from the index with the fewest to the one with the most."""
    found = sorted(mark.n for row in rows if (mark := row.mark(group)) is not None)
    if found[0] == found[-1]:
        return f"n = {words.number(found[0])}"
    return f"n = {words.number(found[0])}–{words.number(found[-1])}"


def _mark(row: GapRow, group: str, snapshot: Snapshot) -> float | None:
    """What the workbook has in its cell, too."""
    mark = row.mark(group)
    return score(mark.value, snapshot.level_cuts) if mark is not None else None


def _printed(row: GapRow, group: str) -> str:
    mark = row.mark(group)
    return mark.printed if mark is not None else ""


def _range(row: GapRow, group: str) -> Reach | None:
    mark = row.mark(group)
    return _reach(mark) if mark is not None else None


def gaps(canvas: Canvas, report: Document, snapshot: Snapshot, words: Words) -> None:
    """Index by index what both sides say with its range, how far they are apart, and the verdict."""
    slide = canvas.slide(report.cover.answer.tally)
    grid(slide, _with_ranges(report, snapshot, words), size=12, rtl=canvas.rtl)
    note(slide, f"{report.overview.table.note} {report.overview.detectable or ''}")


def _with_ranges(report: Document, snapshot: Snapshot, words: Words) -> Table:
    """The table of the overview with the ranges of managers and customers in their own cells."""
    table, plot = report.overview.table, report.overview.plot
    codes = [row.code for group in plot.groups for row in group.rows]
    rows = []
    for code, row in zip(codes, table.rows, strict=True):
        cells = list(row)
        for place, group in ((1, "management"), (3, "customer")):
            estimate = snapshot.index(code).groups.get(group)
            if estimate is not None and estimate.mean is not None:
                cells[place] = Cell(estimate_words(estimate, snapshot, words), "number")
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows))


def importance(canvas: Canvas, report: Document, snapshot: Snapshot, words: Words) -> None:
    """What matters against the size of the gap; below it which are nearly tied, and what weights rest on."""
    plane = report.priorities.plane
    if plane is None:
        return
    title, tied = _first(plane, snapshot, words)
    slide = canvas.slide(title)
    cut = words.gettext("gap from {n} points", n=words.number(plane.up.cut))
    cloud(slide, plane, alternative=plane.description, cut=cut, rtl=canvas.rtl)
    bullets(slide, [*tied, report.priorities.source], top=6.1, size=14, rtl=canvas.rtl)
    note(slide, f"{report.priorities.source} {report.priorities.order}")


def _first(plane: Plane, snapshot: Snapshot, words: Words) -> tuple[str, tuple[str, ...]]:
    """Which index comes first, unless chance could change that, the subject where none does; what is
    nearly tied besides."""
    told = tied_sentences(snapshot, words)
    first = next((point for point in plane.points if point.place == 1), None)
    if first is None:
        return plane.title, told
    runs = nearly_tied(snapshot)
    if runs and runs[0][0].code == first.code:
        return told[0], told[1:]
    return words.gettext("{index} comes first, by weight and size together", index=first.name), told
