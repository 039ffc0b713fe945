"""Read how many people belong to each segment: a CSV of four columns (METHOD 2.8)."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from cultureassess.snapshot.files.errors import FileError, shown
from cultureassess.snapshot.settings import WEIGHTABLE, Weights

COLUMNS = ("group", "attribute", "segment", "people")


def read_weights(path: Path) -> dict[str, Weights]:
    """Read the weights of a wave, for :class:`cultureassess.snapshot.settings.Settings`.

    Raises:
        FileError: not UTF-8, other columns, an unknown group, two attributes for one group, a segment named
            twice, or a number of people that is not above 0.
    """
    found: dict[str, Weights] = {}
    for line, (group, attribute, segment, people) in _rows(path):
        if group not in WEIGHTABLE:
            raise FileError(
                path, f"{shown(group)} cannot be weighted", f"Write {' or '.join(WEIGHTABLE)}.", line=line
            )
        before = found.get(group)
        if before is not None and before.attribute != attribute:
            raise FileError(
                path, f"{group} is weighted by two attributes", f"Keep {shown(before.attribute)}.", line=line
            )
        known = {} if before is None else before.people
        if segment in known:
            raise FileError(path, f"{shown(segment)} is there twice", "Delete one of the lines.", line=line)
        found[group] = Weights(attribute, {**known, segment: _people(path, line, people)})
    return found


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Every line that is not empty, with its number, after the header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader, [])]
            if header != list(COLUMNS):
                raise FileError(path, "the columns are others", f"Write {','.join(COLUMNS)}.", line=1)
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(row)]
    except UnicodeDecodeError as error:
        raise FileError(path, "the file is not UTF-8", "Save it as CSV UTF-8.") from error
    for line, row in rows:
        if len(row) != len(COLUMNS):
            raise FileError(path, f"{len(row)} cells instead of {len(COLUMNS)}", "Mend the line.", line=line)
    return rows


def _people(path: Path, line: int, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise FileError(
            path,
            f"{shown(text)} is no number of people",
            "Write a number above 0.",
            line=line,
            column="people",
        )
    return number
