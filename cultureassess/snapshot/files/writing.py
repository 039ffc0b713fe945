"""Write one side's answers in the format that :mod:`cultureassess.snapshot.files.reading` reads."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cultureassess.instruments.types import Audience, Instrument, Side
from cultureassess.scoring.answers import DONT_KNOW, NOT_GIVEN, Segment, SideAnswers
from cultureassess.snapshot.files.audiences import Audiences, default_roles
from cultureassess.snapshot.files.formulas import guarded
from cultureassess.snapshot.files.layout import ACCOUNT, AUDIENCE, FAST, LATE, RESPONDENT, ROLE, SECONDS, TYPE


def write_side(
    path: Path,
    answers: SideAnswers,
    instrument: Instrument,
    *,
    management_roles: Collection[str] | None = None,
) -> None:
    """Write a CSV file in UTF-8 that reads back as the same answers.

    Respondents are numbered as they stand. A comment knows its audience but not its respondent: comments
    are put into rows of their audience in the order given, and the row they stand in says nothing. Texts
    that a spreadsheet would run as a formula get an apostrophe in front, which reading takes off again.
    The column ``audience`` is added only if role or type alone would not give the same audiences.

    Args:
        path: the file, written over if it exists.
        answers: one side; its audiences tell which.
        instrument: the questionnaire that was answered.
        management_roles: as in :func:`cultureassess.snapshot.files.reading.read_sides`.

    Raises:
        ValueError: an audience has more comments to one question than respondents.
        OSError: the file cannot be written.
    """
    side = Audience(answers.audiences[0]).side
    roles = default_roles(instrument) if management_roles is None else management_roles
    columns = {RESPONDENT: _numbers("I" if side is Side.INSIDE else "C", len(answers))}
    if not _audience_is_implied(answers, Audiences(instrument, side, roles), side):
        columns[AUDIENCE] = [answers.audiences[place] for place in answers.audience]
    columns |= {code: _texts(segment) for code, segment in answers.segments.items()}
    if answers.account is not None:
        columns[ACCOUNT] = _account_numbers(answers.account)
    columns |= _answer_columns(answers, instrument, side)
    if answers.seconds is not None:
        columns[SECONDS] = [_decimal(value) for value in answers.seconds.tolist()]
    if answers.fast is not None:
        columns[FAST] = [str(int(fast)) for fast in answers.fast]
    if answers.late is not None:
        columns[LATE] = [str(int(late)) for late in answers.late]
    columns |= _comment_columns(answers, instrument, side)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _audience_is_implied(answers: SideAnswers, audiences: Audiences, side: Side) -> bool:
    """Whether role or type, read again, gives everybody the audience they have."""
    name = ROLE if side is Side.INSIDE else TYPE
    segment = answers.segments.get(name)
    if segment is None:
        return side is Side.OUTSIDE and bool((answers.audience == audiences.default).all())
    if name == TYPE and any(audiences.refuse_type(value) for value in segment.values):
        return False
    return np.array_equal(audiences.of(name, segment.values)[segment.codes], answers.audience)


def _answer_columns(answers: SideAnswers, instrument: Instrument, side: Side) -> dict[str, list[str]]:
    meanings = [""] * (DONT_KNOW + 1)
    meanings[1:10] = "123456789"
    meanings[DONT_KNOW] = "DK"
    columns = {
        item.id: [meanings[point] for point in answers.points[:, instrument.position[item.id]]]
        for item in instrument.rated_on(side)
    }
    for place, outcome in enumerate(instrument.outcomes):
        if outcome.wording(side) is not None:
            numbers = answers.outcomes[:, place].tolist()
            columns[outcome.id] = ["" if number == NOT_GIVEN else str(number) for number in numbers]
    return columns


def _numbers(letter: str, count: int) -> list[str]:
    width = max(3, len(str(count)))
    return [f"{letter}{number:0{width}}" for number in range(1, count + 1)]


def _account_numbers(account: NDArray[Any]) -> list[str]:
    """Name accounts so that their names sort as their numbers do."""
    width = len(str(account.max(initial=0)))
    return ["" if number == NOT_GIVEN else f"A{number:0{width}}" for number in account.tolist()]


def _texts(segment: Segment) -> list[str]:
    safe = [*map(guarded, segment.values), ""]
    return [safe[code] for code in segment.codes]


def _decimal(value: float) -> str:
    return "" if np.isnan(value) else np.format_float_positional(value, trim="-")


def _comment_columns(answers: SideAnswers, instrument: Instrument, side: Side) -> dict[str, list[str]]:
    columns = {}
    for question in instrument.open_questions:
        comments = [comment for comment in answers.comments if comment.question == question.id]
        if question.side is side and comments:
            columns[question.id] = [""] * len(answers)
            for place, audience in enumerate(answers.audiences):
                texts = [comment.text for comment in comments if comment.audience == audience]
                _place_texts(columns[question.id], texts, np.flatnonzero(answers.audience == place).tolist())
    return columns


def _place_texts(column: list[str], texts: Collection[str], rows: Iterable[int]) -> None:
    free = list(rows)
    if len(texts) > len(free):
        raise ValueError(f"{len(texts)} comments of {len(free)} respondents")
    for row, text in zip(free, texts, strict=False):
        column[row] = guarded(text.strip().replace("\0", ""))
