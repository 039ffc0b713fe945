"""A fingerprint of the inputs: equal for equal sets of answers, whatever their order.

The same wave read from the database or from files has the same fingerprint, as long as the key is the same.
The key stays with whoever holds the answers: without one, everybody who reads a report could try out which
answers of a withheld group give its fingerprint.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from cultureassess.instruments.types import Instrument, Side
from cultureassess.scoring.answers import BoolArray, IntArray, SideAnswers
from cultureassess.scoring.scores import blocks
from cultureassess.snapshot.prepare import fast_flags
from cultureassess.snapshot.settings import Settings

Words = NDArray[np.uint64]

Reader = Callable[[slice], Iterable[Words]]
"""Reads a block of respondents: one or more columns of 64-bit words."""

PROCESS_KEY: Final = secrets.token_bytes(32)
"""Where no key is given: fingerprints can be compared within this process, and tell nobody anything."""

_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


def key_from(secret: str) -> bytes:
    """Derive the key of fingerprints from an installation's secret key: HKDF with SHA-256 (RFC 5869).

    Returns:
        32 bytes, from which neither the secret nor a key of another purpose can be found.
    """
    extracted = hmac.digest(bytes(32), secret.encode(), "sha256")
    return hmac.digest(extracted, b"cultureassess fingerprint\x01", "sha256")


def fingerprint(
    instrument: Instrument, sides: Iterable[SideAnswers], settings: Settings, key: bytes = PROCESS_KEY
) -> str:
    """Return 64 hexadecimal digits that identify instrument, answers and settings to whoever has the key."""
    digest = hmac.new(key, digestmod="sha256")
    digest.update(msgspec.json.encode(instrument, order="deterministic"))
    digest.update(_encoded(settings))
    for side, answers in zip(Side, sides, strict=True):
        digest.update(_side(answers, fast_flags(instrument, side, answers)))
    return digest.hexdigest()


def seed_of(instrument: Instrument, settings: Settings) -> int:
    """Return the seed of everything drawn at random: 32 bits of what is published anyway.

    Not of the answers: what is drawn is shown, and would tell of all of them. Not of the key: whoever
    holds the answers gets the same figures with another key.
    """
    digest = hashlib.sha256(msgspec.json.encode(instrument, order="deterministic"))
    digest.update(_encoded(settings))
    return int(digest.hexdigest()[:8], 16)


def _encoded(settings: Settings) -> bytes:
    """The settings as JSON; without weights as before there were any."""
    fields = msgspec.to_builtins(settings, order="deterministic")
    if not settings.weights:
        del fields["weights"]
    return msgspec.json.encode(fields)


def _side(side: SideAnswers, fast: BoolArray) -> bytes:
    """Digest one side: sums over respondents of two independent 64-bit hashes, so order drops out."""
    parts = [msgspec.json.encode((len(side), sorted(_comments(side))))]
    columns = list(_columns(side, fast))
    parts.extend(name.encode() for names, _ in columns for name in names)
    sums = np.zeros(len(_ODD), dtype=np.uint64)
    for rows in blocks(len(side)):
        sums += _hashes([word for _, read in columns for word in read(rows)])
    parts.extend(str(int(number)).encode() for number in sums)
    return hashlib.sha256(b"\x00".join(parts)).digest()


def _hashes(words: Sequence[Words]) -> Words:
    """Sum of each hash over the respondents of a block, shape (2,); sums wrap round."""
    sums = np.zeros(len(_ODD), dtype=np.uint64)
    for place, odd in enumerate(_ODD):
        lane = np.full(len(words[0]), odd, dtype=np.uint64)
        for word in words:
            lane ^= word
            lane *= odd
            lane ^= lane >> np.uint64(29)
        sums[place] = lane.sum(dtype=np.uint64)
    return sums


def _comments(side: SideAnswers) -> list[tuple[str, str, str]]:
    return [(comment.question, comment.audience, comment.text) for comment in side.comments]


def _columns(side: SideAnswers, fast: BoolArray) -> Iterator[tuple[list[str], Reader]]:
    """Yield what counts of the respondents: the columns' names, and how a block of them is read."""
    yield ["audience"], _coded(side.audiences, side.audience)
    yield _table("items", side.points)
    yield _table("outcomes", (side.outcomes + 1).astype("<u2"))
    for code in sorted(side.segments):
        segment = side.segments[code]
        if (segment.codes >= 0).any():
            yield [f"segment {code}"], _coded(segment.values, segment.codes)
    if fast.any():  # not the timings: a closed wave has their flag only
        yield ["fast"], _plain(fast)
    if side.late is not None:
        yield ["late"], _plain(side.late)
    if side.account is not None:
        yield ["account"], _plain(_renumbered(side.account))


def _plain(column: NDArray[Any]) -> Reader:
    return lambda rows: [column[rows].astype(np.uint64)]


def _coded(values: Sequence[str], codes: IntArray) -> Reader:
    """Read segment codes as the hash of their value, so that the order of the values does not matter."""
    hashes = np.array([_number(value) for value in (*values, "")], dtype=np.uint64)
    return lambda rows: [hashes[codes[rows]]]


def _table(name: str, table: NDArray[Any]) -> tuple[list[str], Reader]:
    """Read a table of small numbers, shape (respondents, any), eight bytes of a row at a time."""
    columns = table.shape[1]
    words = -(-columns * table.itemsize // 8)

    def read(rows: slice) -> Words:
        block = table[rows]
        padded = np.zeros((len(block), words * 8 // table.itemsize), dtype=table.dtype)
        padded[:, :columns] = block
        return np.ascontiguousarray(padded.view("<u8").T)

    return [f"{name} {columns} {place}" for place in range(words)], read


def _renumbered(account: IntArray) -> Words:
    """Describe an account by its size only: its number is random and differs from export to export."""
    _, inverse, sizes = np.unique(account, return_inverse=True, return_counts=True)
    return np.asarray(np.where(account < 0, 0, sizes[inverse]), dtype=np.uint64)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
