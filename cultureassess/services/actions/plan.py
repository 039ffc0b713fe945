"""The plan of a wave as a pure object, for the report and the leaders' pages."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cultureassess.models import ActionCard, KeyFigure, Moves, Wave
from cultureassess.practices import ActionPlan, PlannedCard
from cultureassess.services.actions.cards import active_cards
from cultureassess.services.actions.practice_check import marks_of

MINUS = "\N{MINUS SIGN}"


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
    figure = card.key_figure if card.moves is Moves.KEY_FIGURE else None
    return PlannedCard(
        kind=card.kind,
        title=card.title,
        index=card.index_code,
        practice=card.practice,
        owner=card.owner,
        first_step=card.first_step,
        first_step_by=card.first_step_by.isoformat() if card.first_step_by else "",
        moves=card.moves.value,
        figure=figure.name if figure else "",
        target="" if card.target is None else _target(card.target, figure),
        due=card.due.isoformat() if card.due else "",
    )


def _target(value: float, figure: KeyFigure | None) -> str:
    """A number with all its digits and no zeros behind it, and the unit of its key figure."""
    number = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    unit = figure.unit if figure else ""
    gap = "" if unit in ("", "%") else " "
    return f"{MINUS if value < 0 else ''}{number}{gap}{unit}"
