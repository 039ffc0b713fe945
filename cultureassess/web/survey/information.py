"""Pages to read: the thank-you, exactly what is stored, and how accessible the questionnaire is."""

from __future__ import annotations

import datetime as dt

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from cultureassess.services import drafts
from cultureassess.web import database
from cultureassess.web.survey import language, stored
from cultureassess.web.survey import visit as visits
from cultureassess.web.survey.blueprint import bp

STATEMENT_DATE = dt.date(2026, 11, 22)
"""When the accessibility statement was last checked against the pages."""


@bp.get("/survey/thanks")
def thanks() -> ResponseReturnValue:
    """The end. It says the same to everybody, so that a bookmark of it is harmless."""
    language.speak_to_anybody()
    return render_template("survey/thanks.html", contact=current_app.extensions["settings"].contact)


@bp.get("/survey/stored")
def what_is_stored() -> ResponseReturnValue:
    """Exactly what is stored, column by column, with this respondent's answers so far as the example."""
    visit = visits.current()
    answers = drafts.load_draft(database.session(), visit.keys)
    visit.speak(answers)
    return render_template("survey/stored.html", visit=visit, table=stored.describe(visit, answers))


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """What these pages do for accessibility, how it was checked, and what is known to be missing."""
    language.speak_to_anybody()
    contact = current_app.extensions["settings"].contact
    return render_template("survey/accessibility.html", checked=STATEMENT_DATE, contact=contact)
