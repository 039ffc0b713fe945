"""What a written report is made of: the client's look, the consultant's voice, the wave before."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from flask import current_app

from cultureassess.report.options import Options, Shape, Voice
from cultureassess.report.process import Format
from cultureassess.services.actions.plan import action_plan
from cultureassess.services.branding import branding_of
from cultureassess.services.consultant_notes import ANSWER, RECOMMENDATION
from cultureassess.services.releasing import earlier_results
from cultureassess.web import database
from cultureassess.web.results.reading import Reading
from cultureassess.web.results.report_file import report_file


class Kind(NamedTuple):
    """One kind of file: its format, whether it is the short version, and its media type."""

    format: Format
    shape: Shape
    mimetype: str


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, Kind] = {
    "gap-report.pdf": Kind("pdf", "full", "application/pdf"),
    "gap-brief.pdf": Kind("pdf", "brief", "application/pdf"),
    "gap-report.html": Kind("html", "full", "text/html"),
    "gap-report.xlsx": Kind("xlsx", "full", f"{OFFICE}.spreadsheetml.sheet"),
    "gap-report.pptx": Kind("pptx", "full", f"{OFFICE}.presentationml.presentation"),
}
"""File name to what it is."""


def written_report(reading: Reading, kind: Kind, *, language: str, instance: str) -> Path:
    """The file in a language that the report speaks; kept from the last time if nothing has changed.

    Raises:
        cultureassess.web.results.report_file.ReportTimeout: it took too long, or too many are being written.
    """
    earlier = earlier_results(database.session(), reading.wave, leader=reading.leader)[:1]
    return report_file(
        reading.json,
        instance,
        options=options_of(reading, kind.shape, language),
        earlier=earlier[0].record.json if earlier else None,
        kind=kind.format,
    )


def options_of(reading: Reading, shape: Shape, language: str) -> Options:
    """The look of the client and the voice of the consultant, as the report takes them."""
    look, notes = branding_of(database.session(), reading.wave.assessment.organisation), reading.notes
    voice = Voice(
        name=look.consultancy,
        contact=reading.presentation.signature or look.contact,
        logo=look.consultancy_logo.image if look.consultancy_logo else b"",
        note=notes.get(ANSWER, ""),
        indices={index.code: notes[index.code] for index in reading.snapshot.indices if index.code in notes},
        recommendation=notes.get(RECOMMENDATION, ""),
    )
    return Options(
        language=language,
        shape=shape,
        logo=look.logo.image if look.logo else b"",
        accent=look.accent or "",
        voice=voice,
        demo=bool(current_app.config["DEMO"]),
        done=reading.done,
        agreed=action_plan(database.session(), reading.wave).cards,
    )
