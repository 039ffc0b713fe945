"""Adding people: upload a list, say what its columns mean, see what it would add, accept or discard it."""

from __future__ import annotations

import binascii
import textwrap
from collections.abc import Mapping
from contextlib import closing

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from cultureassess import clock
from cultureassess.instruments.types import Audience
from cultureassess.models import PendingList, Wave
from cultureassess.services.errors import WaveRefused
from cultureassess.services.people import accepting
from cultureassess.services.people.columns import fields_of
from cultureassess.services.people.reading import ListRefused
from cultureassess.web import access, database
from cultureassess.web.i18n import gettext
from cultureassess.web.invitations.blueprint import (
    bp,
    done,
    instrument_of,
    note,
    owner,
    people_in_words,
    settings,
)
from cultureassess.web.invitations.checking import loss_in_words, together
from cultureassess.web.workspace.sheet import Sheet

SHOWN = 8
"""People of a list that are shown as an example, and rows under each column name."""

EXAMPLES = 3
"""Values of a column that stand beside its meaning."""

PROBLEMS_SHOWN = 200


@bp.get("/add/<audience>")
def add(wave_id: int, audience: str) -> ResponseReturnValue:
    """The form for a list of one audience."""
    found = access.wave(wave_id)
    return _form(found, _audience(found, audience), Sheet())


@bp.post("/add/<audience>")
def upload(wave_id: int, audience: str) -> ResponseReturnValue:
    """Read a list and show what it says; nobody is added by this."""
    found = access.wave(wave_id)
    meant = _audience(found, audience)
    sheet, data = Sheet(request.form), _sent_file()
    try:
        pending = accepting.upload_list(
            database.session(), found, instrument_of(found), meant, data, owner=owner(), now=clock.now()
        )
    except (ListRefused, WaveRefused) as refused:
        sheet.refuse("list", str(refused) if data else gettext("Choose a file."))
        return _form(found, meant, sheet), 422
    database.session().commit()
    return redirect(url_for(".preview", wave_id=found.id, key=pending.id.hex()), code=303)


@bp.errorhandler(413)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """A file so large that it was not even read."""
    if request.endpoint != "invitations.upload":
        return error.get_response()
    arguments = request.view_args or {}
    found, sheet = access.wave(arguments["wave_id"]), Sheet()
    sheet.refuse(
        "list", gettext("The file is larger than 2 MB. Save the list of people alone, without pictures.")
    )
    return _form(found, _audience(found, arguments["audience"]), sheet), 413


@bp.get("/lists/<key>")
def preview(wave_id: int, key: str) -> ResponseReturnValue:
    """What an uploaded list would add, and what is wrong with it, line by line."""
    found = access.wave(wave_id)
    return _preview(found, _pending(found, key), Sheet())


@bp.post("/lists/<key>/columns")
def columns(wave_id: int, key: str) -> ResponseReturnValue:
    """Say what the columns of a list mean."""
    found = access.wave(wave_id)
    pending, sheet = _pending(found, key), Sheet(request.form)
    try:
        accepting.set_columns(pending, _chosen(request.form, len(accepting.table_of(pending).header)))
    except accepting.ColumnsRefused as refused:
        sheet.refuse("columns", str(refused), anchor="column-0")
        database.session().rollback()
        return _preview(found, pending, sheet), 422
    database.session().commit()
    return redirect(url_for(".preview", wave_id=found.id, key=key), code=303)


@bp.post("/lists/<key>/accept")
def accept(wave_id: int, key: str) -> ResponseReturnValue:
    """Take over everybody of a list who has no problem."""
    found = access.wave(wave_id)
    pending, sheet = _pending(found, key), Sheet(request.form)
    try:
        number = accepting.accept_list(
            database.session(), found, instrument_of(found), pending, secret_key=settings().secret_key
        )
    except accepting.NobodyToAdd as refused:
        sheet.refuse("list", str(refused), anchor="problems")
        return _preview(found, pending, sheet), 422
    note(found, "added people", people_in_words(number))
    return done(
        found, gettext("%(people)s added. Nobody has been written to yet.", people=people_in_words(number))
    )


@bp.post("/lists/<key>/discard")
def discard(wave_id: int, key: str) -> ResponseReturnValue:
    """Forget an uploaded list."""
    found = access.wave(wave_id)
    accepting.discard_list(database.session(), _pending(found, key))
    return done(found, gettext("The list is discarded. Nobody was added."))


def _sent_file() -> bytes:
    """The bytes of the file that was sent; none where there is no file."""
    file = request.files.get("list")
    if file is None:
        return b""
    with closing(file):
        content: bytes = file.read()
        return content


def _audience(wave: Wave, name: str) -> Audience:
    found = next((audience for audience in wave.audiences if audience.value == name), None)
    return found or abort(404)


def _pending(wave: Wave, key: str) -> PendingList:
    """A list of whoever asks; 404 for anybody else's, and once it is accepted, discarded or a day old."""
    try:
        wanted = binascii.unhexlify(key) if len(key) == 32 else b""
    except ValueError:
        wanted = b""
    found = accepting.pending_list(database.session(), wave, wanted, owner=owner(), now=clock.now())
    return found or abort(404)


def _chosen(form: Mapping[str, str], width: int) -> dict[str, int]:
    """What was chosen for each column; the columns are numbered from the left."""
    chosen: dict[str, int] = {}
    for place in range(width):
        field = form.get(f"column-{place}", "")
        if field and field in chosen:
            raise accepting.ColumnsRefused(gettext("Two columns cannot mean the same."))
        if field:
            chosen[field] = place
    return chosen


def _form(wave: Wave, audience: Audience, sheet: Sheet) -> str:
    fields = fields_of(wave, instrument_of(wave), audience)
    return render_template("invitations/add.html", wave=wave, audience=audience, sheet=sheet, fields=fields)


def _preview(wave: Wave, pending: PendingList, sheet: Sheet) -> str:
    instrument, table = instrument_of(wave), accepting.table_of(pending)
    checked = accepting.check_pending(database.session(), wave, instrument, pending)
    chosen, problems = accepting.columns_of(pending), together(checked.problems)
    return render_template(
        "invitations/preview.html",
        wave=wave,
        pending=pending,
        key=pending.id.hex(),
        sheet=sheet,
        checked=checked,
        fields=fields_of(wave, instrument, pending.audience),
        columns=[
            (
                place,
                name,
                {at: field for field, at in chosen.items()}.get(place, ""),
                _examples(table.rows, place),
            )
            for place, name in enumerate(table.header)
        ],
        shown=checked.people[:SHOWN],
        problems=problems[:PROBLEMS_SHOWN],
        more_problems=len(problems) > PROBLEMS_SHOWN,
        loss=loss_in_words(
            checked.losses, {field: table.header[place] for field, place in chosen.items()}, k=wave.k
        ),
    )


def _examples(rows: tuple[tuple[str, ...], ...], place: int) -> str:
    """The first few different values of a column."""
    values = dict.fromkeys(row[place] for row in rows[:SHOWN] if row[place].isprintable() and row[place])
    return ", ".join(textwrap.shorten(value, 40, placeholder=" …") for value in list(values)[:EXAMPLES])
