"""Reading the packaged library, or saying exactly what is wrong with a file of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from cultureassess.practices.types import Library, Translation

FOLDER = Path(__file__).parent
ENGLISH = "en"
Kind = TypeVar("Kind", Library, Translation)
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")


class LibraryError(Exception):
    """A file of the library cannot be used; the message names the file and the reason."""


@cache
def languages() -> tuple[str, ...]:
    """English, then the languages that have a file, in alphabetical order."""
    found = (path.name.split(".")[1] for path in FOLDER.glob("practices.*.toml"))
    return ENGLISH, *sorted(found)


@cache
def library(language: str = ENGLISH) -> Library:
    """The practices in a language; in English where there is no file.

    Raises:
        LibraryError: a file is damaged, incomplete or for another version.
    """
    english = read_library(FOLDER / "practices.toml")
    if language == ENGLISH or language not in languages():
        return english
    return _in_language(english, read_translation(FOLDER / f"practices.{language}.toml", english))


def read_library(path: Path) -> Library:
    """Read and check the English file.

    Raises:
        LibraryError: no TOML, unknown or missing fields, a code twice or malformed, a blank text, an unknown
            source or function.
    """
    found = _decoded(path, Library)
    if problem := next(_library_problems(found), None):
        raise LibraryError(f"{path.name}: {problem}")
    return found


def read_translation(path: Path, english: Library) -> Translation:
    """Read a language file and compare it with the English one.

    Raises:
        LibraryError: as above, or it is for another version, or lacks or adds a practice.
    """
    found = _decoded(path, Translation)
    if problem := next(_translation_problems(found, english), None):
        raise LibraryError(f"{path.name}: {problem}")
    return found


def _decoded(path: Path, kind: type[Kind]) -> Kind:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise LibraryError(f"{path.name}: {error}") from error


def _library_problems(found: Library) -> Iterator[str]:
    codes = [practice.code for practice in found.practices]
    yield from (f"the code {code} stands twice" for code in sorted({c for c in codes if codes.count(c) > 1}))
    for practice in found.practices:
        if not _CODE.fullmatch(practice.code):
            yield f"the code {practice.code!r} is not made of small letters and hyphens"
        if not practice.sources or not set(practice.sources) <= set(found.sources):
            yield f"{practice.code} has no source, or an unknown one"
        if practice.function not in found.functions:
            yield f"{practice.code} has the unknown function {practice.function!r}"
        if not all(text.strip() for text in (practice.text, practice.instead, practice.first_step)):
            yield f"{practice.code} has an empty text"


def _translation_problems(found: Translation, english: Library) -> Iterator[str]:
    if found.version != english.version:
        yield f"is for version {found.version}, not {english.version}"
    wanted = {practice.code for practice in english.practices}
    for name, there, needed in (
        ("practice", set(found.practices), wanted),
        ("source", set(found.sources), set(english.sources)),
        ("function", set(found.functions), set(english.functions)),
    ):
        yield from (f"lacks the {name} {code}" for code in sorted(needed - there))
        yield from (f"has the unknown {name} {code}" for code in sorted(there - needed))
    for code, wording in found.practices.items():
        if not all(text.strip() for text in (wording.text, wording.instead, wording.first_step)):
            yield f"{code} has an empty text"


def _in_language(english: Library, found: Translation) -> Library:
    return msgspec.structs.replace(
        english,
        language=found.language,
        sources=found.sources,
        functions=found.functions,
        practices=tuple(
            msgspec.structs.replace(
                practice,
                text=found.practices[practice.code].text,
                instead=found.practices[practice.code].instead,
                first_step=found.practices[practice.code].first_step,
            )
            for practice in english.practices
        ),
    )
