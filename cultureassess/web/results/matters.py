"""What matters most: importance against the gap, with the priorities behind it (METHOD 6.1, 6.2)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.importance import Priorities, priorities_section
from cultureassess.report.figures import priorities_plane
from cultureassess.report.narrative.priorities import actionable
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Driver, Snapshot
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.chart import Chart, plane_chart
from cultureassess.web.results.strips import percent


@dataclass(frozen=True)
class Weight:
    """One index's importance. Shares are of what the indices explain together; ``bar`` is its length."""

    name: str
    weight: str
    bar: str
    correlation: str
    share: str
    note: str


@dataclass(frozen=True)
class ImportancePage:
    """See ``templates/results/importance.html``."""

    title: str
    chart: Chart | None
    codes: tuple[tuple[str, str], ...]
    priorities: Priorities
    derived: bool
    explained: str | None
    weights: tuple[Weight, ...]


def build(setting: Setting) -> ImportancePage:
    """The plane, the order of priorities, and where the weights come from."""
    snapshot, words = setting.snapshot, setting.words
    plane, found = priorities_plane(snapshot, words), snapshot.importance
    return ImportancePage(
        title=_title(snapshot, words),
        chart=None if plane is None else plane_chart(plane, setting),
        codes=tuple((index.code, index.name) for index in snapshot.indices),
        priorities=priorities_section(snapshot, words),
        derived=found.source == "answers",
        explained=None if found.r_squared is None else words.percent(100 * found.r_squared),
        weights=tuple(_weight(setting, driver) for driver in sorted(found.drivers, key=lambda d: -d.weight)),
    )


def _title(snapshot: Snapshot, words: Words) -> str:
    """Name what to act on, in the order of the priorities: the same as on page 1 and the action sheet."""
    if all(index.gap.interval is None for index in snapshot.indices):
        return _unmeasured(snapshot, words)
    names = [index.name for index in actionable(snapshot)]
    if names:
        return words.gettext(
            "Begin where weight and distance are largest together: {names}", names=words.listed(names)
        )
    if snapshot.importance.source == "framework":
        return words.gettext("Nothing is both weighty by the framework and a clear gap")
    return words.gettext("No clear gap lies where it matters most to customers")


def _unmeasured(snapshot: Snapshot, words: Words) -> str:
    if all(priority.value is None for priority in snapshot.priorities):
        return words.gettext("No gap can be measured yet, so nothing comes first")
    return words.gettext("No gap can be measured yet: this order rests on weight and customers’ scores alone")


def _weight(setting: Setting, driver: Driver) -> Weight:
    words = setting.words
    interval = driver.lmg_interval
    share = "–" if driver.lmg is None else words.percent(100 * driver.lmg)
    if interval is not None:
        share = words.gettext(
            "{share} ({low} to {high})",
            share=share,
            low=words.number(100 * interval.low),
            high=words.number(100 * interval.high),
        )
    return Weight(
        name=setting.snapshot.index(driver.index).name,
        weight=words.percent(100 * driver.weight),
        bar=percent(200 * driver.weight),
        correlation="–" if driver.correlation is None else words.decimal(driver.correlation, 2),
        share=share,
        note="" if driver.ranked else words.gettext("goes the other way; shown, not ranked"),
    )
