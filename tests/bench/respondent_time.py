"""Where the time of a questionnaire page goes: its stages, timed in one process.

Each stage is entered and left by the wall clock; a stage within another one is taken off the outer one, so
that the shares add up to a whole.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.instruments.types import Audience
from cultureassess.services import drafts
from cultureassess.web.survey import fields, views, visit
from tests import scene
from tests.bench.respondent_load import HIDDEN
from tests.bench.timing import Result

PAGES = 300


class Stages:
    """Seconds by stage, each without the stages inside it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inside: list[float] = []

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time added to a stage."""

        @wraps(work)
        def measured(*positional: Any, **named: Any) -> Any:
            start = time.perf_counter()
            self._inside.append(0.0)
            try:
                return work(*positional, **named)
            finally:
                took = time.perf_counter() - start
                self.seconds[name] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return measured


def where(folder: Path) -> Iterator[Result]:
    """Each stage's share of a page, in percent; the goal of 100 only says that it is no goal."""
    app = create_app(config.load({"INSTANCE": str(folder / "time")}))
    with Session(app.extensions["engine"]) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        token = scene.open_token(session, wave, Audience.CUSTOMER, secret_key=app.config["SECRET_KEY"])
        session.commit()
    app.config["RESPONDENT_VIEWS"] = (10**9, 10**9)
    client = app.test_client()
    client.get(f"/s/{token}")
    client.post("/survey", data=dict(HIDDEN.findall(client.get("/survey").text)))
    client.get("/survey/1")
    stages = Stages()
    with _measured(app, stages):
        for _ in range(PAGES):
            assert client.get("/survey/1").status_code == 200
    whole = stages.seconds.total()
    for name, seconds in stages.seconds.most_common():
        yield Result(f"respondent_page_share_percent: {name}", 100 * seconds / whole, 100.0)
    app.extensions["engine"].dispose()


@contextmanager
def _measured(app: Flask, stages: Stages) -> Iterator[None]:
    """Time the stages while this lasts."""
    places: list[tuple[Any, str, str]] = [
        (app, "full_dispatch_request", "Flask and our views"),
        (app, "preprocess_request", "before the view: limits, log"),
        (app, "process_response", "headers and cookies"),
        (app, "do_teardown_appcontext", "giving the connection back"),
        (app.session_interface, "open_session", "reading the signed session cookie"),
        (visit, "read_door", "looking up link and wave"),
        (drafts, "load_draft", "loading and opening the draft"),
        (drafts, "derive", "deriving the draft's keys"),
        (visit.Visit, "speak", "choosing the language"),
        (visit.Visit, "pages", "planning the pages"),
        (fields, "fields_of", "making the fields"),
        (views, "render_template", "drawing the template"),
    ]
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    for owner, name, stage in places:
        setattr(owner, name, stages.timed(stage, getattr(owner, name)))
    try:
        yield
    finally:
        for owner, name, work in before:
            setattr(owner, name, work)
