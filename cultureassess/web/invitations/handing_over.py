"""Letters to print, and lists to hand over: each link is shown once, then only its hash remains."""

from __future__ import annotations

import csv
import io

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from cultureassess import clock
from cultureassess.instruments.types import Audience
from cultureassess.models import Wave
from cultureassess.services import letters, questions, wordings
from cultureassess.services.letters import Handed, Who
from cultureassess.snapshot.files.formulas import guarded
from cultureassess.web import access, database, i18n, qr
from cultureassess.web.invitations.blueprint import bp, instrument_of, note, people_in_words, settings
from cultureassess.web.survey import fields
from cultureassess.web.workspace import poster


@bp.get("/letters", endpoint="letters")
def show_letters(wave_id: int) -> ResponseReturnValue:
    """Who can be given a letter or stand on a list."""
    found = access.wave(wave_id)
    return render_template(
        "invitations/letters.html",
        wave=found,
        groups=letters.waiting_for_letters(database.session(), found),
        most=letters.AT_ONCE,
    )


@bp.post("/letters/print")
def print_letters(wave_id: int) -> ResponseReturnValue:
    """The letters of a group as one PDF; their links are new, and stored as hashes alone."""
    found = access.wave(wave_id)
    audience, who = _group(found)
    handed = letters.make_letters(
        database.session(), found, audience, who, secret_key=settings().secret_key, now=clock.now()
    )
    file = poster.pdf(_pages(found, handed))
    note(found, "printed letters", people_in_words(len(handed)))
    database.session().commit()
    return _file(file, "application/pdf", f"letters-{found.id}-{audience.value}.pdf")


@bp.post("/letters/list")
def list_links(wave_id: int) -> ResponseReturnValue:
    """The links of a group as a CSV file, for somebody else to pass on."""
    found = access.wave(wave_id)
    audience, who = _group(found)
    handed = letters.hand_over(database.session(), found, audience, who, now=clock.now())
    file = _csv(handed).encode("utf-8-sig")
    note(found, "handed over a list of links", people_in_words(len(handed)))
    database.session().commit()
    return _file(file, "text/csv; charset=utf-8", f"links-{found.id}-{audience.value}.csv")


def _group(wave: Wave) -> tuple[Audience, Who]:
    """The audience and the group that were chosen; 400 for any other."""
    named, _, wanted = request.form.get("group", "").partition(".")
    audience = next((one for one in wave.audiences if one.value == named), None)
    who = next((one for one in Who if one.value == wanted), None)
    if audience is None or who is None:
        abort(400)
    return audience, who


def _pages(wave: Wave, handed: list[Handed]) -> str:
    """One page a person, each in its language, for the layout engine."""
    pages = "".join(_page(wave, one) for one in handed)
    i18n.speak(i18n.SOURCE)
    return render_template("invitations/letters_document.html", wave=wave, pages=pages)


def _page(wave: Wave, one: Handed) -> str:
    informal = wave.informal and one.invitee.audience.side.value == "inside"
    i18n.speak(one.invitee.language, informal=informal)
    base = settings().base_url
    invitation = one.invitee.invitation
    plan = questions.pages(wave, instrument_of(wave), one.invitee.audience, invitation)
    right_to_left = one.invitee.language.split("-")[0] in i18n.RIGHT_TO_LEFT
    return render_template(
        "survey/letter.html",
        wave=wave,
        invitee=one.invitee,
        direction="rtl" if right_to_left else "ltr",
        organisation=wordings.organisation_name(wave, one.invitee.language),
        side=one.invitee.audience.side.value,
        picture=qr.svg(f"{base}/s/{one.token}"),
        address=f"{base.partition('://')[2]}/code",
        code=one.code,
        minutes=fields.minutes(plan),
        contact=settings().contact,
    )


def _csv(handed: list[Handed]) -> str:
    """Name, address, language and link; no cell can be run as a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(["name", "email", "language", "link"])
    for one in handed:
        link = f"{settings().base_url}/s/{one.token}"
        writer.writerow(
            map(guarded, (one.invitee.name, one.invitee.address or "", one.invitee.language, link))
        )
    return written.getvalue()


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
