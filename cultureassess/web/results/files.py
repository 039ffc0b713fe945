"""The files of a wave: the gap report, the data, tables and charts. All are made of the screened snapshot."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from cultureassess.models import Wave
from cultureassess.report.languages import languages
from cultureassess.report.words import ENGLISH
from cultureassess.web import access
from cultureassess.web.results import drawings, tables
from cultureassess.web.results.reading import read
from cultureassess.web.results.report_file import ReportTimeout, queue
from cultureassess.web.results.reports import KINDS, written_report
from cultureassess.web.results.views import bp

RETRY_SECONDS = 30


@bp.get("/<int:wave_id>/gap-report.pdf")
def report(wave_id: int) -> ResponseReturnValue:
    """The gap report; written once per snapshot."""
    return document(wave_id, "gap-report.pdf")


@bp.get("/<int:wave_id>/<any('gap-brief.pdf','gap-report.html','gap-report.xlsx','gap-report.pptx'):name>")
def document(wave_id: int, name: str) -> ResponseReturnValue:
    """The same results in another form; ``lang`` in the query asks for one of the report's languages."""
    reading, kind = read(access.results(wave_id), "files"), KINDS[name]
    language = request.args.get("lang", ENGLISH.language)
    if language not in languages():
        abort(404)
    try:
        path = written_report(reading, kind, language=language, instance=current_app.instance_path)
    except ReportTimeout as error:
        raise ServiceUnavailable(retry_after=RETRY_SECONDS) from error
    return download(path.read_bytes(), kind.mimetype, f"{name_of(reading.wave)}-{name}")


@bp.get("/<int:wave_id>/snapshot.json")
def snapshot(wave_id: int) -> ResponseReturnValue:
    """Every number of the pages as data."""
    reading = read(access.results(wave_id), "files")
    return download(reading.json.encode(), "application/json", f"{name_of(reading.wave)}-snapshot.json")


@bp.get("/<int:wave_id>/files", endpoint="files")
def all_files(wave_id: int) -> ResponseReturnValue:
    """Every file of this wave, with what it is for."""
    reading = read(access.wave(wave_id), "files")
    charts = drawings.chart_names(reading.snapshot)
    return render_template(
        "results/files.html",
        reading=reading,
        tables=list(tables.TABLES),
        charts_list=charts,
        languages=languages(),
        queue=queue(current_app.instance_path),
    )


@bp.get("/<int:wave_id>/tables/<name>.csv")
def table(wave_id: int, name: str) -> ResponseReturnValue:
    """One table as CSV."""
    reading = read(access.results(wave_id), "files")
    if name not in tables.TABLES:
        abort(404)
    content = tables.csv_table(name, reading.snapshot).encode()
    return download(content, "text/csv", f"{name_of(reading.wave)}-{name}.csv")


@bp.get("/<int:wave_id>/charts/<name>.svg")
def drawing(wave_id: int, name: str) -> ResponseReturnValue:
    """One chart as SVG."""
    reading = read(access.results(wave_id), "files")
    found = drawings.drawing(name, reading.snapshot) or abort(404)
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n{found}\n'.encode()
    return download(content, "image/svg+xml", f"{name_of(reading.wave)}-{name}.svg")


def name_of(wave: Wave) -> str:
    """The start of a file name: the organisation's address and the wave's number."""
    return f"{wave.assessment.organisation.slug}-wave-{wave.id}"


def download(content: bytes, mimetype: str, filename: str) -> Response:
    """A file to keep. ``filename`` is made of slugs, so that it needs no quoting rules."""
    disposition = f'attachment; filename="{filename}"'
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})
