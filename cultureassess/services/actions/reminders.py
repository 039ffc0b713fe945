"""Mails to owners of actions: before the first step and the review are due, once each."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from cultureassess import clock
from cultureassess.models import ActionCard, Assessment, CardState, Mail, Organisation, Wave
from cultureassess.services import outbox
from cultureassess.services.mail.addresses import fold
from cultureassess.services.member_mail import SIGNATURE, Post
from cultureassess.services.needless_mails import end_mails

KIND = "action"
AHEAD = dt.timedelta(days=7)
LASTS = dt.timedelta(days=7)


def remind_owners(session: Session, post: Post, *, now: dt.datetime) -> int:
    """Put a mail into the outbox for every first step and every review that is due within a week.

    Of each card, owner, occasion and day there is one mail, however often this runs. Days that have passed
    for more than a week bring no mail any more.

    Args:
        post: the installation's address and key.
        now: timezone-aware.

    Returns:
        How many mails went into the outbox.
    """
    today = now.date()
    wanted = (
        sa.select(ActionCard, Organisation.name)
        .join(Organisation, Organisation.id == ActionCard.organisation_id)
        .where(ActionCard.state == CardState.AGREED, ActionCard.owner_email != "")
        .options(joinedload(ActionCard.wave).joinedload(Wave.assessment).joinedload(Assessment.organisation))
    )
    sent = 0
    for card, organisation in session.execute(wanted):
        for occasion, day, body in _occasions(card):
            if today - AHEAD <= day <= today + AHEAD:
                sent += outbox.enqueue(
                    session,
                    to=card.owner_email,
                    subject=f"Your action: {occasion} due on {day.isoformat()}",
                    body=f"{organisation}\n\n{body}" + SIGNATURE.format(base_url=post.base_url),
                    kind=KIND,
                    key=f"{card.id} {occasion} {day.isoformat()} {_mark(card.owner_email, post)}",
                    secret_key=post.secret_key,
                    now=now,
                    organisation_id=card.organisation_id,
                    lasts=LASTS,
                )
    return sent


def withdraw(session: Session, card: ActionCard) -> None:
    """End the mails of a card that have not left, or perhaps not: it has another owner, or is settled."""
    end_mails(session, *_of(card), today=clock.today())


def forget_mails(session: Session, card: ActionCard) -> None:
    """Delete every mail of a card that still has an address."""
    session.execute(sa.delete(Mail).where(*_of(card), Mail.address.is_not(None)))


def _of(card: ActionCard) -> tuple[sa.ColumnElement[bool], ...]:
    return Mail.kind == KIND, Mail.key.startswith(f"{card.id} ", autoescape=True)


def _mark(address: str, post: Post) -> str:
    """What tells one owner's mail from the next one's: a keyed hash, because the key outlives the mail."""
    mark = hmac.digest(post.secret_key.encode(), f"owner {fold(address)}".encode(), "sha256")
    return mark.hex()[:16]


def _occasions(card: ActionCard) -> Iterator[tuple[str, dt.date, str]]:
    """What a card's owner is reminded of: a name, the day, and the text."""
    if card.first_step_by is not None:
        yield "first step", card.first_step_by, _first_step(card, card.first_step_by.isoformat())
    if card.due is not None:
        yield "review", card.due, _review(card, card.due.isoformat())


def _first_step(card: ActionCard, day: str) -> str:
    return (
        f"{card.owner}, you have agreed to this:\n\n{card.title}\n\n"
        f"The first step is due on {day}:\n\n{card.first_step}\n"
    )


def _review(card: ActionCard, day: str) -> str:
    return (
        f"{card.owner}, on {day} you look again at this:\n\n{card.title}\n\n"
        "Bring the figure that should have moved, and say whether it has.\n"
    )
