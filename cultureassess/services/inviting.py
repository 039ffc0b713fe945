"""Personal invitations by mail: their links, the mailing, and each mail at the moment it is sent.

No link is stored. A token is made of the invitation's random seed and the installation's secret key when the
worker writes the mail, and again for a reminder; the database has the seed and the token's hash.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from cultureassess.config import Settings
from cultureassess.models import (
    Anonymity,
    Invitation,
    Invitee,
    Mail,
    MailPlan,
    MailRun,
    MailState,
    RunKind,
    State,
    Wave,
)
from cultureassess.services import fielding, outbox, stopping, wordings
from cultureassess.services.errors import DomainError, WaveNotOpen, WaveRefused
from cultureassess.services.links import token_hash
from cultureassess.services.mail.addresses import check_address
from cultureassess.services.mail.message import Letter

LASTS_WITHOUT_END = dt.timedelta(days=30)
"""How long a mail of a wave without a last day may wait in the outbox."""


class MailingRefused(DomainError):
    """There is nothing to mail, or not now; the sentence says why."""


@dataclass(frozen=True)
class Progress:
    """How far a mailing is. ``gone`` people of ``total`` are dealt with; the others add up to the rest.

    Of a reminder no page shows more than whether it is running: watched closely, the rest would tell when
    whose turn came, and so who has answered.
    """

    run: MailRun
    gone: int
    waiting: int
    bounced: int
    unknown: int

    @property
    def running(self) -> bool:
        return self.waiting > 0


def require_personal(wave: Wave) -> None:
    """See that a wave may have personal links.

    Raises:
        WaveRefused: it promised anonymity, or is over.
    """
    if wave.anonymity is not Anonymity.CONFIDENTIAL:
        raise WaveRefused("This wave is anonymous: it has open links only. A draft can be made confidential.")
    if wave.state not in (State.DRAFT, State.OPEN):
        raise WaveRefused("The wave is over: nobody is invited any more.")


def new_seed() -> bytes:
    """What an invitation's token is made of, together with the secret key."""
    return secrets.token_bytes(16)


def token_from(seed: bytes, *, secret_key: str) -> str:
    """The token of an invitation's seed, computed anew: it is stored nowhere."""
    digest = hmac.digest(secret_key.encode(), b"invitation" + seed, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def seeded(seed: bytes, *, secret_key: str) -> dict[str, bytes]:
    """The columns of an invitation that is going to be mailed."""
    return {"seed": seed, "token_hash": token_hash(token_from(seed, secret_key=secret_key))}


def plan_of_mails(session: Session, wave: Wave) -> MailPlan:
    """How a wave writes to its people; made with its defaults where it is not there yet."""
    plan = session.get(MailPlan, wave.id)
    if plan is None:
        plan = MailPlan(wave_id=wave.id, sender_name="", reply_to="", keep_days=7, remind_after=())
        session.add(plan)
        session.flush()
    return plan


def hold(session: Session, wave: Wave) -> None:
    """Let nobody else begin a mailing of this wave, or import into it, until the transaction ends."""
    session.execute(sa.select(Wave.id).where(Wave.id == wave.id).with_for_update(key_share=True))


def not_yet_invited(wave: Wave) -> sa.Select[int]:
    """The numbers of those who have an address that works, and neither a mail nor a letter yet."""
    mailed = sa.select(Mail.invitee_id).where(
        Mail.kind == RunKind.INVITATION.value, Mail.invitee_id.is_not(None)
    )
    wanted = sa.select(Invitee.id).where(Invitee.wave_id == wave.id, Invitee.address.is_not(None))
    wanted = wanted.where(Invitee.channel.is_(None), ~Invitee.bounced, ~Invitee.stopped)
    return wanted.where(Invitee.id.not_in(mailed), Invitee.invitation_id.is_not(None))


def send_invitations(session: Session, wave: Wave, *, now: dt.datetime) -> MailRun:
    """Queue a mail to everybody who has none yet, in the caller's transaction.

    Pressed twice, the second time finds nobody: there is one invitation per person.

    Raises:
        MailingRefused: the wave takes no answers now, or everybody has been invited.
    """
    require_running(wave, now=now)
    hold(session, wave)
    people = session.scalars(not_yet_invited(wave).order_by(Invitee.id)).all()
    if not people:
        raise MailingRefused("Everybody with an e-mail address that works has been invited already.")
    return begin_run(session, wave, RunKind.INVITATION, people, now=now)


def require_running(wave: Wave, *, now: dt.datetime) -> None:
    """See that people who get a mail now can answer.

    Raises:
        MailingRefused: they cannot.
    """
    try:
        fielding.require_open(wave, today=fielding.today_at(wave, now))
    except WaveNotOpen as error:
        raise MailingRefused(
            "Nobody could answer now: mails are sent while the wave takes answers."
        ) from error


def begin_run(
    session: Session, wave: Wave, kind: RunKind, people: Sequence[int], *, now: dt.datetime
) -> MailRun:
    """Add a mailing and its mails. The key of an invitation is its person's alone: there is only one ever.

    The mails are in a random order: by the order of the list, how far a reminder is would tell about people.
    """
    last = sa.select(sa.func.max(MailRun.number)).filter_by(wave_id=wave.id, kind=kind)
    today = fielding.today_at(wave, now)
    run = MailRun(
        wave_id=wave.id, kind=kind, number=(session.scalar(last) or 0) + 1, day=today, total=0, gone=0
    )
    session.add(run)
    session.flush()
    number = "" if kind is RunKind.INVITATION else f":{run.number}"
    mail = {"kind": kind.value, "run_id": run.id, "due": int(now.timestamp()), "expires": _expires(wave, now)}
    rows: list[dict[str, object]] = [
        {**mail, "key": f"{person}{number}", "invitee_id": person}
        for person in secrets.SystemRandom().sample(people, len(people))
    ]
    run.total = outbox.enqueue_rows(session, rows)
    session.flush()
    return run


def move_ends(session: Session, wave: Wave, *, today: dt.date) -> None:
    """Let the mails of a wave that are not settled wait until its new last day; without one, from ``today``,
    where the organisation is, for ``LASTS_WITHOUT_END``."""
    begin = dt.datetime.combine(today, dt.time(), fielding.zone_of(wave))
    runs = sa.select(MailRun.id).where(MailRun.wave_id == wave.id)
    moved = sa.update(Mail).where(Mail.run_id.in_(runs), Mail.state.not_in(outbox.LAST))
    moved = moved.execution_options(synchronize_session=False)
    session.execute(moved.values(expires=_expires(wave, begin)))


def _expires(wave: Wave, now: dt.datetime) -> int:
    if wave.closes_on is None:
        return int((now + LASTS_WITHOUT_END).timestamp())
    end = wave.closes_on + dt.timedelta(days=1)
    return int(dt.datetime.combine(end, dt.time(), fielding.zone_of(wave)).timestamp())


def compose(session: Session, mail: Mail, settings: Settings) -> Letter | str:
    """Write one person's mail, or say why it is not needed any more: the worker asks right before sending.

    Returns:
        a letter, or "gone", "closed", "stopped" or "answered".
    """
    wanted = sa.select(Invitee).where(Invitee.id == mail.invitee_id).options(joinedload(Invitee.invitation))
    invitee = session.scalar(wanted)
    invitation = invitee.invitation if invitee is not None else None
    if invitee is None or invitation is None or invitation.seed is None or invitee.address is None:
        return "gone"
    if (reason := _needless(mail, invitee, invitation)) is not None:
        return reason
    link = f"{settings.base_url}/s/{token_from(invitation.seed, secret_key=settings.secret_key)}"
    return letter_to(session, invitation.wave, invitee, RunKind(mail.kind), settings, link=link)


def _needless(mail: Mail, invitee: Invitee, invitation: Invitation) -> str | None:
    wave = invitation.wave
    if invitation.revoked or wave.state is not State.OPEN or wave.stopped:
        return "closed"
    if invitee.stopped or invitee.bounced:
        return "stopped"
    return outbox.ANSWERED if invitation.used and mail.kind == RunKind.REMINDER.value else None


def letter_to(
    session: Session, wave: Wave, invitee: Invitee, kind: RunKind, settings: Settings, *, link: str
) -> Letter:
    """The mail of one person with their values in place."""
    plan = session.get(MailPlan, wave.id)
    stop = f"{settings.base_url}/stop/{stopping.stop_code(invitee.id, secret_key=settings.secret_key)}"
    values = wordings.values_for(wave, invitee, link=link, stop=stop, contact=settings.contact)
    text = wordings.wording(session, wave, kind, invitee.audience.side, invitee.language)
    text = wordings.filled(text, values)
    return Letter(
        to=check_address(invitee.address or ""),
        subject=text.subject[:200],
        body=text.body,
        sender_name=(plan.sender_name if plan is not None else "") or wave.assessment.organisation.name,
        reply_to=plan.reply_to if plan is not None else "",
        stop=stop,
    )


def mailings(session: Session, wave: Wave) -> list[Progress]:
    """Every mailing of a wave and how far it is, the newest first."""
    runs = session.scalars(sa.select(MailRun).filter_by(wave_id=wave.id).order_by(MailRun.id.desc())).all()
    counts = sa.select(Mail.run_id, Mail.state, sa.func.count()).where(
        Mail.run_id.in_([run.id for run in runs])
    )
    found: dict[int | None, dict[MailState, int]] = {}
    for run_id, state, number in session.execute(counts.group_by(Mail.run_id, Mail.state)):
        found.setdefault(run_id, {})[state] = number
    return [_progress(run, found.get(run.id, {})) for run in runs]


def _progress(run: MailRun, states: Mapping[MailState, int]) -> Progress:
    waiting = sum(states.get(state, 0) for state in (MailState.QUEUED, MailState.CLAIMED, MailState.RETRY))
    unknown = states.get(MailState.UNKNOWN, 0)
    settled = sum(states.get(state, 0) for state in outbox.LAST)
    return Progress(run, run.gone + settled, waiting, states.get(MailState.BOUNCED, 0), unknown)
