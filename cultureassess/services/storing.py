"""Arrays into a wave: the inverse of :mod:`cultureassess.services.reading`, for imports and the demo."""

from __future__ import annotations

import random
import secrets
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from cultureassess.instruments.types import Instrument, Side
from cultureassess.models import Comment, Response, Wave
from cultureassess.models.responses import SEGMENT_COLUMNS, new_key
from cultureassess.scoring.answers import NOT_GIVEN, SideAnswers
from cultureassess.services.accounts import NUMBERS
from cultureassess.services.errors import WaveRefused
from cultureassess.services.intake import LONGEST
from cultureassess.services.questions import segment_columns, segment_values


def store_side(session: Session, wave: Wave, side: SideAnswers, instrument: Instrument) -> int:
    """Store one side's answers as mixed responses, in random order and under random keys.

    Args:
        side: its points and outcomes have the instrument's columns. A segment that the wave does not
            ask, or a value that it does not offer, is refused.

    Returns:
        the number of responses stored.

    Raises:
        WaveRefused: a segment or a value is not the wave's.
    """
    columns = _segment_texts(wave, side, instrument)
    rows = [
        {
            "id": new_key(),
            "wave_id": wave.id,
            "audience": side.audiences[audience],
            "language": wave.languages[0],
        }
        | {"answers": answers, "outcomes": outcomes}
        | {name: texts[place] for name, texts in columns.items()}
        for place, (audience, answers, outcomes) in enumerate(
            zip(side.audience.tolist(), _answers(side), _outcomes(side), strict=True)
        )
    ]
    comments = [
        {
            "id": new_key(),
            "wave_id": wave.id,
            "audience": comment.audience,
            "question": comment.question,
            "text": comment.text,
        }
        for comment in side.comments
    ]
    _insert_shuffled(session, Response, rows)
    _insert_shuffled(session, Comment, comments)
    return len(rows)


def _insert_shuffled(session: Session, model: type[Response | Comment], rows: list[dict[str, Any]]) -> None:
    secrets.SystemRandom().shuffle(rows)
    if rows:
        session.execute(sa.insert(model), rows)


def _answers(side: SideAnswers) -> list[str]:
    """Points as stored characters, one string per respondent."""
    characters = np.ascontiguousarray(side.points + np.uint8(48))
    return [row.tobytes().decode("ascii") for row in characters]


def _outcomes(side: SideAnswers) -> list[str]:
    return ["".join("---" if n < 0 else f"{n:03d}" for n in row) for row in side.outcomes.tolist()]


def _segment_texts(wave: Wave, side: SideAnswers, instrument: Instrument) -> dict[str, list[Any]]:
    """Column name to its value per respondent, for everything but the answers themselves."""
    where = Side.INSIDE if "management" in side.audiences else Side.OUTSIDE
    asked = dict(zip(segment_columns(wave, where), SEGMENT_COLUMNS, strict=False))
    columns: dict[str, list[Any]] = {
        "role": [None] * len(side),
        **{name: [None] * len(side) for name in SEGMENT_COLUMNS},
        "seconds": _seconds(side),
        "fast": [None] * len(side) if side.fast is None else side.fast.tolist(),
        "late": [None] * len(side) if side.late is None else side.late.tolist(),
        "account": _accounts(side) if wave.accounts else [None] * len(side),
    }
    for code, segment in side.segments.items():
        name = "role" if code == "role" else asked.get(code)
        if name is None:
            raise WaveRefused(f"The wave {wave.label} does not ask {where} for {code}.")
        _check_values(wave, instrument, where, code, segment.values)
        texts = [*segment.values, None]
        columns[name] = [texts[place] for place in segment.codes.tolist()]
    return columns


def _check_values(wave: Wave, instrument: Instrument, side: Side, code: str, values: tuple[str, ...]) -> None:
    if code == "role":
        offered = (
            {option.code for option in instrument.role_question.options}
            if instrument.role_question
            else set()
        )
    else:
        offered = set(segment_values(wave, instrument, side, code))
    strange = [value for value in values if value not in offered]
    if strange:
        raise WaveRefused(f"{strange[0]!r} is not a value of {code} in the wave {wave.label}.")


def _seconds(side: SideAnswers) -> list[int | None]:
    if side.seconds is None:
        return [None] * len(side)
    return [None if np.isnan(value) else min(round(value), LONGEST) for value in side.seconds.tolist()]


def _accounts(side: SideAnswers) -> list[str | None]:
    """Every account under a random number: its own would be the same in the next wave."""
    if side.account is None:
        return [None] * len(side)
    present = set(side.account.tolist()) - {NOT_GIVEN}
    numbers = random.SystemRandom().sample(range(NUMBERS), len(present))
    renamed = dict(zip(present, map(str, numbers), strict=True))
    return [renamed.get(number) for number in side.account.tolist()]
