"""What to ask about an index, and how its next level looks: one TOML file per language (METHOD 6.5)."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

ENGLISH = "en"


class Advice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the library holds on one index.

    Attributes:
        question: for the workshop.
        next_low: how the index looks to customers from 65, the start of level 4.
        next_high: how it looks to them from 80, the start of level 5.
        do, avoid: a conduct, and the one that is often taken for it.
    """

    question: str
    next_low: str
    next_high: str
    do: str
    avoid: str


@cache
def library(language: str) -> dict[str, Advice]:
    """Index code to advice, in a language of the library; English where there is none."""
    file = "practices.toml" if language == ENGLISH else f"practices.{language}.toml"
    source = resources.files(__package__).joinpath(file)
    if not source.is_file():
        return library(ENGLISH)
    return msgspec.toml.decode(source.read_bytes(), type=dict[str, Advice])
