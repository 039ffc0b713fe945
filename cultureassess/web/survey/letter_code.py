"""The way in by the short code of a printed letter."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess.services.letters import LetterCodeLocked, LetterCodeWrong, check_letter_code
from cultureassess.web import database
from cultureassess.web.i18n import gettext
from cultureassess.web.survey import language
from cultureassess.web.survey.blueprint import bp


@bp.get("/code", endpoint="letter_code")
def ask_for_letter_code() -> ResponseReturnValue:
    """Ask for the code of a letter."""
    language.speak_to_anybody()
    return render_template("survey/letter_code.html", error="", typed="")


@bp.post("/code", endpoint="check_letter_code")
def take_letter_code() -> ResponseReturnValue:
    """Lead whoever knows a code to their questionnaire; count whoever does not."""
    language.speak_to_anybody()
    typed = request.form.get("code", "")
    try:
        token = check_letter_code(database.session(), typed, secret_key=current_app.config["SECRET_KEY"])
    except (LetterCodeWrong, LetterCodeLocked) as error:
        database.session().commit()
        shown = "".join(c for c in typed if c.isprintable())[:40]
        return render_template("survey/letter_code.html", error=_sentence(error), typed=shown), 422
    return redirect(url_for(".enter", token=token), 303)


def _sentence(error: LetterCodeWrong | LetterCodeLocked) -> str:
    if isinstance(error, LetterCodeLocked):
        return gettext("This code is locked, because it was mistyped too often. Please ask for a new letter.")
    return gettext("No letter has this code. Please compare it with the letter, character by character.")
