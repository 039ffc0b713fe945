"""What figures mean: the state and class of a gap, and the two readings beside it.

Source: METHOD 2.10-2.11, 3.5-3.6.

A verdict is for paired indices with at least 10 answers on both sides; who may have one is decided by
the disclosure rules, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cultureassess.scoring.describe import Estimate, Interval

THRESHOLD = 10.0
"""A gap that matters in practice, in points (METHOD 3.5)."""

TARGET = 65.0
"""From here on a score is a strength: level 4, a clear majority agrees."""

ALPHA = 0.05

TALK_AHEAD = 5.0
"""Points by which mindset must exceed behaviour to be worth a remark (METHOD 2.10)."""


class State(StrEnum):
    CLEAR_GAP = "clear gap"
    SMALL_GAP = "small gap"
    ALIGNED = "aligned"
    INCONCLUSIVE = "inconclusive"


class Perception(StrEnum):
    """The class of an index: who sees a strength where."""

    BLIND_SPOT = "blind spot"
    OVERSTATED_STRENGTH = "overstated strength"
    HIDDEN_STRENGTH = "hidden strength"
    OVER_CRITICAL = "over-critical"
    SHARED_STRENGTH = "shared strength"
    SHARED_WEAKNESS = "shared weakness"
    MIXED = "mixed"


@dataclass(frozen=True)
class Verdict:
    state: State
    perception: Perception

    @property
    def provisional(self) -> bool:
        """Whether the class must be marked so, because the answers do not settle the state."""
        return self.state is State.INCONCLUSIVE


def state_of(
    difference: float, low: float, high: float, p_holm: float | None, *, threshold: float = THRESHOLD
) -> State | None:
    """The state of a gap.

    ``aligned`` asks for the whole 95% interval strictly inside ±threshold: an equivalence statement,
    stricter than the 90% interval of two one-sided tests.

    Args:
        difference: the gap in points, unrounded; ``low`` and ``high`` bound its 95% interval.
        p_holm: its p value, Holm-adjusted within the family; None if there was no test.

    Returns:
        None if there was no test.
    """
    if p_holm is None:
        return None
    if p_holm < ALPHA:
        return State.CLEAR_GAP if abs(difference) >= threshold else State.SMALL_GAP
    inside = -threshold < low and high < threshold
    return State.ALIGNED if inside else State.INCONCLUSIVE


def perception_of(state: State, management: float, customers: float, *, target: float = TARGET) -> Perception:
    """The class of an index from its state and the two means (target inclusive, unrounded)."""
    strong = customers >= target
    if state is State.CLEAR_GAP and management > customers:
        return Perception.OVERSTATED_STRENGTH if strong else Perception.BLIND_SPOT
    if state is State.CLEAR_GAP:
        return Perception.HIDDEN_STRENGTH if strong else Perception.OVER_CRITICAL
    if (management >= target) != strong:
        return Perception.MIXED
    return Perception.SHARED_STRENGTH if strong else Perception.SHARED_WEAKNESS


def verdict(
    *, management: float, customers: float, low: float, high: float, p_holm: float | None
) -> Verdict | None:
    """State and class of a paired index, from its two means; None if there was no test.

    ``low`` and ``high`` bound the 95% interval of management minus customers.
    """
    state = state_of(management - customers, low, high, p_holm)
    return Verdict(state, perception_of(state, management, customers)) if state else None


class Quadrant(StrEnum):
    """Employee-centred against customer-centred (S1's synergy)."""

    SYNERGY = "synergy"
    PEOPLE_STRAINED = "customer-led, people strained"
    CUSTOMER_DISTANT = "people-led, customer distant"
    NEITHER = "start here"


def quadrant_of(people: float, customers: float, *, cut: float = TARGET) -> Quadrant:
    """Where the employee block and the customers' headline score meet; cuts inclusive (METHOD 2.11)."""
    if customers >= cut:
        return Quadrant.SYNERGY if people >= cut else Quadrant.PEOPLE_STRAINED
    return Quadrant.CUSTOMER_DISTANT if people >= cut else Quadrant.NEITHER


def on_the_border(people: Interval, customers: Interval, *, cut: float = TARGET) -> bool:
    """Whether the 95% cross of the quadrant's point reaches over a cut (METHOD 2.11)."""
    return any(bounds.low < cut <= bounds.high for bounds in (people, customers))


def talk_ahead_of_action(difference: Estimate) -> bool | None:
    """Whether mindset runs ahead of behaviour: at least 5 points, and an interval above 0.

    Args:
        difference: mindset minus behaviour within respondents, judged for management (METHOD 2.10).

    Returns:
        None where there is no interval.
    """
    if difference.mean is None or difference.interval is None:
        return None
    return difference.mean >= TALK_AHEAD and difference.interval.low > 0
