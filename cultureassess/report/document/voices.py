"""Customers and insiders in their own words, as far as rule K lets them through (METHOD 4.3)."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import reason_sentence, statement
from cultureassess.report.words import Words
from cultureassess.snapshot.types import CommentList, Snapshot

LONGEST = 400
"""A longer comment is cut at a word; the whole stays in the snapshot."""

PER_LIST = 8

BRIEF = 100
"""Characters of a comment that three columns hold in three lines."""


@dataclass(frozen=True)
class Comments:
    """One question to one audience. ``more`` says how many comments the snapshot holds beyond these."""

    audience: str
    question: str
    comments: tuple[str, ...]
    more: str | None


@dataclass(frozen=True)
class Voices:
    lists: tuple[Comments, ...]
    hidden: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> int:
        """How many lists stand side by side: three lists of brief comments in one row, else two."""
        brief = all(len(comment) <= BRIEF for found in self.lists for comment in found.comments)
        return 3 if len(self.lists) == 3 and brief else 2


def voices_section(snapshot: Snapshot, words: Words, most: int = PER_LIST) -> Voices:
    """The comments of every list that may be shown, customers first; they stand in random order."""
    order = sorted(snapshot.comments, key=lambda found: found.audience not in ("customer", "partner"))
    return Voices(
        lists=tuple(_list(found, snapshot, words, most) for found in order if found.comments),
        hidden=tuple(
            (
                _name(found, snapshot, words),
                reason_sentence(found.withheld, words, k=snapshot.wave.k_comments),
            )
            for found in order
            if found.withheld is not None
        ),
    )


def _list(found: CommentList, snapshot: Snapshot, words: Words, most: int) -> Comments:
    rest = len(found.comments) - most
    return Comments(
        audience=group_name(found.audience, words),
        question=statement(found.text, snapshot),
        comments=tuple(shortened(comment) for comment in found.comments[:most]),
        more=words.ngettext(
            "One more is in the attached snapshot.", "{n} more are in the attached snapshot.", rest, n=rest
        )
        if rest > 0
        else None,
    )


def _name(found: CommentList, snapshot: Snapshot, words: Words) -> str:
    return words.gettext(
        "{attribute}: {value}",
        attribute=group_name(found.audience, words),
        value=statement(found.text, snapshot),
    )


def shortened(comment: str) -> str:
    """A comment on one line, cut at a word with an ellipsis."""
    line = " ".join(comment.split())
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rsplit(" ", 1)[0] + " …"
