"""The one place where the time is read, so that tests can move it and deadlines agree."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """Return the current time, timezone-aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Return today's date in UTC. An organisation's own zone is applied where a wave's dates are compared."""
    return now().date()
