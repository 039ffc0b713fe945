"""How people answered one statement: a diverging bar per group, the middle answer in the middle."""

from __future__ import annotations

from cultureassess.report.figures.gap_plot import GROUPS, group_name
from cultureassess.report.figures.spec import Distribution, DistributionRow
from cultureassess.report.narrative.statements import COUNTS_FIRST
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import ItemFigures, PairResult, Snapshot


def distribution(snapshot: Snapshot, pair: PairResult, words: Words = ENGLISH) -> Distribution:
    """Describe the distribution of one pair in every group that was asked."""
    rows = tuple(_row(group, pair, snapshot, words) for group in GROUPS if group in pair.groups)
    told = [f"{row.label}: {row.favourable}" for row in rows if row.n is not None]
    labels = snapshot.instrument.scale_labels
    if pair.reverse:
        labels = labels[::-1]
    return Distribution(
        title=_title(pair.id, told, words),
        description=". ".join(_read(row, labels, words) for row in rows),
        labels=labels,
        rows=rows,
    )


def _title(code: str, told: list[str], words: Words) -> str:
    if not told:
        return words.gettext("{code}: not shown", code=code)
    return words.gettext("{code}: {groups}", code=code, groups="; ".join(told))


def _read(row: DistributionRow, labels: tuple[str, ...], words: Words) -> str:
    if row.counts is None:
        return f"{row.label}: {row.note or row.favourable}"
    counted = [f"{label} {count}" for label, count in zip(labels, row.counts, strict=True)]
    return f"{row.label}: {words.series(counted)}"


def _row(group: str, pair: PairResult, snapshot: Snapshot, words: Words) -> DistributionRow:
    figures = pair.groups[group]
    counts, n = figures.distribution, figures.n
    shares = tuple(100 * count / n for count in counts) if counts is not None and n else None
    return DistributionRow(
        group=group,
        label=group_name(group, words),
        n=n,
        counts=counts,
        shares=shares,
        favourable=agreeing(figures, words, reverse=pair.reverse),
        note=_note(figures, snapshot, words),
        mean=words.number(figures.mean) if figures.mean is not None else "",
        parts=_parts(counts, shares, words),
        counted=_counted(figures, words),
    )


def _parts(counts: tuple[int, ...] | None, shares: tuple[float, ...] | None, words: Words) -> tuple[str, ...]:
    """What stands in the parts of a bar: how many people, and from 50 answers the percentage."""
    if counts is None or shares is None:
        return ()
    if sum(counts) < COUNTS_FIRST:
        return tuple(words.number(count) for count in counts)
    return tuple(words.percent(share) for share in shares)


def _counted(figures: ItemFigures, words: Words) -> str:
    if figures.n is None:
        return ""
    return words.gettext("{share} of {n}", share=_share(figures, words), n=words.number(figures.n))


def agreeing(figures: ItemFigures, words: Words, *, reverse: bool) -> str:
    """ "14 of 16 agree"; from 50 answers the percentage first; bounded where everybody answers alike.

    Of a statement that speaks against the company those who disagree are told.
    """
    if figures.n is None:
        return ""
    share, n = _share(figures, words), words.number(figures.n)
    if reverse:
        return words.gettext("{share} of {n} disagree", share=share, n=n)
    return words.gettext("{share} of {n} agree", share=share, n=n)


def _share(figures: ItemFigures, words: Words) -> str:
    if figures.bounded is not None:
        return bounded_share(figures.bounded, words)
    if (figures.n or 0) < COUNTS_FIRST:
        return words.number(figures.count or 0)
    return words.percent(figures.favourable or 0)


def bounded_share(bounded: str, words: Words) -> str:
    """The share of a group that answers almost alike: "95% or more"."""
    return words.gettext("5% or less") if bounded == "5 or less" else words.gettext("95% or more")


def _note(figures: ItemFigures, snapshot: Snapshot, words: Words) -> str | None:
    if figures.withheld is not None:
        return reason_note(figures.withheld, words, k=snapshot.wave.k)
    if figures.distribution is None and figures.bounded is None:
        return words.gettext("distribution from {k} answers", k=snapshot.wave.k_distribution)
    if figures.distribution is None:
        return words.gettext("almost all answered alike")
    return None
