"""The sheets of who was asked, of recommendation, and of what changed since an earlier wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from cultureassess.report.sheets.types import Column, Sheet, Value, ends, note, points, score, share, tenth
from cultureassess.report.words import NO_DIFFERENCE, Words
from cultureassess.snapshot.types import Coverage, Estimate, Range, Recommendation, Share, Snapshot

FULL = 100.0
"""The ends of recommendation, which its range never passes where it is printed (METHOD 2.9)."""


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
    within = Range(max(found.interval.low, -FULL), min(found.interval.high, FULL))
    counts = (found.n, found.promoters, found.passives, found.detractors)
    return (name, *counts, tenth(found.score), *ends(within, NO_DIFFERENCE))


def trend_sheet(snapshot: Snapshot, earlier: Snapshot | None, words: Words) -> Sheet | None:
    """What changed, index by index, as far as both waves may show it; None without a comparable wave."""
    if earlier is None or not comparable_waves(snapshot, earlier):
        return None
    heads = columns(words.gettext("Index|Then|Now|Change|Likely|n then / now|Verdict"))
    found = trend_section(snapshot, earlier, words)
    return Sheet(
        words.gettext("Trend"),
        (
            Column(heads[0], width=28),
            Column(words.gettext("Group"), width=16),
            Column(heads[1], "score"),
            Column(heads[2], "score"),
            Column(heads[3], "points"),
            Column(words.gettext("Likely from"), "points"),
            Column(words.gettext("Likely to"), "points"),
            Column(f"n · {heads[1]}", "count"),
            Column(f"n · {heads[2]}", "count"),
            Column(heads[6], width=18),
        ),
        tuple(_trend_rows(snapshot, earlier, words)),
        frozen=2,
        note=" ".join((found.lead, *found.asked, found.note)),
    )


def _trend_rows(snapshot: Snapshot, earlier: Snapshot, words: Words) -> Iterator[tuple[Value, ...]]:
    before = {index.code: index for index in earlier.indices}
    verdicts = {
        (table.caption, row[0].text): row[-1].text
        for table in trend_section(snapshot, earlier, words).tables
        for row in table.rows
    }
    for audience in AUDIENCES:
        name = group_name(audience, words)
        yield from _overall(audience, snapshot, earlier, verdicts, words)
        for index in snapshot.indices:
            if index.code in before:
                then, now = (one.groups.get(audience, Estimate()) for one in (before[index.code], index))
                same = before[index.code].items == index.items
                told = _change(then, now, snapshot, verdicts[name, index.name], comparable=same)
                yield (index.name, name, *told)


def _overall(
    audience: str,
    snapshot: Snapshot,
    earlier: Snapshot,
    verdicts: Mapping[tuple[str, str], str],
    words: Words,
) -> Iterator[tuple[Value, ...]]:
    """The share of those who say so, in percent, and the headline composite, as the page has them."""
    name, said = group_name(audience, words), words.gettext("Who says so")
    if (name, said) in verdicts:
        yield (said, name, *_said_so(audience, snapshot, earlier, verdicts[name, said]))
    if (compared := composites_compared(snapshot, earlier)) is not None:
        means = [composite.groups.get(audience, Estimate()) for composite in compared]
        told = _change(means[0], means[1], snapshot, "", comparable=True)
        yield (composite_name(compared[1], snapshot, words), name, *told)


def _said_so(audience: str, snapshot: Snapshot, earlier: Snapshot, verdict: str) -> tuple[Value, ...]:
    then, now = (wave.headline.groups.get(audience) or Share() for wave in (earlier, snapshot))
    percents = [share(one.percent) for one in (then, now)]
    change = share_change(then, now)
    if change is None:
        return (*percents, None, None, None, then.n, now.n, "")
    sizes = (points(change.change, NO_DIFFERENCE), *ends(change.interval, NO_DIFFERENCE))
    return (*percents, *sizes, then.n, now.n, verdict)


def _change(
    then: Estimate, now: Estimate, snapshot: Snapshot, verdict: str, *, comparable: bool
) -> tuple[Value, ...]:
    """Both means with their answers; the change, where the index rests on the same statements."""
    change = change_of(then, now) if comparable else None
    means = [score(one.mean, snapshot.level_cuts) for one in (then, now)]
    if change is None:
        return (*means, None, None, None, then.n, now.n, "")
    sizes = (points(change.change), *ends(Range(*change.interval)))
    return (*means, *sizes, then.n, now.n, verdict)
