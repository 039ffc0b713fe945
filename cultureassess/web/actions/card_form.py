"""The form of an action card: read into texts and estimates, and shown with what the snapshot suggests."""

from __future__ import annotations

import datetime as dt

from cultureassess.instruments.types import Audience
from cultureassess.models import ActionCard, Moves, Wave
from cultureassess.models.actions import LONG
from cultureassess.practices import CardKind, Mark, library, recommended
from cultureassess.scoring.priorities import IMPACTS
from cultureassess.services.actions.cards import CardText
from cultureassess.services.actions.plan import action_plan
from cultureassess.services.actions.rice import (
    CONFIDENCES,
    EstimateRefused,
    Estimates,
    Suggestion,
    suggest,
)
from cultureassess.snapshot.types import Snapshot
from cultureassess.web import database
from cultureassess.web.actions import fields, words
from cultureassess.web.actions.blueprint import Place
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet

ESTIMATES = ("reach", "impact", "confidence", "effort", "estimated_by")

Options = list[tuple[str, str]]


def usual(place: Place, index: str, practice: str) -> dict[str, str]:
    """What a new card's form begins with: the practice that was chosen, and METHOD 6.3's suggestions."""
    snapshot = place.snapshot
    if snapshot is None or index not in [one.code for one in snapshot.indices]:
        return {"kind": CardKind.START.value, "moves": Moves.CUSTOMERS.value}
    found = library().practice(practice)
    suggestion = suggestion_for(place, index)
    shown = {
        "kind": CardKind.START.value,
        "index_code": index,
        "practice": practice if found else "",
        "title": found.text if found else "",
        "first_step": found.first_step if found else "",
        "moves": Moves.CUSTOMERS.value,
    }
    return {**shown, **(estimates_shown(suggestion) if suggestion else {})}


def suggestion_for(place: Place, index: str) -> Suggestion | None:
    """What the newest wave suggests for an action on an index."""
    snapshot, wave = place.snapshot, place.wave
    if snapshot is None or wave is None or index not in [one.code for one in snapshot.indices]:
        return None
    return suggest(snapshot, index, customers=_customers(wave))


def _customers(wave: Wave) -> int | None:
    """How many customers there are, as the wave's plan says."""
    audience = wave.audiences.get(Audience.CUSTOMER)
    return None if audience is None else audience.population


def estimates_shown(found: Suggestion) -> dict[str, str]:
    """Suggestions as they stand in the fields."""
    shown = {"impact": words.plain(found.impact), "confidence": words.plain(100 * found.confidence)}
    return shown if found.reach is None else {**shown, "reach": str(found.reach)}


def stored(card: ActionCard) -> dict[str, str]:
    """What is on a card, as it stands in the fields."""
    days = {name: _day(getattr(card, name)) for name in ("first_step_by", "due")}
    numbers = {name: _typed(getattr(card, name)) for name in ("target", "reach", "impact", "effort")}
    texts = {
        name: getattr(card, name)
        for name in ("title", "index_code", "practice", "owner", "owner_email", "first_step", "estimated_by")
    }
    return {
        **texts,
        **days,
        **numbers,
        "confidence": _typed(None if card.confidence is None else 100 * card.confidence),
        "kind": card.kind.value,
        "moves": card.moves.value,
        "key_figure_id": "" if card.key_figure_id is None else str(card.key_figure_id),
    }


def read(place: Place, sheet: Sheet, snapshot: Snapshot, item: str) -> CardText | None:
    """Read what is written on a card; None where something is wrong.

    Args:
        snapshot: of the card's wave: its indices may be chosen.
        item: id of the statement that brought the card about.
    """
    kind = sheet.choice("kind", [one.value for one in CardKind], missing=gettext("Say what it does."))
    moves = sheet.choice("moves", [one.value for one in Moves], missing=gettext("Say what should move."))
    index = sheet.choice(
        "index_code",
        [one.code for one in snapshot.indices],
        missing=gettext("Choose an index."),
        anchor="index_code",
    )
    practice = sheet.value("practice")
    title = sheet.text("title", missing=gettext("Say in a few words what will be done."))
    owner, email = sheet.text("owner"), sheet.text("owner_email", most=254)
    first_step = sheet.text("first_step", most=LONG)
    first_step_by, due = sheet.day("first_step_by"), sheet.day("due")
    target = fields.decimal(sheet, "target")
    figure = _figure(place, sheet, moves)
    if sheet.errors:
        return None
    return CardText(
        kind=CardKind(kind),
        title=title,
        index_code=index,
        item=item,
        practice=practice if library().practice(practice) else "",
        owner=owner,
        owner_email=email,
        first_step=first_step,
        first_step_by=first_step_by,
        due=due,
        moves=Moves(moves),
        key_figure_id=figure,
        target=target,
    )


def read_estimates(sheet: Sheet) -> Estimates | None:
    """Read the estimates; None where there are none, or one is wrong.

    What the form suggested is nobody's estimate until somebody changes it, adds the effort or signs.
    """
    typed = {name: sheet.value(name).strip() for name in ESTIMATES}
    begun = {name: sheet.value(f"was-{name}").strip() for name in ESTIMATES}
    if typed == begun and not (typed["effort"] or typed["estimated_by"]):
        return None
    if not any(typed.values()) and not (begun["effort"] or begun["estimated_by"]):
        return None
    reach = sheet.number("reach", missing=gettext("Enter how many customers this touches in a quarter."))
    found = {name: fields.decimal(sheet, name) for name in ("impact", "confidence", "effort")}
    by = sheet.text("estimated_by", missing=gettext("Say who estimated this."))
    for name, number in found.items():
        if number is None:
            sheet.refuse(name, gettext("Enter a number."))
    impact, confidence, effort = found.values()
    if sheet.errors or reach is None or impact is None or confidence is None or effort is None:
        return None
    try:
        return Estimates(reach, impact, confidence / 100, effort, by).checked()
    except EstimateRefused as refused:
        sheet.refuse(refused.field, str(refused))
        return None


def _figure(place: Place, sheet: Sheet, moves: str) -> int | None:
    """The chosen key figure of this organisation; None for any other."""
    if moves != Moves.KEY_FIGURE.value:
        return None
    chosen = fields.whole(sheet.value("key_figure_id"))
    if chosen is None or str(chosen) not in [value for value, _ in figure_options(place)]:
        sheet.refuse("key_figure_id", gettext("Choose the key figure that should move."))
        return None
    return chosen


def figure_options(place: Place) -> Options:
    """The organisation's key figures."""
    from cultureassess.services.actions.key_figures import figures_of

    return [(str(one.id), one.name) for one in figures_of(database.session(), place.organisation)]


def practice_options(place: Place, snapshot: Snapshot, keep: str = "") -> Options:
    """The practices that may be suggested: never one that is done. ``keep``: the card's own stays."""
    if place.wave is None:
        return []
    plan = action_plan(database.session(), place.wave)
    found = list(recommended([index.code for index in snapshot.indices], plan))
    own = library().practice(keep)
    if own is not None and plan.marks.get(keep) is Mark.DO:
        found = [own, *found]
    return [(one.code, f"{words.index_name(one.index, snapshot)}: {one.text}") for one in found]


def impact_options() -> Options:
    """The scale of impact."""
    names = (gettext("massive"), gettext("high"), gettext("medium"), gettext("low"), gettext("minimal"))
    return [
        (words.plain(value), f"{words.plain(value)} – {name}")
        for value, name in zip(IMPACTS, names, strict=True)
    ]


def confidence_hint() -> str:
    """The usual degrees of confidence."""
    return " / ".join(f"{100 * value:.0f}%" for value in CONFIDENCES)


def _day(found: dt.date | None) -> str:
    return "" if found is None else found.isoformat()


def _typed(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
