"""The blueprint of the invitation pages, and what its views share."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock, instruments
from cultureassess.config import Settings
from cultureassess.instruments.types import Instrument
from cultureassess.models import Wave
from cultureassess.services import audit_log
from cultureassess.services.people.reading import BYTES
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace import words
from cultureassess.web.workspace.steps import invitations_address

bp = Blueprint("invitations", __name__, url_prefix="/workspace/waves/<int:wave_id>/invitations")

FORM_AROUND = 64 * 1024
"""Bytes of a form besides the file in it."""


@bp.context_processor
def shared_words() -> dict[str, object]:
    """Give the templates the names of audiences and days, and the way to the wave's other pages."""
    return {
        "day": words.day,
        "who": words.who,
        "state_name": words.state_name,
        "way_here": invitations_address,
    }


@bp.url_value_preprocessor
def allow_lists(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the one form that takes a list take 2 MB; this must be said before anything reads the form."""
    if endpoint == "invitations.upload":
        request.max_content_length = BYTES + FORM_AROUND


def settings() -> Settings:
    """The installation's."""
    found: Settings = current_app.extensions["settings"]
    return found


def instrument_of(wave: Wave) -> Instrument:
    """The questionnaire of a wave."""
    return instruments.by_code(wave.assessment.instrument)


def owner() -> bytes:
    """Whose uploaded lists somebody sees: their own."""
    asking = access.actor()
    return hashlib.sha256(f"{asking.member_id}:{asking.name}".encode()).digest()


def note(wave: Wave, action: str, detail: str = "") -> None:
    """Write into the audit log what whoever asks does to a wave's people; never who answered."""
    audit_log.record(
        database.session(),
        access.actor(),
        action,
        now=clock.now(),
        organisation_id=wave.assessment.organisation_id,
        kind="wave",
        object_id=wave.id,
        detail=detail,
    )


def done(wave: Wave, message: str, *, to: str = ".overview", **place: Any) -> ResponseReturnValue:  # noqa: ANN401
    """Keep what was done, say so, and show a page."""
    database.session().commit()
    flash(message)
    return redirect(url_for(to, wave_id=wave.id, **place), code=303)


def people_in_words(number: int) -> str:
    """A number of people, written."""
    return gettext("1 person") if number == 1 else gettext("%(number)s people", number=f"{number:,}")
