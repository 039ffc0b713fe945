"""A questionnaire in another language: a file of texts, merged by id into the released instrument.

``customer_culture_v1.de.toml`` holds the texts of ``customer_culture_v1.toml`` under the same ids.
Codes, order and rules come from the released file alone, so that what is stored never depends on the
language. A file stays a draft until a named reviewer is entered in it (METHOD 1.5, rule 10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from cultureassess.instruments.loading import InstrumentError, build, read_tables
from cultureassess.instruments.registry import DATA, by_code
from cultureassess.instruments.types import Instrument

Address = Literal["formal", "informal"]
"""How insiders are spoken to; the outside is always addressed formally."""

_HEAD = ("base", "version", "language", "status", "reviewer", "organisation")
_TEXTS = frozenset(
    (
        *("title", "open_note", "labels", "dont_know", "name", "meaning", "options", "ends", "text"),
        *("inside", "customer", "customer_business"),
    )
)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

Texts = dict[str, str]
"""Place to text, for example ``items.CF1.inside`` or ``scale.labels.0``."""


class Translation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language file.

    Attributes:
        base, version: the instrument, and the version of it, whose texts these are.
        language: BCP 47 code.
        status: "draft" until a reviewer has read both voices side by side.
        reviewer: who that was; empty in a draft, and only there.
        organisation: how the organisation is named in a sentence, for example with the noun that Arabic
            needs; a wave may replace it.
        periods: the period of a wave as typed, to the words of this language.
        texts: everything that is read; place to text.
        informal: the texts inside that differ where people are on first-name terms.
    """

    base: str
    version: str
    language: str
    status: Literal["draft", "reviewed"]
    reviewer: str
    organisation: str
    periods: dict[str, str]
    texts: Texts
    informal: Texts


@cache
def languages(code: str) -> tuple[str, ...]:
    """The languages of a packaged instrument: its own first, the others in alphabetical order."""
    own = by_code(code).language
    return own, *sorted(path.stem.removeprefix(f"{code}.") for path in DATA.glob(f"{code}.*.toml"))


@cache
def in_language(code: str, language: str, address: Address = "formal") -> Instrument:
    """A packaged instrument in one of its languages; the same object for the same arguments.

    Args:
        address: "informal" for insiders who say "du" to each other; the same as "formal" in a language
            that makes no difference.

    Raises:
        InstrumentError: there is no such instrument or language, or its file is incomplete.
    """
    instrument = by_code(code)
    if language == instrument.language:
        return instrument
    found = translation(code, language)
    texts = found.texts | (found.informal if address == "informal" else {})
    tables = deepcopy(read_tables(DATA / f"{code}.toml"))
    for holder, key, place in _places(tables):
        holder[key] = texts[place]
    tables["language"] = language
    tables["period"] = found.periods[instrument.period]
    return build(tables, f"{code}.{language}.toml")


@cache
def translation(code: str, language: str) -> Translation:
    """A language file of a packaged instrument, checked against the instrument.

    Raises:
        InstrumentError: there is no such file, or :func:`read_translation` refuses it.
    """
    if language not in languages(code):
        raise InstrumentError(
            code, "", f"is not there in {language!r}; there is {', '.join(languages(code))}"
        )
    return read_translation(DATA / f"{code}.{language}.toml", DATA / f"{code}.toml")


def period_in(code: str, language: str, period: str) -> str:
    """A wave's period in the words of a language; as typed where the language file does not know it."""
    if language == by_code(code).language:
        return period
    return translation(code, language).periods.get(period, period)


def organisation_in(code: str, language: str, organisation: str) -> str:
    """The organisation's name as a sentence of this language needs it, for example with a noun before it."""
    if language == by_code(code).language:
        return organisation
    return translation(code, language).organisation.replace("{ORG}", organisation)


def read_translation(path: Path, base: Path) -> Translation:
    """Read a language file and compare it with the instrument whose texts it holds.

    Raises:
        InstrumentError: unreadable, for another version, a text missing, unknown or blank, other
            placeholders than in the instrument, or a status that does not fit the reviewer.
    """
    tables, original = read_tables(path), read_tables(base)
    found = _translation(tables, path.name)
    problem = next(_problems(found, original), None)
    if problem is not None:
        raise InstrumentError(path.name, *problem)
    return found


def texts_of(tables: Mapping[str, Any]) -> Texts:
    """Every text of an instrument's tables that a language file must translate."""
    return {place: holder[key] for holder, key, place in _places(tables)}


def _translation(tables: dict[str, Any], file: str) -> Translation:
    head = {name: tables.pop(name) for name in _HEAD if name in tables}
    parts = {
        "periods": tables.pop("periods", {}),
        "informal": dict(_leaves(tables.pop("informal", {}))),
        "texts": dict(_leaves(tables)),
    }
    try:
        return msgspec.convert({"organisation": "{ORG}", **head, **parts}, Translation, strict=True)
    except msgspec.ValidationError as error:
        raise InstrumentError(file, "", str(error)) from None


def _leaves(table: object, place: str = "") -> Iterator[tuple[str, Any]]:
    """The values of nested tables and lists, each with its place."""
    if isinstance(table, dict | list):
        entries = table.items() if isinstance(table, dict) else enumerate(table)
        for key, value in entries:
            yield from _leaves(value, f"{place}.{key}" if place else str(key))
    else:
        yield place, table


def _places(tables: Any, place: str = "", *, text: bool = False) -> Iterator[tuple[Any, Any, str]]:  # noqa: ANN401
    """Every text of an instrument: the table or list that holds it, its key there, and its place."""
    entries = tables.items() if isinstance(tables, dict) else enumerate(tables)
    for key, value in entries:
        name = _name(value, key)
        here = f"{place}.{name}" if place else name
        if isinstance(value, dict):
            if "code" in value and "audience" in value and "text" in value and "side" not in value:
                yield value, "text", here  # an option of the role question
            else:
                yield from _places(value, here)
        elif isinstance(value, list):
            yield from _places(value, here, text=key in _TEXTS)
        elif text or key in _TEXTS:
            yield tables, key, here


def _name(value: object, key: object) -> str:
    """An entry of a list goes by its id, a segment question by side and code, the rest by its key."""
    if not isinstance(value, dict) or not isinstance(key, int):
        return str(key)
    if "side" in value and "code" in value:
        return f"{value['side']}.{value['code']}"
    option = "text" in value and "side" not in value
    return str(key) if option else str(value.get("id") or value.get("code") or key)


def _problems(found: Translation, original: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if (found.base, found.version) != (original["code"], original["version"]):
        yield "", f"is for {found.base} {found.version}, not for {original['code']} {original['version']}"
    if (found.status == "reviewed") != bool(found.reviewer.strip()):
        yield "status", "is a draft until a reviewer is named, and reviewed from then on"
    if "{ORG}" not in found.organisation:
        yield "organisation", "does not contain {ORG}"
    if original["period"] not in found.periods:
        yield "periods", f"lacks {original['period']!r}"
    wanted = texts_of(original)
    for place in [place for place in wanted if place not in found.texts]:
        yield place, "is missing"
    yield from _text_problems(found.texts, wanted)
    yield from _text_problems(found.informal, wanted)


def _text_problems(texts: Texts, wanted: Texts) -> Iterator[tuple[str, str]]:
    for place, text in texts.items():
        if place not in wanted:
            yield place, "is not a text of the instrument"
        elif not text.strip():
            yield place, "is empty"
        elif _placeholders(text) != _placeholders(wanted[place]):
            yield place, f"must have the placeholders of {wanted[place]!r}"


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))
