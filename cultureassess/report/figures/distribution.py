"""How people answered one statement: a diverging bar per group, the middle answer in the middle."""

from __future__ import annotations

from cultureassess.report.figures.gap_plot import GROUPS, group_name
from cultureassess.report.figures.spec import Distribution, DistributionRow
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import ItemFigures, PairResult, Snapshot


def distribution(snapshot: Snapshot, pair: PairResult, words: Words = ENGLISH) -> Distribution:
    """Describe the distribution of one pair in every group that was asked."""
    rows = tuple(_row(group, pair.groups[group], snapshot, words) for group in GROUPS if group in pair.groups)
    told = [f"{row.label}: {row.favourable}" for row in rows if row.n is not None]
    return Distribution(
        title=_title(pair.id, told, words),
        description=". ".join(_read(row, snapshot.instrument.scale_labels) for row in rows),
        labels=snapshot.instrument.scale_labels,
        rows=rows,
    )


def _title(code: str, told: list[str], words: Words) -> str:
    if not told:
        return words.gettext("{code}: not shown", code=code)
    return words.gettext("{code}: {groups}", code=code, groups="; ".join(told))


def _read(row: DistributionRow, labels: tuple[str, ...]) -> str:
    if row.counts is None:
        return f"{row.label}: {row.note or row.favourable}"
    counted = ", ".join(f"{label} {count}" for label, count in zip(labels, row.counts, strict=True))
    return f"{row.label}: {counted}"


def _row(group: str, figures: ItemFigures, snapshot: Snapshot, words: Words) -> DistributionRow:
    counts, n = figures.distribution, figures.n
    shares = tuple(100 * count / n for count in counts) if counts is not None and n else None
    return DistributionRow(
        group=group,
        label=group_name(group, words),
        n=n,
        counts=counts,
        shares=shares,
        favourable=agreeing(figures, words),
        note=_note(figures, snapshot, words),
        mean=words.number(figures.mean) if figures.mean is not None else "",
    )


def agreeing(figures: ItemFigures, words: Words) -> str:
    """ "14 of 16 agree"; from 50 answers the percentage first; bounded where everybody answers alike."""
    if figures.n is None:
        return ""
    n = words.number(figures.n)
    if figures.bounded is not None:
        bound = (
            words.gettext("5% or less") if figures.bounded == "5 or less" else words.gettext("95% or more")
        )
        return words.gettext("{bound} of {n} agree", bound=bound, n=n)
    count = words.number(figures.count or 0)
    if figures.n < 50:
        return words.gettext("{count} of {n} agree", count=count, n=n)
    return words.gettext("{percent} of {n} agree", percent=words.percent(figures.favourable or 0), n=n)


def _note(figures: ItemFigures, snapshot: Snapshot, words: Words) -> str | None:
    if figures.withheld is not None:
        return reason_note(figures.withheld, words, k=snapshot.wave.k)
    if figures.distribution is None and figures.bounded is None:
        return words.gettext("distribution from {k} answers", k=snapshot.wave.k_distribution)
    if figures.distribution is None:
        return words.gettext("almost all answered alike")
    return None
