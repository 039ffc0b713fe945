"""Mails to members of staff: plain text, put into the outbox in the caller's transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cultureassess.models import Mail, Member, MemberInvitation
from cultureassess.services import outbox
from cultureassess.services.needless_mails import end_mails

KIND = "member"
SIGNATURE = "\n\n-- \nCultureAssess on {base_url}\n"


@dataclass(frozen=True)
class Post:
    """What every mail of this installation needs to know: its address and its secret key."""

    base_url: str
    secret_key: str


def send_invitation(
    session: Session, post: Post, invitation: MemberInvitation, link: str, *, by: str, now: dt.datetime
) -> None:
    """Send somebody the link to their invitation."""
    organisation = invitation.organisation
    what = "CultureAssess" if organisation is None else f"{organisation.name} in CultureAssess"
    body = (
        f"{by} has invited you to {what}.\n\n"
        "Open this link to accept and to choose your password. It works once, and for three days:\n\n"
        f"{link}\n\n"
        "If you did not expect this, do nothing: nothing happens without the link."
    )
    subject = f"Your invitation to {what}"
    _send(session, post, invitation.email, subject, body, now=now, invitation=invitation)


def end_invitation(session: Session, token_hash: bytes, *, today: dt.date) -> None:
    """End the mail of an invitation whose link does not work any more, if it has not surely left."""
    own = Mail.kind == KIND, Mail.key == _invitation_key(token_hash)
    end_mails(session, *own, today=today)


def _invitation_key(token_hash: bytes) -> str:
    return f"invitation {token_hash.hex()}"


def send_reset_link(session: Session, post: Post, email: str, link: str, *, now: dt.datetime) -> None:
    """Send a member the link by which a forgotten password is replaced."""
    body = (
        "Somebody, probably you, asked for a new password for CultureAssess.\n\n"
        f"Open this link to choose one. It works once, and for one hour:\n\n{link}\n\n"
        "If it was not you, do nothing: your password stays as it is."
    )
    _send(session, post, email, "Choose a new password", body, now=now, lasts=dt.timedelta(hours=1))


def send_address_link(session: Session, post: Post, email: str, link: str, *, now: dt.datetime) -> None:
    """Send the link that proves that a new address is the member's."""
    body = (
        "You asked to sign in to CultureAssess with this address from now on.\n\n"
        f"Open this link within one hour to confirm it:\n\n{link}\n\n"
        "If it was not you, do nothing: nothing changes."
    )
    _send(session, post, email, "Confirm your new address", body, now=now, lasts=dt.timedelta(hours=1))


def tell(session: Session, post: Post, member: Member, what: str, *, now: dt.datetime) -> None:
    """Tell a member about a change of the account that somebody else may have made.

    Args:
        what: a sentence, for example "Your password was changed."
    """
    body = (
        f"{what}\n\nIf it was not you, ask for a new password at once:\n\n{post.base_url}/account/reset\n\n"
        "and tell whoever administers this installation."
    )
    _send(session, post, member.email, "Your account was changed", body, now=now)


def tell_address(session: Session, post: Post, email: str, *, now: dt.datetime) -> None:
    """Tell an address that a member has given up that it no longer signs in."""
    body = (
        "Your account signs in with another address from now on.\n\n"
        "If it was not you who changed it, tell whoever administers this installation at once."
    )
    _send(session, post, email, "Your account was changed", body, now=now)


def _send(
    session: Session,
    post: Post,
    to: str,
    subject: str,
    body: str,
    *,
    now: dt.datetime,
    invitation: MemberInvitation | None = None,
    lasts: dt.timedelta = dt.timedelta(days=1),
) -> None:
    text = body + SIGNATURE.format(base_url=post.base_url)
    # The same text within a minute is one mail: a button pressed twice.
    minute = int(now.timestamp()) // 60
    key = hashlib.sha256(f"{minute}\n{to}\n{subject}\n{body}".encode()).hexdigest()
    place = None
    if invitation is not None:
        key, place = _invitation_key(invitation.token_hash), invitation.organisation_id
    outbox.enqueue(
        session,
        to=to,
        subject=subject,
        body=text,
        kind=KIND,
        key=key,
        secret_key=post.secret_key,
        now=now,
        organisation_id=place,
        lasts=lasts,
    )
