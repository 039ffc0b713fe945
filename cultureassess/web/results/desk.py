"""What the consultant does with the results: screen comments, write, choose pages, release."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import Wave
from cultureassess.services import audit_log, comment_screening, consultant_notes
from cultureassess.services.comment_screening import Decision, decisions_of
from cultureassess.services.comments import read_with_comments
from cultureassess.services.releasing import release_to_leaders
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.results import comments as listing
from cultureassess.web.results.pages import CHOOSABLE
from cultureassess.web.results.reading import Reading, read
from cultureassess.web.results.views import bp
from cultureassess.web.results.words import WordsForm, words_page

FIRST_PAGE = 0


@bp.get("/<int:wave_id>/comments")
def comments(wave_id: int) -> ResponseReturnValue:
    """The comments: screened for leaders, to be screened for the consultant."""
    reading = read(access.results(wave_id), "comments")
    start = request.args.get("from", FIRST_PAGE, type=int)
    return render_template("results/comments.html", reading=reading, page=_comments(reading, start))


@bp.post("/<int:wave_id>/comments/<key>")
def decide(wave_id: int, key: str) -> ResponseReturnValue:
    """Withhold one comment, mask words in it, or show it as it was written."""
    wave = access.wave(wave_id)
    reading, whole = read(wave, "comments"), read_with_comments(database.session(), wave)
    start = request.form.get("from", FIRST_PAGE, type=int)
    typed, name = request.form.get("words", ""), _digest(key)
    try:
        changed = comment_screening.decide(
            database.session(), wave, whole, name, _decision(typed), secret_key=_key()
        )
    except comment_screening.WordsNotFound as error:
        page = _comments(reading, start, {key: (typed, str(error))})
        return render_template("results/comments.html", reading=reading, page=page), 422
    if changed:
        note(wave, "screened a comment")
    database.session().commit()
    back = url_for(".comments", wave_id=wave_id)
    return redirect(f"{back}?from={start}#c-{key[:12]}", code=303)


@bp.post("/<int:wave_id>/comments")
def comments_read(wave_id: int) -> ResponseReturnValue:
    """Note that every comment has been read; from now on leaders and files have them."""
    wave = access.wave(wave_id)
    whole = read_with_comments(database.session(), wave)
    comment_screening.mark_read(database.session(), wave, whole, secret_key=_key())
    note(wave, "read all comments")
    database.session().commit()
    return redirect(url_for(".comments", wave_id=wave_id), code=303)


@bp.get("/<int:wave_id>/words")
def words(wave_id: int) -> ResponseReturnValue:
    """The consultant's words, the leaders' pages, and the release."""
    reading = read(access.wave(wave_id), "words")
    return render_template("results/words.html", reading=reading, page=words_page(reading))


@bp.post("/<int:wave_id>/words")
def write(wave_id: int) -> ResponseReturnValue:
    """Store the notes and the signature."""
    wave = access.wave(wave_id)
    reading, form = read(wave, "words"), WordsForm.of(request.form)
    try:
        changed = consultant_notes.write_notes(database.session(), wave, form.notes_for(reading.snapshot))
        signed = consultant_notes.sign(database.session(), wave, form.signature)
    except consultant_notes.TextTooLong as error:
        page = words_page(reading, form=form, place=error.place, error=str(error))
        return render_template("results/words.html", reading=reading, page=page), 422
    if changed or signed:
        note(wave, "wrote about results", detail=", ".join(changed))
    database.session().commit()
    return redirect(url_for(".words", wave_id=wave_id), code=303)


@bp.post("/<int:wave_id>/pages")
def choose(wave_id: int) -> ResponseReturnValue:
    """Store which pages leaders are given, in which order."""
    wave = access.wave(wave_id)
    chosen = [key for key in request.form.getlist("page") if key]
    try:
        changed = consultant_notes.choose_pages(database.session(), wave, chosen, known=CHOOSABLE)
    except consultant_notes.PagesRefused as error:
        reading = read(wave, "words")
        page = words_page(reading, pages=request.form.getlist("page"), place="pages", error=str(error))
        return render_template("results/words.html", reading=reading, page=page), 422
    if changed:
        note(wave, "chose the leaders’ pages", detail=", ".join(chosen))
    database.session().commit()
    return redirect(url_for(".words", wave_id=wave_id) + "#pages", code=303)


@bp.post("/<int:wave_id>/release")
def release(wave_id: int) -> ResponseReturnValue:
    """Open the results to the organisation's leaders, once somebody says that they have read them."""
    wave = access.wave(wave_id)
    if request.form.get("read") != "yes":
        reading = read(wave, "words")
        refused = gettext("Tick that you have read the results: a release cannot be taken back.")
        page = words_page(reading, place="release", error=refused)
        return render_template("results/words.html", reading=reading, page=page), 422
    if release_to_leaders(database.session(), wave):
        note(wave, "released results to leaders")
    database.session().commit()
    return redirect(url_for(".words", wave_id=wave_id) + "#release", code=303)


def _comments(
    reading: Reading, start: int, typed: dict[str, tuple[str, str]] | None = None
) -> listing.CommentsPage:
    if reading.leader:
        return listing.build(reading.setting, reading.snapshot, {}, secret_key=_key(), start=start)
    session = database.session()
    whole, decided = read_with_comments(session, reading.wave), decisions_of(session, reading.wave)
    return listing.build(reading.setting, whole, decided, secret_key=_key(), start=start, typed=typed)


def _decision(typed: str) -> Decision:
    """What a form asks for: one of its three buttons."""
    action = request.form.get("action")
    if action == "withhold":
        return Decision(withheld=True)
    if action == "mask":
        return Decision(masked=tuple(part.strip() for part in typed.split(",") if part.strip()) or ("",))
    if action != "show":
        abort(400)
    return comment_screening.SHOWN


def _key() -> str:
    """The installation's secret, under which comments are known."""
    key: str = current_app.extensions["settings"].secret_key
    return key


def _digest(key: str) -> bytes:
    try:
        return bytes.fromhex(key)
    except ValueError:
        abort(404)


def note(wave: Wave, action: str, detail: str = "") -> None:
    """Write a deed into the audit log: which wave, never which comment."""
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
