"""One cell on its way into the snapshot: the table of minimum n is applied here, and only here.

A formula may compute for any n; what it gives is shown only from the n that METHOD 2.0 asks for.
Each function takes a distribution and an optional reason from the release, and gives a snapshot type.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from cultureassess.disclosure.minimums import Rules, Statistic, enough, shortfall
from cultureassess.disclosure.reasons import Reason
from cultureassess.disclosure.suppression import homogeneity
from cultureassess.instruments.types import Outcome
from cultureassess.scoring import describe, proportions, recommendation
from cultureassess.scoring.describe import Interval
from cultureassess.scoring.items import ItemTally
from cultureassess.scoring.scores import Tally
from cultureassess.snapshot.types import Estimate, ItemFigures, Range, Recommendation, Share


def estimate(tally: Tally, rules: Rules, withheld: Reason | None = None) -> Estimate:
    """Return a group's mean as it may be shown.

    A group whose members all have the same score is withheld: its mean would tell everybody's answer
    (METHOD 4.3 X).
    """
    if withheld is None and not enough(Statistic.SCORE, tally.n, rules):
        withheld = Reason.FEW
    if withheld is None and tally.constant:
        withheld = Reason.PROTECTS
    if withheld is not None:
        return Estimate(withheld=withheld)
    if not enough(Statistic.INTERVAL, tally.n, rules):
        return Estimate(n=tally.n, mean=tally.mean, nominal=describe.nominal_half_width(tally.n))
    summary = describe.estimate(tally)
    interval = None if summary.interval is None else Range(*summary.interval)
    return Estimate(n=summary.n, mean=summary.mean, sd=summary.sd, interval=interval)


def share(tally: Tally, highly: tuple[int, ...], rules: Rules, withheld: Reason | None = None) -> Share:
    """Return how many chose one of the ``highly`` points, with Wilson's interval from 10 answers."""
    if withheld is None and not enough(Statistic.FAVOURABLE, tally.n, rules):
        withheld = Reason.FEW
    if withheld is not None:
        return Share(withheld=withheld)
    pairs = zip(tally.values, tally.counts, strict=True)
    count = sum(int(number) for value, number in pairs if int(value) in highly)
    if bounded := bound(count, tally.n):
        return Share(n=tally.n, bounded=bounded)
    interval = None
    if enough(Statistic.INTERVAL, tally.n, rules):
        interval = percent_range(proportions.wilson(count, tally.n))
    return Share(n=tally.n, count=count, percent=100 * count / tally.n, interval=interval)


def percent_range(bounds: Interval | None) -> Range | None:
    """Turn bounds of a share, 0-1, into percent."""
    return None if bounds is None else Range(100 * bounds.low, 100 * bounds.high)


def bound(count: int, n: int) -> Literal["5 or less", "95 or more"] | None:
    """Return the words that replace a share of nobody or everybody in a group under 20."""
    coarse = homogeneity(n, count, equal=False).favourable
    if coarse is None:
        return None
    return "5 or less" if coarse == "low" else "95 or more"


def item_figures(tally: ItemTally, rules: Rules, withheld: Reason | None = None) -> ItemFigures:
    """Return one item in one audience; distributions from 10 answers, none where answers are uniform.

    Below 10 the mean and the favourable share stand alone (METHOD 2.0): the neutral and the unfavourable
    beside them would be the distribution.
    """
    if withheld is None and not enough(Statistic.SCORE, tally.n, rules):
        withheld = Reason.FEW
    if withheld is not None:
        return ItemFigures(withheld=withheld)
    uniform = max(tally.points) == tally.n
    bounded = bound(tally.favourable_count, tally.n)
    if uniform and bounded is None:
        bounded = "95 or more" if tally.favourable_count else "5 or less"
    if bounded is not None:
        mean = None if uniform else tally.mean
        return ItemFigures(n=tally.n, mean=mean, dont_know=tally.dk_share, bounded=bounded)
    spread = enough(Statistic.HISTOGRAM, tally.n, rules)
    return ItemFigures(
        n=tally.n,
        mean=tally.mean,
        count=tally.favourable_count,
        favourable=tally.favourable,
        neutral=tally.neutral if spread else None,
        unfavourable=tally.unfavourable if spread else None,
        dont_know=tally.dk_share,
        distribution=tally.points if spread else None,
    )


def recommend(
    outcome: Outcome, audience: str, tally: Tally, rules: Rules, withheld: Reason | None = None
) -> Recommendation:
    """Return promoters minus detractors of one audience; from 10 answers (METHOD 2.0, 2.9).

    Withheld where all gave the same number, or where under 20 answers nobody or everybody promotes or
    detracts: the three counts are a distribution, and with it the score goes, which would tell them
    (METHOD 4.3 X).
    """
    reason = withheld or shortfall(Statistic.RECOMMENDATION, tally.n, rules)
    result = from_tally(tally)
    if reason is None and _too_much_alike(result, tally):
        reason = Reason.PROTECTS
    if reason is not None:
        return Recommendation(id=outcome.id, audience=audience, withheld=reason)
    bounds = result.printed_interval
    return Recommendation(
        id=outcome.id,
        audience=audience,
        n=result.n,
        promoters=result.promoters,
        passives=result.passives,
        detractors=result.detractors,
        score=result.score,
        interval=None if bounds is None else Range(*bounds),
    )


def _too_much_alike(result: recommendation.Recommendation, tally: Tally) -> bool:
    counts = (result.promoters, result.detractors)
    rules = (homogeneity(result.n, count, equal=tally.constant) for count in counts)
    return not all(rule.distribution for rule in rules)


def from_tally(tally: Tally) -> recommendation.Recommendation:
    """Count promoters, passives and detractors in a distribution of the numbers 0..10."""
    counts = np.zeros(11, dtype=np.int64)
    counts[tally.values.astype(np.int64)] = tally.counts
    return recommendation.from_counts(counts.tolist())
