"""RICE of an action: what is typed is refused by its field, and a snapshot suggests a start (METHOD 6.3).

Formula, scale and suggestion are :mod:`cultureassess.scoring.priorities`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cultureassess.scoring.priorities import IMPACTS, importance_rank, is_moonshot, rice, suggested
from cultureassess.scoring.verdicts import State
from cultureassess.services.errors import DomainError
from cultureassess.snapshot.types import PairResult, Snapshot

CONFIDENCES: tuple[float, ...] = (1.0, 0.8, 0.5)
"""High, medium, low; anything below is a moonshot."""

MOST_REACH, MOST_EFFORT = 100_000_000, 1200.0


class EstimateRefused(DomainError):
    """An estimate that RICE does not know; ``field`` is the one at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Estimates:
    """What one person estimated.

    Attributes:
        reach: customers touched in a quarter, a number of people.
        impact: 3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal.
        confidence: 0 to 1.
        effort: person-months, above 0.
        by: who estimated.
    """

    reach: int
    impact: float
    confidence: float
    effort: float
    by: str

    def checked(self) -> Estimates:
        """The same, if RICE can be computed of it.

        Raises:
            EstimateRefused: effort is not above 0, impact is off the scale, confidence is outside 0-1, reach
                is negative, or nobody stands for the estimates.
        """
        if not 0 <= self.reach <= MOST_REACH:
            raise EstimateRefused("reach", "Reach is a number of customers a quarter, 0 or more.")
        if self.impact not in IMPACTS:
            raise EstimateRefused("impact", "Impact is 3, 2, 1, 0.5 or 0.25.")
        if not 0 <= self.confidence <= 1:
            raise EstimateRefused("confidence", "Confidence is between 0 and 100%.")
        if not 0 < self.effort <= MOST_EFFORT:
            raise EstimateRefused("effort", "Effort is a number of person-months above 0.")
        if not self.by.strip():
            raise EstimateRefused("estimated_by", "Say who estimated this.")
        return self

    @property
    def score(self) -> float:
        """Reach x impact x confidence / effort; see :meth:`checked` for what is refused.

        >>> Estimates(2000, 2, 0.8, 3, "A. Jansen").score.__round__(1)
        1066.7
        """
        found = self.checked()
        return rice(reach=found.reach, impact=found.impact, confidence=found.confidence, effort=found.effort)

    @property
    def moonshot(self) -> bool:
        return is_moonshot(self.confidence)


@dataclass(frozen=True)
class Suggestion:
    """What a snapshot suggests; ``reach`` is None where it cannot be told. Effort is nobody's to suggest.

    Attributes:
        item: id of the weakest paired item, from which the reach comes; "" where there is none.
    """

    reach: int | None
    impact: float
    confidence: float
    item: str


def suggest(snapshot: Snapshot, index_code: str, *, customers: int | None = None) -> Suggestion:
    """What METHOD 6.3 suggests for an action on an index; every number stays editable.

    Args:
        snapshot: of the wave that brought the action about.
        index_code: which index.
        customers: how many there are; by default how many were invited.
    """
    index = snapshot.index(index_code)
    weakest = _weakest(snapshot, index_code)
    known = customers if customers is not None else snapshot.wave.invited.get("customer")
    unfavourable = weakest.groups["customer"].unfavourable if weakest else None
    rated = index.groups.get("customer")
    start = suggested(
        customers=known or 0,
        unfavourable=unfavourable or 0.0,
        importance_rank=importance_place(snapshot, index_code),
        customer_score=rated.mean if rated is not None and rated.mean is not None else math.inf,
        state=None if index.gap.state is None else State(index.gap.state),
        answers=rated.n or 0 if rated is not None else 0,
    )
    reach = None if known is None or unfavourable is None else _half_up(start.reach)
    return Suggestion(reach, start.impact, start.confidence, weakest.id if weakest else "")


def _weakest(snapshot: Snapshot, index_code: str) -> PairResult | None:
    """The paired item of an index that customers rate lowest, of those that are shown."""
    shown = [
        (figures.mean, pair)
        for pair in snapshot.pairs_of(index_code)
        if pair.used and (figures := pair.groups.get("customer")) is not None and figures.mean is not None
    ]
    return min(shown, key=lambda one: one[0])[1] if shown else None


def importance_place(snapshot: Snapshot, index_code: str) -> int | None:
    """The place of an index by importance, 1 for the first; equal weights share it. None: not ranked."""
    weights = {driver.index: driver.weight for driver in snapshot.importance.drivers if driver.ranked}
    return importance_rank(index_code, weights)


def _half_up(value: float) -> int:
    return math.floor(value + 0.5)
