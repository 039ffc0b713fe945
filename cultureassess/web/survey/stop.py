"""No more mails: the page behind the link in every mail, and the one-click request of mail programs."""

from __future__ import annotations

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from cultureassess.services import stopping
from cultureassess.web import database, i18n
from cultureassess.web.survey import language
from cultureassess.web.survey.blueprint import bp


@bp.get("/stop/<code>")
def stop(code: str) -> ResponseReturnValue:
    """Ask whether mails shall stop. Opening the link changes nothing: mail scanners come here too."""
    return _page(code, stop_now=False)


@bp.post("/stop/<code>", endpoint="stop_now")
def stop_now(code: str) -> ResponseReturnValue:
    """Stop the mails. Mail programs send this by themselves (RFC 8058), so it asks for no form token."""
    return _page(code, stop_now=True)


def _page(code: str, *, stop_now: bool) -> str:
    language.speak_to_anybody()
    session = database.session()
    invitee = stopping.invitee_of(session, code, secret_key=current_app.config["SECRET_KEY"])
    if invitee is not None:
        i18n.speak(language.choose(i18n.languages(), invitee.language))
        if stop_now:
            stopping.stop_mail(session, invitee)
            session.commit()
    return render_template("survey/stop.html", stopped=invitee is None or invitee.stopped)
