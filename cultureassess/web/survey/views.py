"""The pages of the questionnaire. A GET never writes; each Continue saves a sealed draft."""

from __future__ import annotations

from dataclasses import replace

from flask import make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from cultureassess import clock
from cultureassess.services import drafts, fielding, intake
from cultureassess.services.drafts import Answers
from cultureassess.services.errors import AlreadySent, LinkReplaced
from cultureassess.services.questions import Page
from cultureassess.web import database, i18n
from cultureassess.web.survey import fields as form_fields
from cultureassess.web.survey import language
from cultureassess.web.survey import visit as visits
from cultureassess.web.survey.blueprint import bp
from cultureassess.web.survey.entrance import require_open, resume_link_page
from cultureassess.web.survey.fields import Field
from cultureassess.web.survey.visit import Visit

LONGEST_PAGE = 1800
"""Seconds on one page beyond which somebody was away."""

SWITCH = "lang-"
"""What the language buttons of a part send, before the language."""


@bp.get("/survey")
def intro() -> ResponseReturnValue:
    """Who asks, how long it takes, what becomes of the answers."""
    visit = visits.current()
    if intake.was_sent(database.session(), visit.door, visit.keys):
        return redirect(url_for(".thanks"), 303)
    answers = require_open(visit)
    return _intro_page(visit, answers, role=_role_asked(visit, answers))


@bp.post("/survey")
def begin() -> ResponseReturnValue:
    """Start, or go on where one stopped."""
    visit = visits.current()
    if intake.was_sent(database.session(), visit.door, visit.keys):
        raise AlreadySent
    answers = require_open(visit)
    role = _role_asked(visit, answers)
    if visit.role_question is not None and (request.form.get("role") or role is None or not role.value):
        role = form_fields.read_role(visit.role_question, request.form)
        if role.error:
            return _intro_page(visit, answers, role=role), 422
    session.permanent = True
    database.write_now()
    intake.hold_open(database.session(), visit.wave)
    answers = drafts.load_draft(database.session(), visit.keys, lock=True) or Answers()
    answers.role = answers.role if role is None else role.value
    _save(visit, answers)
    last = len(visit.pages(visit.audience(answers.role)))
    return redirect(url_for(".page", number=min(answers.reached + 1, last)), 303)


@bp.get("/survey/<int:number>")
def page(number: int) -> ResponseReturnValue:
    """One part of the questionnaire, with what was answered before."""
    visit = visits.current()
    answers = _begun(visit)
    if answers is None:
        return redirect(url_for(".intro"), 303)
    shown, plan = _page(visit, answers, number)
    return _part(visit, shown, plan, answers, form_fields.fields_of(shown, visit, answers))


@bp.post("/survey/<int:number>")
def save_page(number: int) -> ResponseReturnValue:
    """Keep a part's answers; then the next part, the one before, or sending everything."""
    visit = visits.current()
    if request.form.get("of", _mark(visit)) != _mark(visit):
        raise LinkReplaced
    answers = _begun(visit)
    if answers is None:
        return redirect(url_for(".intro"), 303)
    go = request.form.get("go", "next")
    _switch_language(visit, go)
    shown, plan = _page(visit, answers, number)
    fields = form_fields.read(form_fields.fields_of(shown, visit, answers), request.form)
    if any(field.error for field in fields):
        return ("", 422) if go == "stay" else (_part(visit, shown, plan, answers, fields), 422)
    database.write_now()
    answers = _begun(visit, lock=True)
    if answers is None:
        return redirect(url_for(".intro"), 303)
    if _overtaken(answers, number) and go == "stay":
        return "", 409
    form_fields.apply(fields, answers)
    return _go_on(visit, answers, number, len(plan), go)


def _go_on(visit: Visit, answers: Answers, number: int, last: int, go: str) -> ResponseReturnValue:
    if go == "stay":
        _save(visit, answers)
        return "", 204
    _count_seconds(answers, number)
    if go == "next" and number == last:
        return _send(visit, answers)
    if go == "next":
        answers.reached = max(answers.reached, min(number, last - 1))
    _save(visit, answers)
    if go == "elsewhere" and not visit.door.personal:
        return resume_link_page(visit, answers)
    return redirect(_next_address(number, last, go), 303)


def _next_address(number: int, last: int, go: str) -> str:
    if go == "back":
        return url_for(".page", number=number - 1) if number > 1 else url_for(".intro")
    stays = go.startswith(SWITCH) or number == last
    return url_for(".page", number=number if stays else number + 1)


def _send(visit: Visit, answers: Answers) -> ResponseReturnValue:
    """Store the response once. Whoever sends again gets the same confirmation."""
    audience = visit.audience(answers.role)
    if audience is None:
        return redirect(url_for(".intro"), 303)
    answers.language = visit.language
    intake.submit_response(
        database.session(), visit.door, audience, answers, visit.keys, visit.instrument, today=clock.today()
    )
    database.session().commit()
    return _to_thanks()


@bp.errorhandler(AlreadySent)
def already_sent(_error: AlreadySent) -> ResponseReturnValue:
    """A double click, a resend or a second tab: the answers are there, so the confirmation is true."""
    database.session().rollback()
    return _to_thanks()


def _to_thanks() -> ResponseReturnValue:
    response = make_response(redirect(url_for(".thanks"), 303))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _begun(visit: Visit, *, lock: bool = False) -> Answers | None:
    """The draft of somebody who is under way; None if there is none.

    Raises:
        AlreadySent: these answers are stored already.
        WaveNotOpen: the wave has closed, or its last day and the hour after it are over.
    """
    answers = drafts.load_draft(database.session(), visit.keys, lock=lock)
    # Sending deletes the draft in its own transaction: where there is one, nothing was sent.
    if answers is None and intake.was_sent(database.session(), visit.door, visit.keys):
        raise AlreadySent
    if not lock and answers is not None and answers.language != visit.language:
        visit.speak(answers)
    fielding.require_going_on(visit.wave, now=clock.now())
    return None if answers is None or visit.audience(answers.role) is None else answers


def _switch_language(visit: Visit, go: str) -> None:
    """Speak the language of the button that was pressed, and remember it."""
    wanted = go.removeprefix(SWITCH)
    if go.startswith(SWITCH) and wanted in visit.languages:
        language.keep(wanted)
        i18n.speak(wanted, informal=visit.address == "informal")


def _page(visit: Visit, answers: Answers, number: int) -> tuple[Page, tuple[Page, ...]]:
    plan = visit.pages(visit.audience(answers.role))
    if not 1 <= number <= len(plan):
        raise NotFound
    return plan[number - 1], plan


def _save(visit: Visit, answers: Answers) -> None:
    answers.language = visit.language
    answers.link = None if visit.door.link is None else visit.door.link.id
    drafts.save_draft(database.session(), visit.wave, visit.keys, answers, today=clock.today())
    database.session().commit()


def _mark(visit: Visit) -> str:
    """Which questionnaire a form belongs to: another tab of this browser may have opened another since."""
    return visit.keys.name[:8].hex()


def _since() -> str:
    """When the page was shown, as its form says; "" where there is none."""
    return request.form.get("since", "") if request.method == "POST" else ""


def _count_seconds(answers: Answers, number: int) -> None:
    """Add the time since the page was shown; nothing where the form does not say when that was."""
    since = _number("since")
    if since is not None:
        spent = int(clock.now().timestamp()) - since
        answers.seconds[number] = answers.seconds.get(number, 0) + max(0, min(spent, LONGEST_PAGE))


def _number(name: str) -> int | None:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def _overtaken(answers: Answers, number: int) -> bool:
    """Whether a later sending of this page's form is stored already; note that this one was seen.

    A browser gives up saving when somebody presses Continue, but the request may be on its way.
    """
    since, turn = _number("since"), _number("turn")
    if since is None or turn is None:
        return False
    drawn, last = answers.saved.get(number, (0, 0))
    answers.saved[number] = max((drawn, last), (since, turn))
    return (since, turn) <= (drawn, last)


def _turn(answers: Answers, number: int) -> int:
    """How often a page's form was sent: its next sending is one more."""
    sent = _number("turn") if request.method == "POST" else None
    return answers.saved.get(number, (0, 0))[1] if sent is None else sent


def _role_asked(visit: Visit, answers: Answers | None) -> Field | None:
    """The first question of an open inside link, with what was chosen: Back leads here to correct it."""
    question = visit.role_question
    given = (answers.role if answers else None) or ""
    return None if question is None else replace(form_fields.role_field(question), value=given)


def _intro_page(visit: Visit, answers: Answers | None, *, role: Field | None) -> str:
    plan = visit.pages(visit.audience(answers.role if answers else None))
    return render_template(
        "survey/intro.html",
        visit=visit,
        minutes=form_fields.minutes(plan),
        begun=answers is not None,
        role=role,
        contact=visit.contact,
    )


def _part(visit: Visit, shown: Page, plan: tuple[Page, ...], answers: Answers, fields: list[Field]) -> str:
    return render_template(
        "survey/part.html",
        visit=visit,
        page=shown,
        parts=len(plan),
        fields=fields,
        errors=[field for field in fields if field.error],
        lead_in=form_fields.lead_in(shown, visit),
        open_note=visit.instrument.open_note,
        mark=_mark(visit),
        since=_since() or int(clock.now().timestamp()),
        turn=_turn(answers, shown.number),
        unanswered=form_fields.unanswered(plan, answers) if shown is plan[-1] else [],
    )
