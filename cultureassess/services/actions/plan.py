"""The plan of a wave as a pure object, for the report and the leaders' pages."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cultureassess.models import ActionCard, Moves, Wave
from cultureassess.practices import ActionPlan, PlannedCard
from cultureassess.services.actions.cards import active_cards
from cultureassess.services.actions.practice_check import marks_of


def action_plan(session: Session, wave: Wave) -> ActionPlan:
    """Return what a wave's organisation does already, and the wave's active cards."""
    marks = marks_of(session, wave.assessment.organisation)
    return ActionPlan(
        marks={code: row.mark for code, row in marks.items()},
        evidence={code: row.evidence for code, row in marks.items() if row.evidence},
        cards=tuple(planned(card) for card in active_cards(session, wave)),
    )


def planned(card: ActionCard) -> PlannedCard:
    """An agreed card without its row."""
    return PlannedCard(
        kind=card.kind,
        title=card.title,
        index=card.index_code,
        practice=card.practice,
        owner=card.owner,
        first_step=card.first_step,
        first_step_by=card.first_step_by.isoformat() if card.first_step_by else "",
        moves=card.moves.value,
        figure=card.key_figure.name if card.key_figure and card.moves is Moves.KEY_FIGURE else "",
        target="" if card.target is None else f"{card.target:g}",
        due=card.due.isoformat() if card.due else "",
    )
