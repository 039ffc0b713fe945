"""Open answers under rule K: one list a side and question, random order, no link to anything.

The snapshot says which lists may be shown and holds none of their texts, so that no file made of it can
carry a comment that nobody has read for names. :func:`with_comments` adds the texts for whoever reads them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from cultureassess.disclosure import suppression
from cultureassess.disclosure.reasons import Reason
from cultureassess.disclosure.suppression import Voices
from cultureassess.instruments.types import OpenQuestion, Side
from cultureassess.scoring.answers import Comment, SideAnswers
from cultureassess.snapshot.context import CUSTOMER, INSIDE, PARTNER, Context
from cultureassess.snapshot.types import CommentList, Snapshot

FEWEST = suppression.COMMENTS_IN_A_LIST
"""Comments that a list must have (METHOD 4.3 K)."""


def comment_lists(context: Context) -> tuple[CommentList, ...]:
    """Return the lists of all insiders, of the customers and of the partners, never broken down, no texts."""
    shown = {side: context.menus[side].answered for side in Side}
    lists = []
    for question in context.instrument.open_questions:
        for group in (INSIDE,) if question.side is Side.INSIDE else (CUSTOMER, PARTNER):
            found = _list(context, question, group, shown[question.side].reason(group))
            if found is not None:
                lists.append(found)
    return tuple(lists)


def _list(
    context: Context, question: OpenQuestion, group: str, withheld: Reason | None
) -> CommentList | None:
    prepared = context.wave.side(question.side).prepared
    if group not in (INSIDE, *prepared.raw.audiences):
        return None
    n = len(prepared.answers) if group == INSIDE else _size(prepared.answers, group)
    reason = withheld
    voices = Voices(n, len(_texts(prepared.raw.comments, question.id, group)))
    if reason is None and not suppression.comment_lists(voices, {}, context.rules).overall:
        reason = Reason.FEW if n < context.rules.k else Reason.THIN
    return CommentList(group, question.id, question.text, (), reason)


def _size(answers: SideAnswers, group: str) -> int:
    return int((answers.audience == answers.audiences.index(group)).sum())


def _texts(comments: Iterable[Comment], question: str, group: str) -> list[str]:
    """A list's texts by themselves, in the order of the alphabet."""
    questions = ((c.audience, c.text) for c in comments if c.question == question)
    return sorted(text for audience, text in questions if group in (INSIDE, audience))


def with_comments(snapshot: Snapshot, comments: Sequence[Comment]) -> Snapshot:
    """Put the texts into the lists that the snapshot allows, each in its own random order.

    The order is the same every time. A list that has become shorter than ``FEWEST``, by an erasure, is
    withheld.

    Args:
        snapshot: of the wave in which the comments were written.
        comments: those of both sides.
    """
    return replace(
        snapshot, comments=tuple(_filled(snapshot, found, comments) for found in snapshot.comments)
    )


def _filled(snapshot: Snapshot, found: CommentList, comments: Sequence[Comment]) -> CommentList:
    if found.withheld is not None:
        return found
    texts = _texts(comments, found.question, found.audience)
    if len(texts) < FEWEST:
        return replace(found, withheld=Reason.THIN)
    seed = f"{snapshot.fingerprint}/{found.question}/{found.audience}"
    random.Random(seed).shuffle(texts)  # noqa: S311  (an order, not a secret)
    return replace(found, comments=tuple(texts))


def without_comments(snapshot: Snapshot) -> Snapshot:
    """The snapshot as it was stored: the lists, and none of their texts."""
    return replace(snapshot, comments=tuple(replace(found, comments=()) for found in snapshot.comments))
