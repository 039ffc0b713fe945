"""What is still there, and should not be (METHOD 3.9, RELIABILITY R2, R3, R11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from cultureassess.models import (
    AccountNumber,
    Anonymity,
    Intake,
    IntakeComment,
    Invitation,
    Invitee,
    ReleaseRecord,
    Response,
    SnapshotRecord,
    State,
    Submission,
)
from cultureassess.services import retention as rules
from cultureassess.services.closing import OTHER_LANGUAGE
from cultureassess.services.privacy_audit.finding import ENDED, Scope
from cultureassess.services.releases import digest

DAY = dt.timedelta(days=1)


def anonymous_mode(scope: Scope) -> tuple[bool, str]:
    """A wave that promised anonymity has open links only (METHOD 4.2)."""
    waves = [wave.id for wave in scope.waves() if wave.anonymity is Anonymity.ANONYMOUS]
    found = scope.count(_rows(Invitation, waves))
    evidence = f"{found} personal links in waves that promised none" if found else _in(waves, "anonymous")
    return not found, evidence


def mixed(scope: Scope) -> tuple[bool, str]:
    """Nothing waits in a closed wave; in an open one k of an audience do not wait for days."""
    left = sum(scope.count(_rows(table, scope.ids(*ENDED))) for table in (Intake, IntakeComment))
    if left:
        return False, f"{left} rows wait in waves that have closed"
    late, waiting = [], 0
    yesterday = scope.now.date() - DAY
    for wave in scope.waves(State.OPEN):
        wanted = sa.select(Intake.audience, sa.func.count(), sa.func.min(Intake.day)).where(
            Intake.wave_id == wave.id
        )
        for audience, number, since in scope.session.execute(wanted.group_by(Intake.audience)):
            waiting += number
            if number >= wave.k and since is not None and since < yesterday:
                late.append(f"wave {wave.id}, {audience}: {number} since {since}; is the worker running?")
    return not late, "; ".join(late) or f"{waiting} waiting"


def no_timings(scope: Scope) -> tuple[bool, str]:
    """The close keeps a flag of the timings (METHOD 3.9)."""
    return _none_left(scope, "times on pages", _after_close(scope, Response.seconds.is_not(None)))


def no_days(scope: Scope) -> tuple[bool, str]:
    """The close keeps early or late of the days."""
    return _none_left(scope, "days", _after_close(scope, Response.day.is_not(None)))


def no_rare_language(scope: Scope) -> tuple[bool, str]:
    """The close renames languages that fewer than k of an audience used, and takes those beside names."""
    rare = []
    for wave in scope.waves(*ENDED):
        found = (Response.audience, Response.language)
        wanted = sa.select(*found, sa.func.count()).where(Response.wave_id == wave.id)
        for audience, language, number in scope.session.execute(wanted.group_by(*found)):
            if number < wave.k and language != OTHER_LANGUAGE:
                rare.append(f"wave {wave.id}, {audience}: {language}")
        beside = sa.select(sa.func.count(sa.distinct(Invitee.language))).where(Invitee.wave_id == wave.id)
        if (number := scope.session.scalar(beside) or 0) > 1:
            rare.append(f"wave {wave.id}: {number} languages beside names")
    return not rare, "; ".join(rare) or _in(scope.ids(*ENDED))


def no_bridges(scope: Scope) -> tuple[bool, str]:
    """The close empties the tables that tell accounts and browsers."""
    left = {
        table.__tablename__: scope.count(_rows(table, scope.ids(*ENDED)))
        for table in (AccountNumber, Submission)
    }
    found = [f"{number} in {table}" for table, number in left.items() if number]
    return not found, ", ".join(found) or _in(scope.ids(*ENDED))


def empty_invitations(scope: Scope) -> tuple[bool, str]:
    """The close takes role, segments and account off the invitations, and what a link is made of."""
    known = sa.or_(
        Invitation.role.is_not(None),
        Invitation.account.is_not(None),
        sa.cast(Invitation.segments, sa.Text) != "{}",
        Invitation.seed.is_not(None),
        Invitation.code_finder.is_not(None),
        Invitation.code_hash.is_not(None),
    )
    found = scope.count(_rows(Invitation, scope.ids(*ENDED)).where(known))
    return not found, f"{found} invitations" if found else _in(scope.ids(*ENDED))


def retention(scope: Scope) -> tuple[bool, str]:
    """Nothing has stayed a day longer than it may: the worker comes by once a day."""
    late = rules.overdue(scope.session, scope.wave_id, now=scope.now - DAY)
    found = [f"{number} {what}" for what, number in late.items() if number]
    return not found, ", ".join(found) or f"{len(late)} rules of retention"


def ledger(scope: Scope) -> tuple[bool, str]:
    """Each stored snapshot is the one that was released: its digest is in the ledger."""
    wrong, seen = [], 0
    wanted = sa.select(SnapshotRecord).where(SnapshotRecord.wave_id.in_(scope.ids()))
    for snapshot in scope.session.scalars(wanted):
        seen += 1
        entry = scope.session.get(ReleaseRecord, (snapshot.wave_id, snapshot.version))
        if entry is None or entry.digest != digest(snapshot.json):
            wrong.append(f"wave {snapshot.wave_id}, version {snapshot.version}")
    return not wrong, f"not as released: {'; '.join(wrong)}" if wrong else f"{seen} releases"


def no_early_results(scope: Scope) -> tuple[bool, str]:
    """Results open once, after the close (METHOD 4.3 T)."""
    found = scope.count(_rows(SnapshotRecord, scope.ids(State.DRAFT, State.OPEN)))
    return not found, f"{found} snapshots of open waves" if found else _in(scope.ids(State.OPEN), "open")


def _rows(model: type[Any], waves: Iterable[int]) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(model).where(model.wave_id.in_(list(waves)))


def _after_close(scope: Scope, condition: sa.ColumnElement[bool]) -> sa.Select[int]:
    return _rows(Response, scope.ids(*ENDED)).where(condition)


def _none_left(scope: Scope, what: str, statement: sa.Select[int]) -> tuple[bool, str]:
    found = scope.count(statement)
    return not found, f"{found} {what} are left" if found else _in(scope.ids(*ENDED))


def _in(waves: Iterable[int], kind: str = "closed") -> str:
    number = len(list(waves))
    return f"in {number} {kind} wave{'' if number == 1 else 's'}"
