"""Read an instrument from its TOML file, or say exactly why it cannot be used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from cultureassess.instruments.rules import first_problem
from cultureassess.instruments.types import Instrument

_WHERE = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_ENTRY = re.compile(r"(?P<table>\w+)\[(?P<place>\d+)\]")


class InstrumentError(Exception):
    """An instrument that cannot be used: which file, which table in it, and the reason."""

    def __init__(self, file: str, table: str, reason: str) -> None:
        super().__init__(": ".join(part for part in (file, table, reason) if part))
        self.file = file
        self.table = table
        self.reason = reason


def load(path: Path) -> Instrument:
    """Read and validate one instrument file; a file read before is not read again while unchanged.

    Args:
        path: a UTF-8 TOML file with the fields of :class:`Instrument`.

    Raises:
        InstrumentError: the file is missing, no UTF-8, no TOML, has unknown or missing fields or
            wrong types, or breaks a rule of :mod:`cultureassess.instruments.rules`.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise InstrumentError(path.name, "", error.strerror or "cannot be read") from None
    return _load_once(path, state.st_mtime_ns, state.st_size)


@cache
def _load_once(path: Path, _changed: int, _size: int) -> Instrument:
    return build(read_tables(path), path.name)


def read_tables(path: Path) -> dict[str, Any]:
    """The tables of a TOML file, unchecked.

    Raises:
        InstrumentError: the file cannot be read, is not UTF-8 or is not TOML.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise InstrumentError(path.name, "", error.strerror or "cannot be read") from None
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        raise InstrumentError(path.name, "", reason) from None
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError(path.name, "", f"not valid TOML: {error}") from None


def build(tables: Mapping[str, Any], file: str) -> Instrument:
    """Turn parsed tables into a validated instrument; ``file`` is the name used in messages.

    Raises:
        InstrumentError: unknown or missing field, wrong type, or a broken rule.
    """
    try:
        instrument = msgspec.convert(tables, Instrument, strict=True)
    except msgspec.ValidationError as error:
        raise InstrumentError(file, *_table_and_reason(str(error), tables)) from None
    if problem := first_problem(instrument):
        raise InstrumentError(file, problem.table, problem.reason)
    return instrument


def _table_and_reason(message: str, tables: Mapping[str, Any]) -> tuple[str, str]:
    """Split msgspec's "reason - at `$.items[3].tag`" and add the entry's own id to the place."""
    found = _WHERE.search(message)
    if found is None:
        return "", message
    return _named(found["path"], tables), message[: found.start()]


def _named(path: str, tables: Mapping[str, Any]) -> str:
    entry = _ENTRY.match(path)
    if entry is None:
        return path
    fields = tables[entry["table"]][int(entry["place"])]
    name = fields.get("id") or fields.get("code") if isinstance(fields, dict) else None
    return f"{entry[0]} ({name}){path[entry.end() :]}" if name else path
