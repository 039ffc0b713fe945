"""A fingerprint of the inputs: equal for equal sets of answers, whatever their order.

The same wave read from the database or from files has the same fingerprint. It identifies data, and
notices accidental change; it is not a signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from cultureassess.instruments.types import Instrument, Side
from cultureassess.scoring.answers import BoolArray, IntArray, SideAnswers
from cultureassess.snapshot.prepare import fast_flags
from cultureassess.snapshot.settings import Settings

_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


def fingerprint(instrument: Instrument, sides: Iterable[SideAnswers], settings: Settings) -> str:
    """Return 64 hexadecimal digits that identify instrument, answers and settings."""
    digest = hashlib.sha256()
    digest.update(msgspec.json.encode(instrument, order="deterministic"))
    digest.update(msgspec.json.encode(settings, order="deterministic"))
    for side, answers in zip(Side, sides, strict=True):
        digest.update(_side(answers, fast_flags(instrument, side, answers)))
    return digest.hexdigest()


def _side(side: SideAnswers, fast: BoolArray) -> bytes:
    """Digest one side: sums over respondents of two independent 64-bit hashes, so order drops out."""
    parts = [msgspec.json.encode((len(side), sorted(_comments(side))))]
    lanes = [np.full(len(side), odd, dtype=np.uint64) for odd in _ODD]
    for name, column in _columns(side, fast):
        parts.append(name.encode())
        for lane, odd in zip(lanes, _ODD, strict=True):
            np.bitwise_xor(lane, column, out=lane)
            np.multiply(lane, odd, out=lane)
            np.bitwise_xor(lane, lane >> np.uint64(29), out=lane)
    parts.extend(str(int(lane.sum(dtype=np.uint64))).encode() for lane in lanes)
    return hashlib.sha256(b"\x00".join(parts)).digest()


def _comments(side: SideAnswers) -> list[tuple[str, str, str]]:
    return [(comment.question, comment.audience, comment.text) for comment in side.comments]


def _columns(side: SideAnswers, fast: BoolArray) -> Iterable[tuple[str, NDArray[np.uint64]]]:
    """Yield what counts of the respondents as unsigned columns, segments by the hash of their value."""
    names = np.array([_number(name) for name in (*side.audiences, "")], dtype=np.uint64)
    yield "audience", names[side.audience]
    yield from _words("items", side.points)
    yield from _words("outcomes", (side.outcomes + 1).astype("<u2"))
    for code in sorted(side.segments):
        segment = side.segments[code]
        if (segment.codes >= 0).any():
            values = np.array([_number(value) for value in (*segment.values, "")], dtype=np.uint64)
            yield f"segment {code}", values[segment.codes]
    if fast.any():  # not the timings: a closed wave has their flag only
        yield "fast", fast.astype(np.uint64)
    if side.late is not None:
        yield "late", side.late.astype(np.uint64)
    if side.account is not None:
        yield "account", _renumbered(side.account)


def _words(name: str, table: NDArray[Any]) -> Iterable[tuple[str, NDArray[np.uint64]]]:
    """Yield a table of small numbers, shape (respondents, any), eight bytes of a row at a time."""
    respondents, columns = table.shape
    size = columns * table.itemsize
    padded = np.zeros((respondents, -(-size // 8) * 8 // table.itemsize), dtype=table.dtype)
    padded[:, :columns] = table
    for place, word in enumerate(padded.view("<u8").T):
        yield f"{name} {columns} {place}", word


def _renumbered(account: IntArray) -> NDArray[np.uint64]:
    """Describe an account by its size only: its number is random and differs from export to export."""
    _, inverse, sizes = np.unique(account, return_inverse=True, return_counts=True)
    return np.asarray(np.where(account < 0, 0, sizes[inverse]), dtype=np.uint64)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
