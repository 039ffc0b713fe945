"""The items: both wordings, counts, distributions, and the exploratory gap of every pair."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cultureassess.disclosure.reasons import Reason
from cultureassess.instruments.types import Item, Side
from cultureassess.scoring import multiplicity
from cultureassess.scoring.items import ItemTally
from cultureassess.scoring.scores import Tally
from cultureassess.snapshot.context import CUSTOMER, INSIDE, MANAGEMENT, Context
from cultureassess.snapshot.figures import estimate, item_figures
from cultureassess.snapshot.leftovers import telling_scales
from cultureassess.snapshot.types import BlockResult, Gap, ItemFigures, PairResult
from cultureassess.snapshot.verdict import Sides, plain_gap
from cultureassess.snapshot.wave import judged

Figures = dict[str, dict[str, ItemFigures]]


def pairs(context: Context, figures: Figures) -> tuple[PairResult, ...]:
    """Return every item of the indices, with Benjamini-Hochberg over the gaps of the pairs."""
    results = [_pair(context, item, figures[item.id]) for item in context.instrument.items]
    adjusted = multiplicity.benjamini_hochberg([result.gap.p for result in results])
    return tuple(
        msgspec.structs.replace(result, gap=msgspec.structs.replace(result.gap, p_adjusted=p))
        for result, p in zip(results, adjusted, strict=True)
    )


def item_groups(context: Context) -> Figures:
    """Return item -> audience -> figures.

    Where one item of an index fails in a group, all figures of that index's items are withheld there
    (METHOD 4.3 P). An item fails with too few answers, and where all answers are alike: index and other
    items would tell which. They are withheld as well where the index itself is: the mean of its items tells
    the index, and with the index of all insiders that of the audience which had to be hidden.
    """
    figures: Figures = {item.id: {} for item in context.instrument.rated}
    for side in Side:
        withheld = _withheld_scales(context, side)
        for audience in context.audiences(side):
            if audience != INSIDE:
                own = {code: by[audience] for code, by in context.wave.side(side).items.items()}
                reasons = {**dict.fromkeys(_telling(context, side, audience), Reason.PROTECTS)}
                reasons |= withheld.get(audience, {})
                for code, figure in _of_audience(context, own, reasons).items():
                    figures[code][audience] = figure
    return figures


def _withheld_scales(context: Context, side: Side) -> dict[str, dict[str, Reason]]:
    """Return audience -> index or block -> why one of its scores, paired or full, is withheld."""
    measured = context.wave.side(side)
    menu = context.menus[side]
    found: dict[str, dict[str, Reason]] = {audience: {} for audience in context.audiences(side)}
    for tables in (measured.paired, measured.full, measured.blocks):
        for code, table in tables.items():
            for audience, reason in menu.release(table).withheld.items():
                found.setdefault(audience, {}).setdefault(code, reason)
    return found


def _telling(context: Context, side: Side, audience: str) -> frozenset[str]:
    """Return the scales whose items must not stand beside them in a small audience."""
    used = {i.id for i in context.instrument.items if i.paired and i.id not in context.wave.dropped}
    return telling_scales(context.wave.side(side), used, audience, context.rules)


def _of_audience(
    context: Context, tallies: Mapping[str, ItemTally], withheld: Mapping[str, Reason]
) -> dict[str, ItemFigures]:
    rules = context.rules
    index_of = {item.id: item.index for item in context.instrument.rated}
    failed = {index_of[code] for code, tally in tallies.items() if tally.n < rules.k or tally.scores.constant}
    reasons = {**dict.fromkeys(failed, Reason.PROTECTS), **withheld}
    return {
        code: item_figures(tally, rules, reasons.get(index_of[code]) if tally.n >= rules.k else None)
        for code, tally in tallies.items()
    }


def _pair(context: Context, item: Item, groups: dict[str, ItemFigures]) -> PairResult:
    customers = judged(context.wave.outside.items.get(item.id, {}).get(CUSTOMER), context.rules.k)
    return PairResult(
        id=item.id,
        index=item.index,
        tag=item.tag.value,
        inside=item.inside,
        customer=item.customer,
        used=item.paired and item.id not in context.wave.dropped,
        hard_to_see=item.paired and customers is not None and customers.hard_to_see,
        groups=groups,
        gap=_gap(context, item, groups),
        reverse=item.reverse,
    )


def _gap(context: Context, item: Item, groups: Mapping[str, ItemFigures]) -> Gap:
    """Return the exploratory gap of one pair; hidden with a hidden side."""
    if not item.paired:
        return Gap()
    tallies: list[Tally] = []
    for side, group in ((Side.INSIDE, MANAGEMENT), (Side.OUTSIDE, CUSTOMER)):
        figures = groups.get(group)
        if figures is None or figures.mean is None:
            return Gap(withheld=Reason.FEW if figures is None else figures.withheld or Reason.PROTECTS)
        tallies.append(context.wave.side(side).items[item.id][group].scores)
    upper, lower = tallies
    shown = [estimate(tally, context.rules) for tally in tallies]
    return plain_gap(Sides(upper, lower, shown[0], shown[1]), context.rules)


def blocks(context: Context, figures: Figures) -> tuple[BlockResult, ...]:
    """Return the inside-only blocks: score and items, for management, staff and all insiders."""
    found = []
    for block in context.instrument.blocks:
        table = context.wave.inside.blocks.get(block.code)
        if table is None:
            continue
        shown = context.menus[Side.INSIDE].release(table)
        found.append(
            BlockResult(
                code=block.code,
                name=block.name,
                meaning=block.meaning,
                groups=context.estimates(Side.INSIDE, table, shown),
                items={item.id: figures[item.id] for item in block.items},
                wordings={item.id: item.inside or "" for item in block.items},
                reverse=tuple(item.id for item in block.items if item.reverse),
            )
        )
    return tuple(found)
