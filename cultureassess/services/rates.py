"""How often something may be tried (RELIABILITY T.6), counted in the database for all processes together.

A window begins with the first try and ends ``seconds`` later. What is counted is stored under a keyed hash:
of e-mail addresses and members under the installation's key, of network addresses under a random key that is
overwritten every day, so that yesterday's counts tell nobody's address.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import math
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db.conflicts import insert
from cultureassess.models import DayKey, RateCount
from cultureassess.services.errors import DomainError

HOUR = 3600


@dataclass(frozen=True)
class Rule:
    """At most ``most`` times in ``seconds``. ``name`` keeps the counts of two rules apart."""

    name: str
    most: int
    seconds: int


SIGN_IN = Rule("sign in", most=10, seconds=15 * 60)
SIGN_IN_ADDRESS = Rule("sign in from an address", most=20, seconds=HOUR)
RESET = Rule("reset", most=5, seconds=HOUR)
RESET_ADDRESS = Rule("reset from an address", most=20, seconds=HOUR)
REPORT = Rule("report", most=10, seconds=HOUR)
EXPORT = Rule("export", most=20, seconds=HOUR)


class TooOften(DomainError):
    """It has been tried too often; it may be tried again in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        minutes = max(1, math.ceil(seconds / 60))
        super().__init__(
            "This was tried too often. Please wait "
            + ("a minute" if minutes == 1 else f"{minutes} minutes")
            + ", then try again."
        )
        self.seconds = seconds


def count(session: Session, rule: Rule, key: bytes, *, now: dt.datetime) -> None:
    """Count one try. The caller commits, whether it is too many or not.

    Args:
        key: of :func:`key_of` or :func:`address_key`.
        now: timezone-aware.

    Raises:
        TooOften: there were ``rule.most`` in this window already; this one is not counted.
    """
    at = now.timestamp()
    over = RateCount.expires <= at
    new = insert(session, RateCount).values(key=_under(rule, key), number=1, expires=at + rule.seconds)
    counting = new.on_conflict_do_update(
        index_elements=[RateCount.key],
        set_={
            "number": sa.case((over, 1), else_=RateCount.number + 1),
            "expires": sa.case((over, at + rule.seconds), else_=RateCount.expires),
        },
        where=sa.or_(over, RateCount.number < rule.most),
    )
    if session.execute(counting.returning(RateCount.number)).first() is None:
        raise TooOften(_left(session, rule, key, at))


def forgive(session: Session, rule: Rule, key: bytes) -> None:
    """Take one try back: it was honest."""
    one = sa.update(RateCount).where(RateCount.key == _under(rule, key), RateCount.number > 0)
    session.execute(one.values(number=RateCount.number - 1))


def key_of(what: str, *, secret_key: str) -> bytes:
    """The key under which something that has a name is counted, for example an e-mail address."""
    return hmac.digest(secret_key.encode(), f"rate {what}".encode(errors="surrogatepass"), "sha256")


def address_key(session: Session, address: str, *, today: dt.date) -> bytes:
    """The key under which a network address is counted today. The caller commits."""
    return hmac.digest(_day_key(session, today), address.encode(), "sha256")


def _under(rule: Rule, key: bytes) -> bytes:
    return hashlib.sha256(rule.name.encode() + b"\0" + key).digest()


def _left(session: Session, rule: Rule, key: bytes, at: float) -> int:
    expires = session.scalar(sa.select(RateCount.expires).where(RateCount.key == _under(rule, key)))
    return max(1, math.ceil((expires or at) - at))


def _day_key(session: Session, today: dt.date) -> bytes:
    """Today's key. Of two processes that find yesterday's, one draws a new key and both use it."""
    wanted = sa.select(DayKey.key).where(DayKey.day == today)
    found = session.scalar(wanted)
    if found is None:
        drawn = secrets.token_bytes(32)
        new = insert(session, DayKey).values(id=1, day=today, key=drawn)
        session.execute(
            new.on_conflict_do_update(
                index_elements=[DayKey.id], set_={"day": today, "key": drawn}, where=DayKey.day != today
            )
        )
        found = session.scalar(wanted)
    return found or b""
