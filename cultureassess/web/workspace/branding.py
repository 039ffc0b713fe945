"""Logo and colour of a client; name, contact and logo of the consultancy."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess.models import Consultancy, Organisation
from cultureassess.services import accents, branding
from cultureassess.services.branding import LogoRefused
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.blueprint import bp
from cultureassess.web.workspace.deeds import note, note_client
from cultureassess.web.workspace.sheet import Sheet

UPLOADS = ("workspace.save_brand", "workspace.save_consultancy")
LARGEST_REQUEST = 4 * 1024 * 1024


@bp.url_value_preprocessor
def take_larger_forms(endpoint: str | None, _values: object) -> None:
    """A logo is larger than any other form. This comes before the form's token is looked for."""
    if endpoint in UPLOADS:
        request.max_content_length = LARGEST_REQUEST


@bp.get("/organisations/<int:organisation_id>/brand")
def brand(organisation_id: int) -> ResponseReturnValue:
    """Logo and colour of a client."""
    found = access.organisation(organisation_id)
    return _brand_form(found, Sheet(shown={"accent": found.accent or ""}))


@bp.post("/organisations/<int:organisation_id>/brand")
def save_brand(organisation_id: int) -> ResponseReturnValue:
    """Change them."""
    found = access.organisation(organisation_id)
    sheet = Sheet(request.form)
    accent = read_accent(sheet)
    read_logo(sheet, found)
    if sheet.errors:
        database.session().rollback()
        return _brand_form(found, sheet), 422
    found.accent = accent
    note_client("changed a client's logo and colour", found)
    database.session().commit()
    flash(gettext("Saved. This is how respondents will see it."))
    return redirect(url_for(".brand", organisation_id=found.id), code=303)


@bp.get("/consultancy")
def consultancy() -> ResponseReturnValue:
    """Name, contact and logo of the consultancy, as reports show them."""
    access.administrator()
    house = branding.consultancy(database.session())
    return _consultancy_form(house, Sheet(shown={"name": house.name, "contact": house.contact}))


@bp.post("/consultancy")
def save_consultancy() -> ResponseReturnValue:
    """Change them."""
    access.administrator()
    sheet, house = Sheet(request.form), branding.consultancy(database.session())
    name, contact = sheet.text("name"), sheet.text("contact")
    read_logo(sheet, house)
    if sheet.errors:
        database.session().rollback()
        return _consultancy_form(house, sheet), 422
    house.name, house.contact = name, contact
    database.session().add(house)
    note("changed the consultancy", name)
    database.session().commit()
    flash(gettext("Saved."))
    return redirect(url_for(".consultancy"), code=303)


def read_accent(sheet: Sheet) -> str | None:
    """Read a colour; None for an empty field. One too pale for text is refused."""
    typed = sheet.text("accent", most=20)
    if sheet.value("go") == "nearest":
        typed = sheet.text("nearest", most=20)
    if not typed:
        return None
    colour = accents.parse(typed)
    if colour is None:
        sheet.refuse("accent", gettext("Enter a colour as # and six digits, for example #0f5a63."))
    elif not accents.passes(colour):
        sheet.refuse(
            "accent",
            gettext(
                "%(colour)s is too pale: its contrast with our light page is %(contrast).1f to 1, "
                "and text needs 4.5.",
                colour=colour,
                contrast=min(accents.contrast(colour, ground) for ground in accents.LIGHT),
            ),
        )
    return colour


def read_logo(sheet: Sheet, owner: Organisation | Consultancy) -> None:
    """Read an uploaded logo, or the wish to have none."""
    content = _uploaded("logo")
    if content:
        try:
            branding.set_logo(owner, branding.read_logo(content))
        except LogoRefused as refused:
            sheet.refuse("logo", str(refused))
    elif sheet.flag("no_logo"):
        branding.set_logo(owner, None)


def _uploaded(name: str) -> bytes:
    """The content of a file, or as much of it as shows that it is too large."""
    file = request.files.get(name)
    if file is None:
        return b""
    try:
        content: bytes = file.read(branding.LARGEST_FILE + 1)
    finally:
        file.close()
    return content


def _brand_form(organisation: Organisation, sheet: Sheet) -> str:
    typed = accents.parse(sheet.value("accent"))
    failed = bool(sheet.error("accent")) and typed is not None
    return render_template(
        "workspace/brand.html",
        organisation=organisation,
        sheet=sheet,
        nearest=accents.nearest(typed) if failed and typed is not None else "",
        accent=accents.accent(organisation.accent) if organisation.accent else None,
    )


def _consultancy_form(house: Consultancy, sheet: Sheet) -> str:
    return render_template("workspace/consultancy.html", house=house, sheet=sheet)
