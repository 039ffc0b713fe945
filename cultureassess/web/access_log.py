"""What is logged of a request: never a path, an address or a browser (RELIABILITY R4)."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

log = logging.getLogger("cultureassess.access")

BUCKETS = (10, 30, 100, 300, 1000, 3000, 10000)


def init_app(app: Flask) -> None:
    """Log one line a request: the endpoint's name, the status, and how long it took at most."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        bucket = next((str(limit) for limit in BUCKETS if took <= limit), "more")
        log.info("endpoint=%s status=%d ms<=%s", request.endpoint, response.status_code, bucket)
        return response
