"""How many indices got which word (METHOD 3.10)."""

from __future__ import annotations

from collections.abc import Sequence

from cultureassess.report.narrative.gaps import FOUND, customers_alone, enough_people
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, Snapshot


def tally(snapshot: Snapshot, words: Words) -> str:
    """How many indices got which word: "6 of 8 indices: gap. 2: cannot tell yet." """
    states = [index.gap.state for index in snapshot.indices if index.gap.state]
    if not states:
        if enough_people(snapshot):
            return words.gettext("No index could be compared.")
        if customers_alone(snapshot):
            return words.gettext("There are too few managers to compare the two sides index by index.")
        return words.gettext("There are too few answers to compare the two sides index by index.")
    total = len(snapshot.indices)
    parts = [part for part in _tally_parts(states, words) if part]
    told = words.listed(parts)
    text = words.gettext("Of {total} indices: {parts}.", total=total, parts=told)
    if total == 1:
        text = words.gettext("One index: {parts}.", parts=told)
    rest, kinder = total - len(states), sum(_kinder(index) for index in snapshot.indices)
    if total > 1:
        text = _all_alike(states, total, words) or text
    favour = words.ngettext(
        "One of the gaps is in customers’ favour.",
        "{n} of the gaps are in customers’ favour.",
        kinder,
        n=kinder,
    )
    if kinder > 1 and kinder == sum(state in FOUND for state in states):
        favour = words.gettext("All of the gaps are in customers’ favour.")
    left = words.ngettext("One could not be compared.", "{n} could not be compared.", rest, n=rest)
    return " ".join([text, *([favour] if kinder else []), *([left] if rest else [])])


def _all_alike(states: Sequence[str], total: int, words: Words) -> str:
    """The same word for every index; empty where they differ, or nothing is sure."""
    if states.count("clear gap") == total:
        return words.gettext("All {total} indices show a gap.", total=total)
    if states.count("small gap") == total:
        return words.gettext("All {total} indices show a small gap.", total=total)
    if states.count("aligned") == total:
        return words.gettext("Both sides agree on all {total} indices.", total=total)
    return ""


def _kinder(index: IndexResult) -> bool:
    return index.gap.state in FOUND and (index.gap.difference or 0.0) < 0


def _tally_parts(states: Sequence[str], words: Words) -> list[str]:
    gaps, small = states.count("clear gap"), states.count("small gap")
    agree, open_ = states.count("aligned"), states.count("inconclusive")
    return [
        words.ngettext("{n} shows a gap", "{n} show a gap", gaps, n=gaps) if gaps else "",
        words.ngettext("{n} shows a small gap", "{n} show a small gap", small, n=small) if small else "",
        words.ngettext("both sides agree on {n}", "both sides agree on {n}", agree, n=agree) if agree else "",
        words.ngettext("on {n} we cannot tell yet", "on {n} we cannot tell yet", open_, n=open_)
        if open_
        else "",
    ]
