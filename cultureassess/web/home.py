"""The first page: in the demo the answer and four doors, elsewhere what this installation is."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from cultureassess.models import Role, SnapshotRecord, State, Wave
from cultureassess.services import links
from cultureassess.services.closing import read_snapshot
from cultureassess.web import database
from cultureassess.web.account import demo
from cultureassess.web.results.page import build

bp = Blueprint("home", __name__)


@dataclass(frozen=True)
class Doors:
    """Paths of the two links into the wave that takes answers; None without one."""

    inside: str | None = None
    customer: str | None = None


@bp.get("/")
def home() -> ResponseReturnValue:
    """The front door."""
    if not demo.open_doors():
        return render_template("home/plain.html", contact=current_app.extensions["settings"].contact)
    session = database.session()
    scored, running = scored_wave(session), running_wave(session)
    return render_template(
        "home/demo.html",
        page=None if scored is None else build(read_snapshot(session, scored)),
        scored=scored,
        running=running,
        doors=Doors() if running is None else doors(session, running),
    )


@bp.route("/demo/<any(consultant, leader):role>", methods=["GET", "POST"])
def enter(role: str) -> ResponseReturnValue:
    """Come in by one of the demo's two doors for staff: from the home page or by the terminal's address."""
    demo.enter(Role(role))
    if role == Role.CONSULTANT:
        return redirect(url_for("workspace.organisations"), code=303)
    scored = scored_wave(database.session()) or abort(404)
    return redirect(url_for("results.wave", wave_id=scored.id), code=303)


def scored_wave(session: Session) -> Wave | None:
    """The newest wave whose results leaders may read."""
    released = Wave.state == State.REPORTED
    wanted = sa.select(Wave).where(released, Wave.id.in_(sa.select(SnapshotRecord.wave_id)))
    return session.scalar(wanted.order_by(Wave.id.desc()).limit(1))


def running_wave(session: Session) -> Wave | None:
    """The newest wave that takes answers."""
    return session.scalar(sa.select(Wave).filter_by(state=State.OPEN).order_by(Wave.id.desc()).limit(1))


def doors(session: Session, wave: Wave) -> Doors:
    """The ways into a wave for an employee and for a customer."""
    key = current_app.extensions["settings"].secret_key
    found = {
        link.audience or link.side: f"/s/{links.open_link_token(link, secret_key=key)}"
        for link in links.open_links(session, wave)
    }
    return Doors(inside=found.get("inside"), customer=found.get("customer"))  # type: ignore[call-overload]
