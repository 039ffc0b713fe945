"""A wave's answers as arrays: one query a side into one NumPy array (DESIGN, FACTS 6)."""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import InstrumentedAttribute, Session

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Comment, Response, Wave
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.scoring.answers import Comment as CommentRead
from cultureassess.scoring.answers import FloatArray, IntArray, Segment, SideAnswers
from cultureassess.services.questions import segment_columns, segment_values

AUDIENCES = {
    Side.INSIDE: (Audience.MANAGEMENT, Audience.STAFF),
    Side.OUTSIDE: (Audience.CUSTOMER, Audience.PARTNER),
}
FIRST = 49
"""``ord("1")``: the character of a coded column's first value; "0" is none."""

LEADING = 3
"""Characters before the segments: audience, late, fast."""

_NONE, _STRANGE = "0", "!"


def read_wave(session: Session, wave: Wave, instrument: Instrument) -> tuple[SideAnswers, SideAnswers]:
    """Read what both sides of a wave answered: (inside, outside), before any exclusion.

    Responses that still wait in ``intake`` are not read. ``late``, ``seconds`` and ``fast`` are None
    where no response of the side has them.

    Raises:
        ValueError: the instrument is not the wave's, or a stored code is none of the wave's values.
    """
    if len(instrument.rated) != wave.rated_items or len(instrument.outcomes) != wave.outcome_items:
        raise ValueError(f"The wave {wave.label} was not asked with {instrument.code} {instrument.version}.")
    return read_side(session, wave, instrument, Side.INSIDE), read_side(
        session, wave, instrument, Side.OUTSIDE
    )


def read_side(session: Session, wave: Wave, instrument: Instrument, side: Side) -> SideAnswers:
    """Read one side of a wave: see :func:`read_wave`."""
    return _read(session, wave, instrument, side)[0]


def read_keyed_side(
    session: Session, wave: Wave, instrument: Instrument, side: Side
) -> tuple[SideAnswers, tuple[str, ...]]:
    """Read one side of a wave, and the responses' keys in hexadecimal digits, in the same order."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    key = sa.func.encode(Response.id, "hex") if postgresql else sa.func.lower(sa.func.hex(Response.id))
    answers, keys = _read(session, wave, instrument, side, key)
    return answers, tuple(keys.split(",")) if keys else ()


def _read(
    session: Session,
    wave: Wave,
    instrument: Instrument,
    side: Side,
    key: sa.ColumnElement[str] | None = None,
) -> tuple[SideAnswers, str]:
    audiences = AUDIENCES[side]
    coded = _coded_columns(wave, instrument, side)
    text, seconds, accounts, keys = _aggregates(session, wave, audiences, list(coded.values()), key)
    rated_from = LEADING + len(coded)
    outcomes_from = rated_from + wave.rated_items
    table = np.frombuffer(text.encode("ascii"), np.uint8)
    table = table.reshape(-1, outcomes_from + 3 * wave.outcome_items)
    codes = table[:, :rated_from].astype(np.int16) - FIRST
    if (codes < -1).any():
        raise ValueError(f"The wave {wave.label} holds a segment value that it does not offer.")
    answers = SideAnswers(
        points=table[:, rated_from:outcomes_from] - np.uint8(48),
        outcomes=_outcomes(table[:, outcomes_from:]),
        audiences=tuple(audience.value for audience in audiences),
        audience=codes[:, 0].astype(np.int8),
        segments={
            name: Segment(values, codes[:, place].astype(np.int8))
            for place, (name, (_, values)) in enumerate(coded.items(), start=LEADING)
        },
        seconds=_seconds(seconds),
        fast=None if (codes[:, 2] < 0).all() else codes[:, 2] == 1,
        late=_late(codes[:, 1]),
        account=_accounts(accounts) if wave.accounts and side is Side.OUTSIDE else None,
        comments=_comments(session, wave, audiences),
    )
    return answers, keys


Coded = tuple[InstrumentedAttribute[Any], tuple[str, ...]]


def _coded_columns(wave: Wave, instrument: Instrument, side: Side) -> dict[str, Coded]:
    """Attribute code to its column and its values. The role comes first, on the inside only."""
    coded: dict[str, Coded] = {}
    if side is Side.INSIDE and instrument.role_question is not None:
        coded["role"] = (Response.role, tuple(option.code for option in instrument.role_question.options))
    for name, code in zip(SEGMENT_COLUMNS, segment_columns(wave, side), strict=False):
        coded[code] = (getattr(Response, name), segment_values(wave, instrument, side, code))
    return coded


def _aggregates(
    session: Session,
    wave: Wave,
    audiences: tuple[Audience, ...],
    coded: list[Coded],
    key: sa.ColumnElement[str] | None,
) -> tuple[str, str, str, str]:
    """All rows of a side as strings in the same order: fixed-width text, seconds, accounts, keys."""
    parts = [_one_character(Response.audience, audiences)]
    parts += [_one_character(column, (False, True)) for column in (Response.late, Response.fast)]
    parts += [_one_character(column, values) for column, values in coded]
    row: sa.ColumnElement[str] = sa.cast(parts[0], sa.Text)
    for part in [*parts[1:], Response.answers, Response.outcomes]:
        row = row.concat(part)
    seconds = sa.func.coalesce(sa.cast(Response.seconds, sa.Text), "-1")
    account = sa.func.aggregate_strings(sa.func.coalesce(Response.account, ""), "\n")
    wanted = sa.select(
        sa.func.aggregate_strings(row, ""),
        sa.func.aggregate_strings(seconds, ","),
        account if wave.accounts else sa.literal(""),
        sa.literal("") if key is None else sa.func.aggregate_strings(key, ","),
    ).where(Response.wave_id == wave.id, Response.audience.in_(audiences))
    text, seconds_text, accounts, keys = session.execute(wanted).one()
    return text or "", seconds_text or "", accounts or "", keys or ""


def _one_character(column: InstrumentedAttribute[Any], values: tuple[Any, ...]) -> sa.ColumnElement[str]:
    """A column as the character of its value's place; what is none of the values shows as a stranger."""
    known = {value: chr(FIRST + place) for place, value in enumerate(values)}
    if not known:
        return sa.case((column.is_(None), _NONE), else_=_STRANGE)
    unknown = sa.case((column.is_(None), _NONE), else_=_STRANGE)
    return sa.case(known, value=column, else_=unknown)


def _outcomes(characters: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Three digits to a number, ``---`` to -1. Shape (respondents, outcomes)."""
    digits = characters.reshape(len(characters), characters.shape[1] // 3, 3).astype(np.int16) - 48
    numbers = digits @ np.array([100, 10, 1], np.int16)
    return np.where(digits[:, :, 0] < 0, -1, numbers).astype(np.int16)


def _seconds(text: str) -> FloatArray | None:
    if not text:
        return None
    numbers = np.fromstring(text, sep=",")
    return None if (numbers < 0).all() else np.where(numbers < 0, np.nan, numbers)


def _late(codes: IntArray) -> NDArray[np.bool_] | None:
    """True, False per respondent; None unless it is known of all of them."""
    return None if len(codes) == 0 or (codes < 0).any() else codes == 1


def _accounts(text: str) -> IntArray:
    """Accounts numbered by name; -1 for none."""
    names = np.array(text.split("\n") if text else [], dtype=str)
    known = sorted(set(names) - {""})
    return np.where(names == "", -1, np.searchsorted(known, names) if known else -1).astype(np.int64)


def _comments(session: Session, wave: Wave, audiences: tuple[Audience, ...]) -> tuple[CommentRead, ...]:
    """The side's comments, in the order of their random keys."""
    wanted = sa.select(Comment.question, Comment.audience, Comment.text).where(
        Comment.wave_id == wave.id, Comment.audience.in_(audiences)
    )
    return tuple(CommentRead(*row) for row in session.execute(wanted.order_by(Comment.id)))
