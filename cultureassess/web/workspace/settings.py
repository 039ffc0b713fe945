"""Changing a wave's plan, part by part."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock, instruments
from cultureassess.models import Anonymity, State, Wave
from cultureassess.services import planning, setting_up
from cultureassess.services.errors import WaveRefused
from cultureassess.services.fielding import Plan, today_at
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace import sections, summary, words
from cultureassess.web.workspace.blueprint import bp
from cultureassess.web.workspace.deeds import note_wave
from cultureassess.web.workspace.first import chosen_options
from cultureassess.web.workspace.sections import SECTIONS, Section
from cultureassess.web.workspace.sheet import Sheet


@bp.get("/waves/<int:wave_id>/settings/<section>")
def settings(wave_id: int, section: str) -> ResponseReturnValue:
    """One part of a wave's plan."""
    found, part = access.wave(wave_id), _section(section)
    return _form(found, part, Sheet(shown=part.shown(found)))


@bp.post("/waves/<int:wave_id>/settings/<section>")
def save_settings(wave_id: int, section: str) -> ResponseReturnValue:
    """Change it."""
    found, part = access.wave(wave_id), _section(section)
    sheet = Sheet(request.form)
    if is_closed(found) or (sections.is_frozen(found) and part.all_frozen):
        return _form(found, part, Sheet(shown=part.shown(found))), 422
    plan = part.read(sheet, found)
    if sheet.errors or not _changed(found, plan, sheet):
        database.session().rollback()
        return _form(found, part, sheet), 422
    note_wave("changed a wave", found, detail=f"{found.label}: {part.name}")
    database.session().commit()
    flash(gettext("Saved."))
    return redirect(url_for(".wave", wave_id=found.id), code=303)


def is_closed(wave: Wave) -> bool:
    """Whether nothing of the wave may change any more."""
    return wave.state in (State.CLOSED, State.REPORTED)


def _section(name: str) -> Section:
    if name not in SECTIONS:
        abort(404)
    return SECTIONS[name]


def _changed(wave: Wave, plan: Plan, sheet: Sheet) -> bool:
    """Change the wave; where that is refused, say so on the sheet."""
    try:
        setting_up.change_wave(database.session(), wave, plan, today=today_at(wave, clock.now()))
    except WaveRefused as refused:
        sheet.refuse("form", str(refused))
        return False
    return True


def _form(wave: Wave, section: Section, sheet: Sheet) -> str:
    instrument = sections.instrument_of(wave)
    return render_template(
        "workspace/settings.html",
        wave=wave,
        section=section,
        titles=sections.titles(),
        sheet=sheet,
        frozen=sections.is_frozen(wave),
        closed=is_closed(wave),
        instrument=instrument,
        offered=instruments.languages(wave.assessment.instrument),
        chosen_options=chosen_options(),
        mode_options=mode_options(),
        segment_options=[_segment_option(budget) for budget in planning.segment_budgets(wave, instrument)],
        role_options=[(o.code, o.text, "") for o in sections.role_options(instrument)],
        outcome_options=[(o.id, _outcome_name(o.id), "") for o in sections.optional_outcomes(instrument)],
    )


def mode_options() -> list[tuple[str, str, str]]:
    """How people come in, and what follows from it."""
    return [
        (
            Anonymity.CONFIDENTIAL.value,
            gettext("Personal links"),
            gettext(
                "By e-mail, letter or list, with reminders to those who have not answered; "
                "open links as well if you like. Pages say “confidential”."
            ),
        ),
        (
            Anonymity.ANONYMOUS.value,
            gettext("Open links only"),
            gettext(
                "One link or poster for everybody. Nobody knows who was asked, so there are no reminders. "
                "Pages say “anonymous”."
            ),
        ),
    ]


def _segment_option(budget: planning.Budget) -> tuple[str, str, str]:
    name = summary.segment_name(budget.key)
    who = words.who(budget.question.audience or budget.question.side)
    return budget.key, f"{who}: {name}", _cost(budget)


def _cost(budget: planning.Budget) -> str:
    if not budget.values:
        return gettext("Your own values, below.")
    if budget.affordable is None:
        return gettext(
            "%(values)d values: needs %(needed)d people asked.", values=budget.values, needed=budget.needed
        )
    if budget.affordable:
        return gettext(
            "%(values)d values, at best %(each)d answers each.", values=budget.values, each=budget.per_value
        )
    return gettext(
        "%(values)d values, at best %(each)d answers each: too thin, most will stay withheld. "
        "Needs %(needed)d people asked.",
        values=budget.values,
        each=budget.per_value,
        needed=budget.needed,
    )


def _outcome_name(code: str) -> str:
    names = {
        "NPS": gettext("Customers: how likely they are to recommend the company"),
        "ENPS": gettext("Employees: how likely they are to recommend it as a place to work"),
    }
    return names.get(code, code)
