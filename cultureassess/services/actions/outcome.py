"""Whether an action helped: the figure that should have moved, in the wave before and the wave after.

The statistics are those of every comparison of waves (:mod:`cultureassess.services.comparing_waves`): a
change is one where Holm's p is below .05 and it is at least five points. Two snapshots are all that is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cultureassess.models import Better, KeyFigureValue, Moves
from cultureassess.scoring.waves import MEANINGFUL
from cultureassess.services.comparing_waves import Barrier, Comparison, Movement, Verdict


class Helped(StrEnum):
    """What may be said of an action's figure."""

    MOVED = "moved"
    DID_NOT = "did not"
    CANNOT_TELL = "cannot tell yet"


@dataclass(frozen=True)
class Outcome:
    """One verdict with what it stands on.

    Attributes:
        movement: of the index or its gap; None for a key figure.
        before, after: in points, or in the key figure's unit; None where not shown.
        reached: whether the target is reached; None without a target or a value.
    """

    helped: Helped
    before: float | None
    after: float | None
    movement: Movement | None = None
    reached: bool | None = None


def index_outcome(comparison: Comparison, index_code: str, moves: Moves, target: float | None) -> Outcome:
    """What two waves say of an action on an index.

    Args:
        comparison: the wave that brought the action about, against the next one.
        moves: ``CUSTOMERS`` should rise; the ``GAP`` should come nearer to 0.
        target: in points; None for none.
    """
    gap = moves is Moves.GAP
    movement = (
        comparison.gaps.get(index_code) if gap else comparison.indices.get(index_code, {}).get("customer")
    )
    if movement is None:
        return Outcome(Helped.CANNOT_TELL, None, None)
    wanted = -1.0 if gap and (movement.before or 0.0) > 0 else 1.0
    reached = None
    if target is not None and movement.after is not None:
        reached = wanted * movement.after >= wanted * target
    return Outcome(_helped(movement, wanted), movement.before, movement.after, movement, reached)


def _helped(movement: Movement, wanted: float) -> Helped:
    """Moved: a change in the wanted direction. Did not: any other change, or so little that five points are
    out of the question. Otherwise the answers leave it open."""
    if movement.verdict is None or movement.interval is None:
        return Helped.CANNOT_TELL
    towards = Verdict.UP if wanted > 0 else Verdict.DOWN
    if movement.verdict is towards:
        return Helped.MOVED
    best = movement.interval.high if wanted > 0 else -movement.interval.low
    ruled_out = movement.verdict is not Verdict.NOISE or best < MEANINGFUL
    return Helped.DID_NOT if ruled_out else Helped.CANNOT_TELL


def barred(outcome: Outcome) -> Barrier | None:
    """Why the two waves cannot be compared; None where they can."""
    return outcome.movement.barrier if outcome.movement else None


def key_figure_outcome(
    values: Sequence[KeyFigureValue],
    better: Better,
    target: float | None,
    *,
    since: dt.date,
    due: dt.date | None,
    today: dt.date,
) -> Outcome:
    """What a key figure says of an action. Months are counted, not sampled: there is no test, only a target.

    Args:
        values: by month.
        since: the day from which on the action can have had an effect.
    """
    before = next((one.value for one in reversed(values) if one.month <= since), None)
    after = next((one.value for one in reversed(values) if one.month > since), None)
    if after is None or target is None:
        return Outcome(Helped.CANNOT_TELL, before, after)
    reached = after >= target if better is Better.UP else after <= target
    if reached:
        return Outcome(Helped.MOVED, before, after, reached=True)
    over = due is not None and due <= today
    return Outcome(Helped.DID_NOT if over else Helped.CANNOT_TELL, before, after, reached=False)
