"""Is one side simply harsher? What this wave itself says about it (METHOD 3.8b)."""

from __future__ import annotations

from collections.abc import Sequence

from cultureassess.report.narrative.gaps import FOUND
from cultureassess.report.narrative.reading import self_leniency
from cultureassess.report.words import Words
from cultureassess.scoring.verdicts import THRESHOLD
from cultureassess.snapshot.types import IndexResult, Range, Snapshot


def managers_lower(snapshot: Snapshot) -> bool:
    """Every established gap, and there is one, is in customers' favour."""
    found = [index.gap.difference or 0.0 for index in snapshot.indices if index.gap.state in FOUND]
    return bool(found) and max(found) < 0


def harsher_question(snapshot: Snapshot, words: Words) -> tuple[str, str]:
    """What leaders ask about the side that gives less, and the answer.

    That people are kind to themselves is told where indices are compared and managers are not shown to give
    less: it explains nothing of a gap in the other direction.
    """
    told = harsher_sentence(snapshot, words)
    if managers_lower(snapshot):
        unusual = words.gettext(
            "People usually rate themselves higher than others rate them; here it is the other way round, so "
            "that habit does not explain it."
        )
        return words.gettext("“Are managers simply harsher?”"), f"{told} {unusual}"
    compared = any(index.gap.state is not None for index in snapshot.indices)
    usual = [self_leniency(words)] if compared else []
    return words.gettext("“Are customers simply harsher?”"), " ".join([told, *usual])


def harsher_sentence(snapshot: Snapshot, words: Words) -> str:
    """Name the indices on which the side that gives less is surely within 10 points of the other, or above.

    That a range stays within 10 points does not make that side as kind; it bounds how much of a gap a
    harsher way of answering, if it is the same on every index, could explain.
    """
    compared = [index for index in snapshot.indices if index.gap.state is not None]
    if not compared:
        return words.gettext("Whether customers are simply harsher, this wave cannot tell.")
    turned = managers_lower(snapshot)
    near = [index.name for index in compared if _near(index.gap.interval, turned=turned)]
    if near and not _differ(compared) and sum(index.gap.state in FOUND for index in compared) > 1:
        return _alike_and_small(words, turned=turned)
    if len(near) == len(compared):
        return _near_everywhere(words, turned=turned)
    if near:
        return _near_on(words.listed(near), words, turned=turned)
    if not any(index.gap.state in FOUND for index in compared):
        return words.gettext("No index shows that customers are harsher than managers.")
    return " ".join([_never_near(words, turned=turned), *([_uneven(words)] if _differ(compared) else [])])


def _near(interval: Range | None, *, turned: bool) -> bool:
    if interval is None:
        return False
    return interval.low > -THRESHOLD if turned else interval.high < THRESHOLD


def _differ(compared: Sequence[IndexResult]) -> bool:
    """The ranges of two gaps leave no value in common, so one gap is larger than another."""
    ranges = [index.gap.interval for index in compared if index.gap.interval is not None]
    return max(one.low for one in ranges) > min(one.high for one in ranges) if ranges else False


def _near_everywhere(words: Words, *, turned: bool) -> str:
    if turned:
        return words.gettext(
            "Managers who were simply harsher would be so everywhere; on every index that is compared they "
            "are within 10 points of customers, or above them."
        )
    return words.gettext(
        "Customers who were simply harsher would be so everywhere; on every index that is compared they "
        "are within 10 points of managers, or above them."
    )


def _near_on(names: str, words: Words, *, turned: bool) -> str:
    if turned:
        return words.gettext(
            "Managers who were simply harsher would be so everywhere; on {names} they are within 10 points "
            "of customers, or above them.",
            names=names,
        )
    return words.gettext(
        "Customers who were simply harsher would be so everywhere; on {names} they are within 10 points "
        "of managers, or above them.",
        names=names,
    )


def _alike_and_small(words: Words, *, turned: bool) -> str:
    """Gaps of one size everywhere are what a harsher way of answering would leave behind."""
    if turned:
        return words.gettext(
            "The gaps are alike, as far as the ranges tell: so it would look if managers were simply "
            "harsher, by less than 10 points. That cannot be ruled out."
        )
    return words.gettext(
        "The gaps are alike, as far as the ranges tell: so it would look if customers were simply harsher, "
        "by less than 10 points. That cannot be ruled out."
    )


def _never_near(words: Words, *, turned: bool) -> str:
    if turned:
        return words.gettext(
            "On no index are managers shown to be within 10 points of customers or above them, so a harsher "
            "way of answering cannot be ruled out."
        )
    return words.gettext(
        "On no index are customers shown to be within 10 points of managers or above them, so a harsher way "
        "of answering cannot be ruled out."
    )


def _uneven(words: Words) -> str:
    return words.gettext("It would not explain why some gaps are larger than others.")
