"""One page for every error: what happened, and how to go on. Never a trace, never whose link it was."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from cultureassess.services import errors
from cultureassess.web.i18n import date, gettext
from cultureassess.web.survey import language

STAFF = (
    "home",
    "workspace",
    "poster",
    "results",
    "actions",
    "loop",
    "plotly",
    "security",
    "account",
    "joining",
    "invitations",
    "members",
    "leaders",
    "audit",
)
"""Blueprints whose pages are for staff, in English; every other error page speaks a respondent's language."""

RETRY_SECONDS = 5


@dataclass(frozen=True)
class Said:
    """What an error page says: the status, what happened, and what to do."""

    status: HTTPStatus
    title: str
    advice: str


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.DomainError, domain_error)
    app.register_error_handler(CSRFError, csrf_error)
    for failure in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(failure, database_busy)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(SecurityError, untrusted_host)


def domain_error(error: errors.DomainError) -> ResponseReturnValue:
    """A person's error: a page of its own where a respondent may meet it, else its own sentence."""
    _speak()
    said = _said(error) or Said(error.status, _title(error.status), str(error))
    return page(said.title, said.advice, said.status)


def _said(error: errors.DomainError) -> Said | None:
    """What the respondents' errors say; None for those that only staff can bring about."""
    if isinstance(error, errors.WaveNotYetOpen):
        return Said(HTTPStatus.FORBIDDEN, gettext("Not open yet"), _until(error))
    texts = {
        errors.LinkUnknown: Said(
            HTTPStatus.NOT_FOUND,
            gettext("This link does not work"),
            gettext(
                "Perhaps it was not copied whole, or it is too old. Open it again from the message that you "
                "received, or copy it up to the last character. If that does not help, ask whoever sent it "
                "for a new one."
            ),
        ),
        errors.LinkRevoked: Said(
            HTTPStatus.GONE,
            gettext("This link has been withdrawn"),
            gettext("Please ask whoever sent it to you for a new one."),
        ),
        errors.LinkMissing: Said(
            HTTPStatus.NOT_FOUND,
            gettext("Please open your link"),
            gettext(
                "Please open the questionnaire by the link that you were sent. If you have just done so, "
                "your browser refuses cookies: allow them for this site and open the link again."
            ),
        ),
        errors.LinkReplaced: Said(
            HTTPStatus.CONFLICT,
            gettext("Please open your link again"),
            gettext(
                "Another questionnaire was opened in this browser in the meantime, so nothing of this page "
                "was stored. Open the link of this one again and go on."
            ),
        ),
        errors.WaveNotOpen: Said(
            HTTPStatus.GONE,
            gettext("This survey has ended"),
            gettext("It takes no more answers, and nothing of this page was stored. Thank you for coming."),
        ),
        errors.AlreadySent: Said(
            HTTPStatus.CONFLICT,
            gettext("Already received"),
            gettext("Your answers have been received already. There is nothing left to do."),
        ),
    }
    return texts.get(type(error))


def _until(error: errors.WaveNotYetOpen) -> str:
    if error.opens_on is None:
        return gettext("This survey takes no answers yet. Please come back later; your link stays good.")
    return gettext("This survey opens on %(day)s. Your link stays good until then.", day=date(error.opens_on))


def csrf_error(_error: CSRFError) -> ResponseReturnValue:
    """The form was sent from another site, or the browser refuses cookies."""
    _speak()
    advice = gettext(
        "Your browser did not send back the cookie of this form. Go back, reload the page and try again; "
        "if that does not help, allow cookies for this site."
    )
    return page(gettext("The form could not be checked"), advice, HTTPStatus.BAD_REQUEST)


def database_busy(error: SQLAlchemyError) -> ResponseReturnValue:
    """The database was busy or away for too long: nothing was stored, and trying again is safe.

    What a respondent had entered is in the page, so that sending it again is one press of a button.
    """
    cause = getattr(error, "orig", None) or error
    current_app.logger.error("The database did not answer: %s", type(cause).__name__)
    _speak()
    if request.method == "POST" and request.blueprint == "survey":
        kept = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
        body: str = render_template("survey/unsaved.html", kept=kept)
        status = int(HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        advice = gettext("Nothing was lost. Please wait a moment, then reload the page.")
        body, status = page(gettext("Just a moment"), advice, HTTPStatus.SERVICE_UNAVAILABLE)
    return body, status, {"Retry-After": str(RETRY_SECONDS)}


def untrusted_host(_error: SecurityError) -> ResponseReturnValue:
    """The request names a host that is not ours. No page: no address can be built for one."""
    return (
        "This server does not answer to that name.\n",
        HTTPStatus.BAD_REQUEST,
        {"Content-Type": "text/plain"},
    )


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Every other error that Flask knows, a failure of ours (500) included."""
    if error.response is not None:
        return error.response
    _speak()
    status = HTTPStatus(error.code or 500)
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    limited = _for_staff() and status == HTTPStatus.TOO_MANY_REQUESTS
    advice = str(error.description) if limited else _advice(status)
    return *page(_title(status), advice, status), headers


def page(title: str, advice: str, status: HTTPStatus) -> tuple[str, int]:
    """The error page and its status."""
    contact = current_app.extensions["settings"].contact
    shown = render_template(
        "errors/error.html",
        title=title,
        advice=advice,
        staff=_for_staff(),
        lost=status == HTTPStatus.NOT_FOUND,
        contact=contact,
    )
    return shown, int(status)


def _for_staff() -> bool:
    return request.blueprint in STAFF


def _speak() -> None:
    """Answer a respondent in a language that the browser asks for, unless the page has chosen one already."""
    if "language" not in g and not _for_staff():
        language.speak_to_anybody()


def _title(status: HTTPStatus) -> str:
    titles = {
        HTTPStatus.NOT_FOUND: gettext("Not found"),
        HTTPStatus(413): gettext("Too much text"),
        HTTPStatus.TOO_MANY_REQUESTS: gettext("Too many requests"),
    }
    fallback = gettext("Something went wrong here") if status >= 500 else gettext("This did not work")
    return titles.get(status, fallback)


def _advice(status: HTTPStatus) -> str:
    advice = {
        HTTPStatus.NOT_FOUND: gettext("There is nothing at this address."),
        HTTPStatus.METHOD_NOT_ALLOWED: gettext("This address does not take such a request."),
        HTTPStatus(413): gettext("Go back and shorten what you wrote, then send it again."),
        HTTPStatus.TOO_MANY_REQUESTS: gettext("Please wait a minute, then try again."),
    }
    fallback = (
        gettext("The fault is ours and has been noted. Please try again in a moment.")
        if status >= 500
        else gettext("The request could not be understood. Go back and try again.")
    )
    return advice.get(status, fallback)
