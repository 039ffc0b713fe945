"""Are customers simply harsher? What this wave itself says about it (METHOD 3.8b)."""

from __future__ import annotations

from cultureassess.report.narrative.gaps import FOUND
from cultureassess.report.words import Words
from cultureassess.scoring.verdicts import THRESHOLD
from cultureassess.snapshot.types import Snapshot


def harsher_sentence(snapshot: Snapshot, words: Words) -> str:
    """Name the indices on which customers are surely within 10 points of managers, or above them.

    That a range stays below 10 points does not make customers as kind; it bounds how much of a gap a harsher
    way of answering, if it is the same on every index, could explain.
    """
    compared = [index for index in snapshot.indices if index.gap.state is not None]
    if not compared:
        return words.gettext("Whether customers are simply harsher, this wave cannot tell.")
    near = [
        index.name
        for index in compared
        if index.gap.interval is not None and index.gap.interval.high < THRESHOLD
    ]
    if len(near) == len(compared):
        return words.gettext(
            "Customers who were simply harsher would be so everywhere; on every index that is compared they "
            "are within 10 points of managers, or above them."
        )
    if near:
        return words.gettext(
            "Customers who were simply harsher would be so everywhere; on {names} they are within 10 points "
            "of managers, or above them.",
            names=words.listed(near),
        )
    lower = [index for index in compared if index.gap.state in FOUND]
    if not lower:
        return words.gettext("No index shows that customers are harsher than managers.")
    return words.gettext(
        "On no index are customers shown to be within 10 points of managers or above them, so a harsher way "
        "of answering cannot be ruled out; it would not explain why some gaps are larger than others."
    )
