"""Mails to staff and to owners of actions that may or may not have left, as after a restore."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug import Response

from cultureassess import clock
from cultureassess.models import Organisation
from cultureassess.services import audit_log, mails_in_doubt
from cultureassess.services.errors import DomainError
from cultureassess.services.outbox import MailSettled, MailTooOld
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext, ngettext

bp = Blueprint("mails", __name__)

CLIENTS = "/workspace/organisations/<int:organisation_id>/mails"


@bp.get("/members/mails")
def installation() -> ResponseReturnValue:
    """Those that belong to no client, and which clients have others."""
    access.administrator()
    return _page(None)


@bp.post("/members/mails")
def decide() -> ResponseReturnValue:
    """Send one of them, or all, once more, or let them be."""
    access.administrator()
    return _decided(None)


@bp.get(CLIENTS)
def client(organisation_id: int) -> ResponseReturnValue:
    """Those of one client: invitations of its leaders, and mails to owners of actions."""
    return _page(access.organisation(organisation_id))


@bp.post(CLIENTS)
def decide_for_client(organisation_id: int) -> ResponseReturnValue:
    """The same for one client."""
    return _decided(access.organisation(organisation_id))


@bp.errorhandler(MailSettled)
@bp.errorhandler(MailTooOld)
def refused(error: DomainError) -> ResponseReturnValue:
    """Nothing was decided: say why, and show what is left."""
    database.session().rollback()
    flash(str(error), "error")
    return redirect(request.path, code=303)


def _page(organisation: Organisation | None) -> str:
    opened, settings = database.session(), current_app.extensions["settings"]
    found = mails_in_doubt.doubts(opened, organisation, secret_key=settings.secret_key, now=clock.now())
    numbers = {} if organisation is not None else mails_in_doubt.numbers(opened)
    return render_template(
        "members/mails.html",
        organisation=organisation,
        doubts=found,
        sendable=sum(not doubt.late for doubt in found),
        elsewhere=[(one, numbers[one.id]) for one in access.organisations() if one.id in numbers],
        server=settings.mails,
    )


def _decided(organisation: Organisation | None) -> Response:
    decision, mail = request.form.get("decision"), request.form.get("mail", "")
    if decision not in ("again", "be") or not (mail == "" or _is_number(mail)):
        flash(gettext("Say whether these mails are sent again."), "error")
        return redirect(request.path, code=303)
    again, now = decision == "again", clock.now()
    number = mails_in_doubt.decide(
        database.session(), organisation, again=again, now=now, mail_id=int(mail) if mail else None
    )
    mails = ngettext("%(num)d mail", "%(num)d mails", number)
    told = gettext("Sent once more: %(mails)s.") if again else gettext("Let be: %(mails)s.")
    audit_log.record(
        database.session(),
        access.actor(),
        "decided about mails",
        now=now,
        organisation_id=None if organisation is None else organisation.id,
        kind="mail",
        detail=told % {"mails": mails},
    )
    database.session().commit()
    flash(told % {"mails": mails}, "success")
    return redirect(request.path, code=303)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(2**31))
