"""Whether an action helped: the figure that should have moved, in the wave before and the wave after.

The statistics are those of every comparison of waves (:mod:`cultureassess.services.comparing_waves`): a
change is one where Holm's p is below .05 and it is at least five points. Two snapshots are all that is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from cultureassess.models import ActionCard, Better, CardState, KeyFigureValue, Moves
from cultureassess.scoring.waves import MEANINGFUL
from cultureassess.services.actions.cards import agree, note
from cultureassess.services.comparing_waves import Barrier, Comparison, Movement, Verdict
from cultureassess.services.releasing import Earlier

LATE = "The next results were there already, so they tell nothing about this action."
"""How the history tells that the wave that would measure a card was over when it was agreed on."""


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


def agree_in_time(
    session: Session, card: ActionCard, results: Sequence[Earlier], *, by: str, today: dt.date
) -> None:
    """Agree on a card, and note it in the history if the wave that would measure it is over already.

    Args:
        results: of the organisation's full waves.

    Raises:
        cultureassess.services.actions.cards.CardRefused: it cannot be agreed on as it stands.
    """
    new = card.state is not CardState.AGREED
    agree(session, card, by=by, today=today)
    if new and _next(card, results) is not None:
        card.overtaken = True
        note(session, card, LATE, by=by, today=today)


def measured_by(card: ActionCard, results: Sequence[Earlier]) -> Earlier | None:
    """The next wave of a card's assessment; None before there is one, and if a card came too late for it."""
    agreed, following = agreed_on(card), _next(card, results)
    if agreed is None or card.overtaken or following is None or agreed > last_day(following):
        return None
    return following


def _next(card: ActionCard, results: Sequence[Earlier]) -> Earlier | None:
    assessment = card.wave.assessment_id
    later = [one for one in results if one.wave.assessment_id == assessment and one.wave.id > card.wave_id]
    return min(later, key=lambda one: one.wave.id, default=None)


def agreed_on(card: ActionCard) -> dt.date | None:
    """The day from which on an action can have had an effect; None for an idea and for what was dropped."""
    return card.agreed_on if card.state in (CardState.AGREED, CardState.DONE) else None


def last_day(result: Earlier) -> dt.date:
    """The last day on which a wave was answered: as planned, or earlier if it was closed before."""
    planned, made = result.wave.closes_on, result.record.created_on
    return made if planned is None else min(planned, made)


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
        reached = abs(movement.after) <= abs(target) if gap else movement.after >= target
    if gap and _beyond(movement):
        return Outcome(Helped.DID_NOT, movement.before, movement.after, movement, reached)
    return Outcome(_helped(movement, wanted), movement.before, movement.after, movement, reached)


def _beyond(movement: Movement) -> bool:
    """Whether a gap has become one the other way round that is about as wide, or wider."""
    before, after = movement.before, movement.after
    if movement.verdict not in (Verdict.UP, Verdict.DOWN) or before is None or after is None:
        return False
    return before * after < 0 and abs(before) - abs(after) < MEANINGFUL


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

    It has moved if the target is reached and was not better before. Months that are yet to come tell nothing.

    Args:
        values: by month.
        since: the day from which on the action can have had an effect.
    """
    before = next((one.value for one in reversed(values) if one.month <= since), None)
    after = next((one.value for one in reversed(values) if since < one.month <= today), None)
    if before is None or after is None or target is None:
        return Outcome(Helped.CANNOT_TELL, before, after)
    reached, moved = _at_least(after, target, better), not _at_least(before, after, better)
    if reached and moved:
        return Outcome(Helped.MOVED, before, after, reached=True)
    over = due is not None and due <= today
    return Outcome(Helped.DID_NOT if over else Helped.CANNOT_TELL, before, after, reached=reached)


def _at_least(value: float, other: float, better: Better) -> bool:
    """Whether a value is as good as another one, or better."""
    return value >= other if better is Better.UP else value <= other
