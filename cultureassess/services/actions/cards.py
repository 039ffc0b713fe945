"""Action cards: from an idea to what was agreed, done or dropped, with their history (METHOD 6.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import ActionCard, ActionNote, CardState, Moves, Organisation, State, Wave
from cultureassess.models.actions import LONG
from cultureassess.practices import CardKind
from cultureassess.services.actions import reminders
from cultureassess.services.actions.rice import Estimates
from cultureassess.services.errors import DomainError
from cultureassess.services.mail.addresses import AddressRefused, check_address, fold

MOST_ACTIVE = 3
"""Agreed cards of one wave: what a company can carry through beside its work."""


class CardRefused(DomainError):
    """A card cannot be stored or agreed on as it stands; ``field`` is what is missing or wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class CardText:
    """Everything that a person writes on a card; estimates aside. See :class:`ActionCard`."""

    kind: CardKind
    title: str
    index_code: str
    item: str = ""
    practice: str = ""
    owner: str = ""
    owner_email: str = ""
    first_step: str = ""
    first_step_by: dt.date | None = None
    due: dt.date | None = None
    moves: Moves = Moves.CUSTOMERS
    key_figure_id: int | None = None
    target: float | None = None


@dataclass(frozen=True)
class Ranked:
    """One idea with its RICE score; ``estimates`` None where nobody has estimated it yet."""

    card: ActionCard
    estimates: Estimates | None = field(compare=False)
    score: float | None


def add_card(
    session: Session, organisation: Organisation, wave: Wave, text: CardText, *, by: str, today: dt.date
) -> ActionCard:
    """Add an idea.

    Raises:
        CardRefused: a text is missing or too long, or the e-mail address is none.
    """
    card = ActionCard(organisation_id=organisation.id, wave_id=wave.id, state=CardState.IDEA)
    write_card(session, card, text)
    session.add(card)
    session.flush()
    note(session, card, "Thought of.", by=by, today=today)
    return card


def write_card(session: Session, card: ActionCard, text: CardText) -> bool:
    """Store what is written on a card. Returns whether anything is other than before.

    Raises:
        CardRefused: as for :func:`add_card`; or the card is agreed and would lose what made it so.
    """
    _check(text)
    if card.state is CardState.AGREED:
        _require_agreeable(text)
    names = text.__dataclass_fields__
    if card.id is not None and fold(card.owner_email) != fold(text.owner_email):
        reminders.withdraw(session, card)
    changed = any(getattr(card, name) != getattr(text, name) for name in names)
    for name in names:
        setattr(card, name, getattr(text, name))
    session.flush()
    return changed


def estimate(session: Session, card: ActionCard, estimates: Estimates) -> None:
    """Store a person's estimates.

    Raises:
        cultureassess.services.actions.rice.EstimateRefused: RICE does not know one of them.
    """
    found = estimates.checked()
    card.reach, card.impact, card.confidence = found.reach, found.impact, found.confidence
    card.effort, card.estimated_by = found.effort, found.by.strip()
    session.flush()


def agree(session: Session, card: ActionCard, *, by: str, today: dt.date) -> None:
    """Make an idea an action. A wave has three at most, so that they are done.

    Raises:
        CardRefused: owner, first step or a day is missing, or three are agreed on already.
    """
    _require_agreeable(card)
    # Of two that agree at once the second waits here, so that it counts the first.
    session.execute(sa.update(Wave).where(Wave.id == card.wave_id).values(label=Wave.label))
    others = [one for one in active_cards(session, card.wave) if one.id != card.id]
    if len(others) >= MOST_ACTIVE:
        raise CardRefused("state", "Three actions are agreed on already. Finish or drop one of them first.")
    if card.state is not CardState.AGREED:
        card.agreed_on, card.overtaken = today, False
    _settle(session, card, CardState.AGREED, "Agreed on.", by=by, today=today)


def settle_card(session: Session, card: ActionCard, state: CardState, *, by: str, today: dt.date) -> None:
    """Say that an action is done, was dropped, or is an idea again.

    Raises:
        CardRefused: for agreeing there is :func:`agree`.
    """
    told = {CardState.DONE: "Done.", CardState.DROPPED: "Dropped.", CardState.IDEA: "Back to the ideas."}
    if state not in told:
        raise CardRefused("state", "Choose what becomes of this card.")
    _settle(session, card, state, told[state], by=by, today=today)


def note(session: Session, card: ActionCard, text: str, *, by: str, today: dt.date) -> None:
    """Add a line to a card's history.

    Raises:
        CardRefused: there is no text, or it is too long.
    """
    if not text.strip():
        raise CardRefused("note", "Write what happened.")
    if len(text) > LONG:
        raise CardRefused("note", f"Shorten this to {LONG:,} characters.")
    session.add(ActionNote(card_id=card.id, day=today, who=by, text=text.strip()))
    session.flush()


def cards_of(session: Session, organisation: Organisation, *, leader: bool) -> Sequence[ActionCard]:
    """Return an organisation's cards, the newest wave first.

    Args:
        leader: leave out cards of waves that are not released, and ideas: leaders find what was agreed on.
    """
    wanted = sa.select(ActionCard).join(ActionCard.wave).where(ActionCard.organisation_id == organisation.id)
    if leader:
        wanted = wanted.where(Wave.state == State.REPORTED, ActionCard.state != CardState.IDEA)
    return session.scalars(wanted.order_by(ActionCard.wave_id.desc(), ActionCard.id)).all()


def active_cards(session: Session, wave: Wave) -> Sequence[ActionCard]:
    """Return the agreed cards of a wave, three at most, the first due first."""
    wanted = sa.select(ActionCard).where(ActionCard.wave_id == wave.id, ActionCard.state == CardState.AGREED)
    return session.scalars(wanted.order_by(ActionCard.due, ActionCard.id).limit(MOST_ACTIVE)).all()


def ranking(cards: Sequence[ActionCard]) -> list[Ranked]:
    """Cards by their RICE score, the highest first; those without estimates last, in their order."""
    found = []
    for card in cards:
        estimates = estimates_of(card)
        found.append(Ranked(card, estimates, None if estimates is None else estimates.score))
    return sorted(found, key=lambda one: (one.score is None, -(one.score or 0.0), one.card.id))


def estimates_of(card: ActionCard) -> Estimates | None:
    """What was estimated for a card; None where a number is missing."""
    if card.reach is None or card.impact is None or card.confidence is None or card.effort is None:
        return None
    return Estimates(card.reach, card.impact, card.confidence, card.effort, card.estimated_by)


def _settle(
    session: Session, card: ActionCard, state: CardState, told: str, *, by: str, today: dt.date
) -> None:
    if card.state is state:
        return
    card.state = state
    reminders.withdraw(session, card)
    note(session, card, told, by=by, today=today)


def _check(text: CardText) -> None:
    if not text.title.strip():
        raise CardRefused("title", "Say in a few words what will be done.")
    if len(text.first_step) > LONG:
        raise CardRefused("first_step", f"Shorten this to {LONG:,} characters.")
    if text.moves is Moves.KEY_FIGURE and text.key_figure_id is None:
        raise CardRefused("key_figure_id", "Choose the key figure that should move.")
    if text.owner_email:
        try:
            check_address(text.owner_email)
        except AddressRefused as error:
            raise CardRefused("owner_email", str(error)) from error


def _require_agreeable(text: CardText | ActionCard) -> None:
    """Whoever agrees knows who does what by when."""
    if not text.owner.strip():
        raise CardRefused("owner", "Name the owner: one person.")
    if not text.first_step.strip():
        raise CardRefused("first_step", "Say what the first step is.")
    if text.first_step_by is None:
        raise CardRefused("first_step_by", "Say by when the first step is done.")
    if text.due is None:
        raise CardRefused("due", "Say on which day you look at the figure again.")
