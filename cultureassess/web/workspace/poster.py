"""The poster of an open link: a QR code and a short address on one A4 page, written by a process of its own.

As with the report, a web worker must not hold the layout engine's memory afterwards.
"""

from __future__ import annotations

import subprocess
import sys

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from cultureassess.models import OpenLink, State
from cultureassess.services import links
from cultureassess.web import access, qr
from cultureassess.web.survey import fields
from cultureassess.web.survey.visit import Visit

bp = Blueprint("poster", __name__, url_prefix="/workspace")

SECONDS = 60

PROGRAM = """
import sys
from weasyprint import HTML
from cultureassess.report.pdf.resources import fetcher
page = HTML(string=sys.stdin.buffer.read().decode(), base_url="about:blank", url_fetcher=fetcher())
sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))
"""


@bp.get("/waves/<int:wave_id>/links/<int:link_id>/poster.pdf")
def poster(wave_id: int, link_id: int) -> ResponseReturnValue:
    """The poster of one open link, in the wave's first language or in ``?lang=``."""
    found = access.wave(wave_id)
    link = access.link(found, link_id)
    if link.revoked or found.state is not State.OPEN:
        abort(404)
    return Response(pdf(poster_page(link)), mimetype="application/pdf")


def poster_page(link: OpenLink) -> str:
    """The poster as a page for the layout engine."""
    settings = current_app.extensions["settings"]
    visit = Visit(links.door_of(link), links.new_token())
    visit.speak()
    short = links.short_code(link, secret_key=settings.secret_key)
    token = links.open_link_token(link, secret_key=settings.secret_key)
    return render_template(
        "survey/poster.html",
        visit=visit,
        picture=qr.svg(f"{settings.base_url}/s/{token}"),
        short=f"{settings.base_url.partition('://')[2]}/a/{short}" if link.short_hash else "",
        minutes=fields.minutes(visit.pages(visit.door.audience)),
        coded=link.code_hash is not None,
        contact=visit.contact,
    )


def pdf(page: str) -> bytes:
    """A page as a PDF.

    Raises:
        ServiceUnavailable: the process failed or took longer than ``SECONDS``; the reason is in the log.
    """
    command = [sys.executable, "-c", PROGRAM]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command; the page comes in as data
            command, input=page.encode(), stdout=subprocess.PIPE, timeout=SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise ServiceUnavailable from error
    return done.stdout
