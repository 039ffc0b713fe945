"""Which passwords are taken: long ones that no guesser and no list of stolen ones knows (NIST SP 800-63B).

There are no rules about kinds of characters, and no password expires.
"""

from __future__ import annotations

import hashlib
import re
import threading
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

SHORTEST, LONGEST = 15, 1024
GOOD_ENOUGH = 3
"""zxcvbn's score from 0 to 4: "safely unguessable" begins here."""

GUESSED_FROM = 72
"""zxcvbn takes no more characters; the first ones of a long password must be good enough by themselves."""

PRODUCT = ("cultureassess", "culture", "assess")

_SHA1 = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?\s*")
_guessing = threading.Lock()
"""zxcvbn keeps the words of its last call in a global dictionary."""


def objection(password: str, words: Iterable[str], *, breached: Path | None = None) -> str | None:
    """Why a password is not taken, as a sentence for its owner; None if it is.

    Args:
        password: normalised to NFKC.
        words: what somebody would try first: name, e-mail address, organisations.
        breached: a file of stolen passwords, see :func:`is_listed`.
    """
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Four or five words that do not belong together will do."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST:,} characters."
    if breached is not None and is_listed(password, breached):
        return "This password is in a list of stolen passwords. Choose another one."
    if _score(password, words) < GOOD_ENOUGH:
        return (
            "This password is easy to guess. Avoid names, dates, repeated characters and well-known phrases; "
            "four or five words that do not belong together will do."
        )
    return None


def normalised(password: str) -> str:
    """The same characters however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)


def is_listed(password: str, path: Path) -> bool:
    """Whether a sorted file has the password; found by halving, so that the file may be of any size.

    Args:
        path: lines of SHA-1 hashes in hexadecimal, with or without ``:number`` after them, as "Have I been
            pwned" offers them; or plain passwords in UTF-8. Sorted by bytes (``LC_ALL=C sort``).

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        hashed = _SHA1.fullmatch(file.readline()) is not None
        wanted = password.encode(errors="surrogatepass")
        if hashed:
            digest = hashlib.sha1(wanted, usedforsecurity=False).hexdigest().encode()
            return _found(file, digest.upper()) or _found(file, digest)
        return _found(file, wanted)


def _found(file: BinaryIO, wanted: bytes) -> bool:
    """Look for a line in a sorted file."""
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        if _line_after(file, middle) < wanted:
            low = middle + 1
        else:
            high = middle
    return _line_after(file, low) == wanted


def _line_after(file: BinaryIO, place: int) -> bytes:
    """The first line that begins at ``place`` or later, without a count; past the end, after everything."""
    file.seek(max(place - 1, 0))
    if place > 0:
        file.readline()
    line = file.readline()
    if not line:
        return b"\xff" * 4
    line = line.rstrip(b"\r\n")
    return line.split(b":")[0] if _SHA1.fullmatch(line) else line


def _score(password: str, words: Iterable[str]) -> int:
    """zxcvbn's score of what is left when the known words are taken out: names add nothing."""
    from zxcvbn import zxcvbn

    known = {part for word in (*words, *PRODUCT) for part in (word, *re.split(r"\W+", word)) if len(part) > 2}
    longest_first = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    bare = re.sub(longest_first, "", password, flags=re.IGNORECASE)
    if not bare:
        return 0
    with _guessing:
        found = zxcvbn(bare[:GUESSED_FROM], user_inputs=[])
    return int(found["score"])
