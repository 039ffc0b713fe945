"""The third page: one index, its levels in words, every pair of its statements, and some comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.report.narrative import level_words
from cultureassess.snapshot.types import CommentList, IndexResult, LevelCut, Snapshot
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.eight import Column, columns
from cultureassess.web.results.indices import IndexView, audiences, index_view
from cultureassess.web.results.overview import Rung, rungs

EACH = 2
"""Comments of each question on a page; the next index shows the next ones."""


@dataclass(frozen=True)
class LevelRow:
    """Where one audience places the organisation: the level, and what it reads as."""

    audience: str
    label: str
    level: str
    reads_as: str


@dataclass(frozen=True)
class Quotes:
    """Some comments of one audience on one question, and how many there are in all."""

    audience: str
    label: str
    question: str
    comments: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class IndexPage:
    """See ``templates/results/index.html``. ``others`` pairs code and name of all indices."""

    index: IndexView
    place: int
    others: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rungs: tuple[Rung, ...]
    levels: tuple[LevelRow, ...]
    next_level: str | None
    quotes: tuple[Quotes, ...]
    scale: tuple[str, ...]

    @property
    def previous(self) -> tuple[str, str] | None:
        return self.others[self.place - 1] if self.place else None

    @property
    def following(self) -> tuple[str, str] | None:
        return self.others[self.place + 1] if self.place + 1 < len(self.others) else None


def build(setting: Setting, index: IndexResult) -> IndexPage:
    """Everything that the page of one index says."""
    snapshot = setting.snapshot
    place = [other.code for other in snapshot.indices].index(index.code)
    touched = index.levels["customer"].touched if "customer" in index.levels else ()
    return IndexPage(
        index=index_view(setting, index),
        place=place,
        others=tuple((other.code, other.name) for other in snapshot.indices),
        columns=columns(setting),
        rungs=rungs(snapshot.level_cuts, touched),
        levels=levels(setting, index),
        next_level=next_level(setting, index),
        quotes=quotes(setting, place),
        scale=snapshot.instrument.scale_labels,
    )


def levels(setting: Setting, index: IndexResult) -> tuple[LevelRow, ...]:
    """The level in words, of each audience with enough answers for one."""
    cuts = {cut.number: cut for cut in setting.snapshot.level_cuts}
    return tuple(
        LevelRow(
            code,
            setting.audience(code),
            level_words(level, setting.words),
            _reads_as([cuts[number] for number in level.touched]),
        )
        for code in audiences(setting.snapshot)
        if (level := index.levels.get(code)) is not None and level.number is not None
    )


def _reads_as(cuts: Sequence[LevelCut]) -> str:
    """What a level reads as; empty where the range touches more than one."""
    return cuts[0].reads_as if len(cuts) == 1 else ""


def next_level(setting: Setting, index: IndexResult) -> str | None:
    """What it takes to reach the customers' next level; None at the top and without a level."""
    level = index.levels.get("customer")
    if level is None or level.number is None:
        return None
    above = [cut for cut in setting.snapshot.level_cuts if cut.number == level.number + 1]
    if not above:
        return None
    return setting.words.gettext(
        "The next level, {name}, begins at {start}: {reads_as}.",
        name=above[0].name,
        start=setting.words.number(above[0].start),
        reads_as=above[0].reads_as,
    )


def quotes(setting: Setting, place: int) -> tuple[Quotes, ...]:
    """A few comments of each list. Nothing says which index a comment is about, so each page has its own."""
    lists = [found for found in setting.snapshot.comments if found.comments]
    return tuple(_quotes(setting, found, place) for found in lists)


def _quotes(setting: Setting, found: CommentList, place: int) -> Quotes:
    start = place * EACH % len(found.comments)
    turned = found.comments[start:] + found.comments[:start]
    return Quotes(
        found.audience,
        setting.audience(found.audience),
        question_text(found, setting.snapshot),
        turned[:EACH],
        len(found.comments),
    )


def question_text(found: CommentList, snapshot: Snapshot) -> str:
    """The open question with the organisation's name in its place."""
    return found.text.replace("{ORG}", snapshot.wave.organisation)
