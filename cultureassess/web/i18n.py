"""UI texts through gettext. English is the source language; a catalogue is all that another one needs.

The catalogues are ``locale/<language>/LC_MESSAGES/messages.po``, read once per process, so that nothing
has to be compiled. ``locale/<language>@informal`` holds only the texts that differ where insiders are on
first-name terms. The staff pages are English for the time being.
"""

from __future__ import annotations

import datetime as dt
import gettext as catalogues
import io
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, g

FOLDER = Path(__file__).parents[1] / "locale"
FILE = Path("LC_MESSAGES") / "messages.po"
SOURCE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@cache
def languages() -> tuple[str, ...]:
    """The languages that respondent pages speak: English first, then those with a catalogue."""
    found = (path.parents[1].name for path in FOLDER.glob(f"*/{FILE}"))
    return SOURCE, *sorted(name for name in found if "@" not in name)


@cache
def catalogue(language: str, *, informal: bool = False) -> catalogues.NullTranslations:
    """The texts of a language; the English source where it has no catalogue."""
    formal = _read(language) or catalogues.NullTranslations()
    differing = _read(f"{language}@informal") if informal else None
    if differing is None:
        return formal
    differing.add_fallback(formal)
    return differing


def _read(name: str) -> catalogues.GNUTranslations | None:
    path = FOLDER / name / FILE
    if name.partition("@")[0] not in languages() or not path.is_file():
        return None
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=name.partition("@")[0]))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def speak(language: str, *, informal: bool = False) -> None:
    """Choose the language of this request's page, and how it addresses its reader."""
    g.language = language
    g.texts = catalogue(language, informal=informal)


def language() -> str:
    """The language of this request's page."""
    chosen: str = g.get("language", SOURCE)
    return chosen


def texts() -> catalogues.NullTranslations:
    """The texts of this request's page: one object for each language and way of address."""
    found: catalogues.NullTranslations | None = g.get("texts")
    return catalogue(SOURCE) if found is None else found


def gettext(message: str, **values: object) -> str:
    """Translate a text and fill in its ``%(name)s`` places."""
    translated = texts().gettext(message)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate a text that depends on a number, which is ``%(num)s``."""
    return texts().ngettext(singular, plural, number) % {"num": number, **values}


def date(day: dt.date) -> str:
    """A date in words, as the page's language writes it: ``22 November 2026``."""
    locale = "en_GB" if language() == SOURCE else language()
    return format_date(day, format="long", locale=locale)


def number(value: float) -> str:
    """A number as the page's language writes it: ``4,009``."""
    return format_decimal(value, locale=language())


@cache
def own_name(language: str) -> str:
    """What a language calls itself: ``Deutsch``, ``العربية``."""
    name = Locale.parse(language, sep="-").get_display_name() or language
    return name[:1].upper() + name[1:]


def direction_of(language: str) -> str:
    """Which way a language is written: ``ltr`` or ``rtl``."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def init_app(app: Flask) -> None:
    """Give templates ``_()`` and ``ngettext()``, and the page its language and direction."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(
        lambda message: texts().gettext(message),
        lambda one, many, count: texts().ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals.update(own_name=own_name, direction_of=direction_of)
    app.jinja_env.filters.update(day_in_words=date)

    @app.context_processor
    def page_language() -> dict[str, str]:
        return {"language": language(), "direction": direction_of(language())}
