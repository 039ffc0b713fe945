"""The sheets of who was asked, of recommendation, and of what changed since an earlier wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cultureassess.report.document.tables import columns
from cultureassess.report.document.trend import AUDIENCES, trend_section
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative.labels import composite_name
from cultureassess.report.narrative.sampling import chosen_sentence
from cultureassess.report.narrative.since import (
    change_of,
    comparable_waves,
    composites_compared,
    share_change,
)
from cultureassess.report.sheets.gap_changes import gap_rows
from cultureassess.report.sheets.types import (
    FULL,
    Column,
    Figure,
    Sheet,
    Value,
    balance,
    bounded,
    ends,
    half_note,
    half_width,
    half_widths,
    note,
    points,
    score,
    share,
    tenth,
)
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.snapshot.types import Coverage, Estimate, Range, Recommendation, Share, Snapshot


def people_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Who was asked and who answered; how customers were chosen stands below."""
    heads = columns(words.gettext("Audience|Invited|Answered|Usable|Response|Coverage margin"))
    kinds = (Column(head, "count", 14) for head in heads[1:4])
    return Sheet(
        words.gettext("Asked and answered"),
        (Column(heads[0], width=16), *kinds, Column(heads[4], "percent"), Column(heads[5], "score", 18)),
        tuple(_coverage(found, snapshot, words) for found in snapshot.coverage),
        note=chosen_sentence(snapshot, words),
    )


def _coverage(found: Coverage, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    head = (group_name(found.audience, words), found.invited)
    if found.withheld is not None:
        return (*head, note(found.withheld, snapshot, words), None, None, None)
    return (*head, found.answered, found.usable, share(found.rate), tenth(found.margin))


def recommendation_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Promoters minus detractors, in points from -100 to +100."""
    heads = columns(words.gettext("Would recommend|n|Promoters|Passives|Detractors|Score|Likely"))
    return Sheet(
        heads[0],
        (
            Column(heads[0], width=28),
            *(Column(head, "count") for head in heads[1:5]),
            Column(heads[5], "points"),
            Column(words.gettext("Likely from"), "points"),
            Column(words.gettext("Likely to"), "points"),
        ),
        tuple(_recommend(found, snapshot, words) for found in snapshot.recommendations),
        note=words.gettext("Recommendation: promoters (9–10) minus detractors (0–6), from −100 to +100"),
    )


def _recommend(found: Recommendation, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    name = words.gettext("{group} ({code})", group=group_name(found.audience, words), code=found.id)
    if found.score is None or found.interval is None:
        return (name, note(found.withheld, snapshot, words), *(None for _ in range(6)))
    # its range never passes the ends of the scale where it is printed (METHOD 2.9)
    within = Range(max(found.interval.low, -FULL), min(found.interval.high, FULL))
    counts = (found.n, found.promoters, found.passives, found.detractors)
    return (name, *counts, balance(found.score), *ends(within, NO_DIFFERENCE))


def trend_sheet(snapshot: Snapshot, earlier: Snapshot | None, words: Words) -> Sheet | None:
    """What changed, index by index, as far as both waves may show it; None without a comparable wave."""
    if earlier is None or not comparable_waves(snapshot, earlier):
        return None
    heads = columns(words.gettext("Index|Then|Now|Change|Likely|n then / now|Verdict"))
    found = trend_section(snapshot, earlier, words)
    few = half_widths(*(side for sides in _compared(snapshot, earlier) for side in sides))
    noted = (found.lead, *found.asked, found.note, *((half_note(words),) if few else ()))
    return Sheet(
        words.gettext("Trend"),
        (
            Column(heads[0], width=40),
            Column(words.gettext("Group"), width=26),
            Column(heads[1], "score", 14),
            Column(heads[2], "score", 14),
            Column(heads[3], "points"),
            Column(words.gettext("Likely from"), "points"),
            Column(words.gettext("Likely to"), "points"),
            Column(f"n · {heads[1]}", "count"),
            Column(f"n · {heads[2]}", "count"),
            Column(heads[6], width=18),
            *((Column(f"± · {heads[at]}", "score", 12) for at in (1, 2)) if few else ()),
        ),
        tuple(_trend_rows(snapshot, earlier, words, few=few)),
        frozen=2,
        note=" ".join(noted),
    )


def _compared(snapshot: Snapshot, earlier: Snapshot) -> Iterator[tuple[Estimate, Estimate]]:
    """The means that stand side by side, then and now."""
    before = {index.code: index for index in earlier.indices}
    both = [(before[index.code], index) for index in snapshot.indices if index.code in before]
    composites = composites_compared(snapshot, earlier)
    for then, now in (*both, *((composites,) if composites is not None else ())):
        for audience in AUDIENCES:
            yield then.groups.get(audience, Estimate()), now.groups.get(audience, Estimate())


def _trend_rows(
    snapshot: Snapshot, earlier: Snapshot, words: Words, *, few: bool
) -> Iterator[tuple[Value, ...]]:
    before = {index.code: index for index in earlier.indices}
    tables = trend_section(snapshot, earlier, words).tables
    verdicts = {
        (table.caption, row[0].text): row[-1].text.replace("–", "") for table in tables for row in table.rows
    }
    for audience in AUDIENCES:
        name = group_name(audience, words)
        for head, told in _overall(audience, snapshot, earlier, words, few=few):
            yield (*head, *_judged(told, verdicts.get((name, head[0]), "")))
        for index in snapshot.indices:
            if index.code in before:
                same = before[index.code].items == index.items
                sides = [one.groups.get(audience) for one in (before[index.code], index)]
                told = _change(sides, snapshot, words, comparable=same, few=few)
                yield (index.name, name, *_judged(told, verdicts[name, index.name]))
    audiences = [group_name(audience, words) for audience in AUDIENCES]
    for table in tables:
        if table.caption not in audiences:
            for of, told, verdict in gap_rows(table, snapshot, earlier, words):
                yield (of, table.caption, *told, verdict, *(None for _ in range(2 * few)))


def _judged(told: tuple[Value, ...], verdict: str) -> tuple[Value, ...]:
    """The verdict of the page behind the seven numbers, before each ±."""
    return (*told[:7], verdict, *told[7:])


def _overall(
    audience: str, snapshot: Snapshot, earlier: Snapshot, words: Words, *, few: bool
) -> Iterator[tuple[tuple[str, str], tuple[Value, ...]]]:
    """The share of those who say so, in percent, and the headline composite, as the page has them."""
    name, shares = (
        group_name(audience, words),
        [one.headline.groups.get(audience) for one in (earlier, snapshot)],
    )
    if any(one is not None for one in shares):
        told = _said_so(shares, snapshot, words)
        yield (words.gettext("Who says so"), name), (*told, *(None for _ in range(2 * few)))
    if (compared := composites_compared(snapshot, earlier)) is not None:
        means = [composite.groups.get(audience) for composite in compared]
        told = _change(means, snapshot, words, comparable=True, few=few)
        yield (composite_name(compared[1], snapshot, words), name), told


def _said_so(shares: Sequence[Share | None], snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    percents = [_percent(one, snapshot, words) for one in shares]
    people = [one.n if one is not None else None for one in shares]
    change = share_change(*shares)
    if change is None:
        return (*percents, None, None, None, *people)
    return (
        *percents,
        points(change.change, NO_DIFFERENCE),
        *ends(change.interval, NO_DIFFERENCE),
        *people,
    )


def _percent(found: Share | None, snapshot: Snapshot, words: Words) -> Value:
    """Below ten answers how many, of a group that answers almost alike the bound: as the page has it."""
    if found is None:
        return None
    if found.bounded is not None:
        return bounded(found.bounded, words)
    if found.percent is None:
        return note(found.withheld, snapshot, words)
    if found.interval is None:
        told = words.gettext("{count} of {n}", count=words.number(found.count or 0), n=found.n or 0)
        return Figure(told)
    return share(found.percent)


def _change(
    sides: Sequence[Estimate | None], snapshot: Snapshot, words: Words, *, comparable: bool, few: bool
) -> tuple[Value, ...]:
    """Both means with their answers; the change, where the index rests on the same statements."""
    change = change_of(*sides) if comparable else None
    means = [_mean(one, snapshot, words) for one in sides]
    people = [one.n if one is not None else None for one in sides]
    halves = [half_width(one) if one is not None else None for one in sides] if few else []
    if change is None:
        return (*means, None, None, None, *people, *halves)
    return (*means, points(change.change), *ends(Range(*change.interval)), *people, *halves)


def _mean(estimate: Estimate | None, snapshot: Snapshot, words: Words) -> Value:
    if estimate is None:
        return None
    if estimate.mean is None:
        return note(estimate.withheld, snapshot, words)
    return score(estimate.mean, snapshot.level_cuts)
