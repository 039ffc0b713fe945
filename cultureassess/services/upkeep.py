"""What has to happen by itself: mixing what waits, and deleting what has stayed long enough."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from cultureassess.db import sqlite, transaction
from cultureassess.models import SnapshotRecord, State, Wave
from cultureassess.services import outbox
from cultureassess.services.actions.reminders import remind_owners
from cultureassess.services.erasure import reclaim
from cultureassess.services.intake import mix_intake
from cultureassess.services.kept_reports import drop_reports
from cultureassess.services.member_mail import Post
from cultureassess.services.people.accepting import purge_lists
from cultureassess.services.reminding import remind_where_planned
from cultureassess.services.retention import purge

MIX_EVERY = dt.timedelta(hours=1)
"""Until it is mixed, whoever reads the database can tell whose a response is (RELIABILITY R3)."""

PURGE_EVERY = dt.timedelta(days=1)

TIDY_EVERY = dt.timedelta(minutes=10)
"""How late a planned reminder may begin after midnight, and an uploaded list end."""


@dataclass
class Upkeep:
    """When what was done last; None: not since the start, so that it is due.

    ``released``: how many snapshots there were at the last look; one more means that a wave has closed.
    ``post``: for mails to owners of actions; None where no mail can be sent. ``instance``: the folder with
    the written reports; None leaves them alone.
    """

    mixed: dt.datetime | None = None
    tidied: dt.datetime | None = None
    purged: dt.datetime | None = None
    released: int = 0
    post: Post | None = None
    instance: Path | None = None

    def run(self, engine: sa.Engine, *, now: dt.datetime) -> dict[str, int]:
        """Do what is due, each wave in a transaction of its own.

        Returns:
            what -> how many, without what was none.
        """
        done: dict[str, int] = {}
        if _due(self.mixed, MIX_EVERY, now):
            done["responses mixed"] = mix_all(engine)
            self.mixed = now
        if _due(self.purged, PURGE_EVERY, now):
            with transaction(engine) as session:
                done |= purge(session, now=now)
            self.purged = now
            if self.instance is not None:
                done["written reports"] = drop_reports(self.instance, now=now)
        if _due(self.tidied, TIDY_EVERY, now):
            done["lists that nobody accepted"] = tidy_mail(engine, now=now)
            done["owners of actions reminded"] = self._remind_owners(engine, now=now)
            self.tidied = now
        done = {what: number for what, number in done.items() if number}
        before, self.released = self.released, releases_of(engine)
        if done or self.released != before:
            reclaim(engine)
        return done

    def _remind_owners(self, engine: sa.Engine, *, now: dt.datetime) -> int:
        if self.post is None:
            return 0
        with transaction(engine) as session:
            return remind_owners(session, self.post, now=now)


def mix_all(engine: sa.Engine) -> int:
    """Mix the waiting responses of every open wave; those with fewer than k waiting go on waiting."""
    with transaction(engine) as session:
        waves = session.scalars(sa.select(Wave.id).where(Wave.state == State.OPEN)).all()
    moved = 0
    for wave_id in waves:
        with transaction(engine) as session:
            moved += mix_intake(session, session.get_one(Wave, wave_id))
    return moved


def tidy_mail(engine: sa.Engine, *, now: dt.datetime) -> int:
    """Begin planned reminders, end what has waited too long; return how many uploaded lists were deleted."""
    with transaction(engine) as session:
        outbox.expire(session, now=now)
        lists = purge_lists(session, now=now)
    remind_where_planned(engine, now=now)
    return lists


def releases_of(engine: sa.Engine) -> int:
    """How many snapshots there are."""
    with sqlite.reading(), transaction(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SnapshotRecord)) or 0


def _due(last: dt.datetime | None, every: dt.timedelta, now: dt.datetime) -> bool:
    return last is None or now - last >= every
