"""A list on its way in: kept for a day, shown to whoever uploaded it, taken over whole or discarded."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Audience, Instrument
from cultureassess.models import Invitation, Invitee, PendingList, Wave
from cultureassess.models.responses import new_key
from cultureassess.services.errors import DomainError
from cultureassess.services.inviting import hold, new_seed, plan_of_mails, require_personal, seeded
from cultureassess.services.people.checking import Checked, Person, check_list
from cultureassess.services.people.columns import Columns, fields_of, guess_columns
from cultureassess.services.people.reading import ListTable, read_list

LASTS = dt.timedelta(days=1)


class NobodyToAdd(DomainError):
    """Every line of the list has a problem, so that there is nobody to take over."""

    def __init__(self) -> None:
        super().__init__("Nobody of this list can be taken over. Mend the lines below and upload it again.")


class ColumnsRefused(DomainError):
    """The columns do not say whom to invite."""


def upload_list(
    session: Session,
    wave: Wave,
    instrument: Instrument,
    audience: Audience,
    data: bytes,
    *,
    owner: bytes,
    now: dt.datetime,
) -> PendingList:
    """Read an uploaded file and keep it for a day; nobody is invited by this.

    Args:
        owner: a hash of whoever uploads; only they see it.
        now: timezone-aware.

    Raises:
        ListRefused: no list of people.
        WaveRefused: the wave has no personal links, or not this audience.
    """
    require_personal(wave)
    table = read_list(data)
    columns = guess_columns(table.header, fields_of(wave, instrument, audience))
    pending = PendingList(
        id=new_key(),
        wave_id=wave.id,
        audience=audience,
        owner=owner,
        expires=int((now + LASTS).timestamp()),
        content=msgspec.json.encode(table),
        columns=msgspec.json.encode(columns).decode(),
    )
    session.add(pending)
    session.flush()
    return pending


def pending_list(
    session: Session, wave: Wave, key: bytes, *, owner: bytes, now: dt.datetime
) -> PendingList | None:
    """A list that this person has uploaded for this wave within the last day; None for any other."""
    found = session.get(PendingList, key)
    if found is None or found.wave_id != wave.id or found.owner != owner or found.expires <= now.timestamp():
        return None
    return found


def table_of(pending: PendingList) -> ListTable:
    """The list as it was read."""
    return msgspec.json.decode(pending.content, type=ListTable)


def columns_of(pending: PendingList) -> Columns:
    """What its columns mean, as guessed or as somebody has said since."""
    return msgspec.json.decode(pending.columns, type=dict[str, int])


def set_columns(pending: PendingList, columns: Columns) -> None:
    """Say what the columns mean.

    Raises:
        ColumnsRefused: no column tells an address or a name, or one column means two things.
    """
    if not {"email", "name", "first_name", "last_name"} & columns.keys():
        raise ColumnsRefused("Say which column holds the e-mail address, or at least the name.")
    if len(set(columns.values())) < len(columns):
        raise ColumnsRefused("One column cannot mean two things.")
    width = len(table_of(pending).header)
    if any(not 0 <= place < width for place in columns.values()):
        raise ColumnsRefused("There is no such column.")
    pending.columns = msgspec.json.encode(columns).decode()


def check_pending(session: Session, wave: Wave, instrument: Instrument, pending: PendingList) -> Checked:
    """Check a pending list as it stands now."""
    return check_list(session, wave, instrument, pending.audience, table_of(pending), columns_of(pending))


def accept_list(
    session: Session, wave: Wave, instrument: Instrument, pending: PendingList, *, secret_key: str
) -> int:
    """Take over everybody without a problem, each with an unused link; return how many.

    In the caller's transaction; the list is checked anew, because somebody may have added people since.

    Raises:
        NobodyToAdd: every line has a problem.
        WaveRefused: the wave has ended, or has no personal links.
    """
    require_personal(wave)
    hold(session, wave)
    people = check_pending(session, wave, instrument, pending).people
    if not people:
        raise NobodyToAdd
    plan_of_mails(session, wave)
    session.add_all(_invitee(wave, pending.audience, person, secret_key) for person in people)
    session.delete(pending)
    session.flush()
    _count_invited(session, wave, pending.audience)
    return len(people)


def discard_list(session: Session, pending: PendingList) -> None:
    """Forget an uploaded list."""
    session.delete(pending)
    session.flush()


def purge_lists(session: Session, *, now: dt.datetime) -> int:
    """Delete the lists that nobody has accepted within a day."""
    old = sa.delete(PendingList).where(PendingList.expires <= int(now.timestamp()))
    return len(session.scalars(old.returning(PendingList.id)).all())


def _invitee(wave: Wave, audience: Audience, person: Person, secret_key: str) -> Invitee:
    invitation = Invitation(
        wave_id=wave.id,
        audience=audience,
        role=person.role,
        account=person.account,
        segments=dict(person.segments),
        **seeded(new_seed(), secret_key=secret_key),
    )
    return Invitee(
        wave_id=wave.id,
        invitation=invitation,
        audience=audience,
        name=person.name,
        address=person.address,
        folded=person.folded,
        postal=person.postal,
        language=person.language,
    )


def _count_invited(session: Session, wave: Wave, audience: Audience) -> None:
    """Let the wave know how many it asks, unless it says more because others come by an open link."""
    row = wave.audiences.get(audience)
    wanted = sa.select(sa.func.count()).select_from(Invitee).filter_by(wave_id=wave.id, audience=audience)
    number = session.scalar(wanted) or 0
    if row is not None and (row.invited or 0) < number:
        row.invited = number
        session.flush()


def people_of(session: Session, wave: Wave, *, start: int = 0, most: int = 50) -> Sequence[Invitee]:
    """A page of the people of a wave, by name. Nothing tells who has answered."""
    wanted = sa.select(Invitee).filter_by(wave_id=wave.id).order_by(Invitee.name, Invitee.id)
    return session.scalars(wanted.offset(start).limit(most)).all()


def remove_person(session: Session, invitee: Invitee) -> None:
    """Delete somebody with their mails; their link stops working, an answer that was sent stays and counts.

    An unused link is deleted. Of a used one the row stays without its token, because what it knew is still
    counted (:mod:`cultureassess.services.coarsening`); it does not count as asked any more. So whoever
    removes somebody sees the same either way: one fewer was asked, and the link is unknown.
    """
    link = Invitation.id == invitee.invitation_id
    session.execute(sa.delete(Invitation).where(link, ~Invitation.used))
    unknown = {"token_hash": secrets.token_bytes(32), "seed": None, "code_finder": None, "code_hash": None}
    session.execute(sa.update(Invitation).where(link).values(revoked=True, **unknown))
    session.delete(invitee)
    session.flush()


def forget_people(session: Session, wave: Wave) -> None:
    """At the close: nobody can tell any more whose link was used, and no link can be made again.

    Languages go as well: beside a name they would tell the answer of the only one who speaks one.
    """
    forgotten = sa.update(Invitee).where(Invitee.wave_id == wave.id)
    session.execute(forgotten.values(invitation_id=None, language=wave.languages[0]))
    emptied = sa.update(Invitation).where(Invitation.wave_id == wave.id)
    session.execute(emptied.values(seed=None, code_finder=None, code_hash=None))
    session.execute(sa.delete(PendingList).where(PendingList.wave_id == wave.id))
