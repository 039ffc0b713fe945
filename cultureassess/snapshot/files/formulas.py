"""Texts that a spreadsheet would run as a formula: guarded on the way out, unguarded on the way in."""

from __future__ import annotations

import re
from typing import Final

_RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that begins like a formula (OWASP ASVS 1.2.10)."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Undo :func:`guarded`."""
    return text[1:] if _GUARDED.match(text) else text
