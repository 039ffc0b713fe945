"""The bytes of a file as blocks of whole records, so that a file of any size needs little memory."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Protocol

from cultureassess.snapshot.files.errors import FileError

BLOCK: Final = 1 << 19
"""Bytes read at once: small enough for the processor's cache, large enough for NumPy."""

LONGEST_RECORD: Final = 1 << 20

WHOLE_CELL: Final = "Put the whole cell between quotation marks and double those inside it"

_BOM: Final = b"\xef\xbb\xbf"
_AS_UTF8: Final = "Save the file as CSV in UTF-8 (in Excel: “CSV UTF-8”)"
_SIGNATURES: Final = {
    b"PK\x03\x04": "it is an Excel or zip file, not CSV",
    b"\xd0\xcf\x11\xe0": "it is an old Excel file, not CSV",
    b"\xff\xfe": "it is UTF-16, not UTF-8",
    b"\xfe\xff": "it is UTF-16, not UTF-8",
}


class Digest(Protocol):
    """The part of a hashlib object that is used here."""

    def update(self, data: bytes, /) -> None: ...


class Block(NamedTuple):
    """Whole records, the last with its line end. ``line``: the line number of the first."""

    data: bytes
    line: int


def read_blocks(path: Path, *, size_limit: int, digest: Digest | None = None) -> Iterator[Block]:
    """Read a file block by block; a byte order mark is dropped, a missing last line end added.

    Args:
        path: a regular file of UTF-8 text.
        size_limit: bytes; a larger file is refused before it is read.
        digest: receives every byte as it stands in the file.

    Raises:
        FileError: no regular file, unreadable, too large, empty, binary, not UTF-8, or with a
            quotation mark that is never closed.
    """
    _refuse_by_state(path, size_limit)
    try:
        with path.open("rb") as handle:
            yield from _whole_records(path, handle, digest)
    except OSError as error:
        reason = f"it cannot be read ({error.strerror})"
        raise FileError(path, reason, "Check the file and its permissions") from None


def _refuse_by_state(path: Path, size_limit: int) -> None:
    try:
        state = path.stat()
    except FileNotFoundError:
        raise FileError(path, "there is no such file", "Check the name and the folder") from None
    except OSError as error:
        raise FileError(
            path, f"it cannot be read ({error.strerror})", "Check the name and the folder"
        ) from None
    if stat.S_ISDIR(state.st_mode):
        raise FileError(path, "it is a folder", "Name the CSV file in it")
    if not stat.S_ISREG(state.st_mode):
        raise FileError(path, "it is no ordinary file", "Name a CSV file")
    if state.st_size > size_limit:
        size, limit = (f"{n / 1e6:,.1f} MB" for n in (state.st_size, size_limit))
        raise FileError(
            path, f"it has {size}, the limit is {limit}", "Raise the limit, or split off other waves"
        )


def _whole_records(path: Path, handle: BinaryIO, digest: Digest | None) -> Iterator[Block]:
    line, rest, start = 1, b"", True
    while read := handle.read(BLOCK):
        if digest is not None:
            digest.update(read)
        if start:
            _refuse_other_formats(path, read)
            read, start = read.removeprefix(_BOM), False
        data = rest + read
        cut = _end_of_records(data)
        if len(data) - cut > LONGEST_RECORD:
            raise _never_closed(path, line, data, cut)
        if cut:
            yield _text(path, data[:cut], line)
            line += data.count(b"\n", 0, cut)
        rest = data[cut:]
    if rest.count(b'"') % 2:
        raise _never_closed(path, line, rest, 0)
    if rest:
        yield _text(path, rest + b"\n", line)
    elif line == 1:
        raise FileError(path, "it is empty", "Write at least the line with the column names")


def _refuse_other_formats(path: Path, start: bytes) -> None:
    for signature, reason in _SIGNATURES.items():
        if start.startswith(signature):
            raise FileError(path, reason, _AS_UTF8)


def _end_of_records(data: bytes) -> int:
    """Where the last whole record ends: the last line end that an even number of quotation marks precede."""
    end = data.rfind(b"\n")
    marks = data.count(b'"', 0, end + 1)
    while end >= 0 and marks % 2:
        before = data.rfind(b"\n", 0, end)
        marks -= data.count(b'"', before + 1, end)
        end = before
    return end + 1


def _never_closed(path: Path, line: int, data: bytes, cut: int) -> FileError:
    """Explain a record without end: an open quotation mark, or simply a huge line."""
    quote = data.find(b'"', cut)
    place = line + data.count(b"\n", 0, cut if quote < 0 else quote)
    if quote < 0:
        return FileError(path, "the line is longer than a million bytes", "Check the line ends", line=place)
    return FileError(path, "a quotation mark is not closed", WHOLE_CELL, line=place)


def _text(path: Path, data: bytes, line: int) -> Block:
    """Check that a block is text in UTF-8."""
    if (at := data.find(b"\0")) >= 0:
        raise FileError(path, "it is a binary file", _AS_UTF8, line=line + data.count(b"\n", 0, at))
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            place = line + data.count(b"\n", 0, error.start)
            reason = f"the byte 0x{data[error.start]:02X} is not UTF-8"
            raise FileError(path, reason, _AS_UTF8, line=place) from None
    return Block(data, line)
