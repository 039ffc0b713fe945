"""The practice check: what the team does already, by what it can be seen, and what people notice of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import PracticeMark
from cultureassess.models.actions import LONG
from cultureassess.practices import Library, Mark, Practice, library
from cultureassess.report.narrative.priorities import actionable, ranked
from cultureassess.report.words import ENGLISH
from cultureassess.services.actions.practice_check import (
    MarkRefused,
    Perceived,
    Said,
    mark_practices,
    marks_of,
    perceived,
)
from cultureassess.snapshot.types import ItemFigures, Snapshot
from cultureassess.web import access, database
from cultureassess.web.actions import words
from cultureassess.web.actions.blueprint import Place, bp, note_deed, reading, writing
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet


@dataclass(frozen=True)
class Row:
    """One practice: what the team says, and how it is noticed.

    ``felt`` sets perception against practice in a sentence; "" where there is nothing to set.
    ``contrast`` tells that the team does it and people do not notice.
    """

    practice: Practice
    sources: str
    function: str
    mark: PracticeMark | None
    felt: str
    contrast: bool


@dataclass(frozen=True)
class IndexRows:
    code: str
    name: str
    first: bool
    rows: tuple[Row, ...]


@bp.get("/practices", endpoint="practices")
def show_practices(organisation_id: int) -> ResponseReturnValue:
    """Every practice by index, those that come first at the top."""
    place = reading(organisation_id)
    marks = marks_of(database.session(), place.organisation)
    shown: dict[str, str] = {}
    for code, row in marks.items():
        shown |= {f"mark-{code}": row.mark.value, f"evidence-{code}": row.evidence}
    return _page(place, Sheet(shown=shown))


@bp.post("/practices")
def save_practices(organisation_id: int) -> ResponseReturnValue:
    """Store what the team says."""
    place = writing(organisation_id)
    sheet = Sheet(request.form)
    said = {practice.code: _said(sheet, practice.code) for practice in library().practices}
    if sheet.errors:
        return _page(place, sheet), 422
    try:
        changed = mark_practices(
            database.session(), place.organisation, said, by=access.actor().name, today=clock.today()
        )
    except MarkRefused as refused:
        sheet.refuse(f"evidence-{refused.practice}", str(refused))
        return _page(place, sheet), 422
    if changed:
        note_deed(place, "marked practices", ", ".join(changed))
    database.session().commit()
    flash(gettext("Saved. What you do already is not suggested any more."))
    return redirect(url_for(".practices", organisation_id=organisation_id), code=303)


def _said(sheet: Sheet, code: str) -> Said:
    typed = sheet.value(f"mark-{code}")
    mark = Mark(typed) if typed in [one.value for one in Mark] else None
    if typed and mark is None:
        sheet.refuse(f"mark-{code}", gettext("Choose one of the answers."), anchor=f"mark-{code}-1")
    evidence = sheet.text(f"evidence-{code}", most=LONG)
    if evidence and mark is None:
        sheet.refuse(
            f"evidence-{code}", gettext("Say beside it whether you do this, or clear what can be seen of it.")
        )
    return Said(mark, evidence)


def _page(place: Place, sheet: Sheet) -> str:
    marks = marks_of(database.session(), place.organisation)
    groups = index_rows(library(), marks, place.snapshot)
    return render_template(
        "actions/practices.html",
        place=place,
        page="practices",
        sheet=sheet,
        groups=groups,
        choices=[(mark.value, words.mark_name(mark)) for mark in Mark],
        contrasts=[row for group in groups for row in group.rows if row.contrast],
        done=sum(row.mark is not None and row.mark.mark is Mark.DO for g in groups for row in g.rows),
    )


def index_rows(
    found: Library, marks: dict[str, PracticeMark], snapshot: Snapshot | None
) -> tuple[IndexRows, ...]:
    """The library beside what is known: the indices to act on first, then by priority, then the rest."""
    chosen = [index.code for index in actionable(snapshot)] if snapshot else []
    order = [*chosen, *([index.code for index in ranked(snapshot)] if snapshot else [])]
    order = list(dict.fromkeys([*order, *(practice.index for practice in found.practices)]))
    return tuple(
        IndexRows(
            code,
            words.index_name(code, snapshot),
            code in chosen,
            tuple(_row(found, practice, marks.get(practice.code), snapshot) for practice in of_index),
        )
        for code in order
        if (of_index := found.of_index(code))
    )


def _row(found: Library, practice: Practice, mark: PracticeMark | None, snapshot: Snapshot | None) -> Row:
    noticed = perceived(snapshot, practice) if snapshot else None
    does = mark is not None and mark.mark is Mark.DO
    return Row(
        practice,
        found.source_names(practice),
        found.functions[practice.function],
        mark,
        felt(noticed, snapshot) if noticed and snapshot else "",
        does and noticed is not None and noticed.noticed is False,
    )


def felt(noticed: Perceived, snapshot: Snapshot) -> str:
    """What people say of the statement that shows the practice; "" where the snapshot does not show it."""
    share = _share(noticed.figures)
    if not share:
        return ""
    text = noticed.text.replace("{ORG}", snapshot.wave.organisation).replace("{PERIOD}", snapshot.wave.period)
    if noticed.audience == "customer":
        return gettext("%(share)s of customers agree: “%(text)s”", share=share, text=text)
    return gettext("%(share)s of employees agree: “%(text)s”", share=share, text=text)


def _share(figures: ItemFigures) -> str:
    if figures.favourable is None or figures.n is None:
        return ""
    if figures.count is not None and figures.n < 50:
        return gettext("%(count)d of %(n)d", count=figures.count, n=figures.n)
    return ENGLISH.percent(figures.favourable)
