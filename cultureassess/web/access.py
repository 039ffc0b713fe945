"""Who may see what of the staff pages: the first line of every such view asks here.

This edition has no accounts. The pages exist for the demo alone, and the demo for the machine it runs
on alone; everywhere else they answer 404, as if there were nothing. Accounts will change these functions
and no view: what a person may not see will then be 404 as well.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort, current_app, request

from cultureassess.models import Organisation, Wave
from cultureassess.web import database


def granted() -> bool:
    """Tell whether whoever asks may see staff pages: in the demo, from this machine."""
    return bool(current_app.config["DEMO"]) and _from_here(request.remote_addr)


def wave(wave_id: int) -> Wave:
    """The wave, if whoever asks may see it; 404 otherwise, whether it exists or not."""
    found = database.session().get(Wave, wave_id) if granted() else None
    if found is None:
        abort(404)
    return found


def organisations() -> Sequence[Organisation]:
    """The organisations that whoever asks may see, by name; 404 for somebody without access."""
    if not granted():
        abort(404)
    return database.session().scalars(sa.select(Organisation).order_by(Organisation.name)).all()


def _from_here(address: str | None) -> bool:
    """The demo asks for no password, so a forged Host header must not be enough to get in."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
