"""The heat map, and what hides in the customers' average (METHOD 3.4: exploratory)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from cultureassess.report.narrative.labels import attribute_name, value_name
from cultureassess.report.words import Words
from cultureassess.scoring.gaps import welch_from
from cultureassess.scoring.multiplicity import benjamini_hochberg
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Estimate, Range, Snapshot
from cultureassess.web.results.cells import Cell, Setting

STEPS = (3.0, 8.0, 15.0)
"""Distances from the side's own average, in points, at which a cell's shade deepens."""

LEAST = 30
"""Answers from which a segment takes part in a comparison (METHOD 2.0)."""


@dataclass(frozen=True)
class HeatCell:
    """``shade`` from "low-3" over "even" to "high-3"; ``apart`` is the distance in words for the tooltip."""

    score: Cell
    shade: str
    apart: str


@dataclass(frozen=True)
class HeatRow:
    label: str
    n: Cell
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatGroup:
    """One attribute with a row per value.

    ``total`` is the row of the side that the shades compare with, at the first attribute of that side.
    """

    name: str
    whole: str
    total: HeatRow | None
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True)
class SegmentsPage:
    """See ``templates/results/segments.html``."""

    title: str
    columns: tuple[tuple[str, str], ...]
    groups: tuple[HeatGroup, ...]
    hidden_in_average: str
    compared: int


@dataclass(frozen=True)
class Contrast:
    """Two customer segments on one measure, with Welch's test."""

    measure: str
    higher: tuple[str, str]
    lower: tuple[str, str]
    difference: float
    interval: Range
    p: float


def build(setting: Setting) -> SegmentsPage:
    """The heat map of every attribute of both sides."""
    snapshot, words = setting.snapshot, setting.words
    headline = [(code, words.gettext("Customer-centricity")) for code in _overall(snapshot)]
    columns = (*headline, *((i.code, i.name) for i in snapshot.indices))
    tests = list(contrasts(snapshot))
    said = _hidden(setting, tests)
    return SegmentsPage(
        title=said,
        columns=columns,
        groups=tuple(_groups(setting, [code for code, _ in columns])),
        hidden_in_average=said,
        compared=len(tests),
    )


def _overall(snapshot: Snapshot) -> tuple[str, ...]:
    """The headline composite's code; nothing where it could not be computed."""
    composite = snapshot.headline_composite
    return () if composite is None else (composite.code,)


def _groups(setting: Setting, codes: list[str]) -> Iterator[HeatGroup]:
    snapshot, words = setting.snapshot, setting.words
    seen: set[str] = set()
    for found in snapshot.breakdowns:
        whole = "inside" if found.side == "inside" else "customer"
        overall = {index.code: index.groups.get(whole) for index in snapshot.indices}
        overall |= dict.fromkeys(_overall(snapshot), snapshot.headline_score(whole))
        label = setting.audience(whole)
        cells = tuple(_cell(setting, overall[code], None) for code in codes)
        yield HeatGroup(
            name=attribute_name(found.attribute, found.side, words),
            whole=label,
            total=None if whole in seen else HeatRow(label, Cell(text=""), cells),
            rows=tuple(_row(setting, found, cell, codes, overall) for cell in found.cells),
        )
        seen.add(whole)


def _row(
    setting: Setting,
    found: Breakdown,
    cell: BreakdownCell,
    codes: list[str],
    overall: Mapping[str, Estimate | None],
) -> HeatRow:
    words = setting.words
    label = value_name(found.attribute, found.side, cell.value, setting.snapshot, words)
    if cell.n is None:
        return HeatRow(label, setting.withheld(cell.withheld), ())
    figures = {**cell.indices, **cell.composites}
    return HeatRow(
        label,
        Cell(text=words.number(cell.n)),
        tuple(_cell(setting, figures.get(code), overall[code]) for code in codes),
    )


def _cell(setting: Setting, figures: Estimate | None, whole: Estimate | None) -> HeatCell:
    words = setting.words
    if figures is None or figures.mean is None:
        return HeatCell(setting.withheld(figures.withheld if figures else None), "hidden", "")
    score = Cell(text=words.score(figures.mean, setting.snapshot.level_cuts))
    if whole is None or whole.mean is None:
        return HeatCell(score, "plain", "")
    apart = figures.mean - whole.mean
    return HeatCell(score, shade(apart), distance(apart, words))


def distance(apart: float, words: Words) -> str:
    """A distance in whole points, never as if it had reached a shade that it has not: ``+2.9``, ``0``."""
    return words.points(apart, STEPS)


def shade(apart: float) -> str:
    """The shade of a cell that lies so many points from its side's average."""
    depth = sum(abs(apart) >= step for step in STEPS)
    if not depth:
        return "even"
    return f"{'high' if apart > 0 else 'low'}-{depth}"


def contrasts(snapshot: Snapshot) -> Iterator[Contrast]:
    """Every pair of customer segments within an attribute, on each index and on the headline composite."""
    measures = [*(index.code for index in snapshot.indices), *_overall(snapshot)]
    for found in snapshot.breakdowns:
        if found.side == "outside":
            for one, other in combinations([cell for cell in found.cells if cell.n is not None], 2):
                yield from _compared(found.attribute, one, other, measures)


def _compared(
    attribute: str, one: BreakdownCell, other: BreakdownCell, measures: list[str]
) -> Iterator[Contrast]:
    first, second = {**one.indices, **one.composites}, {**other.indices, **other.composites}
    for measure in measures:
        a, b = _error(first.get(measure)), _error(second.get(measure))
        found = welch_from(*a, *b) if a and b else None
        if found is None:
            continue
        names = (attribute, one.value), (attribute, other.value)
        if found.difference >= 0:
            yield Contrast(measure, *names, found.difference, Range(*found.interval), found.p)
        else:
            interval = Range(-found.interval.high, -found.interval.low)
            yield Contrast(measure, *names[::-1], -found.difference, interval, found.p)


def _error(figures: Estimate | None) -> tuple[float, float, float] | None:
    if figures is None or figures.mean is None or figures.sd is None or (figures.n or 0) < LEAST:
        return None
    n = figures.n or LEAST
    return figures.mean, figures.sd / n**0.5, n - 1


def _hidden(setting: Setting, tests: list[Contrast]) -> str:
    """The largest difference within customers that stands out among all that were looked at."""
    words = setting.words
    if not setting.snapshot.breakdowns:
        return words.gettext("No groups to compare")
    if not any(found.side == "outside" for found in setting.snapshot.breakdowns):
        return words.gettext("Groups inside, beside the average; customers were not asked for theirs")
    if not tests:
        return words.gettext("Too few customers per group to look for differences among them")
    adjusted = benjamini_hochberg([one.p for one in tests])
    real = [one for one, p in zip(tests, adjusted, strict=True) if p is not None and p < 0.05]
    if not real:
        return words.gettext(
            "Customers see it alike, whichever group they belong to, as far as the answers tell"
        )
    largest = max(real, key=lambda one: one.difference)
    return words.gettext(
        "Hidden in the average: {higher} rate {measure} {points} points higher than {lower} (likely {range})",
        higher=words.quoted(_value(setting, largest.higher)),
        lower=words.quoted(_value(setting, largest.lower)),
        measure=_measure(setting.snapshot, largest.measure, words),
        points=words.size(largest.difference),
        range=words.between(largest.interval),
    )


def _value(setting: Setting, named: tuple[str, str]) -> str:
    return value_name(named[0], "outside", named[1], setting.snapshot, setting.words)


def _measure(snapshot: Snapshot, code: str, words: Words) -> str:
    name = next((index.name for index in snapshot.indices if index.code == code), None)
    return name or words.gettext("customer-centricity")
