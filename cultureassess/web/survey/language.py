"""Which language a respondent reads: the link's, the one chosen before, or the browser's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flask import Response, after_this_request, current_app, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from cultureassess.web import i18n

COOKIE_DAYS = 30


def choose(offered: Sequence[str], drafted: str | None = None) -> str:
    """Choose among the languages offered, and keep a choice that somebody made.

    In this order: ``?lang=`` of a link or of the switch, the choice kept in this browser, the language of
    the draft, what the browser asks for, the first one offered.
    """
    asked = request.args.get("lang", "")
    if asked in offered:
        keep(asked)
    made = (asked, request.cookies.get(current_app.config["LANGUAGE_COOKIE"], ""), drafted or "")
    for wanted in made:
        if wanted in offered:
            return wanted
    return _preferred(request.headers.get("Accept-Language", ""), tuple(offered))


@lru_cache(256)
def _preferred(header: str, offered: tuple[str, ...]) -> str:
    """What a browser asks for among the languages offered; the first one where it asks for none of them."""
    return parse_accept_header(header, LanguageAccept).best_match(offered) or offered[0]


def asked(offered: Sequence[str]) -> str:
    """The language of ``?lang=``, else the first one offered. Nothing is kept: for a preview."""
    wanted = request.args.get("lang", "")
    return wanted if wanted in offered else offered[0]


def keep(language: str) -> None:
    """Put the chosen language into a cookie of the answer."""

    @after_this_request
    def add(response: Response) -> Response:
        response.set_cookie(
            current_app.config["LANGUAGE_COOKIE"],
            language,
            max_age=COOKIE_DAYS * 24 * 3600,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
            path="/",
        )
        return response


def speak_to_anybody() -> None:
    """Choose the language of a page that belongs to no questionnaire: thanks, an error, the statement."""
    i18n.speak(choose(i18n.languages()))
