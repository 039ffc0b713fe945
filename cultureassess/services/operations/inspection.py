"""What ``doctor`` looks at: everything that has to be right around the program, one line each."""

from __future__ import annotations

import ctypes.util
import datetime as dt
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from cultureassess.config import Settings
from cultureassess.db import migrate, sqlite, transaction
from cultureassess.services.kept_reports import size_of
from cultureassess.services.mail.addresses import check_address
from cultureassess.services.mail.message import Letter, message_id, message_of
from cultureassess.services.mail.server import MailServer, Outcome
from cultureassess.services.operations import health, upgrade

OLDEST_TIME = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Before this program was written: a clock that says so is wrong."""

SKEW = 5.0
"""Seconds by which two clocks may differ."""

PANGO = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
FONTS = ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic", "fontpkg_noto_sans")


class Verdict(StrEnum):
    """``WARN`` does not stop anybody; ``FAIL`` does, now or later."""

    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Line:
    """One thing that was looked at."""

    verdict: Verdict
    what: str
    said: str


Look = Callable[[sa.Engine, Settings, dt.datetime], tuple[Verdict, str]]


def inspect(engine: sa.Engine, settings: Settings, *, now: dt.datetime) -> Iterator[Line]:
    """Look at everything, in the order in which it has to be mended. It changes nothing that matters.

    Args:
        now: timezone-aware.
    """
    for what, look in LOOKS:
        try:
            yield Line(*_told(what, look(engine, settings, now)))
        except SQLAlchemyError as error:
            # The error's text may quote the address of the database with its password.
            cause = type(getattr(error, "orig", None) or error).__name__
            yield Line(Verdict.FAIL, what, f"the database does not answer ({cause})")


def _told(what: str, found: tuple[Verdict, str]) -> tuple[Verdict, str, str]:
    return found[0], what, found[1]


def address(_engine: sa.Engine, settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """People need https; this machine alone does not."""
    if settings.secure or settings.loopback:
        return Verdict.OK, settings.base_url
    return Verdict.WARN, f"{settings.base_url} is not https: passwords and answers travel in the clear"


def instance(_engine: sa.Engine, settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """Secret and settings are for their owner's eyes alone."""
    files = [settings.instance / name for name in ("secret_key", "settings.toml", "cultureassess.sqlite3")]
    wide = [one.name for one in files if one.exists() and stat.S_IMODE(one.stat().st_mode) & 0o077]
    if wide:
        return Verdict.FAIL, f"others may read {', '.join(wide)} in {settings.instance}: chmod 600"
    return Verdict.OK, str(settings.instance)


def database(engine: sa.Engine, _settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """It answers, and has this version's schema."""
    with sqlite.reading():
        found = migrate.current(engine)
    try:
        migrate.refuse_unknown(found)
    except migrate.SchemaUnknown as error:
        return Verdict.FAIL, str(error)
    if found != health.newest():
        return Verdict.FAIL, f"revision {found or 'none'} instead of {health.newest()}: cultureassess upgrade"
    wrong = upgrade.check(engine)
    return (Verdict.FAIL, wrong[0]) if wrong else (Verdict.OK, f"{engine.dialect.name}, revision {found}")


def library(engine: sa.Engine, _settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """Which SQLite, and whether it has the race of its write-ahead log (FACTS 9); or which PostgreSQL."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            number = int(connection.scalar(sa.text("SHOW server_version_num")) or 0)
        said = f"PostgreSQL {number // 10000}"
        return (Verdict.OK, said) if number >= 130000 else (Verdict.FAIL, f"{said} is too old; 13 will do")
    module = sqlite.library()
    said = f"SQLite {module.sqlite_version}"
    if sqlite.has_wal_race(module.sqlite_version_info):
        return Verdict.WARN, f"{said} can damage a write-ahead log, so none is used: pip install pysqlite3"
    return Verdict.OK, said


def disk(engine: sa.Engine, settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """Room to write, and what written reports take."""
    least = min(health.free(place) for place in health.places(engine, settings))
    said = f"{least:.0%} free; {size_of(settings.instance) / 1_000_000:,.0f} MB of written reports"
    return (Verdict.OK if least > health.FREE else Verdict.FAIL), said


def time(engine: sa.Engine, _settings: Settings, now: dt.datetime) -> tuple[Verdict, str]:
    """Waves open and codes work by the clock."""
    if now < OLDEST_TIME:
        return Verdict.FAIL, f"the clock says {now:%Y-%m-%d}"
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            there = connection.scalar(sa.select(sa.func.clock_timestamp()))
        apart = abs((there - now).total_seconds()) if there else 0.0
        if apart > SKEW:
            return Verdict.FAIL, f"the clock of the database differs by {apart:.0f} seconds"
    return Verdict.OK, f"{now:%Y-%m-%d %H:%M} UTC"


def worker(engine: sa.Engine, _settings: Settings, now: dt.datetime) -> tuple[Verdict, str]:
    """Without one no mail leaves, and answers wait for mixing."""
    with sqlite.reading(), transaction(engine) as session:
        if health.worker_seen(session, now=now):
            return Verdict.OK, "seen in the last five minutes"
    return Verdict.WARN, "not seen in the last five minutes; `serve` starts one"


def pdf(_engine: sa.Engine, _settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """The libraries of the PDF report."""
    absent = [name for name in PANGO if ctypes.util.find_library(name) is None]
    if absent:
        return Verdict.WARN, f"no PDF report without {', '.join(absent)}: cultureassess system"
    return Verdict.OK, "Pango and HarfBuzz are there"


def fonts(_engine: sa.Engine, _settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """The typefaces of pages and reports come with Python packages."""
    absent = [name for name in FONTS if not _has_files(name)]
    if absent:
        return Verdict.FAIL, f"missing: {', '.join(absent)}; install the locked packages again"
    return Verdict.OK, "IBM Plex Sans, Noto Sans"


def _has_files(package: str) -> bool:
    try:
        found = import_module(package)
    except ImportError:
        return False
    return any((Path(str(found.__file__)).parent / "files").glob("*"))


def mail(_engine: sa.Engine, settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """The mail server lets us in."""
    if not settings.mails:
        return Verdict.WARN, "no SMTP_HOST: nothing can be mailed"
    where = f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
    trouble = MailServer(settings).try_connection()
    return (Verdict.FAIL, f"{where}: {trouble}") if trouble else (Verdict.OK, where)


def python(_engine: sa.Engine, _settings: Settings, _now: dt.datetime) -> tuple[Verdict, str]:
    """The interpreter."""
    return Verdict.OK, sys.version.split()[0]


LOOKS: tuple[tuple[str, Look], ...] = (
    ("Python", python),
    ("address", address),
    ("instance folder", instance),
    ("disk", disk),
    ("clock", time),
    ("SQL library", library),
    ("database", database),
    ("worker", worker),
    ("PDF libraries", pdf),
    ("fonts", fonts),
    ("mail server", mail),
)


_TROUBLE = {
    Outcome.LATER: "the mail server refuses it for now",
    Outcome.REFUSED: "the mail server refuses it for good",
    Outcome.UNREACHABLE: "the mail server was not reached, or does not send for this sender",
    Outcome.AMBIGUOUS: "the connection broke while the text was handed over: it may have left",
}


def send_test(settings: Settings, to: str, *, now: dt.datetime) -> Line:
    """Send a test mail, and tell what the mail server said.

    Raises:
        AddressRefused: ``to`` is not one address.
    """
    letter = Letter(
        to=check_address(to),
        subject="CultureAssess: test",
        body=f"The mail server of {settings.base_url} works.\n",
    )
    number = int(now.timestamp())
    name = message_id(number, host=settings.host, secret_key=settings.secret_key)
    message = message_of(letter, sender=settings.smtp_from, message_id=name, now=now)
    server = MailServer(settings)
    outcome = server.send(bytes(message), sender=parseaddr(settings.smtp_from)[1], recipient=letter.to)
    server.close()
    if outcome is Outcome.SENT:
        return Line(Verdict.OK, "test mail", "taken by the mail server; look into the mailbox")
    return Line(Verdict.FAIL, "test mail", _TROUBLE.get(outcome, outcome.name))
