"""A mailing whose workers are killed again and again, and the count of what every recipient got."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

import sqlalchemy as sa

from cultureassess.db import transaction
from cultureassess.models import Mail, MailState
from cultureassess.services import outbox

from .outgoing import end_leases, mails, make_due, put
from .smtp import mail_server, settings_for

WORKERS = 2
ENDED = (MailState.SENT, MailState.UNKNOWN)


@dataclass
class Count:
    """What has come of a mailing: numbers of mails."""

    duplicates: int
    missed: int
    unknown: int
    sent_but_not_there: int
    kills: int


class WholeWorkers:
    """Workers as they are started for real."""

    def __init__(self, environ):
        self.environ = environ

    def start(self):
        words = [sys.executable, "-m", "cultureassess", "worker"]
        return subprocess.Popen(words, env=self.environ, stdout=subprocess.DEVNULL)

    def kill(self, worker) -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def end(self) -> None:
        """Nothing is left when the last one is killed."""


class MailWorkers:
    """Workers that only mail: see :mod:`.postal_worker`, which starts and kills them."""

    def __init__(self, environ):
        words = [sys.executable, "-m", "tests.mail.postal_worker"]
        self.office = subprocess.Popen(
            words, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def start(self) -> int:
        return self._ask("start")

    def kill(self, worker: int) -> None:
        self._ask(f"kill {worker}")

    def _ask(self, order: str) -> int:
        self.office.stdin.write(f"{order}\n")
        return int(self.office.stdout.readline())

    def end(self) -> None:
        self.office.communicate(timeout=60)


def mail_and_kill(engine, folder, *, number: int, kills: int, seed: int, kind=MailWorkers) -> Count:
    """Mail to ``number`` people with two workers; kill one of them ``kills`` times, at random moments."""
    chance = random.Random(seed)  # noqa: S311
    with mail_server() as (post, port):
        post.pause = 0.004
        settings = settings_for(folder, port)
        put(engine, settings, number)
        of_kind = kind(environment(engine, folder, port))
        workers = [of_kind.start() for _ in range(WORKERS)]
        try:
            done = 0
            while done < kills and waiting(engine):
                time.sleep(chance.uniform(0.05, 0.5))
                goal = number * (done + 1) // (kills + 2)
                if len(post.taken) < goal:
                    continue
                place = chance.randrange(WORKERS)
                of_kind.kill(workers[place])
                workers[place] = of_kind.start()
                done += 1
            finish(engine)
        finally:
            for worker in workers:
                of_kind.kill(worker)
            of_kind.end()
        return count(engine, post, done)


def environment(engine, folder, port) -> dict[str, str]:
    return {
        **os.environ,
        "INSTANCE": str(folder),
        "DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none",
        "SMTP_FROM": "survey@nordlicht.example",
        "SMTP_PER_SECOND": "100",
    }


def waiting(engine) -> int:
    with transaction(engine) as session:
        wanted = sa.select(sa.func.count()).select_from(Mail).where(Mail.state.not_in(ENDED))
        return session.scalar(wanted) or 0


def finish(engine) -> None:
    """Wait until the living workers have nothing left, with the leases of the dead ones ended early."""
    end = time.monotonic() + 600
    while left := waiting(engine):
        assert time.monotonic() < end, f"{left} mails are left"
        time.sleep(0.2)
        if not untouched(engine):
            time.sleep(3)  # what is claimed now by a living worker is settled by then
            end_leases(engine)
            make_due(engine)


def untouched(engine) -> int:
    with transaction(engine) as session:
        wanted = sa.select(sa.func.count()).select_from(Mail).where(Mail.state.in_(outbox.WAITING))
        return session.scalar(wanted) or 0


def count(engine, post, kills: int) -> Count:
    """Compare the rows of the outbox with what the mail server has taken."""
    taken = {message["Message-ID"]: 0 for _, message in post.taken}
    for _, message in post.taken:
        taken[message["Message-ID"]] += 1
    numbers = {int(name.split("-")[1].split(".")[0]) for name in taken}
    rows = {mail.id: mail.state for mail in mails(engine)}
    return Count(
        duplicates=sum(times - 1 for times in taken.values()),
        missed=sum(state not in ENDED for state in rows.values()),
        unknown=sum(state is MailState.UNKNOWN for state in rows.values()),
        sent_but_not_there=sum(
            state is MailState.SENT and number not in numbers for number, state in rows.items()
        ),
        kills=kills,
    )
