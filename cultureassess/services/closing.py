"""Closing a wave: mix what waits, erase what could identify, compute the snapshot once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess import instruments
from cultureassess.disclosure.minimums import Rules
from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Anonymity, Response, SnapshotRecord, State, Wave
from cultureassess.services import releases
from cultureassess.services.errors import DomainError
from cultureassess.services.fieldwork import settle_asked
from cultureassess.services.intake import mix_intake
from cultureassess.services.reading import AUDIENCES, read_wave
from cultureassess.services.settling import settle
from cultureassess.snapshot.build import build_snapshot
from cultureassess.snapshot.document import from_json, to_json
from cultureassess.snapshot.fingerprint import PROCESS_KEY, key_from
from cultureassess.snapshot.settings import Settings
from cultureassess.snapshot.types import Snapshot

OTHER_LANGUAGE = "other"


class WaveNotClosable(DomainError):
    """The wave is not open, so that there is nothing to close."""


class NoSnapshot(DomainError):
    """The wave has no results yet: it is still open."""


class WaveClosed(WaveNotClosable):
    """The wave has been closed already: its results are there."""


def close_wave(session: Session, wave: Wave, *, today: dt.date, secret_key: str = "") -> SnapshotRecord:
    """Close an open wave and store its snapshot, in the caller's transaction.

    Of two requests sent at once one closes. The day of an answer becomes early or late, languages that
    fewer than k used become "other" (RELIABILITY R2), and the rest of
    :func:`cultureassess.services.settling.settle`. Once the transaction is committed, the caller lets
    :func:`cultureassess.services.erasure.reclaim` remove the bytes.

    Args:
        secret_key: the installation's, for the fingerprint; without one, only this process can compare it.

    Raises:
        WaveClosed: another request has closed the wave.
        WaveNotClosable: the wave is a draft.
    """
    claim = sa.update(Wave).where(Wave.id == wave.id, Wave.state == State.OPEN).values(state=State.CLOSED)
    if session.scalar(claim.returning(Wave.id)) is None:
        raise _not_closable(session, wave)
    session.refresh(wave)
    mix_intake(session, wave, everything=True)
    settle_asked(session, wave)
    for side in Side:
        _settle_days(session, wave, AUDIENCES[side])
    _settle_languages(session, wave)
    settle(session, wave, instruments.by_code(wave.assessment.instrument))
    snapshot = snapshot_of(session, wave, today=today, secret_key=secret_key)
    return releases.record(session, wave, snapshot, today=today)


def _not_closable(session: Session, wave: Wave) -> WaveNotClosable:
    session.refresh(wave)
    kind = WaveClosed if wave.state in (State.CLOSED, State.REPORTED) else WaveNotClosable
    return kind(f"The wave {wave.label} is not open; there is nothing to close.")


def publish_again(session: Session, wave: Wave, *, today: dt.date, secret_key: str = "") -> SnapshotRecord:
    """Compute a closed wave's snapshot anew, after late answers or erasures, and store it as a new version.

    Args:
        secret_key: as in :func:`close_wave`.

    Returns:
        the new version, or the one that is published already if nothing differs.

    Raises:
        NoSnapshot: the wave has none yet.
        cultureassess.services.releases.ReleaseRefused: old and new results together would tell about
            fewer than k people (METHOD 4.3 T); the old ones stand.
    """
    last = latest_snapshot(session, wave)
    closed_on = dt.date.fromisoformat(from_json(last.json).wave.date)
    snapshot = snapshot_of(session, wave, today=closed_on, secret_key=secret_key)
    if to_json(snapshot).decode() == last.json:
        return last
    return releases.record(session, wave, snapshot, today=today)


def release_results(session: Session, wave: Wave) -> None:
    """Mark a closed wave as reported, so that leaders may read it.

    Raises:
        NoSnapshot: the wave is not closed yet.
    """
    if wave.state not in (State.CLOSED, State.REPORTED):
        raise NoSnapshot(f"The wave {wave.label} has no results yet: close it first.")
    wave.state = State.REPORTED
    session.flush()


def snapshot_of(session: Session, wave: Wave, *, today: dt.date, secret_key: str = "") -> Snapshot:
    """Compute a wave's snapshot from its mixed responses; ``secret_key`` as in :func:`close_wave`."""
    instrument = instruments.by_code(wave.assessment.instrument)
    inside, outside = read_wave(session, wave, instrument)
    settings = settings_of(wave, instrument, today=today)
    return build_snapshot(
        instrument, inside, outside, settings, key_from(secret_key) if secret_key else PROCESS_KEY
    )


def settings_of(wave: Wave, instrument: Instrument, *, today: dt.date) -> Settings:
    """Return what the wave froze, as the snapshot needs it; ``today`` is the closing day."""
    return Settings(
        organisation=wave.assessment.organisation.name,
        chosen=wave.chosen.value,
        date=today,
        label=wave.label,
        period=wave.period or instrument.period,
        invited=_invited(wave),
        accounts=wave.accounts,
        confidential=wave.anonymity is Anonymity.CONFIDENTIAL,
        rules=Rules(k=wave.k, k_comments=wave.k_comments, k_distribution=wave.k_distribution),
        management=wave.management_roles,
    )


def _invited(wave: Wave) -> Mapping[str, int]:
    asked = {audience: row.invited or row.population for audience, row in wave.audiences.items()}
    return {audience.value: number for audience, number in sorted(asked.items()) if number is not None}


def latest_snapshot(session: Session, wave: Wave) -> SnapshotRecord:
    """Return the newest release of a wave's snapshot.

    Raises:
        NoSnapshot: the wave has none yet.
    """
    newest = sa.select(SnapshotRecord).where(SnapshotRecord.wave_id == wave.id)
    record = session.scalar(newest.order_by(SnapshotRecord.version.desc()).limit(1))
    if record is None:
        raise NoSnapshot(f"The wave {wave.label} has no results yet: it is {wave.state.value}.")
    return record


def read_snapshot(session: Session, wave: Wave) -> Snapshot:
    """Return a wave's newest snapshot. Raises as :func:`latest_snapshot`."""
    return from_json(latest_snapshot(session, wave).json)


def _settle_days(session: Session, wave: Wave, audiences: tuple[Audience, ...]) -> None:
    """Replace the day of a side's answers by early or late; by nothing if either part is under k."""
    own = (Response.wave_id == wave.id, Response.audience.in_(audiences))
    days = session.execute(sa.select(Response.day, sa.func.count()).where(*own).group_by(Response.day))
    counts = {day: count for day, count in days if day is not None}
    cut = late_from(counts, k=wave.k)
    if cut is not None:
        session.execute(
            sa.update(Response).where(*own).values(late=sa.func.coalesce(Response.day >= cut, False))
        )
    session.execute(sa.update(Response).where(*own).values(day=None))


def late_from(counts: Mapping[dt.date, int], *, k: int) -> dt.date | None:
    """Return the first day of the last quarter of the fielding (METHOD 3.8), cut between whole days.

    Args:
        counts: day -> answers.
        k: fewest answers on either side of the cut.

    Returns:
        None where the cut would leave fewer than k on a side.
    """
    if not counts:
        return None
    first, last = min(counts), max(counts)
    length = (last - first).days + 1
    late_days = [day for day in counts if 4 * (day - first).days >= 3 * length]
    late = sum(counts[day] for day in late_days)
    return min(late_days) if min(late, sum(counts.values()) - late) >= k else None


def _settle_languages(session: Session, wave: Wave) -> None:
    """Rename the languages that fewer than k of an audience used, and the next until k share the name."""
    by_language = sa.select(Response.language, sa.func.count()).group_by(Response.language)
    for audience in wave.audiences:
        own = (Response.wave_id == wave.id, Response.audience == audience)
        counts = dict(session.execute(by_language.where(*own)).all())
        rare = rare_languages(counts, k=wave.k)
        session.execute(
            sa.update(Response).where(*own, Response.language.in_(rare)).values(language=OTHER_LANGUAGE)
        )


def rare_languages(counts: Mapping[str, int], *, k: int) -> list[str]:
    """Return the languages, rarest first, that have to share a name so that at least k have it.

    Args:
        counts: language -> answers.
    """
    found: list[str] = []
    together = 0
    for language in sorted(counts, key=lambda language: (counts[language], language)):
        if counts[language] >= k and not 0 < together < k:
            break
        found.append(language)
        together += counts[language]
    return found
