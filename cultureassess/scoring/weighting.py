"""A mean over segments under a declared weighting. Source: METHOD 2.8.

There is one weighting per audience and report, and its name is printed with it. A segment with nobody
in it has no mean: its weight goes to the others in proportion, and ``uncovered`` says how much of
the weight that was. Respondents who named no segment cannot be weighted and take no part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from cultureassess.scoring.answers import FloatArray
from cultureassess.scoring.describe import Estimate, t_interval
from cultureassess.scoring.scores import Tally, pooled

CAP = 5.0
"""No respondent weighs more than this many times another."""


class Weighting(StrEnum):
    RESPONDENTS = "respondents"
    """Every respondent alike: the plain mean."""
    POPULATION = "population"
    """Every segment by its share of the people in it."""
    EQUAL = "equal"
    """Every segment alike."""


@dataclass(frozen=True)
class WeightedMean:
    """A weighted mean.

    Attributes:
        n: respondents in it.
        mean: in the unit of the tallies.
        se, df: its standard error and Satterthwaite degrees of freedom; None where a segment has a
            single respondent, because its spread is unknown.
        effective_n: Kish's (sum w)^2 / sum w^2: how many equally weighted respondents it is worth.
        weights: the weight of each segment, adding up to 1; 0 for an empty one.
        capped: whether the cap on weights changed them.
        uncovered: share (0-1) of the declared weight that belongs to segments with nobody in them.
    """

    n: int
    mean: float
    se: float | None
    df: float | None
    effective_n: float
    weights: tuple[float, ...]
    capped: bool
    uncovered: float

    def estimate(self) -> Estimate:
        """The mean with its t interval. A weighted sample has no plain SD: ``sd`` is None."""
        if self.se is None or self.df is None:
            return Estimate(self.n, self.mean, None, None)
        return Estimate(self.n, self.mean, None, t_interval(self.mean, self.se, self.df))


def weighted_mean(
    tallies: Sequence[Tally],
    weighting: Weighting,
    *,
    sizes: Sequence[float] | None = None,
    finite: bool = False,
) -> WeightedMean | None:
    """The mean over segments: sum W_s m_s, with variance sum W_s^2 s_s^2 / n_s.

    Args:
        tallies: one per segment, empty ones included.
        sizes: how many people each segment has; needed for ``POPULATION`` and for ``finite``.
        finite: multiply each variance by (1 - n_s / N_s). Only for a margin of error, never for a
            gap, which is a statement about the culture and not about today's payroll (METHOD 3.2).

    Returns:
        None if nobody answered.

    Raises:
        ValueError: sizes are missing, do not fit the segments, or are not above 0 where somebody
            answered.
    """
    counts = np.array([tally.n for tally in tallies], dtype=np.float64)
    if not counts.any():
        return None
    if weighting is Weighting.RESPONDENTS:
        return _plain(tallies, counts)
    declared = _declared(counts, weighting, sizes)
    weights, capped = _cap(declared, counts)
    variances = _variances(tallies, weights, _population(counts, sizes) if finite else None)
    total = math.fsum(variances)
    known = not math.isnan(total)
    return WeightedMean(
        n=int(counts.sum()),
        mean=math.fsum(
            weight * tally.mean for weight, tally in zip(weights, tallies, strict=True) if tally.n
        ),
        se=math.sqrt(total) if known else None,
        df=_satterthwaite(variances, counts) if known else None,
        effective_n=_kish(weights, counts),
        weights=tuple(weights.tolist()),
        capped=capped,
        uncovered=float(declared[counts == 0].sum() / declared.sum()),
    )


def _plain(tallies: Sequence[Tally], counts: FloatArray) -> WeightedMean:
    whole = pooled(tallies)
    known = whole.n >= 2
    return WeightedMean(
        n=whole.n,
        mean=whole.mean,
        se=whole.se if known else None,
        df=whole.n - 1 if known else None,
        effective_n=whole.n,
        weights=tuple((counts / whole.n).tolist()),
        capped=False,
        uncovered=0.0,
    )


def _population(counts: FloatArray, sizes: Sequence[float] | None) -> FloatArray:
    if sizes is None or len(sizes) != len(counts):
        raise ValueError("every segment needs its number of people")
    people: FloatArray = np.asarray(sizes, dtype=np.float64)
    if not np.all(people[counts > 0] > 0) or np.any(people < 0):
        raise ValueError("a segment in which somebody answered has at least one person")
    return people


def _declared(counts: FloatArray, weighting: Weighting, sizes: Sequence[float] | None) -> FloatArray:
    return _population(counts, sizes) if weighting is Weighting.POPULATION else np.ones(len(counts))


def _cap(declared: FloatArray, counts: FloatArray) -> tuple[FloatArray, bool]:
    """Segment weights adding up to 1 after the cap on the weight of a single respondent."""
    each = np.divide(declared, counts, out=np.zeros(len(counts)), where=counts > 0)
    limit = CAP * each[counts > 0].min()
    weights: FloatArray = np.minimum(each, limit) * counts
    return weights / weights.sum(), bool(np.any(each > limit))


def _variances(tallies: Sequence[Tally], weights: FloatArray, people: FloatArray | None) -> FloatArray:
    """What each segment adds to the variance; 0 for an empty one, NaN for a single respondent."""
    parts = [tally.variance / tally.n if tally.n else 0.0 for tally in tallies]
    variances: FloatArray = weights**2 * np.array(parts)
    if people is None:
        return variances
    sampled = np.array([tally.n for tally in tallies]) / np.where(people > 0, people, 1)
    return variances * np.maximum(1 - sampled, 0)


def _satterthwaite(variances: FloatArray, counts: FloatArray) -> float:
    """(sum v)^2 / sum(v^2 / (n - 1)); without any spread the largest it could be, sum(n - 1)."""
    varying = variances > 0
    if not varying.any():
        return float(np.maximum(counts - 1, 0).sum())
    shares = variances[varying] / variances.sum()
    return float(1 / (shares**2 / (counts[varying] - 1)).sum())


def _kish(weights: FloatArray, counts: FloatArray) -> float:
    held = counts > 0
    return float(1 / (weights[held] ** 2 / counts[held]).sum())
