"""The pages of a wave's results: their keys, their names, and who finds which in the navigation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from cultureassess.web.i18n import gettext

USUAL = ("answer", "indices", "index", "change", "next")
"""The leaders' five pages, unless the consultant chooses others."""

STUDIES = ("chain", "contrasts", "importance", "synergy", "segments", "comments", "quality")
"""Pages of the analysis room that the consultant may hand to leaders as well."""

DESK = ("workshop", "words", "files")
"""What the consultant does with the results; never a leader's page."""

CHOOSABLE = (*USUAL, *STUDIES)


@dataclass(frozen=True)
class Link:
    """An entry of the navigation."""

    key: str
    name: str
    address: str
    current: bool


def page_name(key: str) -> str:
    """What a page is called wherever it is named."""
    names = {
        "answer": gettext("The answer"),
        "indices": gettext("Eight indices"),
        "index": gettext("One index"),
        "change": gettext("Since last time"),
        "next": gettext("What we do now"),
        "chain": gettext("From the top to the customers"),
        "contrasts": gettext("Blind spots"),
        "importance": gettext("What matters most"),
        "synergy": gettext("People and customers"),
        "segments": gettext("Heat map"),
        "comments": gettext("Comments"),
        "quality": gettext("Quality"),
        "workshop": gettext("Workshop"),
        "words": gettext("Words and release"),
        "files": gettext("Files"),
    }
    return names[key]


def address_of(key: str, wave_id: int, first_index: str) -> str:
    """Where a page is; "one index" opens with the index that comes first."""
    if key == "answer":
        return url_for("results.wave", wave_id=wave_id)
    if key == "index":
        return url_for("results.index", wave_id=wave_id, code=first_index)
    return url_for(f"results.{key}", wave_id=wave_id)


def links(keys: Sequence[str], wave_id: int, *, current: str, first_index: str) -> tuple[Link, ...]:
    """The entries of one row of the navigation."""
    return tuple(
        Link(key, page_name(key), address_of(key, wave_id, first_index), key == current) for key in keys
    )
