"""The packaged instruments, and the guard that released wordings never change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from cultureassess.instruments.loading import InstrumentError, load, read_tables
from cultureassess.instruments.types import Instrument

DATA = Path(__file__).parent / "data"


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is remembered of a released instrument: a hash of its content, and its wordings in the open."""

    code: str
    version: str
    sha256: str
    items: dict[str, list[str | None]]
    """Item id to its [inside, customer] wording."""


@cache
def available() -> tuple[str, ...]:
    """The codes of the packaged instruments, sorted; a second dot in a name marks a translation."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml") if "." not in path.stem))


def by_code(code: str) -> Instrument:
    """A packaged instrument by its code, for example ``customer_culture_v1``.

    Raises:
        InstrumentError: no packaged instrument has this code.
    """
    if code not in available():
        raise InstrumentError(code, "", f"no such instrument; there is {', '.join(available())}")
    return load(DATA / f"{code}.toml")


def release_of(path: Path) -> Release:
    """What ``released.json`` must hold for an instrument file.

    The hash is of the content (tables with sorted keys), so that comments and layout of the file are free.

    Raises:
        InstrumentError: as :func:`cultureassess.instruments.loading.load`.
    """
    instrument = load(path)
    return Release(
        code=instrument.code,
        version=instrument.version,
        sha256=_content_hash(read_tables(path)),
        items={item.id: [item.inside, item.customer] for item in instrument.rated},
    )


def verify(folder: Path = DATA) -> None:
    """Check that every released instrument is there and says what it said when it was released.

    Raises:
        InstrumentError: names the first released file that is missing or changed, and what changed.
    """
    for released in msgspec.json.decode((folder / "released.json").read_bytes(), type=list[Release]):
        file = f"{released.code}.toml"
        if difference := next(_differences(released, release_of(folder / file)), None):
            raise InstrumentError(file, "", f"is released and must not change: {difference}")


def _differences(released: Release, found: Release) -> Iterator[str]:
    if released.code != found.code or released.version != found.version:
        yield f"{released.code} {released.version} is now {found.code} {found.version}"
    if list(released.items) != list(found.items):
        yield "items were added, removed or reordered"
    for id_, wordings in released.items.items():
        if found.items.get(id_) != wordings:
            yield f"the wording of {id_}"
    if released.sha256 != found.sha256:
        yield "its content, apart from the items' wordings"


def _content_hash(tables: dict[str, Any]) -> str:
    text = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
