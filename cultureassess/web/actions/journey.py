"""The customers' journey: one list of pain points, ranked by impact, each with its touchpoint."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess.instruments.types import Audience
from cultureassess.models import PainSource
from cultureassess.services.actions import feedback
from cultureassess.services.actions import journey as service
from cultureassess.services.actions.journey import JourneyRefused, Pain
from cultureassess.services.actions.key_figures import Imported
from cultureassess.web import database
from cultureassess.web.actions.blueprint import Place, bp, note_deed, reading, writing
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet

COUNTED = (PainSource.COMMENTS, PainSource.FEEDBACK)


@bp.get("/journey", endpoint="journey")
def show_journey(organisation_id: int) -> ResponseReturnValue:
    """The journey and the one list."""
    return _page(reading(organisation_id))


@bp.post("/journey")
def place_pains(organisation_id: int) -> ResponseReturnValue:
    """Give pain points their touchpoints."""
    place = writing(organisation_id)
    session, sheet = database.session(), Sheet(request.form)
    names = service.journey_names(session, place.organisation)
    changed = 0
    for one in _pains(place):
        chosen = sheet.value(field(one))
        if field(one) in request.form and (not chosen or chosen in names):
            changed += service.place_pain(session, place.organisation, one.source, one.theme, chosen)
    if changed:
        note_deed(place, "placed pain points", gettext("%(n)d of them", n=changed))
    session.commit()
    flash(gettext("Saved."))
    return redirect(url_for(".journey", organisation_id=organisation_id), code=303)


@bp.post("/journey/touchpoints")
def draw(organisation_id: int) -> ResponseReturnValue:
    """Store the organisation's own journey."""
    place = writing(organisation_id)
    sheet = Sheet(request.form)
    names = sheet.lines("names")
    if not sheet.errors:
        try:
            service.draw_journey(database.session(), place.organisation, names)
        except JourneyRefused as refused:
            sheet.refuse("names", str(refused))
    if sheet.errors:
        return _page(place, drawing=sheet), 422
    note_deed(place, "drew the journey", ", ".join(names))
    database.session().commit()
    return redirect(url_for(".journey", organisation_id=organisation_id), code=303)


@bp.post("/journey/count")
def count(organisation_id: int) -> ResponseReturnValue:
    """Store what somebody counted, in comments or elsewhere; a count of 0 takes it off the list."""
    place = writing(organisation_id)
    sheet, session = Sheet(request.form), database.session()
    source = sheet.choice(
        "source", [one.value for one in COUNTED], missing=gettext("Say where it was counted.")
    )
    theme = sheet.text("theme", missing=gettext("Name the pain point."))
    number = sheet.number("count", missing=gettext("Enter how many cases there were."))
    if number is not None and not sheet.errors:
        try:
            if number == 0:
                service.remove_pain(session, place.organisation, PainSource(source), theme)
            else:
                service.count_pain(
                    session, place.organisation, PainSource(source), theme, sheet.value("touchpoint"), number
                )
        except JourneyRefused as refused:
            sheet.refuse(refused.field, str(refused))
    if sheet.errors:
        return _page(place, counting=sheet), 422
    note_deed(place, "counted a pain point", theme)
    session.commit()
    return redirect(url_for(".journey", organisation_id=organisation_id), code=303)


@bp.post("/journey/import")
def import_feedback(organisation_id: int) -> ResponseReturnValue:
    """Read other feedback from a file."""
    place = writing(organisation_id)
    sheet, sent = Sheet(request.form), request.files.get("file")
    origin = sheet.text("origin", most=feedback.ORIGIN)
    if sheet.errors:
        return _page(place, importing=sheet), 422
    try:
        imported = feedback.import_feedback(
            database.session(), place.organisation, sent.stream.read() if sent else b"", origin=origin
        )
    except JourneyRefused as refused:
        database.session().rollback()
        sheet.refuse("file", str(refused))
        return _page(place, importing=sheet), 422
    note_deed(place, "read feedback from a file", gettext("%(n)d themes", n=imported.stored))
    database.session().commit()
    return _page(place, imported=imported)


def field(one: Pain) -> str:
    """The name of a pain point's selection."""
    return f"place-{one.source.value}-{one.theme}"


def source_name(source: PainSource) -> str:
    """Where a pain point comes from."""
    names = {
        PainSource.GAP: gettext("customers disagree"),
        PainSource.DONT_KNOW: gettext("customers cannot judge"),
        PainSource.COMMENTS: gettext("counted in comments"),
        PainSource.FEEDBACK: gettext("other feedback"),
    }
    return names[source]


def _pains(place: Place) -> list[Pain]:
    customers = place.wave.audiences.get(Audience.CUSTOMER) if place.wave else None
    return service.pains(
        database.session(),
        place.organisation,
        place.snapshot,
        customers=customers.population if customers else None,
    )


def _page(
    place: Place,
    *,
    drawing: Sheet | None = None,
    counting: Sheet | None = None,
    importing: Sheet | None = None,
    imported: Imported | None = None,
) -> str:
    names = service.journey_names(database.session(), place.organisation)
    found = _pains(place)
    wrong = drawing or counting or importing
    return render_template(
        "actions/journey.html",
        place=place,
        page="journey",
        names=names,
        options=[(name, name) for name in names],
        totals=[(name, sum(one.touchpoint == name for one in found)) for name in names],
        pains=found,
        field=field,
        source_name=source_name,
        sources=[(one.value, source_name(one), "") for one in COUNTED],
        drawing=drawing or Sheet(shown={"names": "\n".join(names)}),
        counting=counting or Sheet(),
        importing=importing or Sheet(),
        imported=imported,
        errors=wrong.errors if wrong else [],
    )
