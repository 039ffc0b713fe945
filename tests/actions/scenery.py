"""Cards as the tests of services need them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from cultureassess.models import ActionCard, Wave
from cultureassess.practices import CardKind
from cultureassess.services.actions import cards
from cultureassess.services.actions.cards import CardText
from tests import scene


def text(**changes: Any) -> CardText:
    """Everything that an agreement needs."""
    whole = {
        "kind": CardKind.STOP,
        "title": "Stop asking for a signature",
        "index_code": "CF",
        "owner": "Ada",
        "owner_email": "ada@nordlicht.example",
        "first_step": "List the claims of last week.",
        "first_step_by": dt.date(2026, 11, 1),
        "due": dt.date(2027, 5, 1),
    }
    return CardText(**{**whole, **changes})


def card(session: Session, wave: Wave, *, agreed: bool = False, **changes: Any) -> ActionCard:
    """A card of a wave."""
    organisation = wave.assessment.organisation
    found = cards.add_card(session, organisation, wave, text(**changes), by="Kim", today=scene.TODAY)
    if agreed:
        cards.agree(session, found, by="Kim", today=scene.TODAY)
    return found
