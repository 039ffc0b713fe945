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
    wave = access.results(wave_id)
    return _page(wave, Sheet(shown=_stored(wave)))


@bp.post("")
def write(wave_id: int) -> ResponseReturnValue:
    """Store them; what was approved before is not shown any more once a text has changed."""
    wave = access.results(wave_id)
    sheet = Sheet(request.form)
    if not _store(wave, sheet):
        return _page(wave, sheet), 422
    shown = service.approval_of(database.session(), wave) is not None
    database.session().commit()
    flash(
        gettext("Saved. No text has changed: they are still shown.")
        if shown
        else gettext("Saved. Nobody reads it before it is approved.")
    )
    return redirect(url_for(".loop", wave_id=wave_id), code=303)


@bp.post("/approve")
def approve(wave_id: int) -> ResponseReturnValue:
    """Store the texts as they stand in the form and show exactly these to everybody who has a link."""
    wave = access.wave(wave_id)
    sheet = Sheet(request.form)
    if not (_store(wave, sheet) and _approve(wave, sheet)):
        return _page(wave, sheet), 422
    _note(wave, "approved what is told to respondents")
    database.session().commit()
    flash(gettext("Approved. It stands behind the links of this wave now."))
    return redirect(url_for(".loop", wave_id=wave_id), code=303)


@bp.post("/withdraw")
def withdraw(wave_id: int) -> ResponseReturnValue:
    """Show it to nobody any more."""
    wave = access.wave(wave_id)
    if service.withdraw_loop(database.session(), wave):
        _note(wave, "withdrew what is told to respondents")
    database.session().commit()
    return redirect(url_for(".loop", wave_id=wave_id), code=303)


def _stored(wave: Wave) -> dict[str, str]:
    """The texts as they stand in the fields."""
    texts = service.loop_texts(database.session(), wave)
    return {f"{part}-{language}": getattr(row, part) for language, row in texts.items() for part in PARTS}


def _store(wave: Wave, sheet: Sheet) -> bool:
    """Store what was typed, on top of the texts that its writer saw; False where something is wrong."""
    session = database.session()
    texts = {
        language: {part: fields.paragraphs(sheet, f"{part}-{language}", most=LONG) for part in PARTS}
        for language in wave.languages
    }
    if sheet.errors:
        return False
    try:
        service.see_unchanged(session, wave, sheet.value("seen"))
    except LoopRefused as refused:
        sheet.refuse(refused.field, str(refused))
        return False
    if service.write_loop(session, wave, texts):
        _note(wave, "wrote what is told to respondents")
    return True


def _approve(wave: Wave, sheet: Sheet) -> bool:
    """Approve what was just stored; False, and nothing is stored, where it cannot be shown."""
    session = database.session()
    try:
        service.approve_loop(session, wave, by=access.actor().name, today=clock.today())
    except LoopRefused as refused:
        session.rollback()
        sheet.refuse(refused.field, str(refused))
        return False
    return True


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
    session = database.session()
    closed = wave.state in (State.CLOSED, State.REPORTED)
    snapshot = read_snapshot(session, wave) if closed else None
    overtaken = bool(sheet.error("texts"))
    return render_template(
        "actions/loop.html",
        wave=wave,
        sheet=sheet,
        runs=access.runs(wave),
        languages=[(code, i18n.own_name(code)) for code in wave.languages],
        approval=service.approval_of(session, wave),
        facts=heard.facts(snapshot, wave.languages[0]) if snapshot else (),
        closed=closed,
        seen=sheet.value("seen") if sheet.sent and not overtaken else service.fingerprint(session, wave),
        others=_others(wave, sheet) if overtaken else {},
    )


def _others(wave: Wave, sheet: Sheet) -> dict[str, str]:
    """The stored texts that are not what stands in the form: field to text."""
    return {name: text for name, text in _stored(wave).items() if text.split() != sheet.value(name).split()}
