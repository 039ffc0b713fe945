"""Key figures: each with the decision that hangs on it, month by month, beside the waves."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import Better, KeyFigure
from cultureassess.models.key_figures import LONG
from cultureassess.services.actions import key_figures as service
from cultureassess.services.actions.key_figures import SUGGESTED, FigureRefused, Imported
from cultureassess.web import access, database
from cultureassess.web.actions import fields, timeline
from cultureassess.web.actions.blueprint import Place, bp, note_deed, reading, writing
from cultureassess.web.actions.timeline import Timeline
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet


@dataclass(frozen=True)
class Shown:
    """One figure with its chart; ``title`` is the finding."""

    figure: KeyFigure
    title: str
    chart: Timeline | None


@bp.get("/figures", endpoint="figures")
def show_figures(organisation_id: int) -> ResponseReturnValue:
    """All figures."""
    return _page(reading(organisation_id))


@bp.post("/figures")
def add_figure(organisation_id: int) -> ResponseReturnValue:
    """Add one, with its decision."""
    place = writing(organisation_id)
    sheet = Sheet(request.form)
    name, unit = sheet.text("name"), sheet.text("unit", most=16)
    decision = sheet.text("decision", most=LONG)
    better = sheet.choice(
        "better", [one.value for one in Better], missing=gettext("Say whether more is better, or less.")
    )
    if not sheet.errors:
        try:
            added = service.add_figure(
                database.session(),
                place.organisation,
                name=name,
                unit=unit,
                better=Better(better),
                decision=decision,
            )
        except FigureRefused as refused:
            sheet.refuse(refused.field, str(refused))
    if sheet.errors:
        return _page(place, adding=sheet), 422
    note_deed(place, "added a key figure", added.name, kind="key figure", object_id=added.id)
    database.session().commit()
    return redirect(url_for(".figures", organisation_id=organisation_id), code=303)


@bp.post("/figures/<int:figure_id>")
def set_value(organisation_id: int, figure_id: int) -> ResponseReturnValue:
    """Store a month's value; an empty one takes it away."""
    place = writing(organisation_id)
    found = access.part(KeyFigure, place.organisation, figure_id)
    sheet = Sheet(request.form)
    month, value = fields.month(sheet, "month"), fields.decimal(sheet, "value")
    if sheet.errors or month is None:
        return _page(place, valuing=(found.id, sheet)), 422
    service.set_value(database.session(), found, month, value)
    note_deed(
        place, "set a key figure", f"{found.name}, {month:%Y-%m}", kind="key figure", object_id=found.id
    )
    database.session().commit()
    return redirect(
        url_for(".figures", organisation_id=organisation_id, _anchor=f"figure-{found.id}"), code=303
    )


@bp.post("/figures/<int:figure_id>/remove")
def remove_figure(organisation_id: int, figure_id: int) -> ResponseReturnValue:
    """Delete a figure with its values."""
    place = writing(organisation_id)
    found = access.part(KeyFigure, place.organisation, figure_id)
    name = found.name
    service.remove_figure(database.session(), found)
    note_deed(place, "deleted a key figure", name, kind="key figure", object_id=figure_id)
    database.session().commit()
    flash(gettext("%(name)s is deleted.", name=name))
    return redirect(url_for(".figures", organisation_id=organisation_id), code=303)


@bp.post("/figures/import")
def import_figures(organisation_id: int) -> ResponseReturnValue:
    """Read values from a file."""
    place = writing(organisation_id)
    sheet, sent = Sheet(request.form), request.files.get("file")
    try:
        imported = service.import_values(
            database.session(), place.organisation, sent.stream.read() if sent else b""
        )
    except FigureRefused as refused:
        database.session().rollback()
        sheet.refuse("file", str(refused))
        return _page(place, importing=sheet), 422
    note_deed(place, "read key figures from a file", gettext("%(n)d values", n=imported.stored))
    database.session().commit()
    return _page(place, imported=imported)


def _page(
    place: Place,
    *,
    adding: Sheet | None = None,
    valuing: tuple[int, Sheet] | None = None,
    importing: Sheet | None = None,
    imported: Imported | None = None,
) -> str:
    waves = [one.wave for one in place.results]
    shown = [
        Shown(figure, timeline.title(figure), timeline.timeline(figure, waves))
        for figure in service.figures_of(database.session(), place.organisation)
    ]
    usual = {"month": f"{clock.today():%Y-%m}"}
    wrong = adding or (valuing[1] if valuing else None) or importing
    return render_template(
        "actions/figures.html",
        place=place,
        page="figures",
        shown=shown,
        told=timeline.told,
        adding=adding or Sheet(shown={"better": "up"}),
        valuing={valuing[0]: valuing[1]} if valuing else {},
        blank=Sheet(shown=usual),
        importing=importing or Sheet(),
        imported=imported,
        errors=wrong.errors if wrong else [],
        suggested=SUGGESTED,
    )
