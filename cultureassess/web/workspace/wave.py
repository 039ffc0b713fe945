"""One wave: as a draft what is planned, open how it goes, closed where the results are."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock, instruments
from cultureassess.instruments.types import Instrument
from cultureassess.models import Anonymity, State, Wave
from cultureassess.services import field_period, fielding, open_links, reminding, setting_up
from cultureassess.services.closing import WaveClosed, close_wave
from cultureassess.services.erasure import erase_wave
from cultureassess.services.fielding import today_at
from cultureassess.services.people.counting import counts_of
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace import glance, outlook, summary
from cultureassess.web.workspace.blueprint import bp
from cultureassess.web.workspace.deeds import note_wave
from cultureassess.web.workspace.first import read_dates
from cultureassess.web.workspace.sheet import Sheet
from cultureassess.web.workspace.steps import invitations_address, is_over, step


@bp.get("/waves/<int:wave_id>")
def wave(wave_id: int) -> ResponseReturnValue:
    """One wave in its state, with one next step."""
    found = access.wave(wave_id)
    if found.state is State.DRAFT:
        return _draft_page(found)
    if found.state is State.OPEN:
        return _open_page(found)
    return render_template(
        "workspace/closed.html",
        wave=found,
        step=step(found, now=clock.now()),
        closed_on=field_period.closed_early_on(database.session(), found),
    )


def instrument_of(wave: Wave) -> Instrument:
    """The questionnaire of a wave."""
    return instruments.by_code(wave.assessment.instrument)


def _draft_page(wave: Wave) -> str:
    instrument, today = instrument_of(wave), today_at(wave, clock.now())
    remarks = summary.remarks(wave, instrument, today=today)
    return render_template(
        "workspace/draft.html",
        wave=wave,
        audiences=summary.wave_audiences(wave),
        rows=summary.rows(wave, instrument),
        remarks=remarks,
        blocked=any(remark.stops for remark in remarks),
        plan=outlook.plan_of(wave, instrument),
        invitations=invitations_address(wave),
        listed=sum(one.people for one in counts_of(database.session(), wave)),
        links=sum(not link.revoked for link in open_links.all_links(database.session(), wave)),
    )


def _open_page(wave: Wave) -> str:
    now = clock.now()
    return render_template(
        "workspace/open.html",
        wave=wave,
        audiences=summary.wave_audiences(wave),
        glance=glance.of(database.session(), wave, instrument_of(wave), now=now),
        over=is_over(wave, now=now),
        waiting=wave.opens_on is not None and today_at(wave, now) < wave.opens_on,
        invitations=invitations_address(wave),
        no_reminder=reminding.outlook_of(database.session(), wave, now=now).obstacle,
        zone=wave.assessment.organisation.timezone,
    )


@bp.post("/waves/<int:wave_id>/open")
def open_wave(wave_id: int) -> ResponseReturnValue:
    """Freeze a draft and take answers; an anonymous wave gets its links at once."""
    found = access.wave(wave_id)
    key = current_app.extensions["settings"].secret_key
    fielding.open_wave(database.session(), found, today=today_at(found, clock.now()))
    if found.anonymity is Anonymity.ANONYMOUS:
        open_links.add_missing_links(database.session(), found, secret_key=key)
    note_wave("opened a wave", found)
    database.session().commit()
    flash(gettext("The wave is open. Now people need to hear of it."))
    personal = invitations_address(found)
    return redirect(personal or url_for(".links", wave_id=found.id), code=303)


@bp.post("/waves/<int:wave_id>/stop")
def stop(wave_id: int) -> ResponseReturnValue:
    """Take no more answers for now."""
    found = access.wave(wave_id)
    field_period.stop_wave(database.session(), found)
    note_wave("stopped a wave", found)
    database.session().commit()
    flash(gettext("Stopped: nobody can answer any more. As long as the wave is not scored, you can go on."))
    return redirect(url_for(".wave", wave_id=found.id), code=303)


@bp.post("/waves/<int:wave_id>/resume")
def resume(wave_id: int) -> ResponseReturnValue:
    """Take answers again."""
    found = access.wave(wave_id)
    field_period.resume_wave(database.session(), found)
    note_wave("let a stopped wave go on", found)
    database.session().commit()
    flash(gettext("The wave takes answers again."))
    return redirect(url_for(".wave", wave_id=found.id), code=303)


@bp.post("/waves/<int:wave_id>/close")
def close(wave_id: int) -> ResponseReturnValue:
    """Close the wave, compute its snapshot, and go to the results."""
    found = access.wave(wave_id)
    key = current_app.extensions["settings"].secret_key
    close_wave(database.session(), found, today=today_at(found, clock.now()), secret_key=key)
    note_wave("closed a wave", found)
    database.session().commit()
    return redirect(url_for("results.wave", wave_id=wave_id), code=303)


@bp.errorhandler(WaveClosed)
def closed_already(_error: WaveClosed) -> ResponseReturnValue:
    """Lead the second of two clicks to the results that the first one made."""
    return redirect(url_for("results.wave", **(request.view_args or {})), code=303)


@bp.get("/waves/<int:wave_id>/copy")
def copy_form(wave_id: int) -> ResponseReturnValue:
    """Ask for the dates of the next wave: by default a year later."""
    found = access.wave(wave_id)
    return render_template("workspace/copy.html", wave=found, sheet=Sheet(shown=summary.next_year(found)))


@bp.post("/waves/<int:wave_id>/copy")
def copy(wave_id: int) -> ResponseReturnValue:
    """Make a draft with the same audiences, segments and thresholds."""
    found = access.wave(wave_id)
    sheet = Sheet(request.form)
    opens_on, closes_on = read_dates(sheet, today=today_at(found, clock.now()))
    if sheet.errors or opens_on is None or closes_on is None:
        return render_template("workspace/copy.html", wave=found, sheet=sheet), 422
    made = setting_up.copy_wave(database.session(), found, opens_on=opens_on, closes_on=closes_on)
    note_wave("copied a wave", made, detail=f"{found.label}: {made.label}")
    database.session().commit()
    flash(gettext("Copied. Check the numbers of people: they are last time's."))
    return redirect(url_for(".wave", wave_id=made.id), code=303)


@bp.get("/waves/<int:wave_id>/discard")
def confirm_discard(wave_id: int) -> ResponseReturnValue:
    """Say what a discarded draft takes with it."""
    found = access.wave(wave_id)
    setting_up.require_draft(found)
    return render_template("workspace/discard.html", wave=found)


@bp.post("/waves/<int:wave_id>/discard")
def discard(wave_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    found = access.wave(wave_id)
    setting_up.require_draft(found)
    organisation_id = found.assessment.organisation_id
    note_wave("discarded a draft", found)
    erase_wave(database.session(), found)
    database.session().commit()
    flash(gettext("The draft is gone."))
    return redirect(url_for(".organisation", organisation_id=organisation_id), code=303)
