"""UI texts through gettext. English is the source language; a catalogue is all that another one needs."""

from __future__ import annotations

import gettext as catalogues
from pathlib import Path

from flask import Flask, g

FOLDER = Path(__file__).parents[1] / "locale"
DOMAIN = "cultureassess"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def catalogue(language: str) -> catalogues.NullTranslations:
    """The texts of a language; the English source where it has no catalogue."""
    return catalogues.translation(DOMAIN, FOLDER, [language], fallback=True)


def language() -> str:
    """The language of this request's page."""
    chosen: str = g.get("language", "en")
    return chosen


def gettext(message: str, **values: object) -> str:
    """Translate a text and fill in its ``%(name)s`` places."""
    translated = catalogue(language()).gettext(message)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate a text that depends on a number, which is ``%(num)s``."""
    return catalogue(language()).ngettext(singular, plural, number) % {"num": number, **values}


def init_app(app: Flask) -> None:
    """Give templates ``_()`` and ``ngettext()``, and the page its language and direction."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(
        lambda message: catalogue(language()).gettext(message),
        lambda one, many, number: catalogue(language()).ngettext(one, many, number),
        newstyle=True,
    )

    @app.context_processor
    def page_language() -> dict[str, str]:
        direction = "rtl" if language().split("-")[0] in RIGHT_TO_LEFT else "ltr"
        return {"language": language(), "direction": direction}
