"""METHOD 2.0, steps 2 and 3: who counts. Usable respondents, careless flags, exclusion of "both"."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cultureassess.instruments.types import Instrument, Side
from cultureassess.scoring import careless
from cultureassess.scoring.answers import BoolArray, PointArray, Segment, SideAnswers
from cultureassess.scoring.careless import CarelessFlags
from cultureassess.scoring.scores import blocks


@dataclass(frozen=True)
class Prepared:
    """One side after exclusion, and what was excluded.

    ``usable``, ``flags`` and ``kept`` are over all who answered; ``answers`` holds only the kept.
    Its ``points`` are stored column by column: every statistic walks one item at a time.
    """

    side: Side
    answers: SideAnswers
    raw: SideAnswers
    usable: BoolArray
    flags: CarelessFlags
    kept: BoolArray


def prepare(instrument: Instrument, side: Side, answers: SideAnswers) -> Prepared:
    """Flag and exclude; excluded are the unusable, and those who are straight-lining *and* fast."""
    columns = [instrument.position[item.id] for item in instrument.rated_on(side)]
    points = _column_by_column(answers.points)
    asked = points.T[columns].T
    usable = careless.usable(asked)
    flags = careless.careless_flags(asked, answers.seconds, answers.fast)
    kept = usable & ~flags.excluded
    return Prepared(side, _select(answers, points, kept), answers, usable, flags, kept)


def fast_flags(instrument: Instrument, side: Side, answers: SideAnswers) -> BoolArray:
    """Who was too fast, shape (respondents,): the flag that was kept, otherwise from the timings."""
    if answers.fast is not None:
        return answers.fast
    return careless.rushed(answers.seconds, len(answers), len(instrument.rated_on(side)))


def _column_by_column(points: PointArray) -> PointArray:
    """The same answers, stored column by column. Block by block: the cache holds a block's rows."""
    if points.flags.f_contiguous:
        return points
    turned = np.empty(points.shape[::-1], dtype=points.dtype)
    for rows in blocks(len(points)):
        turned[:, rows] = points[rows].T
    return turned.T


def _select(answers: SideAnswers, points: PointArray, kept: BoolArray) -> SideAnswers:
    if kept.all():
        return replace(answers, points=points)
    return replace(
        answers,
        points=points.T[:, kept].T,
        outcomes=answers.outcomes[kept],
        audience=answers.audience[kept],
        segments={code: Segment(s.values, s.codes[kept]) for code, s in answers.segments.items()},
        seconds=None if answers.seconds is None else answers.seconds[kept],
        fast=None if answers.fast is None else answers.fast[kept],
        late=None if answers.late is None else answers.late[kept],
        account=None if answers.account is None else answers.account[kept],
    )
