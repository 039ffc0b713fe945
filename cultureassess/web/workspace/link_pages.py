"""The open links of a wave: addresses, posters, access codes, withdrawing and renewing."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess.models import OpenLink, State, Wave
from cultureassess.services import links, open_links
from cultureassess.services.access_codes import LONGEST, set_access_code
from cultureassess.services.errors import WaveRefused
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace import words
from cultureassess.web.workspace.blueprint import bp
from cultureassess.web.workspace.deeds import note_wave
from cultureassess.web.workspace.sheet import Sheet
from cultureassess.web.workspace.steps import invitations_address


@dataclass(frozen=True)
class Door:
    """An open link: who comes in by it, its address in full, the short one, and the path of its poster."""

    link: OpenLink
    who: str
    address: str
    short: str
    poster: str


@bp.get("/waves/<int:wave_id>/links", endpoint="links")
def show_links(wave_id: int) -> ResponseReturnValue:
    """Every open link with what can be done with it."""
    return _page(access.wave(wave_id), Sheet())


@bp.post("/waves/<int:wave_id>/links")
def add_link(wave_id: int) -> ResponseReturnValue:
    """Make the link of a door that has none."""
    found = access.wave(wave_id)
    doors = {door.value: door for door in open_links.doors_of(found)}
    wanted = doors.get(request.form.get("who", ""))
    if wanted is None:
        abort(400)
    open_links.add_link(database.session(), found, wanted, secret_key=_key())
    return _done(found, "made an open link", gettext("The link is there."))


@bp.post("/waves/<int:wave_id>/links/<int:link_id>/revoke")
def revoke_link(wave_id: int, link_id: int) -> ResponseReturnValue:
    """Withdraw a link; it can be restored."""
    found = access.wave(wave_id)
    open_links.revoke_link(database.session(), access.link(found, link_id))
    return _done(
        found,
        "withdrew an open link",
        gettext("Withdrawn: whoever comes by it is told so. You can restore it below."),
    )


@bp.post("/waves/<int:wave_id>/links/<int:link_id>/restore")
def restore_link(wave_id: int, link_id: int) -> ResponseReturnValue:
    """Let a withdrawn link work again."""
    found = access.wave(wave_id)
    open_links.restore_link(database.session(), access.link(found, link_id))
    return _done(found, "restored an open link", gettext("The link works again."))


@bp.post("/waves/<int:wave_id>/links/<int:link_id>/renew")
def renew_link(wave_id: int, link_id: int) -> ResponseReturnValue:
    """Replace a link by one with another address."""
    found = access.wave(wave_id)
    open_links.renew_link(database.session(), access.link(found, link_id), secret_key=_key())
    return _done(
        found,
        "renewed an open link",
        gettext("There is a new link; the old one is withdrawn. Print its posters anew."),
    )


@bp.post("/waves/<int:wave_id>/links/<int:link_id>/code")
def set_code(wave_id: int, link_id: int) -> ResponseReturnValue:
    """Give a link an access code, or take it away."""
    found = access.wave(wave_id)
    link, sheet = access.link(found, link_id), Sheet(request.form)
    name = f"code-{link.id}"
    code = sheet.text(name, most=2 * LONGEST)
    try:
        set_access_code(link, code or None)
    except WaveRefused as refused:
        sheet.refuse(name, str(refused))
    if sheet.errors:
        database.session().rollback()
        return _page(found, sheet), 422
    done = (
        gettext("The code is set. Tell it apart from the link.")
        if code
        else gettext("The link asks for no code.")
    )
    return _done(found, "set an access code" if code else "took an access code away", done)


def _page(wave: Wave, sheet: Sheet) -> str:
    every = [_door(link) for link in open_links.all_links(database.session(), wave)]
    working = {open_links.door_of(door.link) for door in every if not door.link.revoked}
    return render_template(
        "workspace/links.html",
        wave=wave,
        sheet=sheet,
        working=[door for door in every if not door.link.revoked],
        withdrawn=[door for door in every if door.link.revoked],
        missing=[door for door in open_links.doors_of(wave) if door not in working],
        changeable=wave.state in (State.DRAFT, State.OPEN),
        invitations=invitations_address(wave),
    )


def _door(link: OpenLink) -> Door:
    settings = current_app.extensions["settings"]
    base, key = settings.base_url, settings.secret_key
    return Door(
        link,
        words.who_by(link),
        f"{base}/s/{links.open_link_token(link, secret_key=key)}",
        f"{base.partition('://')[2]}/a/{links.short_code(link, secret_key=key)}" if link.short_hash else "",
        url_for("poster.poster", wave_id=link.wave_id, link_id=link.id),
    )


def _done(wave: Wave, deed: str, message: str) -> ResponseReturnValue:
    note_wave(deed, wave)
    database.session().commit()
    flash(message)
    return redirect(url_for(".links", wave_id=wave.id), code=303)


def _key() -> str:
    key: str = current_app.extensions["settings"].secret_key
    return key
