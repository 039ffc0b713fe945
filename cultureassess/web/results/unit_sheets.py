"""A sheet for each group of the heat map: the page that has them written, and the archive."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess.report.languages import languages
from cultureassess.report.narrative.labels import attribute_name, value_name
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.options import Unit
from cultureassess.report.units import archive, units, without_sheet
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Snapshot
from cultureassess.web import access
from cultureassess.web.i18n import gettext
from cultureassess.web.results import unit_work
from cultureassess.web.results.files import download, name_of
from cultureassess.web.results.reading import Reading, read
from cultureassess.web.results.report_file import queue
from cultureassess.web.results.reports import options_of
from cultureassess.web.results.unit_work import Plan, Progress
from cultureassess.web.results.views import bp

NAME = "gap-units.zip"


@dataclass(frozen=True)
class Problem:
    """What is wrong with the form, for the summary of errors."""

    error: str
    name: str = "language"
    anchor: str = "language"


@dataclass(frozen=True)
class UnitsPage:
    """See ``templates/results/units.html``. ``withheld`` pairs a group without a sheet with the reason."""

    language: str
    progress: Progress
    shown: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]
    errors: tuple[Problem, ...] = ()


@bp.get("/<int:wave_id>/units", endpoint="units")
def sheets_by_group(wave_id: int) -> ResponseReturnValue:
    """Which groups get a sheet, and how far those are that are being written."""
    reading, language = read(access.results(wave_id), "files"), _language(request.args)
    return render_template("results/units.html", **_page(reading, language or abort(404)))


@bp.post("/<int:wave_id>/units")
def write_units(wave_id: int) -> ResponseReturnValue:
    """Have the sheets of one language written."""
    reading, language = read(access.results(wave_id), "files"), _language(request.form, "")
    if not language:
        problem = Problem(gettext("Choose one of the languages that the report speaks."))
        return render_template("results/units.html", **_page(reading, ENGLISH.language, problem)), 422
    unit_work.start(_sheets(reading, language), current_app.instance_path)
    return redirect(url_for(".units", wave_id=wave_id, lang=language), code=303)


@bp.get(f"/<int:wave_id>/{NAME}")
def unit_sheets(wave_id: int) -> ResponseReturnValue:
    """All sheets of one language in an archive; to the page that has them written while one is missing."""
    reading, language = read(access.results(wave_id), "files"), _language(request.args) or abort(404)
    found = unit_work.written(_sheets(reading, language), current_app.instance_path)
    if found is None:
        return redirect(url_for(".units", wave_id=wave_id, lang=language), code=303)
    return download(archive(found), "application/zip", f"{name_of(reading.wave)}-{language}-{NAME}")


def _language(values: dict[str, str], usual: str = ENGLISH.language) -> str:
    """The language that is asked for; "" for one that the report does not speak."""
    wanted = values.get("lang") or values.get("language") or usual
    return wanted if wanted in languages() else ""


def _sheets(reading: Reading, language: str) -> Plan:
    return unit_work.Plan(reading.snapshot, options_of(reading, "full", language))


def _page(reading: Reading, language: str, *errors: Problem) -> dict[str, object]:
    snapshot, words = reading.snapshot, reading.words
    page = UnitsPage(
        language=language,
        progress=unit_work.progress(_sheets(reading, language), current_app.instance_path),
        shown=tuple(_name(unit, snapshot, words) for unit in units(snapshot)),
        withheld=tuple(
            (_name(unit, snapshot, words), reason_note(cell.withheld, words, k=snapshot.wave.k))
            for unit, cell in without_sheet(snapshot)
            if cell.withheld is not None
        ),
        errors=errors,
    )
    waiting = queue(current_app.instance_path)
    return {"reading": reading, "page": page, "languages": languages(), "queue": waiting}


def _name(unit: Unit, snapshot: Snapshot, words: Words) -> str:
    attribute = attribute_name(unit.attribute, unit.side, words)
    value = value_name(unit.attribute, unit.side, unit.value, snapshot, words)
    return words.gettext("{attribute}: {value}", attribute=attribute, value=value)
