"""Workers that do nothing but mail, each a process of its own that can be killed.

Reading the program takes longer than mailing: one process reads it and forks for each worker. ``start`` on
its standard input starts one, ``kill NUMBER`` kills that one; the number of either is told when it is done.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import NoReturn

from cultureassess import config
from cultureassess.db import make_engine
from cultureassess.db.engine import WORKER_BUSY_SECONDS
from cultureassess.services.inviting import compose
from cultureassess.services.mail.delivering import Postman
from cultureassess.services.mail.server import MailServer


def mail_for_ever() -> NoReturn:
    settings = config.load()
    engine = make_engine(settings.database_url, busy_seconds=WORKER_BUSY_SECONDS)
    postman = Postman(engine, settings, compose, MailServer(settings))
    while True:
        postman.deliver()
        time.sleep(0.2)


def kill(number: int) -> int:
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    return number


if __name__ == "__main__":
    for line in sys.stdin:
        order, *numbers = line.split()
        done = os.fork() if order == "start" else kill(int(numbers[0]))
        if done == 0:
            mail_for_ever()
        print(done, flush=True)
