"""Mails to staff and to owners of actions that may or may not have left, as after a restore."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug import Response

from cultureassess import clock
from cultureassess.models import Organisation
from cultureassess.services import audit_log, mails_in_doubt
from cultureassess.services.mails_in_doubt import Decided
from cultureassess.services.outbox import MailSettled
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext, ngettext

bp = Blueprint("mails", __name__)

CLIENTS = "/workspace/organisations/<int:organisation_id>/mails"

LARGEST = 2**31 - 1
"""The largest number that a mail can have."""


@bp.get("/members/mails")
def installation() -> ResponseReturnValue:
    """Those that belong to no client, and which clients have others."""
    access.administrator()
    return _page(None)


@bp.post("/members/mails")
def decide() -> ResponseReturnValue:
    """Send one of them, or all that the page showed, once more, or let them be."""
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
def refused(error: MailSettled) -> ResponseReturnValue:
    """Nothing was decided: say why, and show what is left."""
    database.session().rollback()
    return _refused(str(error))


def _page(organisation: Organisation | None) -> str:
    opened, settings = database.session(), current_app.extensions["settings"]
    found = mails_in_doubt.doubts(opened, organisation, secret_key=settings.secret_key, now=clock.now())
    numbers = {} if organisation is not None else mails_in_doubt.numbers(opened)
    return render_template(
        "members/mails.html",
        organisation=organisation,
        doubts=found,
        sendable=[doubt for doubt in found if not doubt.late],
        elsewhere=[(one, numbers[one.id]) for one in access.organisations() if one.id in numbers],
        server=settings.mails,
    )


def _decided(organisation: Organisation | None) -> Response:
    settings, now = current_app.extensions["settings"], clock.now()
    decision, mails = request.form.get("decision"), _numbers(request.form.get("mail", ""))
    again = decision == "again"
    if decision not in ("again", "be") or not mails:
        return _refused(gettext("Say whether these mails are sent again."))
    if again and not settings.mails:
        return _refused(gettext("No mail server is set, so nothing can be mailed."))
    decided = mails_in_doubt.decide(
        database.session(), organisation, mails, again=again, secret_key=settings.secret_key, now=now
    )
    told = _told(decided, again=again)
    audit_log.record(
        database.session(),
        access.actor(),
        "decided about mails",
        now=now,
        organisation_id=None if organisation is None else organisation.id,
        kind="mail",
        detail=told,
    )
    database.session().commit()
    flash(told, "success")
    return redirect(request.path, code=303)


def _refused(why: str) -> Response:
    flash(why, "error")
    return redirect(request.path, code=303)


def _told(decided: Decided, *, again: bool) -> str:
    mails = ngettext("%(num)d mail", "%(num)d mails", decided.mails)
    if not again:
        return gettext("Let be: %(mails)s.", mails=mails)
    told = gettext("Sent once more: %(mails)s.", mails=mails)
    if not decided.left_out:
        return told
    left = gettext("Too old, or cannot be read: %(number)s.", number=decided.left_out)
    return f"{told} {left}"


def _numbers(text: str) -> frozenset[int]:
    """The numbers of mails in a form, with blanks between them; none if anything else is there."""
    words = text.split(" ")
    if not all(word.isascii() and word.isdigit() and len(word) <= len(str(LARGEST)) for word in words):
        return frozenset()
    return frozenset(number for number in map(int, words) if number <= LARGEST)
