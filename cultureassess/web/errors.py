"""One page for every error: what happened, and how to go on. Never a trace, never whose link it was."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from cultureassess.services import errors
from cultureassess.web.i18n import gettext

STATUS = {
    errors.LinkUnknown: HTTPStatus.NOT_FOUND,
    errors.LinkMissing: HTTPStatus.NOT_FOUND,
    errors.WaveNotOpen: HTTPStatus.GONE,
    errors.AlreadySent: HTTPStatus.CONFLICT,
}
RETRY_SECONDS = 5


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.DomainError, domain_error)
    app.register_error_handler(CSRFError, csrf_error)
    app.register_error_handler(OperationalError, database_busy)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(SecurityError, untrusted_host)


def domain_error(error: errors.DomainError) -> ResponseReturnValue:
    """A person's error: its own sentence, with the status that fits it."""
    status = STATUS.get(type(error), HTTPStatus.BAD_REQUEST)
    return page(_title(status), gettext(str(error)), status)


def csrf_error(_error: CSRFError) -> ResponseReturnValue:
    """The form was sent from another site, or the browser refuses cookies."""
    advice = gettext(
        "Your browser did not send back the cookie of this form. Go back, reload the page and try again; "
        "if that does not help, allow cookies for this site."
    )
    return page(gettext("The form could not be checked"), advice, HTTPStatus.BAD_REQUEST)


def database_busy(error: OperationalError) -> ResponseReturnValue:
    """The database was busy or away for too long: nothing was stored, and trying again is safe."""
    current_app.logger.error("The database did not answer: %s", type(error.orig).__name__)
    advice = gettext("Nothing was lost. Please wait a moment, then reload the page.")
    body = page(gettext("Just a moment"), advice, HTTPStatus.SERVICE_UNAVAILABLE)
    return *body, {"Retry-After": str(RETRY_SECONDS)}


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
    status = HTTPStatus(error.code or 500)
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return *page(_title(status), _advice(status), status), headers


def page(title: str, advice: str, status: HTTPStatus) -> tuple[str, int]:
    """The error page and its status."""
    return render_template("errors/error.html", title=title, advice=advice), int(status)


def _title(status: HTTPStatus) -> str:
    titles = {
        HTTPStatus.NOT_FOUND: gettext("Not found"),
        HTTPStatus.GONE: gettext("Not open"),
        HTTPStatus.CONFLICT: gettext("Already received"),
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
