"""Late answers by the day of the answer: METHOD 3.8, the last quarter, cut between whole days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from cultureassess.scoring.answers import BoolArray
from cultureassess.snapshot.files.columns import Codes

LEAST_PART: Final = 5
"""Early and late are told apart only if each has this many answers; k is never lower (METHOD 4.2)."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def refuse(text: str) -> tuple[str, str] | None:
    """Return reason and remedy if a text is no ISO date."""
    try:
        if _DAY.fullmatch(text):
            dt.date.fromisoformat(text)
            return None
    except ValueError:
        pass
    return "{} is no date", "Write year, month and day like 2025-03-31"


def late(codes: Codes, values: Sequence[str]) -> BoolArray | None:
    """Tell the answers of the last quarter of the fielding, first to last day of the file.

    Args:
        codes: shape (respondents,), places in ``values`` or -1, which counts as early.
        values: ISO dates.

    Returns:
        Shape (respondents,); None if either part has fewer than five answers.
    """
    if not values:
        return None
    ordinals = np.array([dt.date.fromisoformat(value).toordinal() for value in values])
    first, length = ordinals.min(), ordinals.max() - ordinals.min() + 1
    of_day = np.append(4 * (ordinals - first) >= 3 * length, False)
    flags = of_day[codes]
    late_answers = int(flags.sum())
    enough = min(late_answers, len(flags) - late_answers) >= LEAST_PART
    return np.asarray(flags) if enough else None
