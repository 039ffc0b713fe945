"""Values of an attribute that stand in a file and that nobody was offered: the rare ones are not named.

"Office of the CEO", listed as withheld, would tell that somebody there answered. What everybody was offered
is listed whether somebody gave it or not, so that nobody and one to four look the same (METHOD 4.2).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from cultureassess.scoring.answers import NOT_GIVEN, Segment, SideAnswers

OTHER: Final = "other"


def folded(
    answers: SideAnswers, k: int, declared: Mapping[str, Collection[str]] | None = None
) -> SideAnswers:
    """Return one side's answers in which no value is named that only the answers of fewer than ``k`` name.

    Args:
        answers: one side.
        k: fewest answers that a value of one's own needs to be named.
        declared: attribute -> values that the wave's settings name anyway (its weights).
    """
    if all(segment.offered is None for segment in answers.segments.values()):
        return answers
    known = declared or {}
    segments = {code: fold(segment, k, known.get(code, ())) for code, segment in answers.segments.items()}
    return replace(answers, segments={code: one for code, one in segments.items() if one.values})


def fold(segment: Segment, k: int, declared: Collection[str] = ()) -> Segment:
    """Join the rare values of a segment: into "other" if ``k`` gave one of them, into "not given" if fewer.

    As long as no value outside those offered is frequent, all of the offered are named. Otherwise the list
    is the file's own, and a rare value is joined whether it was offered or not. What is declared is named.
    """
    if segment.offered is None:
        return segment
    given = np.bincount(segment.codes[segment.codes >= 0], minlength=len(segment.values))
    counts = dict(zip(segment.values, given.tolist(), strict=True))
    known = dict.fromkeys([*segment.values[: segment.offered], *declared])
    frequent = [value for value, count in counts.items() if count >= k]
    if any(value not in known for value in frequent):
        known = dict.fromkeys([*frequent, *declared])
    rare = sum(count for value, count in counts.items() if value not in known)
    if rare >= k:
        known[OTHER] = None
    return _placed(segment, list(known))


def _placed(segment: Segment, values: list[str]) -> Segment:
    place = {value: number for number, value in enumerate(values)}
    rest = place.get(OTHER, NOT_GIVEN)
    new = np.array([*(place.get(value, rest) for value in segment.values), NOT_GIVEN], dtype=np.int32)
    return Segment(tuple(values), new[segment.codes])
