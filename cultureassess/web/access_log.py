"""What is logged of a request: never a path, an address or a browser (RELIABILITY R4)."""

from __future__ import annotations

import logging
import re
import secrets
import time
from types import TracebackType

from flask import Flask, Response, g, request

from cultureassess import logs

log = logging.getLogger("cultureassess.access")

BUCKETS = (10, 30, 100, 300, 1000, 3000, 10000)

HEADER = "X-Request-ID"
PROBES = ("ops.healthz", "ops.readyz")
"""Asked every few seconds by machines: only their failures are worth a line."""

_NUMBER = re.compile(r"[0-9a-f]{8}[0-9a-f-]{0,28}")

Failure = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


def init_app(app: Flask, *, trusted_proxies: int = 0) -> None:
    """Log one line a request: the endpoint's name, the status, and how long it took at most.

    Args:
        trusted_proxies: with one, the number that it gives to a request is kept.
    """

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        given = request.headers.get(HEADER, "") if trusted_proxies else ""
        logs.request_id.set(given if _NUMBER.fullmatch(given) else secrets.token_hex(8))

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers[HEADER] = logs.request_id.get()
        if request.endpoint not in PROBES or response.status_code >= 500:
            _note(response)
        return response

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        logs.request_id.set("")

    app.log_exception = _failed  # type: ignore[method-assign]


def _note(response: Response) -> None:
    took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    bucket = next((str(limit) for limit in BUCKETS if took <= limit), "more")
    fields = {"endpoint": request.endpoint, "status": response.status_code, "ms": bucket}
    log.info(
        "endpoint=%s status=%d ms<=%s",
        request.endpoint,
        response.status_code,
        bucket,
        extra={"fields": fields},
    )


def _failed(exc_info: Failure) -> None:
    """Instead of Flask's line, which names the path: on a link's way in, that is the link itself."""
    error = exc_info[1]
    name, at = type(error).__name__, [] if error is None else logs.places(error)
    fields = {"message": "a request failed", "endpoint": request.endpoint, "error": name, "at": at}
    log.error(
        "a request failed: endpoint=%s %s at %s",
        request.endpoint,
        name,
        ", ".join(at),
        extra={"fields": fields},
    )
