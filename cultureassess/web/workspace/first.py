"""The first form: four fields make a wave."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock, instruments
from cultureassess.instruments.types import Audience
from cultureassess.models import Chosen, Organisation
from cultureassess.services import setting_up
from cultureassess.services.setting_up import ASKED_FIRST, FirstWave
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace import outlook, words
from cultureassess.web.workspace.blueprint import bp
from cultureassess.web.workspace.deeds import note_client, note_wave
from cultureassess.web.workspace.sheet import Sheet

USUAL_LENGTH = dt.timedelta(days=20)
"""Three weeks, the first and the last day counted."""


@bp.get("/new")
def new_client() -> ResponseReturnValue:
    """The form for a new client and its first wave."""
    access.adding_organisations()
    return _form(Sheet(shown=_usual_dates()), None)


@bp.post("/new")
def add_client() -> ResponseReturnValue:
    """Add a client with its first wave as a draft."""
    asking = access.adding_organisations()
    if _only_looking():
        return _form(_numbers_alone(), None)
    sheet = Sheet(request.form)
    name = sheet.text("client", missing=gettext("Enter the name of the client."))
    first = read_first_wave(sheet)
    if first is None or sheet.errors:
        return _form(sheet, None)
    organisation = setting_up.add_client(database.session(), name, run_by=asking.member_id)
    note_client("added a client", organisation)
    return _started(organisation, first)


@bp.get("/organisations/<int:organisation_id>/waves/new")
def new_wave(organisation_id: int) -> ResponseReturnValue:
    """The same form for another wave of a client."""
    found = access.organisation(organisation_id)
    return _form(Sheet(shown=_usual_dates()), found)


@bp.post("/organisations/<int:organisation_id>/waves/new")
def add_wave(organisation_id: int) -> ResponseReturnValue:
    """Add a wave as a draft."""
    found = access.organisation(organisation_id)
    if _only_looking():
        return _form(_numbers_alone(), found)
    sheet = Sheet(request.form)
    first = read_first_wave(sheet)
    if first is None or sheet.errors:
        return _form(sheet, found)
    return _started(found, first)


def read_first_wave(sheet: Sheet) -> FirstWave | None:
    """Read dates, people and how customers were chosen; None where something is missing or wrong."""
    opens_on, closes_on = read_dates(sheet)
    people = {audience: sheet.number(audience.value) for audience in ASKED_FIRST}
    if not people[Audience.CUSTOMER]:
        sheet.refuse("customer", gettext("Enter how many customers are asked; a good guess will do."))
    if not people[Audience.MANAGEMENT] and not people[Audience.STAFF]:
        sheet.refuse("management", gettext("Enter how many managers or employees are asked."))
    chosen = sheet.choice(
        "chosen", [way.value for way in Chosen], missing=gettext("Say how the customers were chosen.")
    )
    if sheet.errors or opens_on is None or closes_on is None:
        return None
    numbers = {audience: number for audience, number in people.items() if number}
    return FirstWave(opens_on, closes_on, numbers, Chosen(chosen))


def read_dates(sheet: Sheet, *, today: dt.date | None = None) -> tuple[dt.date | None, dt.date | None]:
    """Read a first and a last day in the right order, the last one not before ``today``."""
    opens_on = sheet.day("opens_on", missing=gettext("Enter the first day."))
    closes_on = sheet.day("closes_on", missing=gettext("Enter the last day."))
    if opens_on is not None and closes_on is not None and closes_on < opens_on:
        sheet.refuse("closes_on", gettext("The last day must not come before the first."))
    elif closes_on is not None and closes_on < (today or clock.today()):
        sheet.refuse("closes_on", gettext("The last day must not lie in the past."))
    return opens_on, closes_on


def chosen_options() -> list[tuple[str, str, str]]:
    """The ways of choosing customers, and what each means for the report."""
    notes = {
        Chosen.ALL: gettext("The most convincing, and simple: nobody can say that they were picked."),
        Chosen.RANDOM: gettext("As convincing, where there are very many."),
        Chosen.PICKED: gettext("The report will say so: picked customers tend to be kinder."),
        Chosen.OPEN: gettext(
            "Website, newsletter, counter. The report will say that nobody knows who answered."
        ),
    }
    return [(way.value, words.chosen_name(way), notes[way]) for way in Chosen]


def _form(sheet: Sheet, organisation: Organisation | None) -> ResponseReturnValue:
    shown = render_template(
        "workspace/first.html",
        sheet=sheet,
        organisation=organisation,
        chosen_options=chosen_options(),
        plan=_plan() if sheet.sent else None,
    )
    return shown, 422 if sheet.errors else 200


def _plan() -> outlook.Plan | None:
    asked = Sheet(request.form)  # of its own: what is wrong here is said by the form's
    managers, customers = (asked.number(a.value) for a in (Audience.MANAGEMENT, Audience.CUSTOMER))
    if managers is None or customers is None:
        return None
    return outlook.plan(managers, customers, gap=10, instrument=instruments.by_code(setting_up.INSTRUMENT))


def _started(organisation: Organisation, first: FirstWave) -> ResponseReturnValue:
    wave = setting_up.start_wave(database.session(), organisation, first)
    note_wave("drafted a wave", wave)
    database.session().commit()
    flash(gettext("The draft is there. Nothing is asked yet: look it through, then open it."))
    return redirect(url_for(".wave", wave_id=wave.id), code=303)


def _only_looking() -> bool:
    return request.form.get("go") == "look"


def _numbers_alone() -> Sheet:
    """The form of somebody who asks what its numbers would show: nothing else need be filled in yet."""
    sheet = Sheet(request.form)
    sheet.number("management", missing=gettext("Enter how many managers are asked."))
    sheet.number("staff")
    sheet.number("customer", missing=gettext("Enter how many customers are asked; a good guess will do."))
    return sheet


def _usual_dates() -> dict[str, str]:
    first = clock.today() + dt.timedelta(days=1)
    return {"opens_on": first.isoformat(), "closes_on": (first + USUAL_LENGTH).isoformat()}
