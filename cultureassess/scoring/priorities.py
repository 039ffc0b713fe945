"""From gaps to what to do first: priority of an index, and RICE of an action.

Source: METHOD 6.2 and 6.3 (RICE as Intercom defined it); values checked in c19.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cultureassess.scoring.verdicts import State

TARGET = 80.0
"""Where level 5 begins; the distance of the customers to it is half of a priority."""

ESTABLISHED = (State.CLEAR_GAP, State.SMALL_GAP)
"""States in which a gap counts."""

IMPACTS = (3.0, 2.0, 1.0, 0.5, 0.25)
"""Massive, high, medium, low, minimal."""

LEAST_EFFORT = 0.5
"""Person-months; anything well under a month counts as half of one."""

MOONSHOT = 0.5
"""Confidence below which an action is a moonshot."""


@dataclass(frozen=True)
class Candidate:
    """What is known of one index when priorities are set.

    Attributes:
        code: the index.
        weight: its importance, 0-1 (derived or of the framework, see ``drivers``).
        customers: the customers' mean, 0-100.
        gap: management minus customers, in points.
        state: of the gap, which counts as 0 unless it is clear or small; None where it is not judged.
        emphasised: one of the headline composite's indices; breaks ties.
        blind_spot: talk with customers before planning.
    """

    code: str
    weight: float
    customers: float
    gap: float
    state: State | None
    emphasised: bool = False
    blind_spot: bool = False


@dataclass(frozen=True)
class Priority:
    """One index in the order of priority. ``value`` is in weighted points, never negative."""

    code: str
    value: float
    rank: int
    talk_first: bool


@dataclass(frozen=True)
class RiceInputs:
    """A suggestion that people may change; see :func:`rice`. Effort is theirs to estimate."""

    reach: float
    impact: float
    confidence: float


def priority(*, weight: float, customers: float, gap: float) -> float:
    """How much an index asks for attention: w (max(0, 80 - C) + max(0, G)) / 2.

    Args:
        weight: importance, 0-1.
        customers: the customers' mean C, 0-100.
        gap: management minus customers G in points, 0 unless the gap is established.
    """
    return weight * (max(0.0, TARGET - customers) + max(0.0, gap)) / 2


def ranked(candidates: Sequence[Candidate]) -> tuple[Priority, ...]:
    """Indices by falling priority; ties go to emphasised indices, then to the given order.

    An index of weight 0 (a driver that may not be ranked) stands at the end with value 0.
    """
    valued = [(_value(candidate), candidate) for candidate in candidates]
    # Rounded, so that a tie does not hang on the last bit of a float.
    valued.sort(key=lambda pair: (-round(pair[0], 9), not pair[1].emphasised))
    return tuple(
        Priority(candidate.code, value, rank, candidate.blind_spot)
        for rank, (value, candidate) in enumerate(valued, start=1)
    )


def rice(*, reach: float, impact: float, confidence: float, effort: float) -> float:
    """Reach x impact x confidence / effort.

    Args:
        reach: customers touched in a quarter, a number of people.
        impact: 3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal.
        confidence: 0-1; below 0.5 is a moonshot, see :func:`is_moonshot`.
        effort: person-months; above 0 and below 0.5 counts as 0.5.

    Raises:
        ValueError: an input outside its range; the sentence says which and what is allowed.
    """
    if not (reach >= 0 and math.isfinite(reach)):
        raise ValueError("Reach is a number of people, 0 or more.")
    if impact not in IMPACTS:
        raise ValueError("Impact is one of 3, 2, 1, 0.5 and 0.25.")
    if not 0 <= confidence <= 1:
        raise ValueError("Confidence lies between 0 and 100%.")
    if not (effort > 0 and math.isfinite(effort)):
        raise ValueError("Effort is a number of person-months above 0.")
    return reach * impact * confidence / max(effort, LEAST_EFFORT)


def is_moonshot(confidence: float) -> bool:
    """Confidence below 50%: worth a try only if the prize is great."""
    return confidence < MOONSHOT


def importance_rank(code: str, weights: Mapping[str, float]) -> int | None:
    """The place of an index by importance, 1 for the first; equal weights share it. None: not ranked.

    Args:
        weights: code of an index -> its weight, of the indices that may be ranked.
    """
    if code not in weights:
        return None
    return 1 + sum(weight > weights[code] for weight in weights.values())


def suggested(
    *,
    customers: int,
    unfavourable: float,
    importance_rank: int | None,
    customer_score: float,
    state: State | None,
    answers: int,
) -> RiceInputs:
    """Fill in RICE for an action on one index, to be edited by people. Source: METHOD 6.3.

    Args:
        customers: customers the organisation has in a quarter.
        unfavourable: unfavourable answers on the index's weakest paired item, 0-100 percent.
        importance_rank: 1 for the most important index; None where importance is not ranked.
        customer_score: the customers' mean on the index, 0-100.
        state: of its gap; None where it is not judged.
        answers: customers who answered.
    """
    rank = math.inf if importance_rank is None else importance_rank
    impact = 1.0
    if rank <= 4:
        impact = 3.0 if rank <= 2 and customer_score < 50 else 2.0
    confidence = 0.8 if state in ESTABLISHED else 0.5
    return RiceInputs(
        reach=customers * unfavourable / 100,
        impact=impact,
        confidence=1.0 if state is State.CLEAR_GAP and answers >= 100 else confidence,
    )


def _value(candidate: Candidate) -> float:
    return priority(
        weight=candidate.weight,
        customers=candidate.customers,
        gap=candidate.gap if candidate.state in ESTABLISHED else 0.0,
    )
