"""What the library of practices holds. Data only."""

from __future__ import annotations

import msgspec


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every type here: immutable, and strict about unknown fields."""


class Practice(Frozen, frozen=True):
    """One thing that a company can do about an index (METHOD 6.5).

    Attributes:
        code: names it for ever, in every language.
        index: code of the index that it is about.
        felt: id of the statement of ``customer_culture_v1`` by which people notice whether it is done.
        sources: codes of the five sources, "S1" to "S5".
        function: code of who usually owns it (METHOD 6.6).
        text: do this.
        instead: not that: what is often taken for it.
        first_step: something that can be done within 30 days.
    """

    code: str
    index: str
    felt: str
    sources: tuple[str, ...]
    function: str
    text: str
    instead: str
    first_step: str


class Library(Frozen, frozen=True):
    """The practices in one language, in the order of the file."""

    version: str
    language: str
    sources: dict[str, str]
    functions: dict[str, str]
    practices: tuple[Practice, ...]

    def practice(self, code: str) -> Practice | None:
        return next((one for one in self.practices if one.code == code), None)

    def of_index(self, index: str) -> tuple[Practice, ...]:
        return tuple(one for one in self.practices if one.index == index)

    def source_names(self, practice: Practice) -> str:
        """Who is to be cited: “Hunsaker; Eagle’s Flight”."""
        return "; ".join(self.sources[code] for code in practice.sources)


class Wording(Frozen, frozen=True):
    """One practice in another language."""

    text: str
    instead: str
    first_step: str


class Translation(Frozen, frozen=True):
    """A language file; ``practices`` holds every code of the library."""

    version: str
    language: str
    sources: dict[str, str]
    functions: dict[str, str]
    practices: dict[str, Wording]
