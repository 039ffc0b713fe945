"""Are customers simply harsher? What this wave itself says about it (METHOD 3.8b)."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import FOUND
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Snapshot


def harsher_sentence(snapshot: Snapshot, words: Words) -> str:
    """Name the indices on which customers are as kind as managers, or kinder; they answer the question."""
    compared = [index for index in snapshot.indices if index.gap.state is not None]
    if not compared:
        return words.gettext("Whether customers are simply harsher, this wave cannot tell.")
    alike = [
        index.name
        for index in compared
        if index.gap.state == "aligned" or (index.gap.state in FOUND and (index.gap.difference or 0) < 0)
    ]
    if alike:
        return words.gettext(
            "Customers are not simply harsher: they are as kind as managers, or kinder, on {names}.",
            names=words.listed(alike),
        )
    lower = [index for index in compared if index.gap.state in FOUND]
    if not lower:
        return words.gettext("No index shows that customers are harsher than managers.")
    return words.gettext(
        "On no index are customers shown to be as kind as managers, so a harsher way of answering cannot be "
        "ruled out; it would not explain why some gaps are larger than others."
    )
