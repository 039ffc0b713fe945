"""The clients: one line each, and a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import Organisation, Wave
from cultureassess.services import mails_in_doubt, setting_up
from cultureassess.services.erasure import erase_organisation, reclaim
from cultureassess.services.rights import Capability
from cultureassess.services.setting_up import NameDiffers
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.blueprint import bp
from cultureassess.web.workspace.deeds import note, note_client
from cultureassess.web.workspace.sheet import Sheet
from cultureassess.web.workspace.steps import Step, step
from cultureassess.web.workspace.zones import zones


@dataclass(frozen=True)
class Line:
    """One client in the list: its newest wave, and what to do next."""

    organisation: Organisation
    wave: Wave | None
    step: Step


@bp.get("")
def organisations() -> ResponseReturnValue:
    """Every client with its newest wave and its one next step."""
    found = access.organisations()
    return render_template(
        "workspace/organisations.html",
        lines=[line(organisation) for organisation in found],
        may_add=access.actor().may(Capability.ADD_ORGANISATIONS),
        administrator=access.actor().may(Capability.ADMINISTER),
    )


def line(organisation: Organisation) -> Line:
    """A client as one line."""
    newest = next(iter(waves_of(organisation)), None)
    if newest is None:
        address = url_for(".new_wave", organisation_id=organisation.id)
        return Line(organisation, None, Step(gettext("Plan the first wave"), address))
    return Line(organisation, newest, step(newest, now=clock.now()))


def waves_of(organisation: Organisation) -> Sequence[Wave]:
    """A client's waves, the newest first."""
    every = (wave for assessment in organisation.assessments for wave in assessment.waves)
    return sorted(every, key=lambda wave: wave.id, reverse=True)


@bp.get("/organisations/<int:organisation_id>")
def organisation(organisation_id: int) -> ResponseReturnValue:
    """One client: its waves, and how it is set up."""
    found = access.organisation(organisation_id)
    lines = [(wave, step(wave, now=clock.now())) for wave in waves_of(found)]
    in_doubt = mails_in_doubt.numbers(database.session()).get(found.id, 0)
    return render_template("workspace/organisation.html", organisation=found, lines=lines, in_doubt=in_doubt)


@bp.get("/organisations/<int:organisation_id>/settings")
def organisation_settings(organisation_id: int) -> ResponseReturnValue:
    """Name, contact and time zone of a client."""
    found = access.organisation(organisation_id)
    shown = {"name": found.name, "contact": found.contact, "timezone": found.timezone}
    return _settings_form(found, Sheet(shown=shown))


@bp.post("/organisations/<int:organisation_id>/settings")
def save_organisation_settings(organisation_id: int) -> ResponseReturnValue:
    """Change them."""
    found = access.organisation(organisation_id)
    sheet = Sheet(request.form)
    name = sheet.text("name", missing=gettext("Enter the name of the client."))
    contact = sheet.text("contact")
    missing = gettext("Choose a time zone from the list.")
    zone = sheet.choice("timezone", zones(), missing=missing, anchor="timezone")
    if sheet.errors:
        return _settings_form(found, sheet), 422
    found.name, found.contact, found.timezone = name, contact, zone
    note_client("changed a client", found)
    database.session().commit()
    flash(gettext("Saved."))
    return redirect(url_for(".organisation", organisation_id=found.id), code=303)


@bp.get("/organisations/<int:organisation_id>/delete")
def confirm_deletion(organisation_id: int) -> ResponseReturnValue:
    """Say what a deletion takes with it."""
    return _deletion_form(access.organisation(organisation_id), Sheet())


@bp.post("/organisations/<int:organisation_id>/delete")
def delete_organisation(organisation_id: int) -> ResponseReturnValue:
    """Delete a client for good, once its name was typed."""
    found = access.organisation(organisation_id)
    sheet, name = Sheet(request.form), found.name
    try:
        setting_up.require_name(sheet.text("name"), name)
    except NameDiffers as differs:
        sheet.refuse("name", str(differs))
        return _deletion_form(found, sheet), 422
    erase_organisation(database.session(), found)
    note("deleted a client", name)
    database.session().commit()
    reclaim(database.engine())
    flash(gettext("%(name)s is deleted, with everything that belonged to it.", name=name))
    return redirect(url_for(".organisations"), code=303)


def _settings_form(organisation: Organisation, sheet: Sheet) -> str:
    return render_template(
        "workspace/organisation_settings.html", organisation=organisation, sheet=sheet, zones=zones()
    )


def _deletion_form(organisation: Organisation, sheet: Sheet) -> str:
    waves = waves_of(organisation)
    return render_template(
        "workspace/organisation_delete.html", organisation=organisation, sheet=sheet, waves=waves
    )
