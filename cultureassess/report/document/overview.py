"""The indices at a glance: the gap plot, and the same numbers in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cultureassess.report.document.tables import (
    Cell,
    Table,
    columns,
    hidden,
    number,
    people,
    score,
    strong,
    text,
    without_dashes,
)
from cultureassess.report.figures import GapPlot, gap_plot
from cultureassess.report.figures.gap_plot import GROUPS
from cultureassess.report.narrative import state_word
from cultureassess.report.narrative.gaps import estimate_words
from cultureassess.report.narrative.since import comparable_waves
from cultureassess.report.narrative.tally import tally
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, IndexResult, Snapshot


@dataclass(frozen=True)
class Overview:
    """``lead`` is the tally, empty where it would only repeat the finding that is the title."""

    plot: GapPlot
    lead: str
    table: Table
    detectable: str | None


def overview(snapshot: Snapshot, words: Words, earlier: Snapshot | None = None) -> Overview:
    """The gap plot with the same numbers in a table below, and what customers said in the wave before."""
    plot = gap_plot(snapshot, words)
    order = [row.code for group in plot.groups for row in group.rows]
    before = _before(snapshot, earlier)
    heads = columns(words.gettext("Index|Managers|Employees|Customers|Gap|Likely|n|Verdict"))
    if before is not None:
        heads = (*heads[:4], words.gettext("Customers last time"), *heads[4:])
    table = Table(
        caption=words.gettext("The same numbers as a table (scores from 0 to 100)"),
        heads=heads,
        rows=tuple(_overview_row(snapshot.index(code), before, snapshot, words) for code in order),
        note=" ".join(_note(snapshot, words)),
    )
    compared = any(index.gap.state for index in snapshot.indices)
    return Overview(
        plot=plot,
        lead=tally(snapshot, words) if compared else "",
        table=without_dashes(table),
        detectable=detectable_sentence(snapshot, words),
    )


def _note(snapshot: Snapshot, words: Words) -> Iterator[str]:
    """What the columns are; the rules of rounding only where a figure follows them."""
    yield words.gettext("n: managers / customers.")
    if any(index.gap.interval is not None for index in snapshot.indices):
        yield words.gettext(
            "Likely: the range in which the gap lies, 95% interval. Gaps are computed before rounding, so "
            "they can differ by one from the printed scores."
        )
    if any(_near_a_limit(index, snapshot, words) for index in snapshot.indices):
        yield words.gettext(
            "A figure that just misses a limit keeps a decimal, so that rounding does not carry it over."
        )


def _near_a_limit(index: IndexResult, snapshot: Snapshot, words: Words) -> bool:
    means = [found.mean for group in GROUPS if (found := index.groups.get(group)) and found.mean is not None]
    if any(words.score(mean, snapshot.level_cuts) != words.number(mean) for mean in means):
        return True
    interval, difference = index.gap.interval, index.gap.difference
    if interval is None or difference is None:
        return False
    return words.points(difference) != words.signed(difference) or words.ends(interval) != (
        words.signed(interval.low),
        words.signed(interval.high),
    )


def _before(snapshot: Snapshot, earlier: Snapshot | None) -> Mapping[str, IndexResult] | None:
    """The indices of a wave that may be compared; one that rests on other statements is not among them."""
    if earlier is None or not comparable_waves(snapshot, earlier):
        return None
    now = {index.code: index.items for index in snapshot.indices}
    return {index.code: index for index in earlier.indices if now.get(index.code) == index.items}


def _overview_row(
    index: IndexResult, before: Mapping[str, IndexResult] | None, snapshot: Snapshot, words: Words
) -> tuple[Cell, ...]:
    gap, cuts = index.gap, snapshot.level_cuts
    means = [_mean(index.groups.get(group), snapshot, words) for group in GROUPS]
    if before is not None:
        then = before[index.code].groups.get("customer") if index.code in before else None
        means.append(score(then, words, cuts))
    if gap.difference is None:
        return (
            text(index.name),
            *means,
            hidden(words, gap.withheld),
            Cell("–", "quiet"),
            _n(index, words),
            text("–"),
        )
    interval = number(words.signed_between(gap.interval)) if gap.interval else Cell("–", "quiet")
    size = strong(words.points(gap.difference)) if gap.interval else Cell("–", "quiet")
    return (text(index.name), *means, size, interval, _n(index, words), text(state_word(gap, words)))


def _mean(estimate: Estimate | None, snapshot: Snapshot, words: Words) -> Cell:
    """A mean alone where the picture draws its range, below ten answers with its ±."""
    if estimate is None or estimate.mean is None or estimate.interval is not None:
        return score(estimate, words, snapshot.level_cuts)
    return number(estimate_words(estimate, snapshot, words))


def _n(index: IndexResult, words: Words) -> Cell:
    sides = [people(index.groups.get(group), words).text for group in ("management", "customer")]
    return number(" / ".join(sides))


def detectable_sentence(snapshot: Snapshot, words: Words) -> str | None:
    """The smallest gaps that this wave finds (METHOD 3.4); None without ten answers a side."""
    found = snapshot.detectable
    if found is None:
        return None
    return words.gettext(
        "With {managers} and {customers} this wave reliably finds gaps of about {one} points "
        "(one index alone) to {family} points (all indices judged together). It may find a smaller one as "
        "well, but misses it more often than one time in five.",
        managers=words.managers(found.n_management),
        customers=words.customers(found.n_customers),
        one=words.number(found.one),
        family=words.number(found.family),
    )
