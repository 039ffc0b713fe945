"""The pulse: what customers say now of eight statements, beside what they said in the full survey."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.report.words import ENGLISH
from cultureassess.services.actions import pulse as service
from cultureassess.services.actions.outcome import last_day
from cultureassess.services.actions.pulse import PulseItem
from cultureassess.services.releasing import Earlier
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Range
from cultureassess.web import database
from cultureassess.web.actions.blueprint import Place, bp, note_deed, reading, writing
from cultureassess.web.i18n import gettext


@dataclass(frozen=True)
class Line:
    """One statement; ``change`` is "" where the two cannot be compared. ``sure``: the range leaves out 0."""

    text: str
    before: str
    after: str
    change: str
    sure: bool


@bp.get("/pulse", endpoint="pulse")
def show_pulse(organisation_id: int) -> ResponseReturnValue:
    """The newest pulse beside the full wave before it."""
    place = reading(organisation_id)
    newest = next(iter(place.pulses), None)
    full = _before(place, newest) if newest else None
    lines = [_line(one) for one in _items(full, newest)] if full and newest else []
    return render_template(
        "actions/pulse.html", place=place, page="pulse", newest=newest, full=full, lines=lines
    )


@bp.post("/pulse")
def start_pulse(organisation_id: int) -> ResponseReturnValue:
    """Draft one for the people of the newest full wave."""
    place = writing(organisation_id)
    if place.wave is None:
        abort(404)
    wave = service.start_pulse(database.session(), place.organisation, place.wave, today=clock.today())
    note_deed(place, "drafted a pulse", wave.label, kind="wave", object_id=wave.id)
    database.session().commit()
    flash(gettext("The draft is there. Nothing is asked yet: look it through, then open it."))
    return redirect(url_for("workspace.wave", wave_id=wave.id), code=303)


def _before(place: Place, pulse: Earlier) -> Earlier | None:
    """The newest full wave that was over before a pulse began."""
    ended = last_day(pulse)
    began = min(pulse.wave.opens_on or ended, ended)
    full = [one for one in place.results if last_day(one) < began]
    return max(full, key=lambda one: (last_day(one), one.wave.id), default=None)


def _items(full: Earlier, pulse: Earlier) -> tuple[PulseItem, ...]:
    return service.compare_pulse(from_json(full.record.json), from_json(pulse.record.json))


def _line(one: PulseItem) -> Line:
    found = one.change
    if found is None:
        return Line(one.text, "–", "–", "", sure=False)
    interval = Range(*found.change.interval)
    return Line(
        one.text,
        ENGLISH.number(found.before),
        ENGLISH.number(found.after),
        f"{ENGLISH.points(found.change.change)} ({ENGLISH.signed_between(interval)})",
        sure=not interval.contains(0),
    )
