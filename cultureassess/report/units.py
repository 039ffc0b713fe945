"""A sheet for each unit: which rows of the heat map get one, what travels with it, and the files' names.

A sheet is made from the snapshot alone, of a row that the disclosure rules let through; nothing is computed
anew. It travels with a snapshot of its own, in which no other unit's figures and no comments stand, because
whoever gets the sheet of one unit need not read about the others.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from cultureassess.instruments.types import Side
from cultureassess.report.narrative.labels import NOBODY_SAID
from cultureassess.report.options import Options, OptionsError, Unit, usual_where_equal
from cultureassess.report.process import Request
from cultureassess.report.settled import EARLIEST
from cultureassess.snapshot.document import to_json
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Snapshot

NAME = 60
"""Most characters of a file's name before its ending."""


Requests = Mapping[str, Request]
"""File name to what is to be written."""


def units(snapshot: Snapshot) -> tuple[Unit, ...]:
    """The units that get a sheet: every shown row of the heat maps but those who preferred not to say.

    A row of everybody gets none: it would stand beside itself.
    """
    return tuple(
        unit
        for unit, cell in _rows(snapshot)
        if cell.withheld is None and cell.n is not None and cell.n != _everybody(snapshot, unit.side)
    )


def _everybody(snapshot: Snapshot, side: str) -> int:
    """How many answers a side has whose rows the heat maps show."""
    audiences = ("management", "staff") if side == Side.INSIDE else ("customer",)
    return sum(one.usable or 0 for one in snapshot.coverage if one.audience in audiences)


def without_sheet(snapshot: Snapshot) -> tuple[tuple[Unit, BreakdownCell], ...]:
    """The units whose row is withheld, with the row that says why."""
    return tuple((unit, cell) for unit, cell in _rows(snapshot) if cell.withheld is not None)


def _rows(snapshot: Snapshot) -> tuple[tuple[Unit, BreakdownCell], ...]:
    return tuple(
        (Unit(found.side, found.attribute, cell.value), cell)
        for found in snapshot.breakdowns
        for cell in found.cells
        if cell.value != NOBODY_SAID
    )


def row_of(snapshot: Snapshot, unit: Unit) -> tuple[Breakdown, BreakdownCell]:
    """The row of a unit and the heat map that it stands in.

    Raises:
        OptionsError: there is no such row, or it is withheld.
    """
    for found in snapshot.breakdowns:
        if (found.side, found.attribute) == (unit.side, unit.attribute):
            for cell in found.cells:
                if cell.value == unit.value and cell.withheld is None and cell.n is not None:
                    return found, cell
    raise OptionsError(f"The heat map shows no {unit.value!r} ({unit.attribute}).")


def narrowed(snapshot: Snapshot, unit: Unit) -> Snapshot:
    """The snapshot with the row of one unit and of no other, without comments and single statements.

    The fingerprint stays: it says which answers the figures are of.

    Raises:
        OptionsError: as :func:`row_of`.
    """
    found, cell = row_of(snapshot, unit)
    return replace(
        snapshot, breakdowns=(replace(found, cells=(cell,)),), pairs=(), comments=(), withheld=(), late=()
    )


def sheets(snapshot: Snapshot, options: Options) -> dict[str, Request]:
    """What to write for every unit that gets a sheet, by the name of its file.

    Args:
        options: of the whole report; what a consultant wrote about the whole stays out of a unit's sheet.
    """
    voice = replace(options.voice, note="", indices={}, recommendation="")
    plain = usual_where_equal(replace(options, voice=voice, sections=(), agreed=(), done=()))
    found = units(snapshot)
    return {
        name: Request(
            "pdf", to_json(narrowed(snapshot, unit)).decode(), replace(plain, unit=unit), earlier=None
        )
        for name, unit in zip(file_names(found), found, strict=True)
    }


def file_names(found: Sequence[Unit]) -> tuple[str, ...]:
    """A name for each sheet, different from all others: ``function-customer-service.pdf``.

    Letters and digits of any script, in lower case, and hyphens: no name leads out of its folder.
    """
    names: dict[str, None] = {}
    for unit in found:
        start = "customers" if unit.side == "outside" else ""
        plain = _plain(start, unit.attribute, unit.value)
        same = (plain, *(f"{plain}-{number}" for number in range(2, len(found) + 2)))
        names[next(name for name in same if name not in names)] = None
    return tuple(f"{name}.pdf" for name in names)


def _plain(*parts: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(part for part in parts if part)).lower()
    kept = (one if unicodedata.category(one)[0] in "LMN" else "-" for one in text)
    return re.sub("-+", "-", "".join(kept))[:NAME].strip("-") or "unit"


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files, in their order and without a date: the same files give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name, content in files.items():
            told = zipfile.ZipInfo(name, EARLIEST)
            told.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(told, content)
    return written.getvalue()
