"""The main picture: eight indices, what each group says, and the gap (EXPERIENCE B.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.figures.spec import Band, GapPlot, GapRow, Mark, RowGroup
from cultureassess.report.narrative.gaps import FOUND, customers_alone, enough_people, state_word, verdict
from cultureassess.report.narrative.withheld import reason_note
from cultureassess.report.words import ENGLISH, Words
from cultureassess.snapshot.types import Estimate, IndexResult, LevelCut, Snapshot

GROUPS = ("management", "staff", "customer")
KINDS = ("core", "differentiating", "other")


def gap_plot(snapshot: Snapshot, words: Words = ENGLISH) -> GapPlot:
    """Describe the gap dot plot: core and differentiating apart, the largest gap first in each."""
    groups = tuple(group for kind in KINDS if (group := _group(kind, snapshot, words)).rows)
    rows = [row for group in groups for row in group.rows]
    return GapPlot(
        title=finding(snapshot, words),
        description=" ".join(f"{row.label}: {row.sentence}" for row in rows),
        groups=groups,
        bands=bands(snapshot.level_cuts),
        legend=tuple((group, group_name(group, words)) for group in GROUPS if _appears(group, rows)),
        heads=_heads(rows, words),
        footnote=" ".join(_footnote(rows, words)),
    )


def _heads(rows: Sequence[GapRow], words: Words) -> tuple[str, str, str, str]:
    """The heads of the columns; those of the gap stay empty where no row has one."""
    people, word = words.gettext("n man. / cust."), words.gettext("Verdict")
    if not any(row.gap for row in rows):
        return "", "", people, word
    return words.gettext("Gap"), words.gettext("likely"), people, word


def _footnote(rows: Sequence[GapRow], words: Words) -> Iterator[str]:
    """What lines, bold names and gaps are, as far as the picture has them; and why a mark has no line."""
    ranged = [mark.low is not None for row in rows for mark in row.marks]
    if any(ranged):
        yield words.gettext("Lines are 95% intervals.")
    if not all(ranged):
        yield few_note(words)
    if any(row.emphasised for row in rows):
        yield words.gettext("Bold: the indices of the customer-centricity score.")
    if any(row.gap for row in rows):
        yield words.gettext("Gap = managers minus customers, in points of 100.")


def few_note(words: Words) -> str:
    """Why a mean stands without a line, and what the ± beside it is (METHOD 1.9, 4.2)."""
    return words.gettext(
        "A mean of fewer than ten answers has no line: its own range is not computed. ± is a rule of thumb "
        "from how much answers usually differ."
    )


def group_name(group: str, words: Words) -> str:
    """The name of an audience, as a legend and a table head show it."""
    names = {
        "management": words.gettext("Managers"),
        "staff": words.gettext("Employees"),
        "inside": words.gettext("All insiders"),
        "customer": words.gettext("Customers"),
        "partner": words.gettext("Partners"),
    }
    return names.get(group, group)


def bands(cuts: Sequence[LevelCut]) -> tuple[Band, ...]:
    """The levels as stretches of the 0-100 scale."""
    ends = [cut.start for cut in cuts[1:]] + [100.0]
    return tuple(Band(cut.start, end, cut.name) for cut, end in zip(cuts, ends, strict=True))


def finding(snapshot: Snapshot, words: Words) -> str:
    """The title of the chart: what it shows, in words."""
    gaps = [index.gap for index in snapshot.indices]
    rosier = sum(gap.state in FOUND and (gap.difference or 0) > 0 for gap in gaps)
    kinder = sum(gap.state in FOUND and (gap.difference or 0) < 0 for gap in gaps)
    total = len(gaps)
    if total == 1 and rosier + kinder:
        return _one_index(words, rosier=bool(rosier))
    if total and rosier == total:
        return words.gettext("Managers see all {total} indices rosier than customers do", total=total)
    if total and kinder == total:
        return words.gettext("Customers rate all {total} indices higher than managers do", total=total)
    if rosier:
        return words.ngettext(
            "Managers see {n} of {total} indices rosier than customers do",
            "Managers see {n} of {total} indices rosier than customers do",
            rosier,
            n=rosier,
            total=total,
        )
    if kinder:
        return words.gettext(
            "Customers rate {n} of {total} indices higher than managers do", n=kinder, total=total
        )
    return _without_gap([gap.state for gap in gaps], snapshot, words)


def _one_index(words: Words, *, rosier: bool) -> str:
    if rosier:
        return words.gettext("Managers see the one index rosier than customers do")
    return words.gettext("Customers rate the one index higher than managers do")


def _without_gap(states: Sequence[str | None], snapshot: Snapshot, words: Words) -> str:
    if all(state == "aligned" for state in states):
        return words.gettext("Managers and customers see every index alike, within 10 points")
    if any(states):
        return words.gettext("The answers show no gap that we could be sure of")
    if enough_people(snapshot):
        return words.gettext("No index could be compared")
    if customers_alone(snapshot):
        return words.gettext("There are too few managers to compare the two sides")
    return words.gettext("There are too few answers to compare the two sides")


def _appears(group: str, rows: Sequence[GapRow]) -> bool:
    return any(row.mark(group) for row in rows)


def _group(kind: str, snapshot: Snapshot, words: Words) -> RowGroup:
    names = {
        "core": words.gettext("Core"),
        "differentiating": words.gettext("Differentiating"),
        "other": words.gettext("Indices"),
    }
    rows = [_row(index, snapshot, words) for index in snapshot.indices if index.kind == kind]
    rows.sort(key=lambda row: (row.difference is None, -(row.difference or 0.0), row.code))
    return RowGroup(names[kind], tuple(rows))


def _row(index: IndexResult, snapshot: Snapshot, words: Words) -> GapRow:
    """A gap without a range (5 to 9 answers) is not printed: the means stand alone (METHOD 1.9)."""
    gap = index.gap
    told = gap.difference is not None and gap.interval is not None
    return GapRow(
        code=index.code,
        label=index.name,
        emphasised=index.emphasised,
        marks=marks(index, snapshot, words),
        difference=gap.difference,
        gap=words.points(gap.difference or 0.0) if told else "",
        interval=words.signed_between(gap.interval) if gap.interval is not None else "",
        people=_people(index, words),
        word=state_word(gap, words) if gap.difference is not None else "",
        state=gap.state,
        note=_note(index, snapshot, words),
        sentence=verdict(index, snapshot, words),
    )


def marks(index: IndexResult, snapshot: Snapshot, words: Words) -> tuple[Mark, ...]:
    """The groups of one index that may be shown, with the mean as it is printed."""
    return tuple(
        mark_of(group, group_name(group, words), estimate, estimate.mean, snapshot, words)
        for group in GROUPS
        if (estimate := index.groups.get(group)) is not None and estimate.mean is not None
    )


def mark_of(
    group: str, label: str, estimate: Estimate, mean: float, snapshot: Snapshot, words: Words
) -> Mark:
    """One group's mean, its range cut off at the ends of the scale."""
    interval = estimate.interval
    return Mark(
        group=group,
        label=label,
        value=mean,
        low=max(interval.low, 0.0) if interval else None,
        high=min(interval.high, 100.0) if interval else None,
        n=estimate.n or 0,
        printed=words.score(mean, snapshot.level_cuts),
        told=_told(estimate, snapshot, words),
    )


def _told(estimate: Estimate, snapshot: Snapshot, words: Words) -> str:
    """The range, or below ten answers the rule of thumb, and the number of answers."""
    answers = words.answers(estimate.n or 0)
    if estimate.interval is not None:
        likely = words.between(estimate.interval, snapshot.level_cuts)
    elif estimate.nominal is not None:
        likely = f"±{words.number(estimate.nominal)}"
    else:
        return answers
    return words.gettext("{range} · {answers}", range=likely, answers=answers)


def _people(index: IndexResult, words: Words) -> str:
    sides = [index.groups.get("management"), index.groups.get("customer")]
    return " / ".join(
        words.number(side.n) if side is not None and side.n is not None else "–" for side in sides
    )


def _note(index: IndexResult, snapshot: Snapshot, words: Words) -> str | None:
    if index.gap.difference is not None:
        return None
    return reason_note(index.gap.withheld or Reason.FEW, words, k=snapshot.wave.k)
