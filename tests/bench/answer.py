"""The leader's first page of a large wave against that of a small one, in one process.

Each wave lies with all its answers in a SQLite file of its own, so that a page that reads answers shows.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from cultureassess import config
from cultureassess.app import create_app
from cultureassess.db import make_engine, transaction
from cultureassess.models import Role, SnapshotRecord, State, Wave
from cultureassess.services import members
from cultureassess.services.closing import release_results
from tests import cast
from tests.bench import data, work
from tests.bench.timing import Result, ratio

SMALL = 40
"""Customers of the small wave; with its 60 insiders a hundred responses."""
PAGES, WARMING, TURNS = 10, 20, 9
"""Pages per turn and side (one is too short to be timed alone), pages before the first turn, turns."""
LEADER = "Leader"
Serve = Callable[[int], None]


def page(folder: Path, customers: int) -> Iterator[Result]:
    """The answer page of the large wave against that of a hundred responses, turn by turn."""
    with ExitStack() as stack:
        small, large = (stack.enter_context(reader(folder, size)) for size in (SMALL, customers))
        small(WARMING)
        large(WARMING)
        value = ratio(lambda: large(PAGES), lambda: small(PAGES), repeats=TURNS)
    yield Result("answer_page_of_1000000 / answer_page_of_100", value, 1.2)


@contextmanager
def reader(folder: Path, customers: int) -> Iterator[Serve]:
    """A leader who has signed in and reads the answer page any number of times."""
    answers = data.write(folder, customers, data.insiders(customers)).database
    with tempfile.TemporaryDirectory(dir=folder) as instance:
        settings = config.load({"INSTANCE": instance})
        copy(answers, Path(instance) / "cultureassess.sqlite3")
        address = f"/results/{report(settings.database_url, work.document_of(customers))}"
        app = create_app(settings)
        leader = cast.signed_in(app, LEADER)

        def serve(times: int) -> None:
            for _ in range(times):
                assert "what managers believe" in leader.get(address).text

        yield serve
        app.extensions["engine"].dispose()


def copy(source: Path, target: Path) -> None:
    """A database as it is now, into a new file."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def report(url: str, document: str) -> int:
    """Store a snapshot of the only wave and release it to a leader; returns the wave's number."""
    engine = make_engine(url)
    with transaction(engine) as session:
        wave = session.scalars(sa.select(Wave)).one()
        wave.state = State.CLOSED
        session.flush()
        session.add(
            SnapshotRecord(
                wave_id=wave.id, version=1, json=document, fingerprint="f", created_on=data.SETTINGS.date
            )
        )
        release_results(session, wave)
        members.grant(session, cast.member(session, LEADER), wave.assessment.organisation, Role.LEADER)
        key = wave.id
    engine.dispose()
    return key
