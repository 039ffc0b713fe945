"""A wave's answers as arrays: one query a side into one NumPy array (DESIGN, FACTS 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import InstrumentedAttribute, Session

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.models import Comment, Response, Wave
from cultureassess.models.responses import SEGMENT_COLUMNS
from cultureassess.scoring.answers import Comment as CommentRead
from cultureassess.scoring.answers import FloatArray, IntArray, PointArray, Segment, SideAnswers
from cultureassess.scoring.scores import column_blocks
from cultureassess.services.questions import segment_columns, segment_values

AUDIENCES = {
    Side.INSIDE: (Audience.MANAGEMENT, Audience.STAFF),
    Side.OUTSIDE: (Audience.CUSTOMER, Audience.PARTNER),
}
MOST_VALUES = 97
"""Values that an attribute can have: two digits, less 00 for none and 99 for a stranger."""

STRANGER = 99

NO_SECONDS = 99_999
"""More than a day's: unknown."""

ZERO = ord("0")


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
    fields = _fields(audiences, coded)
    text, accounts, keys = _aggregates(session, wave, audiences, fields, key)
    head = 1 + sum(field.digits for field in fields)
    outcomes_from = head + wave.rated_items
    table = np.frombuffer(text.encode("ascii"), np.uint8)
    table = table.reshape(-1, outcomes_from + 3 * wave.outcome_items)
    numbers = _numbers(table[:, 1:head], fields)
    audience, late, fast, seconds, *codes = numbers
    if any((column == STRANGER - 1).any() for column in codes):
        raise ValueError(f"The wave {wave.label} holds a segment value that it does not offer.")
    answers = SideAnswers(
        points=_points(table[:, head:outcomes_from]),
        outcomes=_outcomes(table[:, outcomes_from:]),
        audiences=tuple(audience.value for audience in audiences),
        audience=audience.astype(np.int8),
        segments={
            name: Segment(values, column.astype(np.int8))
            for (name, (_, values)), column in zip(coded.items(), codes, strict=True)
        },
        seconds=_seconds(seconds + 1),
        fast=None if (fast < 0).all() else fast == 1,
        late=_late(late),
        account=_accounts(accounts) if wave.accounts and side is Side.OUTSIDE else None,
        comments=_comments(session, wave, audiences),
    )
    return answers, keys


@dataclass(frozen=True)
class Field:
    """A column as a number of fixed width: 0 for none, otherwise the value's place, from 1."""

    number: sa.ColumnElement[int]
    digits: int


Coded = tuple[InstrumentedAttribute[Any], tuple[str, ...]]


def _coded_columns(wave: Wave, instrument: Instrument, side: Side) -> dict[str, Coded]:
    """Attribute code to its column and its values. The role comes first, on the inside only."""
    coded: dict[str, Coded] = {}
    if side is Side.INSIDE and instrument.role_question is not None:
        coded["role"] = (Response.role, tuple(option.code for option in instrument.role_question.options))
    for name, code in zip(SEGMENT_COLUMNS, segment_columns(wave, side), strict=False):
        coded[code] = (getattr(Response, name), segment_values(wave, instrument, side, code))
    return coded


def _fields(audiences: tuple[Audience, ...], coded: Mapping[str, Coded]) -> list[Field]:
    """The columns that go before the answers: audience, late, fast, seconds, then role and segments."""
    seconds = sa.func.coalesce(Response.seconds, NO_SECONDS)
    fields = [Field(_place(Response.audience, audiences), 1)]
    fields += [Field(_place(column, (False, True)), 1) for column in (Response.late, Response.fast)]
    fields += [Field(seconds, len(str(NO_SECONDS)))]
    return fields + [Field(_place(column, values), 2) for column, values in coded.values()]


def _aggregates(
    session: Session,
    wave: Wave,
    audiences: tuple[Audience, ...],
    fields: Sequence[Field],
    key: sa.ColumnElement[str] | None,
) -> tuple[str, str, str]:
    """All rows of a side as strings in the same order: text of a fixed width, accounts, keys.

    The fields are one number, behind a 1 that keeps its zeros: a database adds faster than it joins.
    """
    digits = sum(field.digits for field in fields)
    head: sa.ColumnElement[int] = sa.literal(10**digits, sa.BigInteger)
    for field in fields:
        digits -= field.digits
        head += field.number * sa.literal(10**digits, sa.BigInteger)
    row = sa.cast(head, sa.Text).concat(Response.answers).concat(Response.outcomes)
    account = sa.func.aggregate_strings(sa.func.coalesce(Response.account, ""), "\n")
    wanted = sa.select(
        sa.func.aggregate_strings(row, ""),
        account if wave.accounts else sa.literal(""),
        sa.literal("") if key is None else sa.func.aggregate_strings(key, ","),
    ).where(Response.wave_id == wave.id, Response.audience.in_(audiences))
    text, accounts, keys = session.execute(wanted).one()
    return text or "", accounts or "", keys or ""


def _place(column: InstrumentedAttribute[Any], values: tuple[Any, ...]) -> sa.ColumnElement[int]:
    """A column as the place of its value, from 1; 0 for none, ``STRANGER`` for what is no value.

    Raises:
        ValueError: there are more values than two digits can tell.
    """
    if len(values) > MOST_VALUES:
        raise ValueError(f"An attribute can have at most {MOST_VALUES} values; this one has {len(values)}.")
    unknown = sa.case((column.is_(None), 0), else_=STRANGER)
    places = {value: place for place, value in enumerate(values, start=1)}
    return sa.case(places, value=column, else_=unknown) if places else unknown


def _numbers(characters: NDArray[np.uint8], fields: Sequence[Field]) -> list[NDArray[np.int32]]:
    """Every field less 1, so that a value is its place and none is -1: shape (respondents,) each."""
    columns = iter(characters.T)
    found = []
    for field in fields:
        number = np.zeros(len(characters), np.int32)
        for column in islice(columns, field.digits):
            number *= 10
            number += column
            number -= ZERO
        found.append(number - 1)
    return found


def _points(characters: NDArray[np.uint8]) -> PointArray:
    """The answers of shape (respondents, items), stored column by column: every statistic walks an item."""
    points = np.empty(characters.shape[::-1], np.uint8)
    for rows, columns in column_blocks(characters):
        np.subtract(columns, np.uint8(ZERO), out=points[:, rows])
    return points.T


def _outcomes(characters: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Three digits to a number, ``---`` to -1. Shape (respondents, outcomes)."""
    digits = characters.reshape(len(characters), characters.shape[1] // 3, 3).astype(np.int16) - ZERO
    numbers = 100 * digits[:, :, 0] + 10 * digits[:, :, 1] + digits[:, :, 2]
    return np.where(digits[:, :, 0] < 0, -1, numbers).astype(np.int16)


def _seconds(numbers: NDArray[np.int32]) -> FloatArray | None:
    """The seconds, NaN where unknown; None where they are unknown of all."""
    unknown = numbers == NO_SECONDS
    return None if unknown.all() else np.where(unknown, np.nan, numbers)


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
