"""Ways in: personal and open links, short addresses, resume links and access codes."""

from __future__ import annotations

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from cultureassess import clock
from cultureassess.models import OpenLink, State, Submission
from cultureassess.services import drafts, fielding, intake, links
from cultureassess.services.access_codes import check_access_code
from cultureassess.services.drafts import Answers
from cultureassess.services.errors import CodeLocked, CodeNeeded, CodeWrong
from cultureassess.web import database, qr
from cultureassess.web.i18n import gettext
from cultureassess.web.survey import visit as visits
from cultureassess.web.survey.blueprint import bp
from cultureassess.web.survey.visit import Visit


@bp.get("/s/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Check a link and take it out of the address bar. It is not used up: mail scanners come here too."""
    return _come_in(visits.enter(token), token)


@bp.get("/a/<code>")
def enter_short(code: str) -> ResponseReturnValue:
    """The same by the short address that a poster shows."""
    key = current_app.config["SECRET_KEY"]
    token = links.open_link_token(links.find_short(database.session(), code, secret_key=key), secret_key=key)
    return _come_in(visits.enter(token), token)


@bp.get("/r/<secret>")
def resume(secret: str) -> ResponseReturnValue:
    """Go on with what was begun by an open link on another device."""
    if _sent_with(secret):
        return redirect(url_for(".thanks"), 303)
    visit, token = visits.resume(secret)
    fielding.require_going_on(visit.wave, now=clock.now())
    return _to_intro(visit, token)


@bp.get("/survey/code")
def code() -> ResponseReturnValue:
    """Ask for the access code of an open link."""
    visit = visits.current(admitted=False)
    return render_template("survey/code.html", visit=visit, error="")


@bp.post("/survey/code")
def check_code() -> ResponseReturnValue:
    """Let in whoever knows the code; count whoever does not."""
    visit = visits.current(admitted=False)
    link = visit.door.link
    error = "" if link is None else _code_error(link)
    if error:
        return render_template("survey/code.html", visit=visit, error=error), 422
    if link is not None:
        visits.admit(link)
    return redirect(url_for(".intro"), 303)


@bp.errorhandler(CodeNeeded)
def ask_for_code(_error: CodeNeeded) -> ResponseReturnValue:
    """Lead to the page that asks for the code."""
    return redirect(url_for(".code"), 303)


@bp.get("/survey/elsewhere", endpoint="after_elsewhere")
def to_the_start() -> ResponseReturnValue:
    """Where the page with the resume link leads when asked for again: in another language, or by a reload."""
    visits.current()
    return redirect(url_for(".intro"), 303)


@bp.post("/survey/afresh")
def afresh() -> ResponseReturnValue:
    """On an open link: forget what was begun in this browser, perhaps by somebody else."""
    visit = visits.current()
    if visit.door.personal:
        raise NotFound
    drafts.discard_draft(database.write_now(), visit.keys)
    database.session().commit()
    return _to_intro(Visit(visit.door, links.new_token()), visits.cookie_token())


@bp.post("/survey/elsewhere")
def elsewhere() -> ResponseReturnValue:
    """On an open link: the resume link, from the start page."""
    visit = visits.current()
    answers = drafts.load_draft(database.session(), visit.keys)
    if visit.door.personal or answers is None:
        raise NotFound
    visit.speak(answers)
    return resume_link_page(visit, answers)


def resume_link_page(visit: Visit, answers: Answers) -> str:
    """The one page that shows the resume link. It is made of the secret in the cookie and stored nowhere."""
    address = f"{current_app.extensions['settings'].base_url}{url_for('.resume', secret=visit.secret)}"
    last = len(visit.pages(visit.audience(answers.role)))
    return render_template(
        "survey/elsewhere.html",
        visit=visit,
        address=address,
        picture=qr.svg(address),
        number=min(answers.reached + 1, last),
    )


def _come_in(visit: Visit, token: str) -> ResponseReturnValue:
    """Let a visit in. After the close a used link says what an unused one does, and tells on nobody."""
    if visit.wave.state is not State.OPEN:
        require_open(visit)
    if intake.was_sent(database.session(), visit.door, visit.keys):
        if visit.door.personal:
            return redirect(url_for(".thanks"), 303)
        visit = Visit(visit.door, links.new_token())
    require_open(visit)
    return _to_intro(visit, token)


def require_open(visit: Visit) -> Answers | None:
    """The draft, if there is one. Who has begun may go on for an hour after the last day.

    Raises:
        WaveNotOpen: the wave takes no answers.
    """
    answers = drafts.load_draft(database.session(), visit.keys)
    visit.speak(answers)
    if answers is None:
        fielding.require_open(visit.wave, today=fielding.today_at(visit.wave, clock.now()))
    else:
        fielding.require_going_on(visit.wave, now=clock.now())
    return answers


def _to_intro(visit: Visit, token: str) -> ResponseReturnValue:
    response = make_response(redirect(url_for(".intro"), 303))
    visits.remember(response, visit, token)
    return response


def _sent_with(secret: str) -> bool:
    """Whether answers were sent with this secret; their draft, and with it the wave, is gone."""
    cleaned = links.clean_token(secret)
    if cleaned is None:
        return False
    marks = database.session().query(Submission).filter_by(secret_hash=drafts.derive(cleaned).sent)
    return marks.first() is not None


def _code_error(link: OpenLink) -> str:
    typed = request.form.get("code", "").strip()
    if not typed:
        return gettext("Enter the access code.")
    try:
        # Comparing takes as long as a password's hash: the lock is taken for counting alone.
        check_access_code(database.write_now(), link, typed, now=clock.now())
    except CodeWrong:
        database.session().commit()
        return gettext("This is not the code. Check it with whoever gave it to you.")
    except CodeLocked as locked:
        return gettext(
            "Too many wrong codes were entered at this link. Please try again in %(minutes)d min.",
            minutes=locked.minutes,
        )
    return ""
