"""build_snapshot: METHOD 2.0's order, from answers to what may be known of them.

Used by closing a wave and by ``cultureassess analyse`` alike. Pure: no clock, no database, no web.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cultureassess.disclosure.minimums import Statistic, enough
from cultureassess.instruments.types import Instrument, Side
from cultureassess.scoring import levels, power, verdicts
from cultureassess.scoring.answers import SideAnswers
from cultureassess.snapshot import people
from cultureassess.snapshot.breakdowns import breakdowns, withheld
from cultureassess.snapshot.comments import comment_lists
from cultureassess.snapshot.context import CUSTOMER, INSIDE, MANAGEMENT, Context
from cultureassess.snapshot.figures import estimate
from cultureassess.snapshot.fingerprint import PROCESS_KEY, fingerprint, seed_of
from cultureassess.snapshot.importance import importance, priorities
from cultureassess.snapshot.indexes import composite_results, described, index_results, overall_levels
from cultureassess.snapshot.items import Figures, blocks, item_groups, pairs
from cultureassess.snapshot.leftovers import protecting_parts, small
from cultureassess.snapshot.measures import LATE, Measured
from cultureassess.snapshot.outcomes import headline, recommendations
from cultureassess.snapshot.rare_values import folded
from cultureassess.snapshot.release import Menu, Shown, attributes
from cultureassess.snapshot.settings import Settings, Weights
from cultureassess.snapshot.types import (
    SCHEMA,
    CompositeResult,
    Detectable,
    Estimate,
    IndexResult,
    InstrumentInfo,
    LevelCut,
    MindsetBehaviour,
    Snapshot,
    Synergy,
    Wave,
)
from cultureassess.snapshot.wave import measure_wave
from cultureassess.snapshot.weights import side_of, weights_in_effect

SCORING_VERSION = "1"
"""Raised whenever a formula changes, so that an old report can be told from a new one."""


def build_snapshot(
    instrument: Instrument,
    inside: SideAnswers,
    outside: SideAnswers,
    settings: Settings,
    key: bytes = PROCESS_KEY,
) -> Snapshot:
    """Compute everything that may be known of a wave.

    The result depends on the answers as a set, not on their order: permuting the respondents changes
    no bit of it.

    Args:
        instrument: the frozen questionnaire.
        inside: the answers of management and staff; may be empty.
        outside: the answers of customers and partners; may be empty.
        settings: what the wave froze when it opened.
        key: of the fingerprint (see ``fingerprint.key_from``); it changes nothing else.
    """
    k = settings.rules.k
    sides = [
        folded(answers, k, _declared(settings, side))
        for side, answers in ((Side.INSIDE, inside), (Side.OUTSIDE, outside))
    ]
    wave = measure_wave(instrument, *sides, k=k)
    mark = fingerprint(instrument, (inside, outside), settings, key)
    return assemble(Context(wave, settings, seed=seed_of(instrument, settings)), mark)


def _declared(settings: Settings, side: Side) -> dict[str, tuple[str, ...]]:
    """Attribute -> the values of a side that the settings name, so that everybody knows of them."""
    own = (weights for group, weights in settings.weights.items() if side_of(group) is side)
    return {weights.attribute: tuple(weights.people) for weights in own}


def assemble(context: Context, mark: str) -> Snapshot:
    """Run METHOD 2.0, steps 8 to 14, on a measured wave."""
    wave = context.wave
    menus = {side: Menu(wave, side, attributes(wave, side), context.rules) for side in Side}
    released = _released(context, menus)
    context = replace(context, weights=_weights(context, released))
    indices = index_results(context, released)
    composites = composite_results(context, released)
    found = breakdowns(context, menus, released)
    figures = item_groups(context)
    derived = importance(context, indices)
    code = context.instrument.headline.code
    return Snapshot(
        schema=SCHEMA,
        scoring_version=SCORING_VERSION,
        levels_version=levels.LEVELS.version,
        fingerprint=mark,
        wave=_wave(context),
        instrument=_instrument(context.instrument),
        level_cuts=tuple(
            LevelCut(cut.number, cut.start, cut.name, cut.reads_as) for cut in levels.LEVELS.cuts
        ),
        coverage=people.coverage(context),
        careless=people.careless(context),
        headline=headline(context),
        overall=overall_levels(composites, indices),
        indices=indices,
        composites=composites,
        pairs=pairs(context, figures),
        blocks=blocks(context, figures),
        recommendations=recommendations(context),
        mindset_behaviour=_mindset_behaviour(context, figures),
        synergy=_synergy(context, composites),
        breakdowns=found,
        late=people.late_answers(context, released.get(code, {}).get(Side.OUTSIDE)),
        detectable=_detectable(context, composites, indices),
        family_size=sum(index.gap.p is not None for index in indices),
        importance=derived,
        priorities=priorities(indices, derived),
        comments=comment_lists(context),
        withheld=withheld(found),
        warnings=tuple(
            f"not weighted: {group}" for group in context.settings.weights if group not in context.weights
        ),
    )


def _released(context: Context, menus: Mapping[Side, Menu]) -> dict[str, dict[Side, Shown]]:
    """Decide every measure that is shown by attribute: the paired indices and the composites.

    Early and late answers are shown of the headline composite only; they join its release.
    """
    result: dict[str, dict[Side, Shown]] = {}
    headline_code = context.instrument.headline.code
    for side, menu in menus.items():
        measured = context.wave.side(side)
        late_menu = _with_late(menu, measured)
        for code, table in measured.paired.items():
            result.setdefault(code, {})[side] = menu.release(table)
        for composite in context.instrument.composites:
            if (scored := measured.composites.get(composite.code)) is not None:
                chosen = late_menu if composite.code == headline_code else menu
                parts = {code: result[code][side] for code in composite.indices if code in measured.scores}
                thin = protecting_parts(menu, measured, parts)
                result.setdefault(composite.code, {})[side] = chosen.release(scored, thin)
    return result


def _weights(context: Context, released: Mapping[str, Mapping[Side, Shown]]) -> dict[str, Weights]:
    """Return the weights that take effect (METHOD 2.0, step 8)."""
    atoms = {side: context.wave.side(side).atoms for side in Side}
    return weights_in_effect(context.settings.weights, atoms, released.values())


def _with_late(menu: Menu, measured: Measured) -> Menu:
    if menu.side is Side.INSIDE or LATE not in measured.atoms.attributes:
        return menu
    return Menu(menu.wave, menu.side, (*menu.attributes, LATE), menu.rules)


def _wave(context: Context) -> Wave:
    settings = context.settings
    return Wave(
        organisation=settings.organisation,
        label=settings.label,
        date=settings.date.isoformat(),
        period=settings.period or context.instrument.period,
        chosen=settings.chosen,
        accounts=settings.accounts,
        confidential=settings.confidential or settings.accounts,
        k=settings.rules.k,
        k_comments=settings.rules.k_comments,
        k_distribution=settings.rules.k_distribution,
        management=settings.management,
        invited=dict(sorted(settings.invited.items())),
        weighting=_weighting(context),
    )


def _weighting(context: Context) -> dict[str, str]:
    """Return the one weighting of each group's scores: what is in effect, not what was wanted."""
    named = {group: weights.weighting.value for group, weights in context.weights.items()}
    return {MANAGEMENT: "respondents", CUSTOMER: "respondents"} | named


def _instrument(instrument: Instrument) -> InstrumentInfo:
    return InstrumentInfo(
        code=instrument.code,
        version=instrument.version,
        title=instrument.title,
        language=instrument.language,
        scale_points=instrument.scale.points,
        scale_labels=instrument.scale.labels,
        dont_know=instrument.scale.dont_know,
        lead_in_inside=instrument.lead_in.inside,
        lead_in_customer=instrument.lead_in.customer,
    )


def _mindset_behaviour(context: Context, figures: Figures) -> MindsetBehaviour:
    """Return mindset and behaviour per audience; "talk ahead of action" is judged for management."""
    result: dict[str, dict[str, Estimate]] = {"mindset": {}, "behaviour": {}, "difference": {}}
    for side in Side:
        measured = context.wave.side(side)
        thin = small(measured, context.rules) | _with_hidden_items(context, figures, measured)
        for tag, table in measured.tags.items():
            result[tag] |= context.estimates(side, table, context.menus[side].release(table, thin))
    own = result["difference"].get(MANAGEMENT)
    talk_ahead = None if own is None else verdicts.talk_ahead_of_action(described(own))
    return MindsetBehaviour(talk_ahead=talk_ahead, **result)


def _with_hidden_items(context: Context, figures: Figures, measured: Measured) -> frozenset[str]:
    """Return the audiences of a side with a pair withheld, and with them all insiders: mindset and behaviour
    beside the other items would tell it."""
    pairs = [i.id for i in context.instrument.items if i.paired and i.id not in context.wave.dropped]
    own = measured.answers.audiences
    hidden = {name for item in pairs for name, figure in figures[item].items() if figure.withheld}
    hidden &= set(own)
    return frozenset(hidden | {INSIDE} if hidden else hidden)


def _synergy(context: Context, composites: tuple[CompositeResult, ...]) -> Synergy | None:
    """Return the place in S1's quadrant: people across, customers up, cut at 65 on both."""
    if not context.instrument.blocks:
        return None
    table = context.wave.inside.blocks.get(context.instrument.blocks[0].code)
    if table is None:
        return None
    shown = context.menus[Side.INSIDE].release(table)
    people_view = estimate(context.tally(table, INSIDE), context.rules, shown.reason(INSIDE))
    headline_composite = next((c for c in composites if c.headline), None)
    if headline_composite is None:
        return None
    customers = headline_composite.groups.get(CUSTOMER)
    answered = context.tally(context.wave.outside.composites.get(headline_composite.code), CUSTOMER).n
    own_view = answered < context.rules.k
    if customers is None or own_view:
        customers = headline_composite.groups[INSIDE]
    if people_view.mean is None or customers.mean is None:
        return Synergy(people_view, customers, own_view=own_view)
    bounds = [found for one in (people_view, customers) if (found := described(one).interval) is not None]
    border = bool(bounds) and verdicts.on_the_border(bounds[0], bounds[-1])
    quadrant: Any = verdicts.quadrant_of(people_view.mean, customers.mean).value
    return Synergy(people_view, customers, quadrant, border, own_view)


def _detectable(
    context: Context, composites: tuple[CompositeResult, ...], indices: tuple[IndexResult, ...]
) -> Detectable | None:
    """Return what this wave can find, at both ends (METHOD 3.4)."""
    headline_composite = next((c for c in composites if c.headline), None)
    if headline_composite is None:
        return None
    groups = [headline_composite.groups[g] for g in (MANAGEMENT, CUSTOMER) if g in headline_composite.groups]
    known = [one.n for one in groups if one.n is not None]
    if len(known) < 2 or not enough(Statistic.VERDICT, min(known), context.rules):
        return None
    worth = [
        n if one.effective_n is None else int(one.effective_n) for n, one in zip(known, groups, strict=True)
    ]
    found = power.detectable(*worth, family=max(1, len(indices)))
    return None if found is None else Detectable(known[0], known[1], found.alone, found.together)
