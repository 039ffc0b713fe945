"""One column of a block as numbers: what is plain is read for all rows at once, the rest cell by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cultureassess.scoring.answers import DONT_KNOW, NOT_GIVEN, SKIPPED, FloatArray, PointArray, Segment
from cultureassess.snapshot.files.cells import WORD, Cells, Places, Words
from cultureassess.snapshot.files.formulas import unguarded

Codes = NDArray[np.int32]
Check = Callable[[str], tuple[str, str] | None]
"""Takes a new text of a column and returns (reason, remedy) if it may not stand there."""

_FAST_DIGITS: Final = 5
_ODD: Final = 255
_DECIMAL: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?")

_LONGEST_TEXT: Final = 255
_LONGEST_NUMBER: Final = 25
_GOLDEN: Final = np.array(0x9E3779B97F4A7C15, dtype=np.uint64)
_MIXER: Final = np.array(0xC2B2AE3D27D4EB4F, dtype=np.uint64)


def points(cells: Cells, rated: Sequence[int], scale_points: int) -> PointArray:
    """Read the answers to rated items.

    Args:
        cells: the block.
        rated: the columns of the items.
        scale_points: number of labelled points, 2 to 9.

    Returns:
        Shape (items, rows): ``SKIPPED``, 1..scale_points or ``DONT_KNOW``.

    Raises:
        FileError: a cell that is neither empty, nor a point of the scale, nor "DK".
    """
    meaning = np.full(256, _ODD, dtype=np.uint8)
    meaning[ord("1") : ord("1") + scale_points] = np.arange(1, scale_points + 1)
    meanings = meaning[cells.buffer]
    values = np.empty((len(rated), len(cells)), dtype=np.uint8)
    for row, column in zip(values, rated, strict=True):
        lengths = cells.lengths[column]
        meanings.take(cells.ends[column] - 1, out=row, mode="wrap")
        np.multiply(row, lengths > 0, out=row)  # an empty cell: SKIPPED
        odd = np.flatnonzero((row == _ODD) | (lengths > 1))
        if odd.size:
            _read_odd(cells, column, row, odd, scale_points)
    return values


def _read_odd(cells: Cells, column: int, values: PointArray, odd: Places, scale_points: int) -> None:
    """Read the cells that are not one plain digit, in place: "DK", spaces, or an error."""
    last = cells.ends[column][odd]
    letters = cells.buffer[last - 2] | 0x20, cells.buffer[last - 1] | 0x20
    unknown = (cells.lengths[column][odd] == 2) & (letters[0] == ord("d")) & (letters[1] == ord("k"))
    values[odd[unknown]] = DONT_KNOW
    for row in odd[~unknown]:
        values[row] = _point(cells, column, int(row), scale_points)


def _point(cells: Cells, column: int, row: int, scale_points: int) -> int:
    text = cells.text(column, row).upper()
    if text == "":
        return SKIPPED
    if text == "DK":
        return DONT_KNOW
    if len(text) == 1 and "1" <= text <= str(scale_points):
        return int(text)
    reason = f"{{}} is no answer from 1 to {scale_points}"
    raise cells.error(column, row, reason, "Leave it empty if skipped, write DK for “can't judge”")


def whole_numbers(cells: Cells, column: int, low: int, high: int) -> NDArray[np.int16]:
    """Read whole numbers between two bounds: shape (rows,), -1 where the cell is empty.

    Raises:
        FileError: a cell that is neither empty nor such a number.
    """
    numbers, odd = _plain_numbers(cells, column)
    for row in odd:
        text = cells.text(column, int(row))
        plain = text.isdecimal() and text.isascii() and len(text) <= _LONGEST_NUMBER
        number = int(text) if plain else high + 1
        numbers[row] = min(number, high + 1) if text else NOT_GIVEN
    given = cells.lengths[column] > 0
    given[odd] = numbers[odd] != NOT_GIVEN
    outside = np.flatnonzero(given & ((numbers < low) | (numbers > high)))
    if outside.size:
        reason = f"{{}} is no whole number from {low} to {high}"
        raise cells.error(column, int(outside[0]), reason, "Correct it, or leave it empty if not answered")
    return numbers.astype(np.int16)


def seconds(cells: Cells, column: int) -> FloatArray:
    """Read durations in seconds, 0 or more, decimals allowed: shape (rows,), NaN where empty.

    Raises:
        FileError: a cell that is neither empty nor such a number.
    """
    numbers, odd = _plain_numbers(cells, column)
    values = numbers.astype(np.float64)
    values[numbers == NOT_GIVEN] = np.nan
    for row in odd:
        text = cells.text(column, int(row))
        if text and (not _DECIMAL.fullmatch(text) or len(re.split("[.,]", text)[0]) > _LONGEST_NUMBER):
            raise cells.error(
                column, int(row), "{} is no number of seconds", "Write for example 253 or 253.5"
            )
        values[row] = float(text.replace(",", ".")) if text else np.nan
    return values


def _plain_numbers(cells: Cells, column: int) -> tuple[Codes, Places]:
    """Read whole numbers of up to five digits, -1 where empty; and the rows that hold anything else."""
    lengths, ends = cells.lengths[column], cells.ends[column]
    numbers = np.where(lengths == 0, np.int32(NOT_GIVEN), np.int32(0))
    odd = lengths > _FAST_DIGITS
    for place in range(min(int(lengths.max(initial=0)), _FAST_DIGITS)):
        digit = cells.buffer[ends - 1 - place] - np.uint8(ord("0"))
        here = lengths > place
        odd |= here & (digit > 9)
        numbers += np.where(here, digit * np.int32(10**place), np.int32(0))
    return numbers, np.flatnonzero(odd)


def hashes(cells: Cells, column: int) -> Words:
    """Hash every cell to 64 bits; 0 is the empty cell. Cells of up to 8 bytes never collide.

    Raises:
        FileError: a cell is longer than 255 bytes.
    """
    lengths = cells.lengths[column]
    too_long = np.flatnonzero(lengths > _LONGEST_TEXT)
    if too_long.size:
        reason = f"{{}} is longer than {_LONGEST_TEXT} bytes"
        raise cells.error(column, int(too_long[0]), reason, "Shorten it; check that the columns are in place")
    total = cells.words(column, 0)
    for number in range(1, -(-int(lengths.max(initial=0)) // WORD)):
        # A zero word stays zero, so that the hash does not depend on the longest cell of the block.
        word = cells.words(column, number) * (_GOLDEN * np.uint64(2 * number + 1))
        total += (word ^ (word >> np.uint64(29))) * _MIXER
    return total


class Vocabulary:
    """The different texts of one column, numbered as they turn up in the file."""

    def __init__(self, check: Check | None = None) -> None:
        self._check = check
        self._place: dict[str, int] = {}
        self._known = np.zeros(1, dtype=np.uint64)
        self._places = np.full(1, NOT_GIVEN, dtype=np.int32)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self._place)

    def codes(self, cells: Cells, column: int) -> Codes:
        """Return the place of every row's text in ``values``, -1 where the cell is empty.

        Raises:
            FileError: a text that the check refuses.
        """
        keys = hashes(cells, column)
        at = self._find(keys)
        new = np.flatnonzero(self._known[at] != keys)
        if new.size:
            self._learn(cells, column, keys, new)
            at = self._find(keys)
        return self._places[at]

    def _find(self, keys: Words) -> Places:
        return np.minimum(np.searchsorted(self._known, keys), len(self._known) - 1)

    def _learn(self, cells: Cells, column: int, keys: Words, new: Places) -> None:
        _, first = np.unique(keys[new], return_index=True)
        rows = np.sort(new[first])
        places = [self._place_of(cells, column, int(row)) for row in rows]
        known = np.concatenate([self._known, keys[rows]])
        order = np.argsort(known)
        self._known = known[order]
        self._places = np.concatenate([self._places, np.array(places, dtype=np.int32)])[order]

    def _place_of(self, cells: Cells, column: int, row: int) -> int:
        text = unguarded(cells.text(column, row))
        if not text:
            return NOT_GIVEN
        if text not in self._place and self._check is not None and (refused := self._check(text)):
            raise cells.error(column, row, *refused)
        return self._place.setdefault(text, len(self._place))

    def in_order(self, codes: Codes, first: Sequence[str] = ()) -> Segment:
        """Renumber codes so that they do not depend on the order of the rows.

        Args:
            codes: shape (respondents,), places in ``values`` or -1.
            first: the values that come first, in this order, those that nobody gave too: they were
                offered to everybody. The others follow by name.
        """
        values = [*first, *sorted(self._place.keys() - set(first))] if self._place else []
        new = np.full(len(values) + 1, NOT_GIVEN, dtype=np.int32)
        for number, value in enumerate(values):
            if value in self._place:
                new[self._place[value]] = number
        return Segment(tuple(values), new[codes], offered=len(first))
