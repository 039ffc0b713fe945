"""Views of the workspace."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.services.closing import close_wave
from cultureassess.web import access, database
from cultureassess.web.workspace.waves import day, doors, progress, state_name, step

bp = Blueprint("workspace", __name__, url_prefix="/workspace")


@bp.context_processor
def words() -> dict[str, Callable[..., str]]:
    """Give the workspace's templates the names of states and days."""
    return {"day": day, "state_name": state_name}


@bp.get("")
def organisations() -> ResponseReturnValue:
    """Every organisation with its waves, the newest first."""
    found = access.organisations()
    return render_template("workspace/organisations.html", organisations=found, step=step)


@bp.get("/waves/<int:wave_id>")
def wave(wave_id: int) -> ResponseReturnValue:
    """One wave: its links, its answers so far, and its next step."""
    found = access.wave(wave_id)
    return render_template(
        "workspace/wave.html",
        wave=found,
        step=step(found),
        doors=doors(database.session(), found),
        progress=progress(database.session(), found),
    )


@bp.post("/waves/<int:wave_id>/close")
def close(wave_id: int) -> ResponseReturnValue:
    """Close the wave, compute its snapshot, and go to the results."""
    found = access.wave(wave_id)
    close_wave(database.session(), found, today=clock.today())
    database.session().commit()
    return redirect(url_for("results.wave", wave_id=wave_id), code=303)
