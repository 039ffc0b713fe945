"""The questionnaire as its audiences will see it. It stores nothing: there is nothing to send."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from cultureassess.instruments.types import Audience
from cultureassess.models import Wave
from cultureassess.services import links
from cultureassess.services.drafts import Answers
from cultureassess.services.links import Door
from cultureassess.web import access, i18n
from cultureassess.web.survey import fields, language
from cultureassess.web.survey.visit import Visit
from cultureassess.web.workspace.blueprint import bp


@bp.get("/waves/<int:wave_id>/preview/<audience>")
def preview(wave_id: int, audience: str) -> ResponseReturnValue:
    """The welcome page of an audience."""
    found = access.wave(wave_id)
    visit = _visit(found, audience)
    plan = visit.pages(visit.door.audience)
    return render_template(
        "workspace/preview_intro.html",
        visit=visit,
        audience=audience,
        parts=len(plan),
        minutes=fields.minutes(plan),
        contact=visit.contact,
    )


@bp.get("/waves/<int:wave_id>/preview/<audience>/<int:number>")
def preview_part(wave_id: int, audience: str, number: int) -> ResponseReturnValue:
    """One part of an audience's questionnaire."""
    visit = _visit(access.wave(wave_id), audience)
    plan = visit.pages(visit.door.audience)
    if not 1 <= number <= len(plan):
        abort(404)
    page = plan[number - 1]
    return render_template(
        "workspace/preview_part.html",
        visit=visit,
        audience=audience,
        page=page,
        parts=len(plan),
        fields=fields.fields_of(page, visit, Answers()),
        lead_in=fields.lead_in(page, visit),
        open_note=visit.instrument.open_note,
    )


def _visit(wave: Wave, name: str) -> Visit:
    """A visit through no link at all, in the wave's first language or that of ``?lang=``."""
    found = next((audience for audience in wave.audiences if audience.value == name), None)
    if found is None:
        abort(404)
    visit = Visit(Door(wave, Audience(found).side, found), links.new_token())
    asked = language.asked(visit.languages)
    i18n.speak(asked, informal=visit.address == "informal")
    return visit
