"""The privacy note for respondents, made from their wave's settings; without a link, the general one."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from cultureassess.models import Anonymity, Draft, Invitation
from cultureassess.services import retention
from cultureassess.services.errors import DomainError
from cultureassess.web.survey import language
from cultureassess.web.survey import visit as visits
from cultureassess.web.survey.visit import Visit

bp = Blueprint("privacy", __name__)


@bp.get("/privacy")
def note() -> ResponseReturnValue:
    """Who asks, what becomes of the answers, what nobody can promise."""
    found = visitor()
    if found is None:
        language.speak_to_anybody()
    else:
        found.speak(None)
    days = {rule.model: rule.days for rule in retention.RULES}
    context = {
        "confidential": found is None or found.wave.anonymity is Anonymity.CONFIDENTIAL,
        "draft_days": days[Draft],
        "link_days": days[Invitation],
        "people_days": max(retention.KEEP_DAYS),
        "contact": current_app.extensions["settings"].contact,
    }
    if found is not None:
        context["visit"] = found
    return render_template("privacy/note.html", **context)


def visitor() -> Visit | None:
    """The visit of this browser; None without a link, or with one that no longer works."""
    try:
        return visits.current()
    except DomainError:
        return None
