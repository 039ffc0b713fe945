"""The overview: who is reached, the next step, how far each mailing is, and mails in doubt."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import Invitee, Mail, MailRun, MailState, RunKind, State, Wave
from cultureassess.services import inviting, outbox, reminding
from cultureassess.services.inviting import MailingRefused, Progress
from cultureassess.services.people.counting import counts_of
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext, ngettext
from cultureassess.web.invitations.blueprint import bp, done, note, people_in_words, settings

AT_ONCE = 1000
"""Mails about which one press decides."""

DOUBTS_SHOWN = 50


@dataclass(frozen=True)
class Doubt:
    """A mail that may or may not have arrived; of a reminder no name: its person has not answered."""

    mail_id: int
    name: str


@bp.get("")
def overview(wave_id: int) -> ResponseReturnValue:
    """Where the invitations of a wave stand."""
    return page(access.wave(wave_id))


@bp.get("/progress.json")
def progress(wave_id: int) -> ResponseReturnValue:
    """How far the mailings are, for the page to follow."""
    found = inviting.mailings(database.session(), access.wave(wave_id))
    return jsonify(
        [
            {"id": one.run.id, "gone": _gone(one), "text": standing(one), "running": one.running}
            for one in found
        ]
    )


@bp.post("/send")
def send(wave_id: int) -> ResponseReturnValue:
    """Mail everybody who has no invitation yet."""
    found = access.wave(wave_id)
    _require_server()
    run = inviting.send_invitations(database.session(), found, now=clock.now())
    note(found, "sent invitations", people_in_words(run.total))
    return done(found, gettext("%(people)s are being invited.", people=people_in_words(run.total)))


@bp.post("/remind")
def remind(wave_id: int) -> ResponseReturnValue:
    """Remind those who have not answered, without telling who they are."""
    found = access.wave(wave_id)
    _require_server()
    reminding.remind(database.session(), found, now=clock.now())
    note(found, "sent a reminder")
    return done(found, gettext("The reminder is on its way to everybody who has not answered."))


@bp.post("/mails/<int:mail_id>")
def decide(wave_id: int, mail_id: int) -> ResponseReturnValue:
    """Decide about a mail that may or may not have arrived."""
    found = access.wave(wave_id)
    mail = _mail(found, mail_id)
    if request.form.get("decision") == "again":
        outbox.send_again(database.session(), mail.id, now=clock.now())
        message = gettext("It is sent once more.")
    else:
        outbox.count_as_sent(database.session(), mail.id, today=clock.today())
        message = gettext("It counts as arrived.")
    note(found, "decided about a mail")
    return done(found, message)


@bp.post("/mails")
def decide_all(wave_id: int) -> ResponseReturnValue:
    """Decide the same about every mail in doubt, as after a restore: about a thousand at a time."""
    found, session = access.wave(wave_id), database.session()
    decision = request.form.get("decision")
    if decision not in ("again", "sent"):
        raise MailingRefused(gettext("Say whether these mails arrived or are sent again."))
    numbers = session.scalars(_in_doubt(found).with_only_columns(Mail.id).limit(AT_ONCE)).all()
    for number in numbers:
        if decision == "again":
            outbox.send_again(session, number, now=clock.now())
        else:
            outbox.count_as_sent(session, number, today=clock.today())
    mails = ngettext("%(num)d mail", "%(num)d mails", len(numbers))
    note(found, "decided about mails", mails)
    told = gettext("Sent once more: %(mails)s.") if decision == "again" else gettext("Arrived: %(mails)s.")
    return done(found, told % {"mails": mails})


@bp.errorhandler(MailingRefused)
@bp.errorhandler(outbox.MailSettled)
def refused(error: MailingRefused | outbox.MailSettled) -> ResponseReturnValue:
    """Nothing was mailed: say why on the overview."""
    database.session().rollback()
    arguments = request.view_args or {}
    return page(access.wave(arguments["wave_id"]), refused=str(error)), 409


def page(wave: Wave, *, refused: str = "") -> str:
    """The overview as it stands now."""
    session = database.session()
    counts, doubts = counts_of(session, wave), _doubts(wave)
    new = (
        session.scalar(sa.select(sa.func.count()).select_from(inviting.not_yet_invited(wave).subquery())) or 0
    )
    return render_template(
        "invitations/overview.html",
        wave=wave,
        counts=counts,
        total=sum(one.people for one in counts),
        new=new,
        without_address=sum(one.without_address for one in counts),
        can_answer=wave.state is State.OPEN and not wave.stopped,
        outlook=reminding.outlook_of(session, wave, now=clock.now()),
        mailings=[(one, standing(one)) for one in inviting.mailings(session, wave)],
        doubts=doubts[:DOUBTS_SHOWN],
        doubtful=len(doubts),
        server=settings().mails,
        refused=refused,
    )


def standing(one: Progress) -> str:
    """How far a mailing is, in words; a reminder is on its way or done, and nothing between."""
    reminder = one.run.kind is RunKind.REMINDER
    if reminder:
        parts = [gettext("on its way") if one.running else gettext("done")]
    else:
        parts = [gettext("%(gone)s of %(total)s", gone=f"{one.gone:,}", total=f"{one.run.total:,}")]
    if one.bounced and not reminder:
        parts.append(gettext("%(number)s bounced", number=f"{one.bounced:,}"))
    if one.unknown:
        parts.append(gettext("%(number)s to decide", number=f"{one.unknown:,}"))
    if one.waiting and not reminder:
        parts.append(gettext("%(number)s to go", number=f"{one.waiting:,}"))
    return ", ".join(parts)


def _gone(one: Progress) -> int | None:
    """People whose turn has come; None of a reminder."""
    return None if one.run.kind is RunKind.REMINDER else one.gone


def _in_doubt(wave: Wave) -> sa.Select[int, str, str | None, RunKind]:
    return (
        sa.select(Mail.id, Invitee.name, Invitee.address, MailRun.kind)
        .join(MailRun, MailRun.id == Mail.run_id)
        .join(Invitee, Invitee.id == Mail.invitee_id)
        .where(MailRun.wave_id == wave.id, Mail.state == MailState.UNKNOWN)
        .order_by(Mail.id)
    )


def _doubts(wave: Wave) -> list[Doubt]:
    return [
        Doubt(mail_id, gettext("A reminder") if kind is RunKind.REMINDER else name or address or "")
        for mail_id, name, address, kind in database.session().execute(_in_doubt(wave))
    ]


def _mail(wave: Wave, mail_id: int) -> Mail:
    wanted = sa.select(Mail).join(MailRun, MailRun.id == Mail.run_id)
    found = database.session().scalar(wanted.where(Mail.id == mail_id, MailRun.wave_id == wave.id))
    return found or abort(404)


def _require_server() -> None:
    if not settings().mails:
        raise MailingRefused(gettext("This installation has no mail server yet (setting SMTP_HOST)."))
