"""The ideas in the order of their RICE scores, as a page and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from cultureassess.models import CardState
from cultureassess.practices import recommended
from cultureassess.report.narrative.priorities import actionable
from cultureassess.services.actions.cards import Ranked, cards_of, ranking
from cultureassess.services.actions.plan import action_plan
from cultureassess.snapshot.files.formulas import guarded
from cultureassess.web import database
from cultureassess.web.actions import words
from cultureassess.web.actions.blueprint import Place, bp, writing

COLUMNS = (
    "place", "title", "kind", "state", "index", "reach", "impact", "confidence_percent",
    "effort_person_months", "rice", "estimated_by", "owner", "due",
)  # fmt: skip


@bp.get("/ideas", endpoint="ideas")
def ideas(organisation_id: int) -> ResponseReturnValue:
    """Ideas and agreed actions, ranked; and what else could be done."""
    place = writing(organisation_id)
    return render_template(
        "actions/ideas.html",
        place=place,
        page="ideas",
        ranked=_ranked(place),
        suggestions=suggestions(place),
    )


@bp.get("/ideas.csv")
def ideas_file(organisation_id: int) -> ResponseReturnValue:
    """The same as a file: no text in it runs as a formula."""
    place = writing(organisation_id)
    name = f"{place.organisation.slug}-ideas.csv"
    return Response(
        table(_ranked(place)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def suggestions(place: Place) -> list[tuple[str, str, str]]:
    """Code, index code and text of the practices for the first indices; never one that is done."""
    if place.snapshot is None or place.wave is None:
        return []
    codes = [index.code for index in actionable(place.snapshot)]
    plan = action_plan(database.session(), place.wave)
    return [(one.code, one.index, one.text) for one in recommended(codes, plan)]


def table(ranked: Sequence[Ranked]) -> str:
    """Ranked ideas as CSV, with a byte order mark so that spreadsheets read names right."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for place, one in enumerate(ranked, start=1):
        writer.writerow([guarded(cell) for cell in _cells(place, one)])
    return "\ufeff" + text.getvalue()


def _cells(place: int, one: Ranked) -> tuple[str, ...]:
    card, found = one.card, one.estimates
    numbers = ("", "", "", "", "") if found is None else (
        str(found.reach),
        f"{found.impact:g}",
        f"{100 * found.confidence:g}",
        f"{found.effort:g}",
        f"{one.score or 0.0:.1f}",
    )  # fmt: skip
    head = (
        str(place),
        card.title,
        words.kind_name(card.kind),
        words.card_state_name(card.state),
        card.index_code,
    )
    return (*head, *numbers, card.estimated_by, card.owner, card.due.isoformat() if card.due else "")


def _ranked(place: Place) -> list[Ranked]:
    found = cards_of(database.session(), place.organisation, leader=False)
    return ranking([card for card in found if card.state in (CardState.IDEA, CardState.AGREED)])
