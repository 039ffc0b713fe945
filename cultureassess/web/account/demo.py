"""The demo's two people, who need no password: a consultant and a leader, on this machine alone."""

from __future__ import annotations

import ipaddress

from flask import abort, current_app, request, session

from cultureassess.models import Role
from cultureassess.services.rights import Actor

COOKIE = "demo"
"""Name of the session's entry that says through which door somebody came."""

PEOPLE = {
    Role.CONSULTANT: Actor(name="Demo consultant", consultant=True, everywhere=Role.CONSULTANT),
    Role.LEADER: Actor(name="Demo leader", everywhere=Role.LEADER),
}


def actor() -> Actor | None:
    """The demo's person of this browser, the consultant by default; None outside the demo."""
    if not open_doors():
        return None
    return PEOPLE[Role.LEADER if session.get(COOKIE) == Role.LEADER else Role.CONSULTANT]


def open_doors() -> bool:
    """Whether this is the demo, asked from this machine."""
    return bool(current_app.config["DEMO"]) and _from_here(request.remote_addr)


def enter(role: Role) -> None:
    """Be this person from now on."""
    if not open_doors():
        abort(404)
    session[COOKIE] = role.value


def refuse_strangers() -> None:
    """In the demo nobody can sign in: from another machine there is nothing (404)."""
    if current_app.config["DEMO"]:
        abort(404)


def _from_here(address: str | None) -> bool:
    """The demo asks for no password, so a forged Host header must not be enough to get in."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
