"""Who reads a wave's results when: the consultant from the close on, leaders once they are released."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from cultureassess.models import Assessment, Organisation, SnapshotRecord, State, Wave
from cultureassess.services.closing import NoSnapshot, latest_snapshot, release_results
from cultureassess.services.errors import DomainError


class ResultsSealed(DomainError):
    """Nobody reads these results yet, or not this reader: the wave is open, or not released to leaders."""

    def __init__(self, wave: Wave) -> None:
        super().__init__("These results are sealed.")
        self.wave = wave


class Earlier(NamedTuple):
    """A closed wave, and its newest release."""

    wave: Wave
    record: SnapshotRecord


def readable_results(session: Session, wave: Wave, *, leader: bool) -> SnapshotRecord:
    """Return the newest release of a wave's snapshot.

    Args:
        session: the database.
        wave: whose results are wanted.
        leader: whether they are for a leader, to whom only a reported wave is open.

    Raises:
        ResultsSealed: the wave has no results yet, or they are not released to leaders.
    """
    if leader and wave.state is not State.REPORTED:
        raise ResultsSealed(wave)
    try:
        return latest_snapshot(session, wave)
    except NoSnapshot as error:
        raise ResultsSealed(wave) from error


def release_to_leaders(session: Session, wave: Wave) -> bool:
    """Open a closed wave's results to its leaders. It cannot be undone: what was read cannot be unread.

    Returns:
        Whether they were sealed until now.

    Raises:
        cultureassess.services.closing.NoSnapshot: the wave is not closed yet.
    """
    if wave.state is State.REPORTED:
        return False
    release_results(session, wave)
    return True


def earlier_results(session: Session, wave: Wave, *, leader: bool) -> Sequence[Earlier]:
    """Return the assessment's earlier waves that have results, the newest first, in one query.

    Args:
        session: the database.
        wave: the wave that they are compared with.
        leader: leave out waves that are not released to leaders.
    """
    wanted = _results().where(Wave.assessment_id == wave.assessment_id, Wave.id < wave.id)
    if leader:
        wanted = wanted.where(Wave.state == State.REPORTED)
    return _found(session, wanted.order_by(Wave.id.desc()))


def results_of(session: Session, organisations: Sequence[Organisation]) -> Sequence[Earlier]:
    """Return every wave of these organisations that has results, by organisation, the newest wave first."""
    ids = [organisation.id for organisation in organisations]
    wanted = (
        _results()
        .join(Assessment, Assessment.id == Wave.assessment_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .where(Organisation.id.in_(ids))
        .options(contains_eager(Wave.assessment))
    )
    return _found(session, wanted.order_by(Organisation.name, Organisation.id, Wave.id.desc()))


def _results() -> sa.Select[Wave, SnapshotRecord]:
    """Waves with the newest version of their snapshot."""
    newest = (
        sa.select(sa.func.max(SnapshotRecord.version))
        .where(SnapshotRecord.wave_id == Wave.id)
        .correlate(Wave)
        .scalar_subquery()
    )
    joined = sa.select(Wave, SnapshotRecord).join(SnapshotRecord, SnapshotRecord.wave_id == Wave.id)
    return joined.where(SnapshotRecord.version == newest)


def _found(session: Session, wanted: sa.Select[Wave, SnapshotRecord]) -> list[Earlier]:
    return [Earlier(wave, record) for wave, record in session.execute(wanted)]
