"""Who answered: response rate, margin of error, early against late answers. Source: METHOD 3.8."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from cultureassess.scoring.answers import BoolArray
from cultureassess.scoring.describe import TYPICAL_SD, Z, nominal_half_width
from cultureassess.scoring.scores import Scores

UNEVEN = 15.0
"""Difference of response rates, in percentage points, that is reported."""

LATE_DIFFERS = 5.0
"""Difference of late answers, in points, that is reported."""


class LateAnswers(NamedTuple):
    """The last quarter of the answers against the rest; ``difference`` is late minus early, in points."""

    early: float
    late: float
    early_n: int
    late_n: int

    @property
    def difference(self) -> float:
        return self.late - self.early

    @property
    def notable(self) -> bool:
        """Late answers differ so much that the silent may differ more."""
        return abs(self.difference) >= LATE_DIFFERS


def response_rate(usable: int, invited: int | None, *, undeliverable: int = 0) -> float | None:
    """Usable answers in percent of the invitations that arrived.

    Args:
        usable: responses with at least half of the rated items answered, "don't know" included.
        invited: invitations sent; None for an open link.
        undeliverable: invitations that came back.

    Returns:
        0-100; None where it cannot be computed: an open link, or nobody reached.

    Raises:
        ValueError: a negative count, or more answers than invitations.
    """
    if invited is None:
        return None
    reached = invited - undeliverable
    if min(usable, undeliverable, reached) < 0:
        raise ValueError("Counts cannot be negative, and no more can come back than were sent.")
    if usable > reached:
        raise ValueError(f"{usable} answers cannot come from {reached} invitations.")
    return 100 * usable / reached if reached else None


def lagging_segments(rates: Mapping[str, float]) -> tuple[str, ...]:
    """Segments that answered more than 15 percentage points less often than the keenest one.

    Args:
        rates: segment -> response rate, 0-100.

    Returns:
        their names in the given order; empty where response is even enough.
    """
    best = max(rates.values(), default=0.0)
    return tuple(segment for segment, rate in rates.items() if best - rate > UNEVEN)


def margin(n: int, population: int | None = None) -> float:
    """Margin of error of a share at 95%, in percentage points, in the worst case of 50%.

    Args:
        n: answers, 1 or more.
        population: people who could have been asked; None for a very large number.

    Returns:
        1.96 sqrt(.25 / n) sqrt((N - n) / (N - 1)) in points; exactly 0 at a full census.

    Raises:
        ValueError: no answers, or more than the population.
    """
    if n < 1:
        raise ValueError("A margin of error needs at least one answer.")
    simple = 100 * Z * math.sqrt(0.25 / n)
    if population is None:
        return simple
    if n > population:
        raise ValueError(f"{n} answers cannot come from {population} people.")
    return simple * math.sqrt((population - n) / (population - 1)) if n < population else 0.0


def answers_for_margin(margin: float, population: int) -> float:
    """Answers that give a margin of ``margin`` percentage points, as a fraction.

    Round up to be sure of the margin; Krejcie and Morgan's table rounds to the nearest.
    """
    need = 0.25 * (100 * Z / margin) ** 2
    return need * population / (population - 1 + need)


def answers_needed(width: float, *, sd: float = TYPICAL_SD) -> int:
    """Fewest answers whose mean is known to within ``width`` points either way, 95% of the time.

    How many are needed to find a gap is another question: see ``power.people_needed``.

    Raises:
        ValueError: ``width`` is not above 0.
    """
    if not width > 0:
        raise ValueError("The interval must be wider than 0 points.")
    n = max(2, math.floor((Z * sd / width) ** 2))
    while (reached := nominal_half_width(n, sd)) is not None and reached > width:
        n += 1
    return n


def late_answers(scores: Scores, late: BoolArray) -> LateAnswers | None:
    """Compare the last quarter of the answers with those before.

    Args:
        scores: CC4 of every respondent, 0-100.
        late: shape (respondents,), True in the last quarter of the fielding.

    Returns:
        None where either part has no score.
    """
    before, after = scores.tally(~late), scores.tally(late)
    return LateAnswers(before.mean, after.mean, before.n, after.n) if before.n and after.n else None
