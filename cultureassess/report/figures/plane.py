"""Two planes of indices: who sees a strength (METHOD 3.6), and what matters against the gap (METHOD 6)."""

from __future__ import annotations

from cultureassess.report.figures.spec import Axis, Plane, Point
from cultureassess.report.narrative.gaps import MEASURED
from cultureassess.report.narrative.priorities import numbered
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import IndexResult, Snapshot

STRENGTH = 65.0
"""From here a side sees a strength (METHOD 3.6)."""

THRESHOLD = 10.0
"""The size from which a gap counts, in points (METHOD 3.5)."""

CLOSE_UP = 30.0
"""An axis up to this long has a tick at every five points."""


def views_plane(snapshot: Snapshot, words: Words = ENGLISH) -> Plane | None:
    """Managers' view against customers' view; None where no index shows ten answers and more of both."""
    seen = (_seen(index, snapshot, words) for index in snapshot.indices)
    points = tuple(point for point in seen if point is not None)
    if not points:
        return None
    return Plane(
        title=words.gettext("What managers see against what customers see"),
        description=" ".join(point.told for point in points),
        across=_scores(words.gettext("Customers’ score"), [point.x for point in points], words),
        up=_scores(words.gettext("Managers’ score"), [point.y for point in points], words),
        fields=(
            words.gettext("only managers see a strength"),
            words.gettext("both see a strength"),
            words.gettext("only customers see a strength"),
            words.gettext("neither sees a strength"),
        ),
        marked=0,
        points=points,
    )


def _seen(index: IndexResult, snapshot: Snapshot, words: Words) -> Point | None:
    management, customers = index.groups.get("management"), index.groups.get("customer")
    if management is None or customers is None or management.mean is None or customers.mean is None:
        return None
    if min(management.n or 0, customers.n or 0) < MEASURED:
        return None
    told = words.gettext(
        "{name}: customers {c}, managers {m}.",
        name=index.name,
        c=words.score(customers.mean, snapshot.level_cuts),
        m=words.score(management.mean, snapshot.level_cuts),
    )
    return Point(index.code, index.name, customers.mean, management.mean, index.gap.state, told=told)


def _scores(name: str, values: list[float], words: Words) -> Axis:
    """As much of 0 to 100 as the scores need, in fives, with the cut in sight: close scores stand apart."""
    low = max(0.0, 5 * ((min(*values, STRENGTH) - 2) // 5))
    high = min(100.0, 5 * ((max(*values, STRENGTH) + 2) // 5 + 1))
    if high - low <= CLOSE_UP:
        ticks = {*range(int(low), int(high) + 1, 5)}
    else:
        ticks = {at for at in range(int(low), int(high) + 1) if at % 10 == 0} - {60, 70} | {65}
    return Axis(name, low, high, STRENGTH, tuple((float(at), words.number(at)) for at in sorted(ticks)))


def priorities_plane(snapshot: Snapshot, words: Words = ENGLISH) -> Plane | None:
    """Importance against the gap; None where no gap has a range.

    The fields only say what lies in them. What comes first is the list's to tell (METHOD 6.2), which also
    knows how far customers are from 80: those to act on carry their number, and nobody does where no gap
    and no weakness is established.
    """
    weights = {driver.index: 100 * driver.weight for driver in snapshot.importance.drivers}
    places = numbered(snapshot)
    points = tuple(
        Point(
            index.code,
            index.name,
            weights[index.code],
            index.gap.difference,
            index.gap.state,
            places.get(index.code),
            _weighed(index.name, weights[index.code], index.gap.difference, words),
        )
        for index in snapshot.indices
        if index.code in weights and index.gap.difference is not None and index.gap.interval is not None
    )
    if not points:
        return None
    derived = snapshot.importance.source == "answers"
    return Plane(
        title=words.gettext("What matters to customers against the size of the gap")
        if derived
        else words.gettext("Weight in the framework against the size of the gap"),
        description=" ".join(point.told for point in points),
        across=_importance([point.x for point in points], words, derived=derived),
        up=_gaps([point.y for point in points], words),
        fields=(
            words.gettext("weighs less, managers rosier by 10 points or more"),
            words.gettext("weighs more, managers rosier by 10 points or more"),
            words.gettext("weighs more, not rosier by 10"),
            words.gettext("weighs less, not rosier by 10"),
        ),
        marked=None,
        points=points,
    )


def _weighed(name: str, weight: float, gap: float, words: Words) -> str:
    return words.gettext(
        "{name}: importance {weight}, gap {gap}.",
        name=name,
        weight=words.percent(weight),
        gap=words.points(gap),
    )


def _importance(weights: list[float], words: Words, *, derived: bool) -> Axis:
    """From 0 to a little above the largest; the cut is what an index would weigh if all weighed the same."""
    high = 5 * (max(weights) // 5 + 2)
    ticks = tuple((float(at), words.percent(at)) for at in range(0, int(high) + 1, 5))
    name = words.gettext("Importance to customers") if derived else words.gettext("Weight (framework)")
    return Axis(name, 0, high, 100 / max(len(weights), 1), ticks)


def _gaps(gaps: list[float], words: Words) -> Axis:
    """In tens around the gaps, with room for the fields' names above and below them."""
    low = min(-10.0, 10 * ((min(gaps) - 5) // 10))
    high = max(20.0, 10 * ((max(gaps) + 5) // 10 + 1))
    ticks = tuple((float(at), words.signed(at)) for at in range(int(low), int(high) + 1, 10))
    return Axis(words.gettext("Gap: managers minus customers"), low, high, THRESHOLD, ticks)
