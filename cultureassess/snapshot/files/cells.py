"""Where every cell of a block begins and ends: CSV structure found for all records at once.

A million answers are read in about a second because nothing here loops over rows: separators and line
ends are looked up in the whole block, and quotation marks only switch off those inside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.answers import BoolArray
from cultureassess.snapshot.files.blocks import WHOLE_CELL, Block
from cultureassess.snapshot.files.errors import FileError, shown

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]
Words = NDArray[np.uint64]

_NEWLINE, _RETURN, _QUOTE, _SPACE, _TAB = b'\n\r" \t'
WORD: Final = 8
_MASKS: Final = np.array([(1 << 8 * n) - 1 for n in range(WORD)] + [2**64 - 1], dtype=np.uint64)


@dataclass(frozen=True)
class Table:
    """What all blocks of a file share: its name for messages, the column names and the separator."""

    path: Path
    header: tuple[str, ...]
    separator: str


@dataclass(frozen=True)
class Cells:
    """The cells of one block.

    ``starts`` and ``lengths`` have shape (columns, rows) and point into ``buffer``, without the
    quotation marks around a cell; ``ends`` = starts + lengths.
    """

    table: Table
    block: Block
    buffer: Bytes
    starts: Places
    ends: Places
    lengths: Places
    quoted: bool

    def __len__(self) -> int:
        return int(self.starts.shape[1])

    def text(self, column: int, row: int) -> str:
        """The text of one cell, doubled quotation marks undone, spaces around it cut off."""
        text = self.block.data[self.starts[column, row] : self.ends[column, row]].decode("utf-8")
        return (text.replace('""', '"') if self.quoted else text).strip()

    def line(self, row: int) -> int:
        """The line of the file in which a row begins."""
        return self.block.line + self.block.data.count(b"\n", 0, int(self.starts[0, row]))

    def error(self, column: int, row: int, reason: str, remedy: str) -> FileError:
        """Return the error of one cell; ``{}`` in the reason stands for what the cell says."""
        said = reason.replace("{}", f"“{shown(self.text(column, row))}”")
        name = self.table.header[column]
        return FileError(self.table.path, said, remedy, line=self.line(row), column=name)

    def trim(self, column: int) -> None:
        """Cut the spaces and tabs around the cells of a column off, in place."""
        for ends, step in ((self.starts, 1), (self.ends, -1)):
            while True:
                edge = self.buffer[ends[column] - (step < 0)]
                blank = (self.lengths[column] > 0) & ((edge == _SPACE) | (edge == _TAB))
                if not blank.any():
                    break
                ends[column] += step * blank
                self.lengths[column] -= blank

    def words(self, column: int, number: int) -> Words:
        """Bytes 8*number to 8*number + 7 of every cell as one integer, zero beyond the cell's end."""
        size = len(self.buffer) - WORD
        words = np.ndarray((size,), "<u8", buffer=self.buffer.data, strides=(1,))
        there = np.clip(self.lengths[column] - WORD * number, 0, WORD)
        places = np.minimum(self.starts[column] + WORD * number, size - 1)
        return np.asarray(words[places] & _MASKS[there], dtype=np.uint64)


def split(block: Block, table: Table) -> Cells:
    """Find the cells of a block; blank lines and rows without any content are left out.

    Raises:
        FileError: a row with too few or too many cells, or a quotation mark inside a cell that does
            not begin with one.
    """
    # Eight bytes more, so that a whole word can be read at the last cell.
    buffer = np.frombuffer(block.data + bytes(WORD), dtype=np.uint8)
    text = buffer[:-WORD]
    quoted = b'"' in block.data
    breaks = (text == ord(table.separator)) | (text == _NEWLINE)
    if quoted:
        breaks &= ~_inside_quotes(text, block, table)
    ends = np.flatnonzero(breaks)
    starts = np.concatenate([[0], ends + 1])[:-1]
    starts, ends = _as_rows(starts, ends, text, block, table)
    _cut_returns(ends, starts, text)
    starts, ends = _without_empty(starts, ends)
    starts, ends = np.ascontiguousarray(starts.T), np.ascontiguousarray(ends.T)
    if quoted:
        around = (ends - starts >= 2) & (text[starts] == _QUOTE) & (text[ends - 1] == _QUOTE)
        starts, ends = starts + around, ends - around
    return Cells(table, block, buffer, starts, ends, ends - starts, quoted)


def _inside_quotes(text: Bytes, block: Block, table: Table) -> BoolArray:
    """Tell which bytes stand between quotation marks.

    A mark may only open at the start of a cell and close at its end; a doubled one closes and opens again.
    """
    is_mark = text == _QUOTE
    marks = np.flatnonzero(is_mark)
    limit = np.zeros(256, dtype=np.bool_)
    limit[[ord(table.separator), _NEWLINE, _RETURN, _QUOTE]] = True
    # The block ends with a line end, so that the byte "before" its first one is a limit as well.
    opening, closing = marks[::2], marks[1::2]
    stray = np.concatenate([opening[~limit[text[opening - 1]]], closing[~limit[text[closing + 1]]]])
    if stray.size:
        line = block.line + block.data.count(b"\n", 0, int(stray.min()))
        raise FileError(table.path, "a quotation mark stands inside a cell", WHOLE_CELL, line=line)
    return np.logical_xor.accumulate(is_mark)


def _as_rows(starts: Places, ends: Places, text: Bytes, block: Block, table: Table) -> tuple[Places, Places]:
    width = len(table.header)
    closing = text[ends] == _NEWLINE
    if not _regular(closing, width):
        kept = ~_blank_lines(starts, ends, closing, text)
        starts, ends, closing = starts[kept], ends[kept], closing[kept]
    if not _regular(closing, width):
        raise _wrong_count(starts, closing, block, table)
    return starts.reshape(-1, width), ends.reshape(-1, width)


def _regular(closing: BoolArray, width: int) -> bool:
    """Whether every row has ``width`` cells: a line end after each ``width`` cells and nowhere else."""
    rows, rest = divmod(len(closing), width)
    return rest == 0 and int(closing.sum()) == rows and bool(closing[width - 1 :: width].all())


def _blank_lines(starts: Places, ends: Places, closing: BoolArray, text: Bytes) -> BoolArray:
    first = np.concatenate([[True], closing[:-1]])
    lengths = ends - starts
    empty = (lengths == 0) | ((lengths == 1) & (text[starts] == _RETURN))
    return np.asarray(first & closing & empty)


def _wrong_count(starts: Places, closing: BoolArray, block: Block, table: Table) -> FileError:
    counts = np.diff(np.flatnonzero(closing), prepend=-1)
    row = int(np.flatnonzero(counts != len(table.header))[0])
    start = int(starts[int(counts[:row].sum())])
    reason = f"{counts[row]} cells, but the header has {len(table.header)}"
    remedy = f"Check the separators ({table.separator!r}) in this line"
    line = block.line + block.data.count(b"\n", 0, start)
    return FileError(table.path, reason, remedy, line=line)


def _cut_returns(ends: Places, starts: Places, text: Bytes) -> None:
    """Take the carriage return of a Windows line end off the last cell, in place."""
    last = ends[:, -1]
    last -= (last > starts[:, -1]) & (text[last - 1] == _RETURN)


def _without_empty(starts: Places, ends: Places) -> tuple[Places, Places]:
    """Leave out rows of separators only, as spreadsheets write below the data."""
    if not (starts[:, 0] == ends[:, 0]).any():
        return starts, ends
    kept = (starts != ends).any(axis=1)
    return starts[kept], ends[kept]
