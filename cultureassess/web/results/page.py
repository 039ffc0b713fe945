"""The whole results page as one object: a snapshot in words, ready to be set in HTML.

The snapshot is the only input. What is withheld is not in it, so nothing on the page can leak.
"""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.figures import RowGroup, gap_plot
from cultureassess.report.narrative import Answer, answer, reason_sentence
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Coverage, Snapshot
from cultureassess.web.results.cells import Cell, Setting
from cultureassess.web.results.chart import Chart, chart
from cultureassess.web.results.indices import IndexView, audiences, index_view
from cultureassess.web.results.overview import Ladder, Number, ladder, numbers


@dataclass(frozen=True)
class CoverageRow:
    """Who was asked and who answered, of one audience. None where it is not known or not shown."""

    audience: str
    label: str
    invited: str | None
    answered: Cell
    usable: str | None
    rate: str | None
    margin: str | None


@dataclass(frozen=True)
class Absent:
    """One thing that is not shown, and why; never how many answers there were."""

    what: str
    why: str


@dataclass(frozen=True)
class Column:
    code: str
    label: str


@dataclass(frozen=True)
class Kind:
    """Core or differentiating indices, in the order of the chart."""

    name: str
    indices: tuple[IndexView, ...]


@dataclass(frozen=True)
class ResultsPage:
    """See the templates in ``templates/results``: one part per attribute."""

    snapshot: Snapshot
    date: str
    answer: Answer
    numbers: tuple[Number, ...]
    ladder: Ladder
    columns: tuple[Column, ...]
    kinds: tuple[Kind, ...]
    chart: Chart
    coverage: tuple[CoverageRow, ...]
    absent: tuple[Absent, ...]
    scale: tuple[str, ...]

    @property
    def indices(self) -> tuple[IndexView, ...]:
        return tuple(index for kind in self.kinds for index in kind.indices)


def build(snapshot: Snapshot, words: Words = ENGLISH) -> ResultsPage:
    """Everything that the results page of a wave says."""
    setting, plot = Setting(snapshot, words), gap_plot(snapshot, words)
    return ResultsPage(
        snapshot=snapshot,
        date=words.date(snapshot.wave.date),
        answer=answer(snapshot, words),
        numbers=numbers(setting),
        ladder=ladder(setting),
        columns=tuple(Column(code, setting.audience(code)) for code in audiences(snapshot)),
        kinds=tuple(kind(setting, group) for group in plot.groups),
        chart=chart(plot),
        coverage=tuple(coverage_row(setting, row) for row in snapshot.coverage),
        absent=absent(setting),
        scale=snapshot.instrument.scale_labels,
    )


def kind(setting: Setting, group: RowGroup) -> Kind:
    """The indices of one group of chart rows."""
    indices = (setting.snapshot.index(row.code) for row in group.rows)
    return Kind(group.name, tuple(index_view(setting, index) for index in indices))


def coverage_row(setting: Setting, row: Coverage) -> CoverageRow:
    """Who of one audience was asked and answered."""
    words = setting.words
    answered = (
        setting.withheld(row.withheld) if row.answered is None else Cell(text=words.number(row.answered))
    )
    return CoverageRow(
        audience=row.audience,
        label=setting.audience(row.audience),
        invited=None if row.invited is None else words.number(row.invited),
        answered=answered,
        usable=None if row.usable is None else words.number(row.usable),
        rate=None if row.rate is None else words.percent(row.rate),
        margin=None if row.margin is None else f"±{words.number(row.margin)}",
    )


def absent(setting: Setting) -> tuple[Absent, ...]:
    """What is not shown and why, each thing once and in the snapshot's order."""
    k = setting.snapshot.wave.k
    listed = dict.fromkeys((item.what, item.reason) for item in setting.snapshot.withheld)
    return tuple(Absent(what, reason_sentence(reason, setting.words, k=k)) for what, reason in listed)
