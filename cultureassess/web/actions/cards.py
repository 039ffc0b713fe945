"""Action cards: the overview for everybody, and writing, agreeing on and finishing them."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.models import ActionCard, CardState, State
from cultureassess.models.actions import LONG
from cultureassess.services.actions import cards as service
from cultureassess.services.actions import meetings
from cultureassess.services.actions.cards import CardRefused
from cultureassess.services.actions.meetings import Voice
from cultureassess.services.actions.outcome import agree_in_time
from cultureassess.services.actions.rice import suggest
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Snapshot
from cultureassess.web import access, database
from cultureassess.web.actions import card_form, shown_cards
from cultureassess.web.actions.blueprint import Place, bp, note_deed, reading, writing
from cultureassess.web.i18n import gettext
from cultureassess.web.workspace.sheet import Sheet


@bp.get("", endpoint="overview")
def overview(organisation_id: int) -> ResponseReturnValue:
    """What was agreed on, and whether earlier actions helped."""
    place = reading(organisation_id)
    found = service.cards_of(database.session(), place.organisation, leader=place.leader)
    return render_template(
        "actions/overview.html",
        place=place,
        page="overview",
        active=shown_cards.shown(place, [card for card in found if card.state is CardState.AGREED]),
        earlier=shown_cards.shown(
            place, [c for c in found if c.state in (CardState.DONE, CardState.DROPPED)]
        ),
        ideas=sum(card.state is CardState.IDEA for card in found),
        stops=any(
            card.kind.value in ("stop", "simplify") for card in found if card.state is CardState.AGREED
        ),
    )


@bp.get("/cards/new")
def new_card(organisation_id: int) -> ResponseReturnValue:
    """A new idea, with what the newest wave suggests."""
    place = writing(organisation_id)
    snapshot = place.snapshot or abort(404)
    index, practice = request.args.get("index", ""), request.args.get("practice", "")
    return _form(place, snapshot, Sheet(shown=card_form.usual(place, index, practice)), None)


@bp.post("/cards/new")
def add_card(organisation_id: int) -> ResponseReturnValue:
    """Add it."""
    place = writing(organisation_id)
    snapshot, wave = place.snapshot, place.wave
    if snapshot is None or wave is None:
        abort(404)
    sheet = Sheet(request.form)
    suggestion = card_form.suggestion_for(place, sheet.value("index_code"))
    text = card_form.read(place, sheet, snapshot, suggestion.item if suggestion else "")
    estimates = card_form.read_estimates(sheet)
    if text is None or sheet.errors:
        return _form(place, snapshot, sheet, None), 422
    try:
        card = service.add_card(
            database.session(), place.organisation, wave, text, by=access.actor().name, today=clock.today()
        )
    except CardRefused as refused:
        sheet.refuse(refused.field, str(refused))
        return _form(place, snapshot, sheet, None), 422
    if estimates is not None:
        service.estimate(database.session(), card, estimates)
    note_deed(place, "added an action", card.title, kind="action", object_id=card.id)
    database.session().commit()
    return redirect(url_for(".card", organisation_id=organisation_id, card_id=card.id), code=303)


@bp.get("/cards/<int:card_id>")
def card(organisation_id: int, card_id: int) -> ResponseReturnValue:
    """One card with its history, and what becomes of it."""
    place = reading(organisation_id)
    return _card(place, _readable(place, card_id), Sheet())


@bp.get("/cards/<int:card_id>/edit")
def edit_card(organisation_id: int, card_id: int) -> ResponseReturnValue:
    """The form of a card."""
    place = writing(organisation_id)
    found = access.part(ActionCard, place.organisation, card_id)
    return _form(place, _snapshot(place, found), Sheet(shown=card_form.stored(found)), found)


@bp.post("/cards/<int:card_id>/edit")
def save_card(organisation_id: int, card_id: int) -> ResponseReturnValue:
    """Change it."""
    place = writing(organisation_id)
    found = access.part(ActionCard, place.organisation, card_id)
    snapshot, sheet = _snapshot(place, found), Sheet(request.form)
    text = card_form.read(place, sheet, snapshot, _statement(found, snapshot, sheet.value("index_code")))
    estimates = card_form.read_estimates(sheet)
    if text is None or sheet.errors:
        return _form(place, snapshot, sheet, found), 422
    session, by = database.session(), access.actor().name
    try:
        if service.write_card(session, found, text):
            service.note(session, found, gettext("Changed."), by=by, today=clock.today())
    except CardRefused as refused:
        session.rollback()
        sheet.refuse(refused.field, str(refused))
        return _form(place, snapshot, sheet, found), 422
    if estimates is not None:
        service.estimate(session, found, estimates)
    note_deed(place, "changed an action", found.title, kind="action", object_id=found.id)
    session.commit()
    flash(gettext("Saved."))
    return redirect(url_for(".card", organisation_id=organisation_id, card_id=card_id), code=303)


@bp.post("/cards/<int:card_id>/settle")
def settle_card(organisation_id: int, card_id: int) -> ResponseReturnValue:
    """Agree on a card, finish or drop it, or note something in its history."""
    place = writing(organisation_id)
    found = access.part(ActionCard, place.organisation, card_id)
    sheet, session = Sheet(request.form), database.session()
    note = sheet.text("note", most=LONG)
    wanted = sheet.value("state")
    states = {state.value: state for state in CardState}
    if sheet.errors or (wanted and wanted not in states):
        sheet.refuse("state", gettext("Choose what becomes of this card."))
        return _card(place, found, sheet), 422
    try:
        _settle(place, found, states.get(wanted), note)
    except CardRefused as refused:
        session.rollback()
        sheet.refuse(refused.field if refused.field == "note" else "state", str(refused))
        return _card(place, found, sheet), 422
    note_deed(place, f"{wanted or 'noted'} an action", found.title, kind="action", object_id=found.id)
    session.commit()
    return redirect(url_for(".card", organisation_id=organisation_id, card_id=card_id), code=303)


def _settle(place: Place, found: ActionCard, state: CardState | None, note: str) -> None:
    """What was asked for; a note alone leaves the state as it is.

    Raises:
        CardRefused: neither a state nor a note was given, or the card cannot be agreed on.
    """
    session = database.session()
    if note or state is None:
        service.note(session, found, note, by=access.actor().name, today=clock.today())
    if state is CardState.AGREED:
        agree_in_time(session, found, place.results, by=access.actor().name, today=clock.today())
    elif state is not None:
        service.settle_card(session, found, state, by=access.actor().name, today=clock.today())


def _readable(place: Place, card_id: int) -> ActionCard:
    """A card that whoever asks may read: leaders find no ideas, and nothing of an unreleased wave."""
    found = access.part(ActionCard, place.organisation, card_id)
    if place.leader and (found.state is CardState.IDEA or found.wave.state is not State.REPORTED):
        abort(404)
    return found


def _snapshot(place: Place, found: ActionCard) -> Snapshot:
    """Of the wave that brought a card about; the newest one where that is a pulse."""
    own = place.result(found.wave_id)
    return from_json(own.record.json) if own else place.snapshot or abort(404)


def _statement(found: ActionCard, snapshot: Snapshot, index: str) -> str:
    """The statement behind a card: its own, or the weakest one of the other index that it is moved to."""
    if index == found.index_code or index not in [one.code for one in snapshot.indices]:
        return found.item
    return suggest(snapshot, index).item


def _card(place: Place, found: ActionCard, sheet: Sheet) -> str:
    return render_template(
        "actions/card.html",
        place=place,
        page="overview",
        shown=shown_cards.shown(place, [found])[0],
        sheet=sheet,
        quotes=quotes(place, found),
    )


def quotes(place: Place, found: ActionCard) -> tuple[Voice, ...]:
    """Three customer comments of the card's wave, where the comment rules allow them."""
    month = clock.today().replace(day=1)
    key = current_app.extensions["settings"].secret_key
    return meetings.voices(database.session(), found.wave, month, leader=place.leader, secret_key=key)


def _form(place: Place, snapshot: Snapshot, sheet: Sheet, found: ActionCard | None) -> str:
    index = sheet.value("index_code")
    return render_template(
        "actions/card_form.html",
        place=place,
        page="ideas",
        sheet=sheet,
        card=found,
        indices=[(one.code, one.name) for one in snapshot.indices],
        practices=card_form.practice_options(place, snapshot, found.practice if found else ""),
        figures=card_form.figure_options(place),
        impacts=card_form.impact_options(),
        confidences=card_form.confidence_hint(),
        suggestion=card_form.suggestion_for(place, index),
    )
