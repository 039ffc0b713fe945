"""Reliability and agreement of an index: warnings, which never change a score (METHOD 3.7)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cultureassess.disclosure.minimums import Statistic, enough, shortfall
from cultureassess.disclosure.reasons import Reason
from cultureassess.instruments.types import Side
from cultureassess.scoring import agreement, reliability
from cultureassess.scoring.answers import PointArray
from cultureassess.scoring.scores import Counts, Tally
from cultureassess.snapshot.context import CUSTOMER, MANAGEMENT, STAFF, Context
from cultureassess.snapshot.types import Estimate, Range, Reliability


def reliabilities(
    context: Context, items: tuple[str, ...], groups: Mapping[str, Estimate], tallies: Mapping[str, Tally]
) -> tuple[Reliability, ...]:
    """Return the reliability of one index per audience, from 30 answers.

    Args:
        context: the snapshot in the making.
        items: the index's pairs.
        groups: audience -> its shown mean; only audiences that it names are judged.
        tallies: audience -> distribution of the index.
    """
    if len(items) < 2:
        return ()
    index = context.instrument.rated[context.instrument.position[items[0]]].index
    found = []
    for side, audience in ((Side.INSIDE, MANAGEMENT), (Side.INSIDE, STAFF), (Side.OUTSIDE, CUSTOMER)):
        if audience not in groups:
            continue
        if (reason := groups[audience].withheld) is not None:
            found.append(Reliability(audience, withheld=reason))
            continue
        measured = context.wave.side(side)
        if tallies[audience].n < 30:
            found.append(
                Reliability(
                    audience,
                    withheld=shortfall(Statistic.RELIABILITY, tallies[audience].n, context.rules),
                )
            )
            continue
        points, counts = measured.answered(index, items, audience)
        judged = reliability.reliability(turned(context, items, points), counts)
        complete = _complete(points, counts, context)
        found.append(_reliability(audience, judged, complete, items, context))
    return tuple(found)


def _complete(points: PointArray, counts: Counts, context: Context) -> int:
    """How many gave every item a point."""
    given = (points >= 1) & (points <= context.instrument.scale.points)
    return int(counts[given.all(axis=1)].sum())


def turned(context: Context, items: tuple[str, ...], points: PointArray) -> PointArray:
    """Turn the points of reverse-keyed items round: x becomes 1 + A - x. Missing answers stay."""
    scale = context.instrument.scale.points
    for place, item in enumerate(items):
        if context.instrument.rated[context.instrument.position[item]].reverse:
            column = points[:, place]
            given = (column >= 1) & (column <= scale)
            points[:, place] = np.where(given, 1 + scale - column, column)
    return points


def _reliability(
    audience: str,
    result: reliability.Reliability | None,
    complete: int,
    items: tuple[str, ...],
    context: Context,
) -> Reliability:
    """The index itself has 30 answers: with fewer complete ones it is thin, and never "few"."""
    if not enough(Statistic.RELIABILITY, complete, context.rules):
        return Reliability(audience, withheld=Reason.THIN)
    if result is None:
        return Reliability(audience, withheld=Reason.PROTECTS)
    return Reliability(
        audience=audience,
        n=result.n,
        alpha=result.alpha,
        alpha_interval=Range(*result.interval),
        omega=None if result.omega is None else result.omega.raw,
        spearman_brown=result.spearman_brown,
        item_rest={item: r for item, r in zip(items, result.item_rest, strict=True) if r is not None},
        warnings=tuple(
            warned.concern.value if warned.item is None else f"{warned.concern.value}:{items[warned.item]}"
            for warned in result.concerns
        ),
    )


def management_agreement(context: Context, items: tuple[str, ...], shown: Estimate | None) -> float | None:
    """Return rwg(j) of management on the paired items, from 10 managers (METHOD 3.7)."""
    if not items or shown is None or not shown.shown:
        return None
    index = context.instrument.rated[context.instrument.position[items[0]]].index
    points, counts = context.wave.inside.answered(index, items, MANAGEMENT)
    points = turned(context, items, points)
    result = agreement.within_group(points, counts, scale_points=context.instrument.scale.points)
    if result is None or not enough(Statistic.AGREEMENT, result.n, context.rules):
        return None
    return result.rwg_j
