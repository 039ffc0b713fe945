"""The people of a wave, a page at a time, and addresses that turned out not to work."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue

from cultureassess.models import Invitee, Wave
from cultureassess.services import stopping
from cultureassess.services.people import accepting
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.invitations.blueprint import bp, done, note, people_in_words
from cultureassess.web.workspace.sheet import Sheet

ON_A_PAGE = 50


@bp.get("/people")
def people(wave_id: int) -> ResponseReturnValue:
    """Everybody who is invited by name; nothing tells who has answered."""
    return _page(access.wave(wave_id), Sheet())


@bp.post("/people/<int:invitee_id>/remove")
def remove(wave_id: int, invitee_id: int) -> ResponseReturnValue:
    """Delete somebody, with name, address and unused link."""
    found = access.wave(wave_id)
    accepting.remove_person(database.session(), access.part(Invitee, found, invitee_id))
    note(found, "removed a person")
    return done(found, gettext("The person is removed, and an unused link with them."), to=".people")


@bp.post("/people/bounced")
def bounced(wave_id: int) -> ResponseReturnValue:
    """Mark pasted addresses as not working."""
    found = access.wave(wave_id)
    sheet = Sheet(request.form)
    number = stopping.mark_bounced(database.session(), found, sheet.value("addresses"))
    if not number:
        sheet.refuse(
            "addresses", gettext("There is no address of this wave in the text that is not marked yet.")
        )
        return _page(found, sheet), 422
    note(found, "marked addresses as bounced", people_in_words(number))
    return done(
        found,
        gettext("%(people)s marked. They get no more mail.", people=people_in_words(number)),
        to=".people",
    )


def _page(wave: Wave, sheet: Sheet) -> str:
    session = database.session()
    total = session.scalar(sa.select(sa.func.count()).select_from(Invitee).filter_by(wave_id=wave.id)) or 0
    last = max(0, (total - 1) // ON_A_PAGE)
    number = min(
        request.args.get("page", 0, type=int) if request.args.get("page", "").isdecimal() else 0, last
    )
    return render_template(
        "invitations/people.html",
        wave=wave,
        sheet=sheet,
        people=accepting.people_of(session, wave, start=number * ON_A_PAGE, most=ON_A_PAGE),
        total=total,
        number=number,
        last=last,
    )
