"""Workshop mode: one index at a time, the room's forecast first, then managers, then customers."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.document.advice import guidance
from cultureassess.report.narrative.priorities import ranked
from cultureassess.snapshot.types import IndexResult
from cultureassess.web.results.cells import Cell, Setting, mean
from cultureassess.web.results.indices import IndexView, index_view
from cultureassess.web.results.strips import Marker, marker


@dataclass(frozen=True)
class Round:
    """One index for the room. What is not shown cannot be revealed either."""

    index: IndexView
    managers: Cell
    customers: Cell
    managers_at: Marker | None
    customers_at: Marker | None
    question: str | None


def build(setting: Setting) -> tuple[Round, ...]:
    """The indices in the order of the conversation: the first priorities first."""
    snapshot = setting.snapshot
    first = ranked(snapshot)
    rest = [index for index in snapshot.indices if index not in first]
    return tuple(_round(setting, index) for index in (*first, *rest))


def _round(setting: Setting, index: IndexResult) -> Round:
    managers, customers = index.groups.get("management"), index.groups.get("customer")
    advice = guidance(index, setting.snapshot, setting.words)
    return Round(
        index=index_view(setting, index),
        managers=mean(setting, managers, index.levels.get("management")),
        customers=mean(setting, customers, index.levels.get("customer")),
        managers_at=marker("management", managers) if managers is not None and managers.shown else None,
        customers_at=marker("customer", customers) if customers is not None and customers.shown else None,
        question=advice.question if advice else None,
    )
