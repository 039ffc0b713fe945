"""The leaders' pages. Each shows the snapshot and nothing else."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from cultureassess.services.releasing import ResultsSealed
from cultureassess.web import access, plotlyjs
from cultureassess.web.errors import http_error
from cultureassess.web.results import eight, one, page
from cultureassess.web.results.reading import read

bp = Blueprint("results", __name__, url_prefix="/results")

FILES = frozenset(
    f"results.{name}" for name in ("report", "document", "snapshot", "table", "drawing", "unit_sheets")
)
"""Endpoints that answer with a file: sealed results have none."""


@bp.errorhandler(ResultsSealed)
def sealed(error: ResultsSealed) -> ResponseReturnValue:
    """A page that says why there is nothing to read yet."""
    if request.endpoint in FILES or request.method != "GET":
        return http_error(NotFound())
    return render_template("results/sealed.html", wave=error.wave)


@bp.get("/<int:wave_id>")
def wave(wave_id: int) -> ResponseReturnValue:
    """The answer: what managers believe, what customers say, and one decision to take."""
    reading = read(access.results(wave_id), "answer")
    return render_template("results/answer.html", reading=reading, page=page.build(reading.snapshot))


def live() -> dict[str, str | None]:
    """What a template needs for charts that plotly.js draws anew."""
    address = url_for("plotlyjs.script", wanted=plotlyjs.version())
    return {"plotly_guard": plotlyjs.style_guard(), "plotly_script": address}


@bp.get("/<int:wave_id>/indices")
def indices(wave_id: int) -> ResponseReturnValue:
    """Eight indices in one chart and one table."""
    reading = read(access.results(wave_id), "indices")
    built = eight.build(reading.setting)
    return render_template("results/indices.html", reading=reading, page=built, **live())


@bp.get("/<int:wave_id>/indices/<code>")
def index(wave_id: int, code: str) -> ResponseReturnValue:
    """One index with its pairs, its levels and some comments."""
    reading = read(access.results(wave_id), "index")
    found = next((index for index in reading.snapshot.indices if index.code == code), None) or abort(404)
    return render_template("results/index.html", reading=reading, page=one.build(reading.setting, found))
