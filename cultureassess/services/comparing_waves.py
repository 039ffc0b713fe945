"""What has changed since an earlier wave: two snapshots compared, and nothing but them (METHOD 5).

Whatever one of them withholds is not compared. A change is later minus earlier, in points; verdicts are
corrected over the indices of an audience (Holm), pairs are exploratory (Benjamini-Hochberg).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cultureassess.scoring.multiplicity import holm
from cultureassess.scoring.proportions import newcombe
from cultureassess.scoring.waves import Change, Group, change_of_gap, independent_change
from cultureassess.scoring.waves import moved as is_change
from cultureassess.services.comparing_items import moved_items
from cultureassess.services.comparing_mix import Shift, group_of, shifts
from cultureassess.services.comparing_recommendations import recommendation_change
from cultureassess.snapshot.types import Estimate, IndexResult, Range, Share, Snapshot

AUDIENCES = ("management", "staff", "customer")
NORMAL = 1.96


class Verdict(StrEnum):
    """What may be said of a change."""

    UP = "up"
    DOWN = "down"
    SMALL = "small"
    """Real, but under 5 points."""
    NOISE = "noise"


class Barrier(StrEnum):
    """Why two figures cannot be compared."""

    QUESTIONNAIRE = "questionnaire"
    """Another questionnaire, scale or wording."""
    STATEMENTS = "statements"
    """Other statements of the index count, because customers could not judge one of them."""
    DEFINITION = "definition"
    """The audience was defined otherwise."""
    WEIGHTING = "weighting"
    """The audience was weighted otherwise."""
    FEW = "few"
    """One of the waves shows no range: too few answers, or withheld."""


@dataclass(frozen=True)
class Movement:
    """One figure in both waves.

    Attributes:
        code: of the index or the item; "" for the headline.
        audience: whose figure, or "gap".
        before, after: None where that wave shows none.
        change, interval: None behind a barrier.
        verdict: None behind a barrier.
        barrier: None where the figures were compared.
    """

    code: str
    audience: str
    before: float | None
    after: float | None
    change: float | None = None
    interval: Range | None = None
    p: float | None = None
    verdict: Verdict | None = None
    barrier: Barrier | None = None


@dataclass(frozen=True)
class Comparison:
    """Everything that two waves of one assessment tell about each other.

    Attributes:
        indices: code of an index -> audience -> its movement.
        gaps: code of an index -> the movement of its gap.
        shares: audience -> the movement of its share of yes in the headline question, in percent.
        items: pairs that rose or fell most, customers only, exploratory.
        recommendations: audience -> the movement of its net promoter score, in points of -100 to 100.
        shifted: attributes of which the mix of respondents has moved by more than 10 points.
    """

    indices: dict[str, dict[str, Movement]]
    gaps: dict[str, Movement]
    shares: dict[str, Movement]
    items: tuple[Movement, ...]
    recommendations: dict[str, Movement]
    shifted: tuple[Shift, ...]


def compare_waves(before: Snapshot, after: Snapshot) -> Comparison:
    """Compare a wave with an earlier one.

    Args:
        before, after: snapshots of two waves of one assessment.
    """
    tables = {audience: _audience(before, after, audience) for audience in AUDIENCES}
    codes = [index.code for index in after.indices]
    return Comparison(
        indices={code: {audience: tables[audience][code] for audience in AUDIENCES} for code in codes},
        gaps=_gaps(before, after),
        shares={audience: _share(before, after, audience) for audience in ("management", "customer")},
        items=() if _defined(before, after, "customer") else tuple(_moved_items(before, after)),
        recommendations=_recommendations(before, after),
        shifted=tuple(shifts(before, after, comparable=_headline_alike(before, after))),
    )


def _audience(before: Snapshot, after: Snapshot, audience: str) -> dict[str, Movement]:
    """Every index of one audience; the family of tests is these indices."""
    found = []
    for index in after.indices:
        earlier = _earlier(before, index)
        then = earlier.groups.get(audience) if earlier else None
        now = index.groups.get(audience)
        barrier = _barrier(before, after, earlier, index) or _defined(before, after, audience)
        found.append(_movement(index.code, audience, then, now, barrier, _robust(index, audience)))
    return {movement.code: movement for movement in _judged(found)}


def _headline_alike(before: Snapshot, after: Snapshot) -> bool:
    """Whether no index of the headline composite, and not who counts as a manager, has changed."""
    asked = {code for composite in after.composites if composite.headline for code in composite.indices}
    used = [index for index in after.indices if index.code in asked]
    return all(_barrier(before, after, _earlier(before, index), index) is None for index in used)


def _earlier(before: Snapshot, index: IndexResult) -> IndexResult | None:
    return next((one for one in before.indices if one.code == index.code), None)


def _barrier(
    before: Snapshot, after: Snapshot, earlier: IndexResult | None, index: IndexResult
) -> Barrier | None:
    """What stands between two waves of an index, whoever answered it."""
    if earlier is None or before.instrument.scale_points != after.instrument.scale_points:
        return Barrier.QUESTIONNAIRE
    worded = {pair.id: (pair.inside, pair.customer) for pair in before.pairs_of(index.code)}
    now = {pair.id: (pair.inside, pair.customer) for pair in after.pairs_of(index.code)}
    if any(worded.get(item) != now[item] for item in index.items):
        return Barrier.QUESTIONNAIRE
    return Barrier.STATEMENTS if set(earlier.items) != set(index.items) else None


def _defined(before: Snapshot, after: Snapshot, audience: str) -> Barrier | None:
    if audience in ("management", "staff") and before.wave.management != after.wave.management:
        return Barrier.DEFINITION
    same = before.wave.weighting.get(audience) == after.wave.weighting.get(audience)
    return None if same else Barrier.WEIGHTING


def _robust(index: IndexResult, audience: str) -> bool:
    """Whether the customers' standard error is another one than that of their standard deviation."""
    return audience == "customer" and index.gap.errors != "respondents"


def _group(figures: Estimate | None, *, robust: bool) -> Group | None:
    """A shown mean with its standard error, taken back from its interval; None without an interval."""
    plain = group_of(figures)
    if plain is None or figures is None or figures.interval is None or not robust:
        return plain
    return plain._replace(se=figures.interval.half_width / NORMAL)


def _movement(
    code: str,
    audience: str,
    then: Estimate | None,
    now: Estimate | None,
    barrier: Barrier | None,
    robust: bool,
) -> Movement:
    plain = Movement(code, audience, then.mean if then else None, now.mean if now else None)
    earlier, later = _group(then, robust=robust), _group(now, robust=robust)
    if barrier is not None:
        return replace(plain, barrier=barrier)
    if earlier is None or later is None:
        return replace(plain, barrier=Barrier.FEW)
    return _with(plain, independent_change(earlier, later))


def _with(plain: Movement, change: Change | None) -> Movement:
    if change is None:
        return replace(plain, barrier=Barrier.FEW)
    return replace(plain, change=change.change, interval=Range(*change.interval), p=change.p)


def _judged(found: Sequence[Movement]) -> list[Movement]:
    adjusted = holm([movement.p for movement in found])
    return [
        replace(movement, verdict=None if p is None else _verdict(movement.change or 0.0, p))
        for movement, p in zip(found, adjusted, strict=True)
    ]


def _verdict(change: float, p: float) -> Verdict:
    if is_change(change, p_holm=p):
        return Verdict.UP if change > 0 else Verdict.DOWN
    return Verdict.SMALL if p < 0.05 else Verdict.NOISE


def _gaps(before: Snapshot, after: Snapshot) -> dict[str, Movement]:
    found = []
    for index in after.indices:
        earlier = _earlier(before, index)
        barrier = _barrier(before, after, earlier, index)
        barrier = barrier or _defined(before, after, "management") or _defined(before, after, "customer")
        found.append(_gap(index, earlier, barrier))
    return {movement.code: movement for movement in _judged(found)}


def _gap(index: IndexResult, earlier: IndexResult | None, barrier: Barrier | None) -> Movement:
    then = earlier.gap.difference if earlier and earlier.gap.interval else None
    now = index.gap.difference if index.gap.interval else None
    plain = Movement(index.code, "gap", then, now)
    if barrier is not None or earlier is None:
        return replace(plain, barrier=barrier or Barrier.QUESTIONNAIRE)
    groups = [
        _group(wave.groups.get(audience), robust=_robust(wave, audience))
        for wave in (earlier, index)
        for audience in ("management", "customer")
    ]
    if then is None or now is None or any(group is None for group in groups):
        return replace(plain, barrier=Barrier.FEW)
    inside_before, outside_before, inside_after, outside_after = (group for group in groups if group)
    change = change_of_gap(
        inside_before=inside_before,
        outside_before=outside_before,
        inside_after=inside_after,
        outside_after=outside_after,
    )
    return _with(plain, change)


def _share(before: Snapshot, after: Snapshot, audience: str) -> Movement:
    """The share of yes in the overall question, with Newcombe's interval; one test, so no correction."""
    then, now = before.headline.groups.get(audience), after.headline.groups.get(audience)
    plain = Movement("", audience, then.percent if then else None, now.percent if now else None)
    if before.headline.question_customer != after.headline.question_customer:
        return replace(plain, barrier=Barrier.QUESTIONNAIRE)
    if (barrier := _defined(before, after, audience)) is not None:
        return replace(plain, barrier=barrier)
    bounds = _newcombe(then, now)
    if bounds is None or then is None or now is None:
        return replace(plain, barrier=Barrier.FEW)
    change = (now.percent or 0.0) - (then.percent or 0.0)
    verdict = Verdict.NOISE if bounds.contains(0) else Verdict.UP if change > 0 else Verdict.DOWN
    return replace(plain, change=change, interval=bounds, verdict=verdict)


def _newcombe(then: Share | None, now: Share | None) -> Range | None:
    if then is None or now is None or then.interval is None or now.interval is None:
        return None
    if then.count is None or now.count is None or then.n is None or now.n is None:
        return None
    found = newcombe(now.count, now.n, then.count, then.n)
    return None if found is None else Range(100 * found.low, 100 * found.high)


def _recommendations(before: Snapshot, after: Snapshot) -> dict[str, Movement]:
    """Net promoter scores of one question in both waves; one test each, so no correction (METHOD 5.5)."""
    earlier = {(one.id, one.audience): one for one in before.recommendations}
    found = {}
    for now in after.recommendations:
        then = earlier.get((now.id, now.audience))
        if then is not None:
            plain = Movement(now.id, now.audience, then.score, now.score)
            change = recommendation_change(then, now)
            found[now.audience] = replace(_with(plain, change), verdict=_beyond_noise(change))
    return found


def _beyond_noise(change: Change | None) -> Verdict | None:
    if change is None:
        return None
    if change.interval.low <= 0 <= change.interval.high:
        return Verdict.NOISE
    return Verdict.UP if change.change > 0 else Verdict.DOWN


def _moved_items(before: Snapshot, after: Snapshot) -> Iterator[Movement]:
    for item in moved_items(before, after):
        rising = Verdict.UP if item.change.change > 0 else Verdict.DOWN
        plain = Movement(item.code, "customer", item.before, item.after, verdict=rising)
        yield _with(plain, item.change)
