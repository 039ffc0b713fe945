"""What a respondent waits for a page while two reports are being written, next to the same page in peace."""

import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cultureassess.db import make_engine
from cultureassess.report.process import Request, written
from tests.bench.respondent import Server, begun, gunicorn, load
from tests.bench.timing import Result
from tests.bench.work import document_of

TURNS = 5
PAGES = 120
"""Pages of a turn: about five seconds, in which two reports are always being written."""


def page(folder: Path, customers: int) -> Iterator[Result]:
    """The median wait of one visitor, with two reports being written against none, in turns; on SQLite."""
    instance = folder / "latency"
    instance.mkdir(exist_ok=True)
    url = f"sqlite:///{instance / 'bench.sqlite3'}"
    engine = make_engine(url)
    token = begun(engine)
    engine.dispose()
    request = Request("pdf", document_of(200))
    with gunicorn(url, instance) as server:
        load("visit", server.address, "/survey/1", token, PAGES)
        shares = []
        for _ in range(TURNS):
            alone = _wait(server, token)
            with _writing(request):
                shares.append(_wait(server, token) / alone)
    yield Result("page_while_two_reports_are_written / page_alone", statistics.median(shares), 1.2)


def _wait(server: Server, token: str) -> float:
    found = load("visit", server.address, "/survey/1", token, PAGES)
    if found["errors"]:
        raise RuntimeError(f"{found['errors']:.0f} of {PAGES} pages failed.")
    return found["milliseconds"]


@contextmanager
def _writing(request: Request) -> Iterator[None]:
    """Two reports being written, one after another, as long as this lasts."""
    done = threading.Event()

    def run() -> None:
        while not done.is_set():
            written(request)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()
