"""Sending answers exactly once, and mixing them so that they lead back to nobody (RELIABILITY R2, R3)."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.db.conflicts import insert
from cultureassess.instruments.types import Audience, Instrument
from cultureassess.models import Comment, Intake, IntakeComment, Invitation, Response, State, Submission, Wave
from cultureassess.models.responses import SEGMENT_COLUMNS, new_key
from cultureassess.services.accounts import account_number
from cultureassess.services.coarsening import Known, known_values
from cultureassess.services.drafts import Answers, Keys, discard_draft
from cultureassess.services.errors import AlreadySent, WaveNotOpen
from cultureassess.services.links import Door
from cultureassess.services.questions import pages, segment_columns, stored_segment

LONGEST = 86_400
"""Seconds on rated pages beyond which somebody was away; the schema refuses more."""


def submit_response(
    session: Session,
    door: Door,
    audience: Audience,
    answers: Answers,
    keys: Keys,
    instrument: Instrument,
    *,
    today: dt.date,
) -> None:
    """Use the link up and store one unlinkable response, in the caller's transaction.

    Using up is a single statement, so that of two requests sent at once one is taken. The row in
    ``intake`` holds no token, no address, no time of day and no key back to the link.

    Raises:
        WaveNotOpen: the wave closed in the meantime.
        AlreadySent: this link, or this browser on an open link, has sent its answers.
    """
    hold_open(session, door.wave)
    _use_up(session, door, keys)
    row = response_row(session, door, audience, answers, instrument, today=today)
    if row.account is not None:
        row.account = account_number(session, door.wave, row.account)
    session.add(row)
    for question, text in answers.comments.items():
        session.add(IntakeComment(wave_id=door.wave.id, audience=audience, question=question, text=text))
    discard_draft(session, keys)
    session.flush()


def was_sent(session: Session, door: Door, keys: Keys) -> bool:
    """Whether answers of this link, or of this browser on an open link, are stored."""
    if door.invitation is not None:
        # Asked anew: since the door was read, another request may have used the link up.
        return bool(session.scalar(sa.select(Invitation.used).where(Invitation.id == door.invitation.id)))
    return session.get(Submission, (door.wave.id, keys.sent)) is not None


def hold_open(session: Session, wave: Wave) -> None:
    """See that the wave is open, and keep it so until the transaction ends.

    Raises:
        WaveNotOpen: it was closed, or erased, in the meantime.
    """
    state = session.scalar(sa.select(Wave.state).where(Wave.id == wave.id).with_for_update(read=True))
    if state is not State.OPEN:
        raise WaveNotOpen


def _use_up(session: Session, door: Door, keys: Keys) -> None:
    if door.invitation is None:
        mark = insert(session, Submission).values(wave_id=door.wave.id, secret_hash=keys.sent)
        taken = session.scalar(mark.on_conflict_do_nothing().returning(Submission.wave_id))
    else:
        claim = sa.update(Invitation).where(Invitation.id == door.invitation.id, ~Invitation.used)
        taken = session.scalar(claim.values(used=True).returning(Invitation.id))
    if taken is None:
        raise AlreadySent


def response_row(
    session: Session,
    door: Door,
    audience: Audience,
    answers: Answers,
    instrument: Instrument,
    *,
    today: dt.date,
) -> Intake:
    """The row that is stored for these answers, but for the account, which still goes by its name.

    The respondent can see it beforehand.
    """
    wave, invitation = door.wave, door.invitation
    known = Known(role=answers.role) if invitation is None else known_values(session, invitation)
    row = Intake(
        id=new_key(),
        wave_id=wave.id,
        audience=audience,
        answers="".join(answers.points.get(item.id, "0") for item in instrument.rated),
        outcomes="".join(_three(answers.outcomes.get(outcome.id)) for outcome in instrument.outcomes),
        role=known.role,
        account=invitation.account if invitation is not None and wave.accounts else None,
        language=answers.language if answers.language in wave.languages else wave.languages[0],
        day=today,
        seconds=_total_seconds(door, audience, answers, instrument),
    )
    codes = segment_columns(wave, audience.side)
    for column, code in zip(SEGMENT_COLUMNS, codes, strict=False):
        given = known.segments.get(f"{audience.side}.{code}", answers.segments.get(code))
        setattr(row, column, stored_segment(wave, instrument, audience.side, code, given))
    return row


def _three(number: int | None) -> str:
    return "---" if number is None else f"{number:03d}"


def _total_seconds(door: Door, audience: Audience, answers: Answers, instrument: Instrument) -> int | None:
    """Time on the rated pages together; None unless every one of them was timed."""
    plan = pages(door.wave, instrument, audience, door.invitation)
    times = [answers.seconds.get(page.number) for page in plan if page.kind == "items"]
    known = [seconds for seconds in times if seconds is not None]
    return min(sum(known), LONGEST) if len(known) == len(times) else None


def mix_intake(session: Session, wave: Wave, *, everything: bool = False) -> int:
    """Move waiting responses and comments of a wave into their tables, shuffled and under new keys.

    The caller gives this a transaction of its own. An audience is moved when at least k of its
    responses wait, so that a batch never narrows down who is meant.

    Args:
        everything: move small batches as well; at the close.

    Returns:
        the number of responses moved.
    """
    session.execute(sa.select(Wave.id).where(Wave.id == wave.id).with_for_update(key_share=True))
    waiting = sa.select(Intake.audience, sa.func.count()).where(Intake.wave_id == wave.id)
    counts = session.execute(waiting.group_by(Intake.audience)).all()
    ready = [audience for audience, count in counts if everything or count >= wave.k]
    for audience in ready:
        shuffle(session, Intake, Response, wave, audience)
        shuffle(session, IntakeComment, Comment, wave, audience)
    return sum(count for audience, count in counts if audience in ready)


def shuffle(
    session: Session,
    source: type[Intake | IntakeComment | Response | Comment],
    target: type[Response | Comment],
    wave: Wave,
    audience: Audience,
) -> None:
    """Move an audience's rows into a table in random order and under new keys."""
    columns = source.__table__.columns
    taken = sa.delete(source).where(source.wave_id == wave.id, source.audience == audience)
    found = session.execute(taken.returning(*columns))
    rows: list[dict[str, Any]] = [{**row, "id": new_key()} for row in found.mappings()]
    secrets.SystemRandom().shuffle(rows)
    if rows:
        session.execute(sa.insert(target), rows)
