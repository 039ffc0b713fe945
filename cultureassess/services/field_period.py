"""An open wave is stopped, and taken up again. A later last day is a change of the plan (``setting_up``).

Stopping computes nothing and shows nothing, so it can be taken back at any time. Closing
(:mod:`cultureassess.services.closing`) erases and computes, and cannot: results open once (METHOD 4.3 T).
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import SnapshotRecord, State, Wave
from cultureassess.services.errors import WaveRefused


def stop_wave(session: Session, wave: Wave) -> None:
    """Take no more answers for now; whoever is under way cannot send either.

    Raises:
        WaveRefused: it is not open.
    """
    _require_open_state(wave)
    wave.stopped = True
    session.flush()


def resume_wave(session: Session, wave: Wave) -> None:
    """Take answers again until the last day.

    Raises:
        WaveRefused: it is not open: a closed wave has results, and takes no more answers.
    """
    _require_open_state(wave)
    wave.stopped = False
    session.flush()


def closed_early_on(session: Session, wave: Wave) -> dt.date | None:
    """The day on which a wave was closed, if that was before its planned last day; else None."""
    wanted = sa.select(sa.func.min(SnapshotRecord.created_on)).where(SnapshotRecord.wave_id == wave.id)
    day = session.scalar(wanted)
    return day if day is not None and wave.closes_on is not None and day < wave.closes_on else None


def _require_open_state(wave: Wave) -> None:
    if wave.state is State.DRAFT:
        raise WaveRefused(f"The wave {wave.label} is not open yet.")
    if wave.state is not State.OPEN:
        raise WaveRefused(f"The wave {wave.label} is closed and its results are computed; that is for good.")
