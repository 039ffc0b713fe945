"""Blind spots and hidden strengths, and whether they survive a harsh rater (METHOD 3.6)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.views import Views, views_section
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot
from cultureassess.web.results.cells import Cell, Setting, difference
from cultureassess.web.results.chart import Chart, plane_chart
from cultureassess.web.results.strips import percent

REACH = 30.0
"""Points left and right of the middle that the drawing of deviations holds."""

NOTABLE = 5.0
"""Deviation from which one is named: worth watching (METHOD 3.5)."""


@dataclass(frozen=True)
class Deviation:
    """How far one gap is from the average gap; ``x`` and ``width`` place its bar in percent."""

    code: str
    name: str
    gap: Cell
    value: str
    size: float
    x: str
    width: str


@dataclass(frozen=True)
class ContrastsPage:
    """See ``templates/results/contrasts.html``."""

    title: str
    views: Views
    chart: Chart | None
    codes: tuple[tuple[str, str], ...]
    average: str | None
    finding: str
    deviations: tuple[Deviation, ...]


def build(setting: Setting) -> ContrastsPage:
    """The quadrant, the widest pairs, and the gaps against their average."""
    snapshot, words = setting.snapshot, setting.words
    views = views_section(snapshot, words)
    average, found = deviations(setting)
    return ContrastsPage(
        title=_title(snapshot, words),
        views=views,
        chart=None if views.plane is None else plane_chart(views.plane, setting),
        codes=tuple((index.code, index.name) for index in snapshot.indices),
        average=None if average is None else words.signed(average),
        finding=_finding(found, average or 0.0, words),
        deviations=found,
    )


def _title(snapshot: Snapshot, words: Words) -> str:
    if all(index.gap.interval is None for index in snapshot.indices):
        return words.gettext("Too few answers to tell a blind spot from chance")
    names = {
        kind: [
            index.name for index in snapshot.indices if index.gap.class_ == kind and not index.gap.provisional
        ]
        for kind in ("blind spot", "hidden strength")
    }
    blind, hidden = names["blind spot"], names["hidden strength"]
    if blind and hidden:
        return words.gettext(
            "Blind spots: {blind}. Hidden strengths: {hidden}",
            blind=words.listed(blind),
            hidden=words.listed(hidden),
        )
    if blind:
        return words.gettext("Managers do not see what customers see: {blind}", blind=words.listed(blind))
    if hidden:
        return words.gettext("Strengths that you do not claim: {hidden}", hidden=words.listed(hidden))
    return words.gettext("No blind spot and no hidden strength that we could be sure of")


def deviations(setting: Setting) -> tuple[float | None, tuple[Deviation, ...]]:
    """The average of the gaps that have a range, and each gap's distance from it, largest first."""
    shown = [
        (index, index.gap.difference)
        for index in setting.snapshot.indices
        if index.gap.difference is not None and index.gap.interval is not None
    ]
    if len(shown) < 2:
        return None, ()
    average = sum(gap for _, gap in shown) / len(shown)
    ordered = sorted(shown, key=lambda one: -one[1])
    return average, tuple(
        _deviation(setting, index.code, index.name, difference(setting, index.gap), gap - average)
        for index, gap in ordered
    )


def _deviation(setting: Setting, code: str, name: str, gap: Cell, size: float) -> Deviation:
    width = 50 * min(abs(size), REACH) / REACH
    return Deviation(
        code=code,
        name=name,
        gap=gap,
        value=setting.words.signed(size),
        size=size,
        x=percent(50 - width if size < 0 else 50),
        width=percent(width),
    )


def _finding(found: tuple[Deviation, ...], average: float, words: Words) -> str:
    """Which gaps stand out once the general distance between the sides is taken away."""
    if not found:
        return words.gettext("Too few gaps have a range to compare them with their average.")
    above = [one.name for one in found if one.size >= NOTABLE]
    if not above and abs(average) < NOTABLE:
        return words.gettext("There is hardly a distance between the two sides, on any index.")
    if not above:
        return words.gettext(
            "The gaps are much alike: customers rate everything about equally lower or higher, as a harsh or "
            "kind rater would. Read the distance as a whole rather than single indices."
        )
    return words.gettext(
        "Even if customers were simply harsher raters, {names} would stand out.", names=words.listed(above)
    )
