"""The monthly meeting: its page, its two printed pages, and what was agreed on."""

from __future__ import annotations

import datetime as dt

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models.key_figures import LONG
from cultureassess.services import rates
from cultureassess.services.actions import meetings
from cultureassess.services.actions.key_figures import read_month
from cultureassess.services.actions.meetings import MeetingRefused, Pack
from cultureassess.web import access, database
from cultureassess.web.account import guards
from cultureassess.web.actions import fields, shown_cards, timeline
from cultureassess.web.actions.blueprint import Place, bp, note_deed, reading, writing
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace import poster
from cultureassess.web.workspace.sheet import Sheet


@bp.get("/meeting", endpoint="meeting")
def show_meeting(organisation_id: int) -> ResponseReturnValue:
    """This month's pack, or that of ``?month=2026-11``."""
    place = reading(organisation_id)
    pack = _pack(place, _asked())
    agreed, last = pack.agreed, pack.last
    shown = {"month": f"{pack.month:%Y-%m}", "outcome": last.outcome if last else ""}
    if agreed is not None:
        shown |= {"agreement": agreed.agreement, "owner": agreed.owner}
    return _page(place, pack, Sheet(shown=shown))


@bp.get("/meeting.pdf")
def meeting_file(organisation_id: int) -> ResponseReturnValue:
    """Two pages to print: what to look at, and space for what is agreed on."""
    place = reading(organisation_id)
    guards.spend(rates.EXPORT, f"meeting {access.actor().member_id}")
    pack = _pack(place, _asked())
    name = f"{place.organisation.slug}-meeting-{pack.month:%Y-%m}.pdf"
    return Response(
        poster.pdf(document(place, pack)),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.post("/meeting")
def record_meeting(organisation_id: int) -> ResponseReturnValue:
    """Store the one improvement, and what became of the last one."""
    place = writing(organisation_id)
    sheet = Sheet(request.form)
    month = fields.month(sheet, "month")
    agreement, outcome = sheet.text("agreement", most=LONG), sheet.text("outcome", most=LONG)
    owner = sheet.text("owner")
    if month is not None and not sheet.errors:
        try:
            meetings.record_agreement(
                database.session(),
                place.organisation,
                month,
                agreement=agreement,
                owner=owner,
                outcome=outcome,
            )
        except MeetingRefused as refused:
            sheet.refuse(refused.field, str(refused))
    if month is None or sheet.errors:
        return _page(place, _pack(place, month or clock.today()), sheet), 422
    note_deed(place, "recorded a meeting", f"{month:%Y-%m}", kind="meeting")
    database.session().commit()
    flash(gettext("Recorded. It comes back at the next meeting."))
    return redirect(url_for(".meeting", organisation_id=organisation_id, month=f"{month:%Y-%m}"), code=303)


def document(place: Place, pack: Pack) -> str:
    """The pack as a page for the layout engine."""
    return render_template("actions/meeting_document.html", **_shown(place, pack))


def _asked() -> dt.date:
    """The month in the address; this one for anything that is none."""
    found = read_month(request.args.get("month", ""))
    return found if found is not None and 2000 <= found.year <= 2100 else clock.today()


def _pack(place: Place, month: dt.date) -> Pack:
    return meetings.pack(
        database.session(),
        place.organisation,
        place.wave,
        month,
        leader=place.leader,
        secret_key=current_app.extensions["settings"].secret_key,
    )


def _shown(place: Place, pack: Pack) -> dict[str, object]:
    waves = [one.wave for one in place.results]
    return {
        "place": place,
        "pack": pack,
        "chart": timeline.timeline(pack.figure, waves) if pack.figure else None,
        "finding": timeline.title(pack.figure) if pack.figure else "",
        "cards": shown_cards.shown(place, pack.cards),
    }


def _page(place: Place, pack: Pack, sheet: Sheet) -> str:
    return render_template(
        "actions/meeting.html",
        page="meeting",
        sheet=sheet,
        held=meetings.meetings_of(database.session(), place.organisation),
        **_shown(place, pack),
    )
