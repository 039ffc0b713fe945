"""Public files that carry a brand: a colour as a style sheet, a logo as a picture. Neither names a client.

The content security policy allows no inline style, so a colour comes as a style sheet of its own. Its address
is the colour and nothing else: it never changes, and browsers may keep it for ever.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue

from cultureassess.models import Consultancy, Organisation
from cultureassess.services import accents, branding
from cultureassess.web import database
from cultureassess.web.headers import YEAR

bp = Blueprint("branding", __name__, url_prefix="/brand")

_DIGITS = re.compile(r"[0-9a-f]{6}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{32}", re.ASCII)


@bp.get("/<digits>.css")
def style_sheet(digits: str) -> ResponseReturnValue:
    """A colour as our tokens, for both themes."""
    if not _DIGITS.fullmatch(digits) or not accents.passes(f"#{digits}"):
        abort(404)
    return _for_ever(css(accents.accent(f"#{digits}")).encode(), "text/css")


@bp.get("/logo/<digest>")
def logo(digest: str) -> ResponseReturnValue:
    """A stored logo."""
    found = branding.logo_by_digest(database.session(), digest) if _DIGEST.fullmatch(digest) else None
    if found is None:
        abort(404)
    return _for_ever(found.image, found.mimetype)


def css(accent: accents.Accent) -> str:
    """The style sheet of a colour; it overrides static/css/tokens.css."""
    light, dark = (
        "".join(f"--color-{name}:{value};" for name, value in theme.items())
        for theme in (accent.light, accent.dark)
    )
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"


@bp.app_template_global("brand_style")
def style_address(organisation: Organisation) -> str:
    """The address of a client's colour; "" without one, or if the stored one cannot be read any more."""
    colour = organisation.accent
    if colour is None or not accents.passes(colour):
        return ""
    return url_for("branding.style_sheet", digits=colour.removeprefix("#"))


@bp.app_template_global("brand_logo")
def logo_address(owner: Organisation | Consultancy) -> str:
    """The address of a logo; "" without one."""
    return url_for("branding.logo", digest=owner.logo_digest) if owner.logo_digest else ""


def _for_ever(content: bytes, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = YEAR
    return response
