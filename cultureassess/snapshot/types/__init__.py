"""The snapshot: the frozen, suppressed aggregates of one wave.

It is the only thing that a page, chart, file or API may read; what is withheld is not in it. Numbers
are unrounded (rounding happens where they are printed), on the 0-100 scale unless a field says
percent or points. ``None`` is a value withheld or not defined; ``withheld`` beside it says which.
Source of every rule: METHOD 2.0-4.4.
"""

from __future__ import annotations

from cultureassess.snapshot.types.cells import (
    Estimate,
    Frozen,
    Gap,
    ItemFigures,
    Level,
    Range,
    Share,
    Step,
)
from cultureassess.snapshot.types.people import (
    Careless,
    CarelessCounts,
    CommentList,
    Coverage,
    Detectable,
    Driver,
    Importance,
    InstrumentInfo,
    LateAnswers,
    LevelCut,
    Priority,
    Wave,
    Withheld,
)
from cultureassess.snapshot.types.results import (
    BlockResult,
    Breakdown,
    BreakdownCell,
    CompositeResult,
    Headline,
    IndexResult,
    MindsetBehaviour,
    PairResult,
    Recommendation,
    Reliability,
    Synergy,
    Tipping,
)

SCHEMA = "cultureassess-snapshot/1"


class Snapshot(Frozen, frozen=True):
    """Everything that may be known of one wave."""

    schema: str
    scoring_version: str
    levels_version: str
    fingerprint: str
    wave: Wave
    instrument: InstrumentInfo
    level_cuts: tuple[LevelCut, ...]
    coverage: tuple[Coverage, ...]
    careless: tuple[Careless, ...]
    headline: Headline
    overall: dict[str, Level]
    """The overall level (headline composite) per view: customer, management, inside."""
    indices: tuple[IndexResult, ...]
    composites: tuple[CompositeResult, ...]
    pairs: tuple[PairResult, ...]
    blocks: tuple[BlockResult, ...]
    recommendations: tuple[Recommendation, ...]
    mindset_behaviour: MindsetBehaviour
    synergy: Synergy | None
    breakdowns: tuple[Breakdown, ...]
    late: tuple[LateAnswers, ...]
    detectable: Detectable | None
    family_size: int
    importance: Importance
    priorities: tuple[Priority, ...]
    comments: tuple[CommentList, ...]
    withheld: tuple[Withheld, ...]
    warnings: tuple[str, ...] = ()

    def index(self, code: str) -> IndexResult:
        return next(index for index in self.indices if index.code == code)

    def composite(self, code: str) -> CompositeResult:
        return next(composite for composite in self.composites if composite.code == code)

    @property
    def headline_composite(self) -> CompositeResult | None:
        """The composite of the overall level; None where customers could not judge its items."""
        return next((c for c in self.composites if c.headline), None)

    def headline_score(self, group: str) -> Estimate | None:
        """A group's mean on the headline composite; None where nothing can be said of it, not even why."""
        composite = self.headline_composite
        return None if composite is None else composite.groups.get(group)

    def pairs_of(self, index: str) -> tuple[PairResult, ...]:
        return tuple(pair for pair in self.pairs if pair.index == index)


__all__ = [
    "SCHEMA",
    "BlockResult",
    "Breakdown",
    "BreakdownCell",
    "Careless",
    "CarelessCounts",
    "CommentList",
    "CompositeResult",
    "Coverage",
    "Detectable",
    "Driver",
    "Estimate",
    "Frozen",
    "Gap",
    "Headline",
    "Importance",
    "IndexResult",
    "InstrumentInfo",
    "ItemFigures",
    "LateAnswers",
    "Level",
    "LevelCut",
    "MindsetBehaviour",
    "PairResult",
    "Priority",
    "Range",
    "Recommendation",
    "Reliability",
    "Share",
    "Snapshot",
    "Step",
    "Synergy",
    "Tipping",
    "Wave",
    "Withheld",
]
