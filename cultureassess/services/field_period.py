"""The time in which an open wave takes answers: made longer, stopped, and taken up again.

Stopping computes nothing and shows nothing, so it can be taken back at any time. Closing
(:mod:`cultureassess.services.closing`) erases and computes, and cannot: results open once (METHOD 4.3 T).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from cultureassess.models import State, Wave
from cultureassess.services.errors import WaveRefused


def extend_wave(session: Session, wave: Wave, closes_on: dt.date, *, today: dt.date) -> None:
    """Give an open wave another last day; one that had passed its last day takes answers again.

    Raises:
        WaveRefused: it is not open, or the day has passed.
    """
    _require_open_state(wave)
    if closes_on < today:
        raise WaveRefused("The last day must not lie in the past. To end a wave now, stop it.")
    if wave.opens_on is not None and closes_on < wave.opens_on:
        raise WaveRefused("The last day must not come before the first.")
    wave.closes_on = closes_on
    wave.stopped = False
    session.flush()


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


def _require_open_state(wave: Wave) -> None:
    if wave.state is State.DRAFT:
        raise WaveRefused(f"The wave {wave.label} is not open yet.")
    if wave.state is not State.OPEN:
        raise WaveRefused(f"The wave {wave.label} is closed and its results are computed; that is for good.")
