"""Headers that every answer carries (RELIABILITY T.5)."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

bp = Blueprint("headers", __name__)

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "report-uri /csp-report",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
}
TRANSPORT = "max-age=31536000; includeSubDomains"
YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask, *, secure: bool) -> None:
    """Set the headers on every answer, errors and files included."""
    app.register_blueprint(bp)

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(ALWAYS)
        if secure:
            response.headers["Strict-Transport-Security"] = TRANSPORT
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            response.headers["Cache-Control"] = YEAR if "v" in request.args else "no-cache"
        elif "Cache-Control" not in response.headers or not _for_ever(response):
            response.headers["Cache-Control"] = "no-store"
        return response


def _for_ever(response: Response) -> bool:
    return bool(response.cache_control.immutable and response.cache_control.public)


@bp.post("/csp-report")
def csp_report() -> ResponseReturnValue:
    """Note that a browser refused something. What it refused may be personal, so it is not kept."""
    current_app.logger.warning("A browser reported a violation of the content security policy.")
    return "", 204
