"""The languages of the report: a catalogue ``report.po`` beside the pages' own, read once per process."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import cultureassess
from cultureassess.report.words import ENGLISH, Words

FOLDER = Path(cultureassess.__file__).parent / "locale"
FILE = Path("LC_MESSAGES") / "report.po"


@cache
def languages() -> tuple[str, ...]:
    """The languages that a report can be written in: English first, then those with a catalogue."""
    return ENGLISH.language, *sorted(path.parents[1].name for path in FOLDER.glob(f"*/{FILE}"))


@cache
def words_in(language: str) -> Words:
    """Sentences and numbers of a language.

    Raises:
        KeyError: the report does not speak it.
    """
    if language == ENGLISH.language:
        return ENGLISH
    if language not in languages():
        raise KeyError(language)
    compiled = io.BytesIO()
    with (FOLDER / language / FILE).open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Words(gettext.GNUTranslations(compiled), language)
