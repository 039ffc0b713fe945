"""A respondent who stands in a file twice counts twice: refused, and found without keeping any name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cultureassess.snapshot.files.blocks import read_blocks
from cultureassess.snapshot.files.cells import Cells, Table, Words, split
from cultureassess.snapshot.files.columns import hashes
from cultureassess.snapshot.files.layout import read_header


def refuse(respondents: Words, table: Table, column: int, size_limit: int) -> None:
    """Refuse a file in which two rows have the same respondent id.

    Args:
        respondents: shape (rows,), the hashed ids. Two different ids may share a hash, so the file
            is read again before it is refused.

    Raises:
        FileError: names the second of two equal rows, and the line of the first.
    """
    ordered = np.sort(respondents)
    suspects = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not suspects.size:
        return
    seen: dict[str, int] = {}
    for cells in _cells(table, size_limit):
        cells.trim(column)
        for row in np.flatnonzero(np.isin(hashes(cells, column), suspects)):
            name, line = cells.text(column, int(row)), cells.line(int(row))
            if name in seen:
                reason = f"{{}} stands already in line {seen[name]}"
                raise cells.error(column, int(row), reason, "Keep one row for each respondent")
            seen[name] = line


def _cells(table: Table, size_limit: int) -> Iterator[Cells]:
    blocks = read_blocks(table.path, size_limit=size_limit)
    _, rest = read_header(table.path, next(blocks))
    yield split(rest, table)
    for block in blocks:
        yield split(block, table)
