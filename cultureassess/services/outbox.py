"""The outbox: mails are rows, queued in the transaction that decides on them and sent by a worker.

A mail is never sent twice by itself, and none is missed in silence (RELIABILITY T.2). That a worker will
hand over a text is committed before it does; a worker that dies after that leaves the mail ``unknown``,
for a person to decide, and one that dies before leaves it to the next worker.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db.conflicts import insert
from cultureassess.models import Channel, Invitee, Mail, MailRun, MailState, RunKind
from cultureassess.services.errors import DomainError
from cultureassess.services.mail.addresses import check_address
from cultureassess.services.mail.message import check_header
from cultureassess.services.mail.sealing import Text, seal

LEASE = 120
"""Seconds for which a claimed mail is left to its worker; four times what an attempt may take."""

KEPT = dt.timedelta(days=30)
"""How long after it was settled a mail's row stays."""

ANSWERED = "answered"
"""Why a reminder is not needed any more: the one reason that would tell something about its person."""

EXPIRED = "expired"
"""Why a mail was dropped that has waited too long."""

LAST = (MailState.SENT, MailState.BOUNCED, MailState.DROPPED)
WAITING = (MailState.QUEUED, MailState.RETRY)

SOONEST, LATEST = 60, 6 * 3600
"""Seconds between two attempts at a mail that is refused for now."""

GIVE_UP = 24 * 3600
"""Seconds after the first temporary refusal from which on another one counts as final."""


class MailSettled(DomainError):
    """Somebody else has decided about this mail, or it was sent in the meantime."""

    def __init__(self) -> None:
        super().__init__("This has been decided already.")


class MailTooOld(MailSettled):
    """What the mail says has ended, above all its link; or nobody can read it any more."""

    def __init__(self) -> None:
        DomainError.__init__(self, "This mail cannot be sent any more: it is too old, or it cannot be read.")


def enqueue(  # noqa: PLR0913  (each one is a decision that only the caller can take)
    session: Session,
    *,
    to: str,
    subject: str,
    body: str,
    kind: str,
    key: str,
    secret_key: str,
    now: dt.datetime,
    organisation_id: int | None = None,
    lasts: dt.timedelta = dt.timedelta(days=1),
) -> bool:
    """Put a mail into the outbox, in the caller's transaction; it goes before every wave's mails.

    Args:
        to: one address.
        subject, body: plain text; stored encrypted, and erased once the mail is sent, bounced or expired.
        kind: what it is, up to 32 characters, for example "member".
        key: what makes it the same mail if it is asked for again, up to 128 characters; no secret.
        secret_key: the installation's.
        now: timezone-aware.
        organisation_id: the client with whom it is deleted.
        lasts: how long it may wait; a link in it should live as long.

    Returns:
        False if a mail of this kind and key is there already; nothing is changed then.

    Raises:
        AddressRefused: ``to`` is not one address.
        HeaderRefused: the subject has a line break or another control character.
    """
    check_header(subject)
    row: dict[str, object] = {
        "address": check_address(to),
        "sealed": seal(Text(subject, body), secret_key=secret_key),
        "kind": kind,
        "key": key,
        "state": MailState.QUEUED,
        "organisation_id": organisation_id,
        "priority": 0,
        "due": _seconds(now),
        "expires": _seconds(now + lasts),
    }
    return enqueue_rows(session, [row]) == 1


def enqueue_rows(session: Session, rows: Sequence[dict[str, object]]) -> int:
    """Put rows into the outbox, those left out whose kind and key are there; return how many went in."""
    if not rows:
        return 0
    blank = {"state": MailState.QUEUED, "priority": 1, "attempts": 0, "talking": False}
    new = insert(session, Mail).on_conflict_do_nothing(index_elements=[Mail.kind, Mail.key])
    added = session.scalars(new.returning(Mail.id), [{**blank, **row} for row in rows])
    return len(added.all())


def claim(session: Session, *, worker: str, now: dt.datetime, urgent_only: bool = False) -> Mail | None:
    """Take the next mail that is due; None if there is none. The caller commits before it goes on.

    Of two workers that ask at once each gets another mail: on PostgreSQL by SKIP LOCKED, on SQLite because
    writers wait for each other.
    """
    second = _seconds(now)
    ready = sa.select(Mail.id).where(Mail.state.in_(WAITING), Mail.due <= second, Mail.expires > second)
    if urgent_only:
        ready = ready.where(Mail.priority == 0)
    first = ready.order_by(Mail.priority, Mail.due, Mail.id).limit(1).with_for_update(skip_locked=True)
    taken = sa.update(Mail).where(Mail.id == first.scalar_subquery(), Mail.state.in_(WAITING))
    taken = taken.values(
        state=MailState.CLAIMED,
        worker=worker,
        due=second + LEASE,
        attempts=Mail.attempts + 1,
        talking=False,
    )
    return session.scalar(taken.returning(Mail).execution_options(populate_existing=True))


def begin_talking(session: Session, mail: Mail, *, now: dt.datetime) -> bool:
    """Note that the text is handed over next, and extend the lease. The caller commits before it talks.

    Returns:
        False if the mail is not this worker's any more: then it must not be sent.
    """
    second = _seconds(now)
    note = _mine(mail).where(Mail.state == MailState.CLAIMED, Mail.due > second, ~Mail.talking)
    noted = session.scalar(note.values(talking=True, due=second + LEASE).returning(Mail.id))
    return noted is not None


def settle_sent(session: Session, mail: Mail, *, today: dt.date) -> None:
    """The mail server has taken it; also if this worker's lease had run out meanwhile."""
    _settle(session, mail, MailState.SENT, today=today)


def settle_bounced(session: Session, mail: Mail, reason: str, *, today: dt.date) -> None:
    """It can never be delivered."""
    _settle(session, mail, MailState.BOUNCED, today=today, reason=reason)


def settle_dropped(session: Session, mail: Mail, reason: str, *, today: dt.date) -> None:
    """It need not be sent any more."""
    _settle(session, mail, MailState.DROPPED, today=today, reason=reason)


def settle_unknown(session: Session, mail: Mail) -> None:
    """The text was handed over, and no answer came: only a person may have it sent again."""
    session.execute(_mine(mail).values(state=MailState.UNKNOWN, worker=None))


def put_back(session: Session, mail: Mail, *, now: dt.datetime) -> None:
    """The mail server could not be reached. That is no news about the mail: it is due at once."""
    back = _mine(mail).where(Mail.state == MailState.CLAIMED)
    session.execute(back.values(state=MailState.QUEUED, worker=None, talking=False, due=_seconds(now)))


def try_later(session: Session, mail: Mail, *, now: dt.datetime) -> bool:
    """The mail server refused this mail for now (4xx): wait as long again as it has been refusing.

    Returns:
        False if it has been refusing for a day: the caller settles the mail as bounced.
    """
    second = _seconds(now)
    since = mail.refused_since or second
    if second - since >= GIVE_UP:
        return False
    wait = min(max(second - since, SOONEST), LATEST)
    later = _mine(mail).where(Mail.state == MailState.CLAIMED)
    session.execute(
        later.values(
            state=MailState.RETRY, worker=None, talking=False, due=second + wait, refused_since=since
        )
    )
    return True


def expire(session: Session, *, now: dt.datetime) -> None:
    """End the leases that have run out, and drop what has waited too long."""
    second = _seconds(now)
    over = _all().where(Mail.state == MailState.CLAIMED, Mail.due <= second)
    session.execute(over.where(Mail.talking).values(state=MailState.UNKNOWN, worker=None))
    session.execute(over.where(~Mail.talking).values(state=MailState.QUEUED, worker=None, due=second))
    late = _all().where(Mail.expires <= second)
    session.execute(
        late.where(Mail.state.in_(WAITING)).values(**_last(MailState.DROPPED, now.date()), reason=EXPIRED)
    )
    session.execute(late.where(Mail.state == MailState.UNKNOWN).values(sealed=None))
    _forget(session)


def anything_to_do(session: Session, *, now: dt.datetime) -> bool:
    """Whether a mail is due or a lease has run out; changes nothing."""
    active = Mail.state.in_((*WAITING, MailState.CLAIMED))
    wanted = sa.select(Mail.id).where(active, Mail.due <= _seconds(now))
    return session.scalar(wanted.limit(1)) is not None


def send_again(session: Session, mail_id: int, *, now: dt.datetime) -> None:
    """A person decides to send an unknown mail once more, with the same Message-ID.

    Raises:
        MailSettled: it is not unknown any more.
        MailTooOld: it has waited too long.
    """
    second = _seconds(now)
    if session.scalar(sa.select(Mail.id).where(Mail.id == mail_id, Mail.expires <= second)) is not None:
        raise MailTooOld
    again = _unknown(mail_id).values(state=MailState.QUEUED, talking=False, refused_since=None, due=second)
    _decided(session, again)


def count_as_sent(session: Session, mail_id: int, *, today: dt.date) -> None:
    """A person decides that an unknown mail has arrived.

    Raises:
        MailSettled: it is not unknown any more.
    """
    _decided(session, _unknown(mail_id).values(**_last(MailState.SENT, today)))
    _tell_invitee(session, mail_id, today)
    _forget(session, mail_id)


def _settle(session: Session, mail: Mail, state: MailState, *, today: dt.date, reason: str = "") -> None:
    # Queued: while this worker still waited for an answer, a person had it sent once more.
    settled = _mine(mail).where(Mail.state.in_((MailState.CLAIMED, MailState.UNKNOWN, MailState.QUEUED)))
    session.execute(settled.values(**_last(state, today), reason=reason or None))
    _tell_invitee(session, mail.id, today)
    _forget(session, mail.id)


def _last(state: MailState, today: dt.date) -> dict[str, object]:
    """What a mail's row holds at its end; the address stays only where it did not work."""
    values: dict[str, object] = {"state": state, "sealed": None, "settled_on": today, "worker": None}
    return values if state is MailState.BOUNCED else {**values, "address": None}


def _tell_invitee(session: Session, mail_id: int, today: dt.date) -> None:
    """Note that an invitation has reached somebody, or that an address does not work. Of a reminder nothing
    is noted, sent or bounced: only those get one who have not answered."""
    mail = sa.select(Mail.invitee_id).where(Mail.id == mail_id, Mail.kind == RunKind.INVITATION.value)
    bounced = mail.where(Mail.state == MailState.BOUNCED).scalar_subquery()
    session.execute(sa.update(Invitee).where(Invitee.id == bounced).values(bounced=True))
    sent = mail.where(Mail.state == MailState.SENT).scalar_subquery()
    reached = sa.update(Invitee).where(Invitee.id == sent)
    session.execute(reached.values(channel=Channel.MAIL, reached_on=today))


def _forget(session: Session, mail_id: int | None = None) -> None:
    """Delete settled reminders, and count them: who got one, and so had not answered, is not kept. Delete
    expired invitations as well: their people are not invited, and may be."""
    reminders = sa.select(MailRun.id).where(MailRun.kind == RunKind.REMINDER)
    expired = Mail.run_id.is_not(None) & (Mail.reason == EXPIRED)
    gone = sa.delete(Mail).where(Mail.state.in_(LAST), Mail.run_id.in_(reminders) | expired)
    if mail_id is not None:
        gone = gone.where(Mail.id == mail_id)
    gone = gone.execution_options(synchronize_session=False)
    for run, number in Counter(session.scalars(gone.returning(Mail.run_id))).items():
        session.execute(sa.update(MailRun).where(MailRun.id == run).values(gone=MailRun.gone + number))


def _all() -> sa.Update:
    return sa.update(Mail).execution_options(synchronize_session=False)


def _mine(mail: Mail) -> sa.Update:
    """This attempt of this worker: another attempt is another's."""
    return _all().where(Mail.id == mail.id, Mail.attempts == mail.attempts)


def _unknown(mail_id: int) -> sa.Update:
    return _all().where(Mail.id == mail_id, Mail.state == MailState.UNKNOWN)


def _decided(session: Session, decision: sa.Update) -> None:
    if session.scalar(decision.returning(Mail.id)) is None:
        raise MailSettled


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())
