"""The outcome questions: the three numbers, recommendation, and what the silent could change."""

from __future__ import annotations

from cultureassess.disclosure.minimums import Statistic, enough
from cultureassess.instruments.types import Outcome, Side
from cultureassess.scoring import proportions
from cultureassess.snapshot.context import CUSTOMER, INSIDE, MANAGEMENT, Context
from cultureassess.snapshot.figures import percent_range, recommend, share
from cultureassess.snapshot.release import Shown
from cultureassess.snapshot.tables import Table
from cultureassess.snapshot.types import Estimate, Headline, Range, Recommendation, Share, Tipping


def headline(context: Context) -> Headline:
    """Return managers' own view, what they expected, and what customers say (METHOD 1.7)."""
    degree = next((o for o in context.instrument.outcomes if o.kind == "degree"), None)
    if degree is None:
        return Headline(None, None, None, (), {}, None, None, {}, None, Tipping())
    groups = _shares(context, degree)
    difference, interval = _difference(groups.get(MANAGEMENT), groups.get(CUSTOMER), context)
    forecast = next((o for o in context.instrument.outcomes if o.kind == "forecast"), None)
    expected = _forecast(context, forecast)
    customers = groups.get(CUSTOMER, Share())
    own = expected.get(MANAGEMENT)
    calibration = proportions.calibration_error(own.mean if own else None, customers.percent)
    return Headline(
        outcome=degree.id,
        question_inside=degree.inside,
        question_customer=degree.customer,
        yes_words=tuple(degree.options[point - 1] for point in degree.highly),
        groups=groups,
        difference=difference,
        difference_interval=interval,
        forecast=expected,
        calibration=calibration,
        tipping=_tipping(context, groups.get(MANAGEMENT, Share()), customers),
        options=degree.options,
    )


def _table(context: Context, outcome: Outcome, side: Side) -> tuple[Table | None, Shown | None]:
    measured = context.wave.side(side)
    table = measured.outcomes.get(outcome.id)
    if table is None:
        return None, None
    return table, context.menus[side].release(table)


def _shares(context: Context, outcome: Outcome) -> dict[str, Share]:
    result = {}
    for side in Side:
        table, shown = _table(context, outcome, side)
        if table is None or shown is None:
            continue
        for group in context.audiences(side):
            tally = context.tally(table, group)
            result[group] = share(tally, outcome.highly, context.rules, shown.reason(group))
    return result


def _forecast(context: Context, outcome: Outcome | None) -> dict[str, Estimate]:
    if outcome is None:
        return {}
    table, shown = _table(context, outcome, Side.INSIDE)
    return context.estimates(Side.INSIDE, table, shown)


def _difference(
    management: Share | None, customers: Share | None, context: Context
) -> tuple[float | None, Range | None]:
    """Return the difference in percentage points, with Newcombe's interval from 10 answers a side."""
    if management is None or customers is None or management.count is None or customers.count is None:
        return None, None
    if management.n is None or customers.n is None or management.percent is None or customers.percent is None:
        return None, None
    difference = management.percent - customers.percent
    if not enough(Statistic.INTERVAL, min(management.n, customers.n), context.rules):
        return difference, None
    bounds = proportions.newcombe(management.count, management.n, customers.count, customers.n)
    return difference, percent_range(bounds)


def _tipping(context: Context, management: Share, customers: Share) -> Tipping:
    """Return the share of the silent who would have to agree (METHOD 3.8b).

    Silent is who did not answer at all. Who answered and skipped the question, or was left out as
    careless, is neither silent nor counted.
    """
    invited = context.settings.invited.get(CUSTOMER)
    if invited is None or customers.n is None or customers.count is None or management.percent is None:
        return Tipping(invited=invited)
    prepared = context.wave.outside.prepared
    silent = invited - int((prepared.raw.audience == prepared.raw.audiences.index(CUSTOMER)).sum())
    if silent <= 0:
        return Tipping(invited=invited, silent=0)
    population = customers.n + silent
    needed = proportions.tipping_point(management.percent / 100, customers.count, customers.n, population)
    return Tipping(invited=invited, silent=silent, share=None if needed is None else 100 * needed)


def recommendations(context: Context) -> tuple[Recommendation, ...]:
    """Return NPS of the customers and ENPS of all insiders; never of partners (METHOD 1.7)."""
    found = []
    for outcome in context.instrument.outcomes:
        if outcome.kind != "recommendation":
            continue
        for side, group in ((Side.OUTSIDE, CUSTOMER), (Side.INSIDE, INSIDE)):
            if outcome.wording(side) is None:
                continue
            table, shown = _table(context, outcome, side)
            reason = None if shown is None else shown.reason(group)
            found.append(recommend(outcome, group, context.tally(table, group), context.rules, reason))
    return tuple(found)
