"""The monthly meeting: three comments, one key figure, the open actions, one improvement (SOURCES S5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.models import ActionCard, CardState, KeyFigure, Meeting, Organisation, Wave
from cultureassess.models.key_figures import LONG
from cultureassess.services.actions.cards import cards_of
from cultureassess.services.actions.key_figures import figures_of
from cultureassess.services.comment_screening import decisions_of, screened
from cultureassess.services.comments import comments_of
from cultureassess.services.consultant_notes import presentation_of
from cultureassess.services.errors import DomainError
from cultureassess.services.releasing import ResultsSealed, readable_results
from cultureassess.snapshot.comments import with_comments
from cultureassess.snapshot.document import from_json
from cultureassess.snapshot.types import Snapshot

COMMENTS = 3


class MeetingRefused(DomainError):
    """What was agreed on cannot be stored; ``field`` is what is missing or wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Voice:
    """One customer comment that may be shown, with the question that it answers."""

    question: str
    text: str


@dataclass(frozen=True)
class Pack:
    """Everything that one month's meeting looks at.

    Attributes:
        month: its first day.
        wave: whose comments they are; None before the first wave with results.
        voices: at most three; empty where none may be shown.
        figure: the one key figure of this month; None where there is none.
        cards: the agreed actions.
        last: the meeting before, whose agreement comes back.
        agreed: this month's meeting, once it was held.
    """

    month: dt.date
    wave: Wave | None
    voices: tuple[Voice, ...]
    figure: KeyFigure | None
    cards: Sequence[ActionCard]
    last: Meeting | None
    agreed: Meeting | None


def pack(
    session: Session,
    organisation: Organisation,
    wave: Wave | None,
    month: dt.date,
    *,
    leader: bool,
    secret_key: str,
) -> Pack:
    """Gather a month's pack. What stands in it is the same for everybody who may read it, all month.

    Args:
        wave: the newest wave whose results whoever asks may read.
        month: any day of it.
        secret_key: the installation's, under which screened comments are known.
    """
    first = month.replace(day=1)
    figures = [figure for figure in figures_of(session, organisation) if figure.values]
    cards = [
        card for card in cards_of(session, organisation, leader=leader) if card.state is CardState.AGREED
    ]
    return Pack(
        month=first,
        wave=wave,
        voices=() if wave is None else voices(session, wave, first, leader=leader, secret_key=secret_key),
        figure=figures[_turn(first) % len(figures)] if figures else None,
        cards=cards,
        last=_last(session, organisation, first),
        agreed=meeting_in(session, organisation, first),
    )


def voices(
    session: Session, wave: Wave, month: dt.date, *, leader: bool, secret_key: str
) -> tuple[Voice, ...]:
    """Three customer comments of a wave, others each month until all have had their turn.

    They are taken from the screened snapshot: nothing is shown that the comment rules or the consultant
    hold back.
    """
    try:
        record = readable_results(session, wave, leader=leader)
    except ResultsSealed:
        return ()
    snapshot = with_comments(from_json(record.json), comments_of(session, wave))
    presentation, decisions = presentation_of(session, wave), decisions_of(session, wave)
    every = spoken(screened(snapshot, presentation, decisions, secret_key=secret_key))
    start = COMMENTS * _turn(month)
    return tuple(every[(start + step) % len(every)] for step in range(min(COMMENTS, len(every))))


def spoken(snapshot: Snapshot) -> tuple[Voice, ...]:
    """The customers' comments of a screened snapshot, question after question in turn."""
    lists = [found for found in snapshot.comments if found.audience == "customer" and found.comments]
    longest = max((len(found.comments) for found in lists), default=0)
    return tuple(
        Voice(found.text.replace("{ORG}", snapshot.wave.organisation), found.comments[place])
        for place in range(longest)
        for found in lists
        if place < len(found.comments)
    )


def meetings_of(session: Session, organisation: Organisation) -> Sequence[Meeting]:
    """Return what was agreed on so far, the newest month first."""
    wanted = sa.select(Meeting).where(Meeting.organisation_id == organisation.id)
    return session.scalars(wanted.order_by(Meeting.month.desc())).all()


def meeting_in(session: Session, organisation: Organisation, month: dt.date) -> Meeting | None:
    """Return the meeting of a month, if it was held."""
    wanted = sa.select(Meeting).where(
        Meeting.organisation_id == organisation.id, Meeting.month == month.replace(day=1)
    )
    return session.scalar(wanted)


def record_agreement(
    session: Session, organisation: Organisation, month: dt.date, *, agreement: str, owner: str, outcome: str
) -> Meeting:
    """Store the one improvement of a month, and what became of the last one.

    Args:
        outcome: what became of the agreement before this one; "" leaves it open.

    Raises:
        MeetingRefused: there is no agreement, or a text is too long.
    """
    if not agreement.strip():
        raise MeetingRefused("agreement", "Write down the one improvement that you agreed on.")
    for field, text in (("agreement", agreement), ("outcome", outcome)):
        if len(text) > LONG:
            raise MeetingRefused(field, f"Shorten this to {LONG:,} characters.")
    first = month.replace(day=1)
    row = meeting_in(session, organisation, first)
    row = row or Meeting(organisation_id=organisation.id, month=first, outcome="")
    row.agreement, row.owner = agreement.strip(), owner.strip()
    session.add(row)
    last = _last(session, organisation, first)
    if last is not None and outcome.strip():
        last.outcome = outcome.strip()
    session.flush()
    return row


def _last(session: Session, organisation: Organisation, month: dt.date) -> Meeting | None:
    wanted = sa.select(Meeting).where(Meeting.organisation_id == organisation.id, Meeting.month < month)
    return session.scalar(wanted.order_by(Meeting.month.desc()).limit(1))


def _turn(month: dt.date) -> int:
    """A number that goes up by one each month."""
    return 12 * month.year + month.month - 1
