"""``cultureassess worker``: what has to happen by itself, beside the web server."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from cultureassess import clock, logs
from cultureassess.cli.installation import only_demo, ready_engine, settings

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Engine

    from cultureassess.config import Settings
    from cultureassess.services.mail.delivering import Postman
    from cultureassess.services.upkeep import Upkeep

log = logging.getLogger("cultureassess.worker")

LOOK_EVERY = 60.0
"""Seconds between two looks at what is due."""

MAIL_EVERY = 1.0
"""Seconds between two looks into the outbox."""

MAIL_AT_A_TIME = 30.0
"""Seconds of mailing after which other work has its turn."""

PARENT_EVERY = 2.0
STOP_WITHIN = 10.0


@click.command()
@click.option("--demo", is_flag=True, help="Work on the demo.")
@click.option("--once", is_flag=True, help="Do what is due and stop.")
@click.option("--beside", type=int, hidden=True, help="Number of the process to end with.")
def worker(demo: bool, once: bool, beside: int | None) -> None:
    """Send mail, mix waiting answers and delete what has stayed long enough, until stopped.

    `serve` starts one; on several machines one is enough, and more do no harm. It writes how many rows it
    moved, deleted or mailed, and nothing about them.
    """
    from cultureassess.services.member_mail import Post
    from cultureassess.services.upkeep import Upkeep

    found = settings(demo=demo or only_demo())
    logs.configure(found.log_format, found.log_level)
    engine = ready_engine(found)
    postman = _postman(found, engine)
    post = Post(found.base_url, found.secret_key) if postman else None
    upkeep = Upkeep(post=post, instance=found.instance)
    if once:
        _work(upkeep, engine, clock.now())
        _deliver(postman, threading.Event())
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if beside is not None:
        threading.Thread(target=_watch, args=(beside, stop), daemon=True).start()
    look, seen = time.monotonic(), clock.now()
    while not stop.is_set():
        if time.monotonic() >= look:
            seen = clock.now()
            _work(upkeep, engine, seen)
            look = time.monotonic() + LOOK_EVERY
        _deliver(postman, stop)
        stop.wait(MAIL_EVERY)
    if postman is not None:
        postman.server.close()
    _say_goodbye(engine, seen)


def _postman(found: Settings, engine: Engine) -> Postman | None:
    """Whoever sends the mail; nobody where there is no mail server."""
    from cultureassess.services.inviting import compose
    from cultureassess.services.mail.delivering import Postman
    from cultureassess.services.mail.server import MailServer

    return Postman(engine, found, compose, MailServer(found)) if found.mails else None


def _deliver(postman: Postman | None, stop: threading.Event) -> None:
    """Send what is due, for a while. What a mail server says may name people: it is not printed."""
    from sqlalchemy.exc import OperationalError

    if postman is None:
        return
    end = time.monotonic() + MAIL_AT_A_TIME
    try:
        done = postman.deliver(until=lambda: stop.is_set() or time.monotonic() >= end)
    except OperationalError as error:
        log.warning("the database cannot be used now (%s)", type(error.orig).__name__)
        return
    if done:
        # Not what became of them: of a reminder's mails, those that were dropped tell how many have answered.
        log.info(f"{done.total()} mails dealt with")


def _work(upkeep: Upkeep, engine: Engine, now: dt.datetime) -> None:
    """Do what is due. A database that is busy or away is tried again at the next look."""
    from sqlalchemy.exc import OperationalError

    from cultureassess.db import transaction
    from cultureassess.services.operations import health

    try:
        with transaction(engine) as session:
            health.beat(session, health.WORKER, now=now)
        done = upkeep.run(engine, now=clock.now())
    except OperationalError as error:
        # Not the error itself: its text holds the statement with its values.
        log.warning("the database cannot be used now (%s)", type(error.orig).__name__)
        return
    if done:
        log.info(", ".join(f"{number} {what}" for what, number in done.items()))


def _say_goodbye(engine: Engine, at: dt.datetime) -> None:
    """A worker that was stopped is not there any more: a restore need not wait for it to be missed."""
    from sqlalchemy.exc import OperationalError

    from cultureassess.db import transaction
    from cultureassess.services.operations import health

    try:
        with transaction(engine) as session:
            health.leave(session, health.WORKER, at=at)
    except OperationalError as error:
        log.warning("the database cannot be used now (%s)", type(error.orig).__name__)


def _watch(parent: int, stop: threading.Event) -> None:
    """A web server that was killed cannot stop its worker: the worker looks whether it is still there."""
    while os.getppid() == parent and not stop.wait(PARENT_EVERY):
        pass
    stop.set()


@contextmanager
def beside(*, base_url: str, demo: bool) -> Iterator[None]:
    """Run a worker for as long as the block; in processes forked inside, leaving it does nothing.

    The links in its mails begin with ``base_url``: it cannot know the port of a server on this machine alone.
    The demo's worker reads where the demo is served in its folder, because it reads no environment.
    The worker is in a process group of its own, so that Ctrl-C reaches it through this one alone.
    """
    owner = os.getpid()
    words = [sys.executable, "-m", "cultureassess", "worker", "--beside", str(owner)]
    child = subprocess.Popen(  # noqa: S603
        [*words, *(["--demo"] if demo else [])],
        env={**os.environ, "BASE_URL": base_url},
        process_group=0,
        preexec_fn=_step_back,  # noqa: PLW1509  (there are no threads yet)
    )
    try:
        yield
    finally:
        if os.getpid() == owner:
            _end(child)
        else:
            child.returncode = 0  # not this process's child: nothing to wait for, nothing to warn of


def _step_back() -> None:
    """Let the web server have the processor first, above all while both start."""
    os.nice(10)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
