"""Closing the loop: writing and approving what customers and staff read by their links."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import State, Wave
from cultureassess.models.closing_loop import LONG
from cultureassess.services import audit_log
from cultureassess.services.actions import closing_loop as service
from cultureassess.services.actions.closing_loop import PARTS, LoopRefused
from cultureassess.services.closing import read_snapshot
from cultureassess.web import access, database, i18n
from cultureassess.web.actions import fields, heard
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet

bp = Blueprint("loop", __name__, url_prefix="/workspace/waves/<int:wave_id>/loop")


@bp.get("")
def loop(wave_id: int) -> ResponseReturnValue:
    """The texts, language by language, and what will stand beside them."""
    wave = access.wave(wave_id)
    shown: dict[str, str] = {}
    for language, row in service.loop_texts(database.session(), wave).items():
        shown |= {f"{part}-{language}": getattr(row, part) for part in PARTS}
    return _page(wave, Sheet(shown=shown))


@bp.post("")
def write(wave_id: int) -> ResponseReturnValue:
    """Store them; what was approved before is not shown any more once a text has changed."""
    wave = access.wave(wave_id)
    sheet = Sheet(request.form)
    texts = {
        language: {part: fields.paragraphs(sheet, f"{part}-{language}", most=LONG) for part in PARTS}
        for language in wave.languages
    }
    if sheet.errors:
        return _page(wave, sheet), 422
    if service.write_loop(database.session(), wave, texts):
        _note(wave, "wrote what is told to respondents")
    database.session().commit()
    flash(gettext("Saved. Nobody reads it before it is approved."))
    return redirect(url_for(".loop", wave_id=wave_id), code=303)


@bp.post("/approve")
def approve(wave_id: int) -> ResponseReturnValue:
    """Show it to everybody who has a link, or nobody any more."""
    wave = access.wave(wave_id)
    if request.form.get("go") == "withdraw":
        if service.withdraw_loop(database.session(), wave):
            _note(wave, "withdrew what is told to respondents")
        database.session().commit()
        return redirect(url_for(".loop", wave_id=wave_id), code=303)
    try:
        service.approve_loop(database.session(), wave, by=access.actor().name, today=clock.today())
    except LoopRefused as refused:
        shown = {
            f"{part}-{language}": getattr(row, part)
            for language, row in service.loop_texts(database.session(), wave).items()
            for part in PARTS
        }
        sheet = Sheet(shown=shown)
        sheet.refuse(refused.field, str(refused))
        return _page(wave, sheet), 422
    _note(wave, "approved what is told to respondents")
    database.session().commit()
    flash(gettext("Approved. It stands behind the links of this wave now."))
    return redirect(url_for(".loop", wave_id=wave_id), code=303)


def _note(wave: Wave, action: str) -> None:
    audit_log.record(
        database.session(),
        access.actor(),
        action,
        now=clock.now(),
        organisation_id=wave.assessment.organisation_id,
        kind="wave",
        object_id=wave.id,
        detail=wave.label,
    )


def _page(wave: Wave, sheet: Sheet) -> str:
    closed = wave.state in (State.CLOSED, State.REPORTED)
    snapshot = read_snapshot(database.session(), wave) if closed else None
    return render_template(
        "actions/loop.html",
        wave=wave,
        sheet=sheet,
        languages=[(code, i18n.own_name(code)) for code in wave.languages],
        approval=service.approval_of(database.session(), wave),
        facts=heard.facts(snapshot, wave.languages[0]) if snapshot else (),
        closed=closed,
    )
