"""Taking people off what is done about results, when they ask to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import ActionCard, CardState, Mail, Meeting, Organisation
from cultureassess.services.actions.reminders import KIND, forget_mails
from cultureassess.services.mail.addresses import fold

ERASED = "(erased)"
"""In place of an erased owner's name, where a card must have one."""


@dataclass(frozen=True)
class Owned:
    """Where a name stood: on cards, as owner or beside an estimate, and beside agreements of meetings."""

    cards: int
    agreements: int


def forget_owner(session: Session, organisation: Organisation, address: str) -> int:
    """Take an owner off an organisation's cards, name and address, and delete the mails that wait for them.

    An agreed card keeps that it had an owner.

    Returns:
        how many cards and mails held it.
    """
    cards = session.scalars(
        sa.select(ActionCard).where(
            ActionCard.organisation_id == organisation.id, ActionCard.owner_email != ""
        )
    )
    mails = session.scalars(
        sa.select(Mail).where(
            Mail.organisation_id == organisation.id, Mail.kind == KIND, Mail.address.is_not(None)
        )
    )
    own = [card for card in cards if fold(card.owner_email) == fold(address)]
    waiting = [mail for mail in mails if fold(mail.address or "") == fold(address)]
    for card in own:
        _take_off(card)
    for mail in waiting:
        session.delete(mail)
    session.flush()
    return len(own) + len(waiting)


def forget_name(session: Session, organisation: Organisation, name: str) -> Owned:
    """Take a name off an organisation's cards and agreements, whether or not an address stands beside it.

    Capitals and blanks make no difference. Of a card of theirs every mail goes that still has an address.
    """
    cards = session.scalars(sa.select(ActionCard).where(ActionCard.organisation_id == organisation.id))
    meetings = session.scalars(sa.select(Meeting).where(Meeting.organisation_id == organisation.id))
    named = [card for card in cards if is_name(card.owner, name) or is_name(card.estimated_by, name)]
    agreed = [meeting for meeting in meetings if is_name(meeting.owner, name)]
    for card in named:
        if is_name(card.owner, name):
            _take_off(card)
            forget_mails(session, card)
        if is_name(card.estimated_by, name):
            card.estimated_by = ""
    for meeting in agreed:
        meeting.owner = ""
    session.flush()
    return Owned(len(named), len(agreed))


def is_name(there: str, name: str) -> bool:
    """Whether a text is this name; no name is nobody's."""
    wanted = " ".join(fold(name).split())
    return bool(wanted) and " ".join(fold(there).split()) == wanted


def _take_off(card: ActionCard) -> None:
    card.owner_email = ""
    card.owner = ERASED if card.state is CardState.AGREED else ""
