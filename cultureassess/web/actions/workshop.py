"""Two pages that are filled in together and printed: the step review, and the value proposition."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import StepValue
from cultureassess.models.journey import LONG
from cultureassess.services.actions import workshop as service
from cultureassess.services.actions.workshop import MOST_STEPS, Choices, Step
from cultureassess.web import database
from cultureassess.web.actions import fields
from cultureassess.web.actions.blueprint import Place, bp, note_deed, reading, writing
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet


@bp.get("/steps", endpoint="steps")
def show_steps(organisation_id: int) -> ResponseReturnValue:
    """The steps of one process: which serve customers, which are required, which serve only us."""
    place = reading(organisation_id)
    shown: dict[str, str] = {}
    found = service.choices_of(database.session(), place.organisation)
    for one in service.steps_of(database.session(), place.organisation):
        shown |= {f"name-{one.place}": one.name, f"serves-{one.place}": one.serves.value}
        shown |= {
            f"decision-{one.place}": one.decision,
            f"hand-off-{one.place}": "yes" if one.hand_off else "",
        }
    return _steps(place, Sheet(shown={**shown, "process": found.process if found else ""}))


@bp.post("/steps")
def save_steps(organisation_id: int) -> ResponseReturnValue:
    """Store the review."""
    place = writing(organisation_id)
    sheet = Sheet(request.form)
    process = sheet.text("process")
    steps = [step for number in range(1, MOST_STEPS + 1) if (step := _step(sheet, number)) is not None]
    if sheet.errors:
        return _steps(place, sheet), 422
    service.write_steps(database.session(), place.organisation, process, steps, today=clock.today())
    note_deed(place, "reviewed a process", process)
    database.session().commit()
    flash(gettext("Saved."))
    return redirect(url_for(".steps", organisation_id=organisation_id), code=303)


@bp.get("/choices", endpoint="choices")
def show_choices(organisation_id: int) -> ResponseReturnValue:
    """Whom we serve, how well, and what we deliberately do not do."""
    place = reading(organisation_id)
    found = service.choices_of(database.session(), place.organisation)
    names = ("needs", "service", "not_done")
    return _choices(place, Sheet(shown={name: getattr(found, name) for name in names} if found else {}))


@bp.post("/choices")
def save_choices(organisation_id: int) -> ResponseReturnValue:
    """Store the three choices."""
    place = writing(organisation_id)
    sheet = Sheet(request.form)
    texts = [fields.paragraphs(sheet, name, most=LONG) for name in ("needs", "service", "not_done")]
    if sheet.errors:
        return _choices(place, sheet), 422
    service.write_choices(database.session(), place.organisation, Choices(*texts), today=clock.today())
    note_deed(place, "wrote the three choices")
    database.session().commit()
    flash(gettext("Saved."))
    return redirect(url_for(".choices", organisation_id=organisation_id), code=303)


def _step(sheet: Sheet, number: int) -> Step | None:
    """One line; None for an empty one, and for one where something is wrong."""
    name, decision = sheet.text(f"name-{number}"), sheet.text(f"decision-{number}")
    field = f"serves-{number}"
    if not name:
        if decision or sheet.flag(f"hand-off-{number}") or sheet.value(field):
            sheet.refuse(f"name-{number}", gettext("Name step %(n)d, or clear its line.", n=number))
        return None
    missing = gettext("Say whom step %(n)d serves.", n=number)
    serves = sheet.choice(field, [one.value for one in StepValue], missing=missing, anchor=field)
    if not serves:
        return None
    return Step(name, StepValue(serves), sheet.flag(f"hand-off-{number}"), decision)


def _steps(place: Place, sheet: Sheet) -> str:
    steps = service.steps_of(database.session(), place.organisation)
    return render_template(
        "actions/steps.html",
        place=place,
        page="workshop",
        sheet=sheet,
        numbers=range(1, MOST_STEPS + 1),
        serves=[
            (StepValue.CUSTOMER.value, gettext("worth something to customers")),
            (StepValue.REQUIRED.value, gettext("required by law or contract")),
            (StepValue.OURS.value, gettext("only for us")),
        ],
        ours=sum(one.serves is StepValue.OURS for one in steps),
        hand_offs=sum(one.hand_off for one in steps),
        total=len(steps),
    )


def _choices(place: Place, sheet: Sheet) -> str:
    return render_template("actions/choices.html", place=place, page="workshop", sheet=sheet)
