"""No more mail: the code in every mail's link, what it does, and addresses that turn out not to work."""

from __future__ import annotations

import base64
import hmac
import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import Invitee, Wave
from cultureassess.services.errors import LinkUnknown
from cultureassess.services.mail.addresses import fold

_CODE = re.compile(r"([0-9]{1,12})-([A-Za-z0-9_-]{22})", re.ASCII)
_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+")


def stop_code(invitee_id: int, *, secret_key: str) -> str:
    """The code of somebody's link to stop mails. It opens nothing else, least of all the questionnaire."""
    digest = hmac.digest(secret_key.encode(), b"stop" + str(invitee_id).encode(), "sha256")[:16]
    return f"{invitee_id}-{base64.urlsafe_b64encode(digest).rstrip(b'=').decode('ascii')}"


def invitee_of(session: Session, code: str, *, secret_key: str) -> Invitee | None:
    """Whose code this is; None if the person has been deleted since, so that no mail can come anyway.

    Raises:
        LinkUnknown: no code of ours.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        raise LinkUnknown
    number = int(found.group(1))
    if not hmac.compare_digest(stop_code(number, secret_key=secret_key), code):
        raise LinkUnknown
    return session.get(Invitee, number)


def stop_mail(session: Session, invitee: Invitee) -> None:
    """Send this person no mail any more. Their link goes on working."""
    invitee.stopped = True
    session.flush()


def mark_bounced(session: Session, wave: Wave, text: str) -> int:
    """Mark the addresses found in a pasted text as not working; return how many people that concerns.

    The text may be anything that holds addresses: a list, or the bounce messages themselves.
    """
    found = {fold(address.strip(".")) for address in _ADDRESS.findall(text)}
    wanted = sa.select(Invitee.id, Invitee.folded).where(Invitee.wave_id == wave.id)
    own = {folded: number for number, folded in session.execute(wanted) if folded is not None}
    numbers = [own[address] for address in found if address in own]
    marked = sa.update(Invitee).where(Invitee.id.in_(numbers), ~Invitee.bounced).values(bounced=True)
    return len(session.scalars(marked.returning(Invitee.id)).all())
