"""One side's answers as arrays: what every scoring function starts from.

The arrays are the stored strings seen as numbers (character code minus 48), so that a million
responses are read without a loop: ``0`` skipped or not asked, ``1``-``9`` the point, ``D`` = 20
"can't judge / does not apply".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.integer[Any]]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
PointArray = NDArray[np.uint8]

SKIPPED = 0
DONT_KNOW = 20
"""``ord("D") - 48``: the stored character needs no translation."""

NOT_GIVEN = -1
"""Segment code of a respondent who gave none; also a missing outcome."""


@dataclass(frozen=True)
class Segment:
    """One attribute of a side's respondents.

    ``codes`` has shape (respondents,): a place in ``values``, or ``NOT_GIVEN``. ``offered``: so many values,
    the first ones, were offered to everybody, the others are respondents' own; None if all were offered.
    """

    values: tuple[str, ...]
    codes: IntArray
    offered: int | None = None


@dataclass(frozen=True)
class Comment:
    """An open answer. It carries its audience, never its respondent."""

    question: str
    audience: str
    text: str


@dataclass(frozen=True)
class SideAnswers:
    """What one side answered, before any exclusion.

    Attributes:
        points: shape (respondents, rated items), ``SKIPPED``, 1..points or ``DONT_KNOW``; the columns
            are ``instrument.rated``, with 0 in the columns that this side is not asked.
        outcomes: shape (respondents, outcomes), the number answered or -1; the columns are
            ``instrument.outcomes``.
        audiences: the audience codes of this side, for example ("management", "staff").
        audience: shape (respondents,), a place in ``audiences``.
        segments: attribute code -> :class:`Segment`. ``role`` is one of them on the inside.
        seconds: shape (respondents,), total time on rated pages, NaN where unknown; None if not kept.
        fast: shape (respondents,), what is kept of the timings at the close (METHOD 3.9): True where less
            than two seconds per rated item were taken, False also where unknown; None if not kept. Where
            it is there, it counts instead of ``seconds``.
        late: shape (respondents,), True in the last quarter of the fielding; None if unknown.
        account: shape (respondents,), business account number or -1; None where not declared.
    """

    points: PointArray
    outcomes: NDArray[np.int16]
    audiences: tuple[str, ...]
    audience: IntArray
    segments: Mapping[str, Segment] = field(default_factory=dict)
    seconds: FloatArray | None = None
    fast: BoolArray | None = None
    late: BoolArray | None = None
    account: IntArray | None = None
    comments: tuple[Comment, ...] = ()

    def __len__(self) -> int:
        return len(self.points)
