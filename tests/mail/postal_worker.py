"""A worker process that does nothing but mail: it starts faster than the whole worker, and can be killed."""

import time

from cultureassess import config
from cultureassess.db import make_engine
from cultureassess.db.engine import WORKER_BUSY_SECONDS
from cultureassess.services.inviting import compose
from cultureassess.services.mail.delivering import Postman
from cultureassess.services.mail.server import MailServer

if __name__ == "__main__":
    settings = config.load()
    engine = make_engine(settings.database_url, busy_seconds=WORKER_BUSY_SECONDS)
    postman = Postman(engine, settings, compose, MailServer(settings))
    while True:
        postman.deliver()
        time.sleep(0.2)
