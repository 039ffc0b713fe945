"""What the library says about an index, beside what the wave found (METHOD 6.5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cultureassess import practices
from cultureassess.practices import Practice
from cultureassess.report.library import Advice, library
from cultureassess.report.words import Words
from cultureassess.snapshot.types import IndexResult, LevelCut, Snapshot

EMBEDDED, LIVED = 4, 5


@dataclass(frozen=True)
class Guidance:
    """What the library says of one index.

    ``next_head`` names the level that ``next_level`` describes; ``practices`` pair text and source. ``do`` is
    "" and ``practices`` are empty where the company has everything that the library knows.
    """

    question: str
    next_head: str
    next_level: str
    do: str
    avoid: str
    practices: tuple[tuple[str, str], ...]


def guidance(
    index: IndexResult, snapshot: Snapshot, words: Words, done: Collection[str] = ()
) -> Guidance | None:
    """What to ask, what comes next and what helps; None for an index that the library does not know.

    Args:
        done: codes of the practices that the company has already: they are never suggested.
    """
    found = library(words.language).get(index.code)
    if found is None:
        return None
    head, text = _next(_reached(index, snapshot), found, snapshot, words)
    helps = practices.library(words.language)
    known = helps.of_index(index.code)
    open_ = [one for one in known if one.code not in done]
    suggested = tuple((one.text, helps.source_names(one)) for one in open_)
    return Guidance(found.question, head, text, _do(found, known, open_), found.avoid, suggested)


def _do(found: Advice, known: Sequence[Practice], open_: Sequence[Practice]) -> str:
    """The library's sentence sums up its practices: it holds no longer once one of them is done."""
    if len(open_) == len(known):
        return found.do
    return open_[0].text if open_ else ""


def _reached(index: IndexResult, snapshot: Snapshot) -> int:
    """The level that customers put the index at; as far as it is shown, else the first."""
    customers = index.groups.get("customer")
    if customers is None or customers.mean is None:
        return 1
    return sum(cut.start <= customers.mean for cut in snapshot.level_cuts)


def _next(reached: int, found: Advice, snapshot: Snapshot, words: Words) -> tuple[str, str]:
    cuts = {cut.number: cut for cut in snapshot.level_cuts}
    if reached >= LIVED:
        return words.gettext("To stay at {level}", level=_level(cuts.get(LIVED), words)), found.next_high
    wanted = EMBEDDED if reached < EMBEDDED else LIVED
    text = found.next_low if wanted == EMBEDDED else found.next_high
    return words.gettext("How {level} looks to customers", level=_level(cuts.get(wanted), words)), text


def _level(cut: LevelCut | None, words: Words) -> str:
    if cut is None:
        return words.gettext("the next level")
    return words.gettext("level {number}, {name}", number=cut.number, name=cut.name)
