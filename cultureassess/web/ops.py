"""What a load balancer, a container and a watch ask: is the process alive, does everything work?"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.config import Settings
from cultureassess.services.operations import health
from cultureassess.web import database

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

bp = Blueprint("ops", __name__)

PATHS = ("/healthz", "/readyz")

KEPT = 2.0
"""Seconds for which an answer is given again: nobody can make us write to the database by asking often."""


def init_app(app: Flask, settings: Settings) -> None:
    """Answer probes under whatever name they ask: they know an address, not the name that people type."""
    app.register_blueprint(bp)
    app.wsgi_app = _any_host(app.wsgi_app, settings.host)  # type: ignore[method-assign,assignment]


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers. Nothing else is looked at: restarting it would mend nothing else."""
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 if everything works, else 503 with what does not."""
    found = _examined()
    return jsonify(ready=all(found.values()), checks=found), 200 if all(found.values()) else 503


def _examined() -> dict[str, bool]:
    """The newest answer, if it is fresh. Two threads that ask at once may both look: no harm."""
    at, found = current_app.extensions.get("readiness", (0.0, {}))
    if not found or time.monotonic() - at > KEPT:
        found = health.examine(database.engine(), current_app.extensions["settings"], now=clock.now())
        current_app.extensions["readiness"] = (time.monotonic(), found)
    return dict(found)


def _any_host(application: WSGIApplication, host: str) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in PATHS:
            environ = {**environ, "HTTP_HOST": host}
            environ.pop("HTTP_X_FORWARDED_HOST", None)
        return application(environ, start_response)

    return answer
