"""The results page and its two files. Each shows the snapshot and nothing else."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from cultureassess.models import SnapshotRecord, Wave
from cultureassess.services.closing import NoSnapshot, latest_snapshot
from cultureassess.snapshot.document import from_json
from cultureassess.web import access, database, plotlyjs
from cultureassess.web.results.page import build
from cultureassess.web.results.report_file import ReportTimeout, report_file

bp = Blueprint("results", __name__, url_prefix="/results")

RETRY_SECONDS = 30


@bp.get("/<int:wave_id>")
def wave(wave_id: int) -> ResponseReturnValue:
    """The page; sealed as long as the wave has no snapshot."""
    found = access.wave(wave_id)
    record = released(found)
    if record is None:
        return render_template("results/sealed.html", wave=found)
    return render_template(
        "results/wave.html",
        page=build(from_json(record.json)),
        wave_id=found.id,
        plotly_guard=plotlyjs.style_guard(),
        plotly_script=url_for("plotlyjs.script", wanted=plotlyjs.version()),
    )


@bp.get("/<int:wave_id>/gap-report.pdf")
def report(wave_id: int) -> ResponseReturnValue:
    """The gap report; written once per snapshot."""
    found = access.wave(wave_id)
    record = released(found) or abort(404)
    try:
        path = report_file(record.json, current_app.instance_path)
    except ReportTimeout as error:
        raise ServiceUnavailable(retry_after=RETRY_SECONDS) from error
    return download(path.read_bytes(), "application/pdf", f"{name_of(found)}-gap-report.pdf")


@bp.get("/<int:wave_id>/snapshot.json")
def snapshot(wave_id: int) -> ResponseReturnValue:
    """Every number of the page as data."""
    found = access.wave(wave_id)
    record = released(found) or abort(404)
    return download(record.json.encode(), "application/json", f"{name_of(found)}-snapshot.json")


def released(wave: Wave) -> SnapshotRecord | None:
    """The newest snapshot of a wave, or None while it is sealed."""
    try:
        return latest_snapshot(database.session(), wave)
    except NoSnapshot:
        return None


def name_of(wave: Wave) -> str:
    """The start of a file name: the organisation's address and the wave's number."""
    return f"{wave.assessment.organisation.slug}-wave-{wave.id}"


def download(content: bytes, mimetype: str, filename: str) -> Response:
    """A file to keep. ``filename`` is made of slugs, so that it needs no quoting rules."""
    disposition = f'attachment; filename="{filename}"'
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})
