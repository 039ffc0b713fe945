"""Comments: what leaders read, and the screening that comes before (METHOD 4.3 K)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cultureassess.report.narrative import reason_sentence
from cultureassess.services.comment_screening import SHOWN, Decision, Decisions, digest, masked
from cultureassess.snapshot.types import CommentList, Snapshot
from cultureassess.web.results.cells import Setting
from cultureassess.web.results.one import question_text

PER_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One comment. ``shown`` is what others read; ``key`` its digest in hexadecimal digits.

    ``typed`` and ``error`` are set where words to mask were typed that do not stand in it.
    """

    key: str
    text: str
    shown: str
    decision: Decision
    typed: str = ""
    error: str = ""

    @property
    def anchor(self) -> str:
        return f"words-{self.key[:12]}"


@dataclass(frozen=True)
class Listed:
    """The part of one list that stands on this page."""

    audience: str
    label: str
    question: str
    total: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class CommentsPage:
    """See ``templates/results/comments.html``. ``start`` counts comments over all lists."""

    lists: tuple[Listed, ...]
    hidden: tuple[tuple[str, str], ...]
    start: int
    total: int
    withheld: int

    @property
    def end(self) -> int:
        return min(self.start + PER_PAGE, self.total)

    @property
    def previous(self) -> int | None:
        return max(self.start - PER_PAGE, 0) if self.start else None

    @property
    def following(self) -> int | None:
        return self.end if self.end < self.total else None

    @property
    def errors(self) -> tuple[Entry, ...]:
        return tuple(entry for found in self.lists for entry in found.entries if entry.error)


def build(
    setting: Setting,
    whole: Snapshot,
    decisions: Decisions,
    *,
    secret_key: str,
    start: int = 0,
    typed: Mapping[str, tuple[str, str]] | None = None,
) -> CommentsPage:
    """The comments from one place on.

    Args:
        setting: how things are worded.
        whole: the snapshot that the comments are taken of: the screened one for leaders.
        decisions: what was decided about each.
        secret_key: the installation's.
        start: how many comments come before.
        typed: key of a comment -> the words that were typed for it, and what is wrong with them.
    """
    total = sum(len(found.comments) for found in whole.comments)
    start = start if 0 <= start < total else 0
    return CommentsPage(
        lists=tuple(_lists(setting, whole, _Desk(decisions, typed or {}, secret_key), start)),
        hidden=tuple(
            (_named(setting, found), reason_sentence(found.withheld, setting.words, k=whole.wave.k_comments))
            for found in whole.comments
            if found.withheld is not None
        ),
        start=start,
        total=total,
        withheld=sum(decision.withheld for decision in decisions.values()),
    )


@dataclass(frozen=True)
class _Desk:
    """What is known about comments by their digest, and the key that makes the digests."""

    decisions: Decisions
    typed: Mapping[str, tuple[str, str]]
    secret_key: str


def _lists(setting: Setting, whole: Snapshot, desk: _Desk, start: int) -> Iterator[Listed]:
    before = 0
    for found in whole.comments:
        own = found.comments[max(start - before, 0) : max(start + PER_PAGE - before, 0)]
        before += len(found.comments)
        if own:
            yield Listed(
                audience=found.audience,
                label=setting.audience(found.audience),
                question=question_text(found, whole),
                total=len(found.comments),
                entries=tuple(_entry(found, text, desk) for text in own),
            )


def _entry(found: CommentList, text: str, desk: _Desk) -> Entry:
    name = digest(found, text, secret_key=desk.secret_key)
    decision = desk.decisions.get(name, SHOWN)
    words, error = desk.typed.get(name.hex(), (", ".join(decision.masked), ""))
    return Entry(name.hex(), text, masked(text, decision.masked), decision, words, error)


def _named(setting: Setting, found: CommentList) -> str:
    return f"{setting.audience(found.audience)}: {question_text(found, setting.snapshot)}"
