"""Time zones to choose from."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones() -> tuple[str, ...]:
    """UTC, and every zone that is named after a place."""
    places = (name for name in available_timezones() if name.partition("/")[0] in AREAS)
    return ("UTC", *sorted(places))
