"""The indices and composites: groups, gaps with verdicts, chain, levels, reliability, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from cultureassess.disclosure.minimums import Statistic, enough
from cultureassess.disclosure.reasons import Reason
from cultureassess.instruments.types import Index, Side
from cultureassess.scoring import agreement, clusters, describe, gaps, levels
from cultureassess.scoring.gaps import Welch
from cultureassess.scoring.scores import Scores, Tally
from cultureassess.scoring.weighting import WeightedMean
from cultureassess.snapshot.context import CUSTOMER, EMPTY, INSIDE, MANAGEMENT, PARTNER, STAFF, Context
from cultureassess.snapshot.leftovers import incomplete, small
from cultureassess.snapshot.quality import management_agreement, reliabilities
from cultureassess.snapshot.release import Shown
from cultureassess.snapshot.tables import Table
from cultureassess.snapshot.types import (
    CompositeResult,
    Estimate,
    Gap,
    IndexResult,
    Level,
    Step,
)
from cultureassess.snapshot.verdict import Errors, Sides, family, plain_gap, step
from cultureassess.snapshot.weights import side_of, weighted, weighted_estimate

CHAIN = (MANAGEMENT, STAFF, CUSTOMER)


@dataclass(frozen=True)
class Paired:
    """One paired measure on both sides: its tallies and shown means by audience.

    ``accounts`` is the test of management against customers by account, ``weighted`` holds the means of
    the groups that are weighted.
    """

    tallies: Mapping[str, Tally]
    groups: dict[str, Estimate]
    accounts: Welch | None
    weighted: Mapping[str, WeightedMean]

    def sides(self, upper: str, lower: str) -> Sides:
        test, errors = self._test(upper, lower)
        return Sides(
            self.tallies.get(upper, EMPTY),
            self.tallies.get(lower, EMPTY),
            self.groups.get(upper, Estimate(withheld=Reason.FEW)),
            self.groups.get(lower, Estimate(withheld=Reason.FEW)),
            test,
            errors,
        )

    def _test(self, upper: str, lower: str) -> tuple[Welch | None, Errors]:
        """Return what replaces Welch's test of the respondents; None where nothing does."""
        if self.accounts is not None and (upper, lower) == (MANAGEMENT, CUSTOMER):
            return self.accounts, "accounts"
        first, second = self._moments(upper), self._moments(lower)
        if first is None or second is None or not self.weighted.keys() & {upper, lower}:
            return None, "respondents"
        return gaps.welch_from(*first, *second), "weights"

    def _moments(self, group: str) -> tuple[float, float, float] | None:
        """Return mean, standard error and its degrees of freedom."""
        mean = self.weighted.get(group)
        if mean is not None:
            return None if mean.se is None or mean.df is None else (mean.mean, mean.se, mean.df)
        tally = self.tallies.get(group, EMPTY)
        return None if tally.n < 2 else (tally.mean, tally.se, tally.n - 1)

    def chain(self, context: Context) -> tuple[Step, ...]:
        groups = [name for name in CHAIN if name in self.groups]
        return tuple(
            step(upper, lower, self.sides(upper, lower), context.rules) for upper, lower in pairwise(groups)
        )


def paired(
    context: Context,
    inside: Table | None,
    outside: Table | None,
    shown: Mapping[Side, Shown],
    scores: Scores | None,
) -> Paired:
    """Bring both sides of one measure together."""
    groups: dict[str, Estimate] = {}
    tallies: dict[str, Tally] = {}
    tables = {Side.INSIDE: inside, Side.OUTSIDE: outside}
    for side, table in tables.items():
        groups |= context.estimates(side, table, shown.get(side))
        tallies |= {group: context.tally(table, group) for group in context.audiences(side)}
    means = _weighted(context, tables)
    for group, mean in means.items():
        if groups[group].shown:
            groups[group] = weighted_estimate(mean, context.rules)
    return Paired(tallies, groups, _by_account(context, tallies, scores), means)


def _weighted(context: Context, tables: Mapping[Side, Table | None]) -> dict[str, WeightedMean]:
    """Return the means of the groups whose weights are in effect."""
    found = {}
    for group, weights in context.weights.items():
        side = side_of(group)
        table = tables[side]
        if table is not None:
            mean = weighted(context.menus[side], context.wave.side(side).atoms, table, weights)
            if mean is not None:
                found[group] = mean
    return found


def _by_account(context: Context, tallies: Mapping[str, Tally], scores: Scores | None) -> Welch | None:
    """Return the gap's test with the customers' standard error by account, where declared (METHOD 3.8)."""
    account = context.wave.outside.answers.account
    if not context.settings.accounts or account is None or scores is None or MANAGEMENT not in tallies:
        return None
    members = context.wave.outside.members(CUSTOMER)
    clustered = clusters.clustered_mean(Scores(scores.values, scores.codes[members]), account[members])
    management = tallies[MANAGEMENT]
    if clustered is None or clustered.se is None or management.n < 2:
        return None
    return gaps.welch_from(
        management.mean,
        management.se,
        management.n - 1,
        clustered.mean,
        clustered.se,
        clustered.df,
    )


def index_results(context: Context, released: Mapping[str, Mapping[Side, Shown]]) -> tuple[IndexResult, ...]:
    """Return every index that can be computed, with Holm over those shown and tested on both sides."""
    wave = context.wave
    measured = {
        index.code: paired(
            context,
            wave.inside.paired.get(index.code),
            wave.outside.paired.get(index.code),
            released.get(index.code, {}),
            wave.outside.scores.get(index.code),
        )
        for index in context.instrument.indices
        if index.code in wave.inside.paired or index.code in wave.inside.full
    }
    single = frozenset(code for code in measured if len(_items(context, code)) == 1)
    found = {
        code: plain_gap(one.sides(MANAGEMENT, CUSTOMER), context.rules, context.seed)
        for code, one in measured.items()
    }
    means = {code: (_mean(one, MANAGEMENT), _mean(one, CUSTOMER)) for code, one in measured.items()}
    judged = family(found, means, single)
    return tuple(
        _index(context, index, measured[index.code], judged[index.code], index.code in single)
        for index in context.instrument.indices
        if index.code in measured
    )


def _mean(one: Paired, group: str) -> float | None:
    return one.groups[group].mean if group in one.groups else None


def _items(context: Context, code: str) -> tuple[str, ...]:
    items = context.instrument.items_of(code)
    return tuple(item.id for item in items if item.paired and item.id not in context.wave.dropped)


def _index(context: Context, index: Index, one: Paired, gap: Gap, single: bool) -> IndexResult:
    table = context.wave.inside.full.get(index.code)
    thin = _thin(context, index.code)
    shown = context.menus[Side.INSIDE].release(table, thin) if table else None
    dropped = tuple(i.id for i in context.instrument.items_of(index.code) if i.id in context.wave.dropped)
    items = _items(context, index.code)
    within = management_agreement(context, items, one.groups.get(MANAGEMENT))
    return IndexResult(
        code=index.code,
        name=index.name,
        meaning=index.meaning,
        kind=index.kind.value,
        emphasised=index.emphasised,
        items=items,
        dropped=dropped,
        single=single,
        groups=one.groups,
        full=context.estimates(Side.INSIDE, table, shown),
        gap=gap,
        partner_gap=plain_gap(one.sides(MANAGEMENT, PARTNER), context.rules)
        if PARTNER in one.groups
        else Gap(),
        chain=one.chain(context),
        levels={group: level(one.groups[group], context) for group in one.groups},
        reliability=reliabilities(context, items, one.groups, one.tallies),
        agreement=within,
        agreement_band=None if within is None else agreement.agreement_band(within).value,
        camps=within is not None and within < 0.5,
    )


def _thin(context: Context, code: str) -> list[str]:
    """Return the audiences in which fewer than k answered an item of the full index alone.

    Full and paired index beside each other would tell about these few (METHOD 4.5, AU14); so they would, in
    a small audience, about few who answered only some of the items.
    """
    if code not in context.wave.inside.paired:
        return []
    inside, rules = context.wave.inside, context.rules
    items = context.instrument.items_of(code)
    alone = [inside.items[item.id] for item in items if item.inside and not item.paired]
    answered = [{name: tally.n for name, tally in by.items()} for by in alone]
    totals = [{**by, INSIDE: sum(by.values())} for by in answered]
    audiences = {name for by in totals for name, n in by.items() if 0 < n < rules.k}
    sets = ([item.id for item in items if item.inside], _items(context, code))
    for name in small(inside, rules):
        own = inside.answers.audiences if name == INSIDE else (name,)
        if any(incomplete(inside, code, one, audience) for one in sets for audience in own):
            audiences.add(name)
    return sorted(audiences)


def level(shown: Estimate, context: Context) -> Level:
    """Return the level of a mean as far as its n allows one (METHOD 2.6, 2.7)."""
    if shown.mean is None or shown.n is None:
        return Level()
    if not enough(Statistic.LEVEL, shown.n, context.rules):
        return Level(printed=levels.printed_score(shown.mean))
    return _level(levels.placement(described(shown)))


def described(shown: Estimate) -> describe.Estimate:
    """A shown mean in the form that the formulas take."""
    interval = None if shown.interval is None else describe.Interval(shown.interval.low, shown.interval.high)
    return describe.Estimate(shown.n or 0, shown.mean, shown.sd, interval)


def _level(place: levels.Placement | None) -> Level:
    if place is None:
        return Level()
    return Level(
        number=place.number,
        name=levels.LEVELS.cut(place.number).name,
        touched=place.touched,
        touched_names=tuple(levels.LEVELS.cut(number).name for number in place.touched),
        big=place.big,
        printed=place.printed,
        capped_by=place.capped_by,
    )


def composite_results(
    context: Context, released: Mapping[str, Mapping[Side, Shown]]
) -> tuple[CompositeResult, ...]:
    """Return the composites: means, gap with interval, and the overall level of the headline one."""
    results = []
    for composite in context.instrument.composites:
        inside = context.wave.inside.composites.get(composite.code)
        outside = context.wave.outside.composites.get(composite.code)
        if inside is None and outside is None:
            continue
        scores = context.wave.outside.composite_scores.get(composite.code)
        one = paired(context, inside, outside, released.get(composite.code, {}), scores)
        results.append(
            CompositeResult(
                code=composite.code,
                name=composite.name,
                indices=composite.indices,
                headline=composite is context.instrument.headline,
                groups=one.groups,
                gap=plain_gap(one.sides(MANAGEMENT, CUSTOMER), context.rules, context.seed),
                levels={group: level(one.groups[group], context) for group in one.groups},
            )
        )
    return tuple(results)


def overall_levels(
    composites: tuple[CompositeResult, ...], indices: tuple[IndexResult, ...]
) -> dict[str, Level]:
    """Return the overall level per view: of the headline composite, at most one above its weakest index."""
    headline = next((c for c in composites if c.headline), None)
    if headline is None:
        return {}
    views = [group for group in (CUSTOMER, MANAGEMENT, STAFF, INSIDE) if group in headline.groups]
    return {view: _capped(headline, view, indices) for view in views}


def _capped(headline: CompositeResult, view: str, indices: tuple[IndexResult, ...]) -> Level:
    own = headline.levels[view]
    if own.number is None:
        return own
    parts = {i.code: i.groups[view].mean for i in indices if i.code in headline.indices and view in i.groups}
    known = {code: mean for code, mean in parts.items() if mean is not None}
    return _level(levels.overall_placement(described(headline.groups[view]), known))
