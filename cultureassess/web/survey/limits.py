"""How often the respondents' pages may be asked for (RELIABILITY T.6). A link that works is never refused.

There is no limit on sending: a link, or a browser on an open link, sends once, whatever is tried. Nor is any
form refused, because somebody's answers are in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field

from flask import Response, current_app, make_response, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from cultureassess import clock
from cultureassess.services import rates
from cultureassess.services.rates import Rule, TooOften
from cultureassess.web import database
from cultureassess.web.survey.blueprint import bp

FAILED_LINKS = Rule("failed link", most=20, seconds=600)
"""Links that lead nowhere, from one address; beyond that they are answered late."""

DELAY = 1.0
"""Seconds by which they are late."""

MINUTE = 60
VIEWS_OF_ONE, VIEWS_FROM_ADDRESS = 120, 3000
"""Pages a minute and process: of one browser's cookie, and from one address, perhaps a whole company."""

WAYS_IN = ("survey.enter", "survey.enter_short", "survey.resume")

_waiting = threading.Lock()


@dataclass
class Views:
    """How many pages were seen in this minute, by whom: random-keyed hashes in memory, written nowhere."""

    minute: int = 0
    counts: dict[bytes, int] = field(default_factory=dict)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def add(self, who: str, *, minute: int) -> int:
        """Count one view, and say how many it makes in this minute."""
        if minute != self.minute:
            self.minute, self.counts, self.key = minute, {}, secrets.token_bytes(32)
        name = hashlib.blake2b(who.encode(errors="surrogatepass"), key=self.key, digest_size=16).digest()
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]


@bp.before_request
def limit_views() -> None:
    """Refuse a page to a program that asks for hundreds of them, until the minute is over."""
    if request.method != "GET":
        return
    views: Views = current_app.extensions.setdefault("respondent_views", Views())
    second = int(clock.now().timestamp())
    minute = second // MINUTE
    cookie = request.cookies.get(current_app.config["RESPONDENT_COOKIE"], "")
    one, all_ = current_app.config.get("RESPONDENT_VIEWS", (VIEWS_OF_ONE, VIEWS_FROM_ADDRESS))
    too_many = views.add(f"address {request.remote_addr}", minute=minute) > all_
    if too_many or (cookie and views.add(f"cookie {cookie}", minute=minute) > one):
        raise TooManyRequests(retry_after=MINUTE - second % MINUTE)


@bp.after_request
def slow_down_guessing(response: Response) -> Response:
    """Count a link that leads nowhere; after many of them from one address, answer late.

    One answer at a time is late in each process, so that nobody stops the server by guessing; whoever
    guesses faster is asked to wait.
    """
    if response.status_code != 404 or request.endpoint not in WAYS_IN or not _too_many_failed():
        return response
    if not _waiting.acquire(blocking=False):
        from cultureassess.web.errors import http_error

        return make_response(http_error(TooManyRequests(retry_after=round(DELAY))))
    try:
        time.sleep(DELAY)
    finally:
        _waiting.release()
    return response


def _too_many_failed() -> bool:
    """Count a failed link. Where it cannot be counted, the page that is to be shown matters more."""
    late = False
    with contextlib.suppress(OperationalError):
        session = database.write_now()
        key = rates.address_key(session, request.remote_addr or "", today=clock.today())
        try:
            rates.count(session, FAILED_LINKS, key, now=clock.now())
        except TooOften:
            late = True
        session.commit()
    return late
