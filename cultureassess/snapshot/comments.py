"""Open answers under rule K: one list a side and question, random order, no link to anything."""

from __future__ import annotations

import random

from cultureassess.disclosure.minimums import Statistic, enough
from cultureassess.disclosure.reasons import Reason
from cultureassess.instruments.types import OpenQuestion, Side
from cultureassess.scoring.answers import SideAnswers
from cultureassess.snapshot.context import CUSTOMER, INSIDE, PARTNER, Context
from cultureassess.snapshot.release import respondents
from cultureassess.snapshot.types import CommentList

FEWEST = 5
"""Comments that a list must have (METHOD 4.3 K)."""


def comment_lists(context: Context) -> tuple[CommentList, ...]:
    """Return the comments of all insiders, of the customers and of the partners, never broken down."""
    shown = {side: respondents(context.wave, side, context.rules) for side in Side}
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
    answers = prepared.raw
    if group not in (INSIDE, *answers.audiences):
        return None
    texts = sorted(
        comment.text
        for comment in answers.comments
        if comment.question == question.id and group in (INSIDE, comment.audience)
    )
    n = len(prepared.answers) if group == INSIDE else _size(prepared.answers, group)
    reason = withheld
    if reason is None and not enough(Statistic.COMMENTS, n, context.rules):
        reason = Reason.FEW if n < context.rules.k else Reason.THIN
    if reason is None and len(texts) < FEWEST:
        reason = Reason.THIN
    if reason is not None:
        return CommentList(group, question.id, question.text, (), reason)
    random.Random(f"{context.seed}/{question.id}/{group}").shuffle(texts)  # noqa: S311  (an order, not a secret)
    return CommentList(group, question.id, question.text, tuple(texts))


def _size(answers: SideAnswers, group: str) -> int:
    return int((answers.audience == answers.audiences.index(group)).sum())
