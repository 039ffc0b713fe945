"""The second page: eight indices at a glance, as a chart, as strips and as a table."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.figures import RowGroup, gap_plot
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.chart import Chart, chart
from cultureassess.web.results.indices import IndexView, audiences, index_view
from cultureassess.web.results.overview import Rung, rungs


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
class EightPage:
    """See ``templates/results/indices.html``."""

    columns: tuple[Column, ...]
    kinds: tuple[Kind, ...]
    chart: Chart
    rungs: tuple[Rung, ...]

    @property
    def indices(self) -> tuple[IndexView, ...]:
        return tuple(index for kind in self.kinds for index in kind.indices)


def build(setting: Setting) -> EightPage:
    """Everything that the page of the eight indices says."""
    plot = gap_plot(setting.snapshot, setting.words)
    kinds = tuple(_kind(setting, group) for group in plot.groups)
    return EightPage(
        columns=columns(setting),
        kinds=kinds,
        chart=chart(plot, {index.code: index.wordings for kind in kinds for index in kind.indices}),
        rungs=rungs(setting.snapshot.level_cuts, ()),
    )


def columns(setting: Setting) -> tuple[Column, ...]:
    """The audiences that have a column."""
    return tuple(Column(code, setting.audience(code)) for code in audiences(setting.snapshot))


def _kind(setting: Setting, group: RowGroup) -> Kind:
    indices = (setting.snapshot.index(row.code) for row in group.rows)
    return Kind(group.name, tuple(index_view(setting, index) for index in indices))
