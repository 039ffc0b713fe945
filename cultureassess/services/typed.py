"""Texts as people type them or files bring them: what of them can be seen."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
_MINUS = "\u2212"
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def line(text: str) -> str:
    """A text as one line without surrounding blanks and without characters that cannot be seen."""
    kept = "".join(
        character
        if character in _JOINERS or unicodedata.category(character) not in _INVISIBLE
        else " "
        if character in "\t\n\r\x0b\x0c\x85\u2028\u2029"
        else ""
        for character in text
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def code(text: str) -> str:
    """A code as it is compared: no blanks, hyphens or invisible characters; digits of any script as 0-9."""
    plain = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in _MINUS)
    seen = ((c, unicodedata.category(c)) for c in plain)
    return "".join(
        str(unicodedata.digit(c)) if kind == "Nd" else c
        for c, kind in seen
        if kind not in (*_INVISIBLE, "Pd")
    )


def visible(text: str) -> bool:
    """Whether a text has anything to be seen: a letter, a digit, a sign."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)
