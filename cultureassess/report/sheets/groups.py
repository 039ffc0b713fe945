"""The sheets of outcome, groups, priorities, comments, and of what is not shown."""

from __future__ import annotations

from cultureassess.report.document.hidden import hidden_section
from cultureassess.report.document.importance import priorities_section
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import statement
from cultureassess.report.narrative.gaps import FOUND, MEASURED
from cultureassess.report.narrative.labels import attribute_name, value_name
from cultureassess.report.narrative.priorities import tied_sentences
from cultureassess.report.sheets.types import (
    GROUPS,
    Column,
    Sheet,
    Value,
    bounded,
    half_note,
    half_width,
    half_widths,
    note,
    points,
    score,
    score_ends,
    share,
    tenth,
)
from cultureassess.report.words import Words
from cultureassess.scoring.priorities import TARGET
from cultureassess.snapshot.types import Breakdown, BreakdownCell, Estimate, Priority, Share, Snapshot


def outcomes_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Who says that customers come first, and how many of 100 customers insiders expected to say so."""
    shares, forecast = snapshot.headline.groups, snapshot.headline.forecast
    few = half_widths(*forecast.values())
    asked = statement(snapshot.headline.question_customer or "", snapshot)
    return Sheet(
        words.gettext("Outcome"),
        (
            Column(words.gettext("Group"), width=44),
            Column("n", "count"),
            Column(words.gettext("Say so"), "count"),
            Column(words.gettext("Percent"), "percent"),
            Column(words.gettext("Likely from"), "percent"),
            Column(words.gettext("Likely to"), "percent"),
            *((Column("±", "percent", 8),) if few else ()),
        ),
        (
            *(
                (group_name(group, words), *_share(shares[group], snapshot, words, few=few))
                for group in GROUPS
                if group in shares
            ),
            *(
                (_forecaster(group, words), *_expected(forecast[group], snapshot, words, few=few))
                for group in GROUPS
                if group in forecast
            ),
        ),
        note=f"{asked} {half_note(words)}".strip() if few else asked,
    )


def _forecaster(group: str, words: Words) -> str:
    return f"{group_name(group, words)} ({words.gettext('their forecast of customers')})"


def _expected(guess: Estimate, snapshot: Snapshot, words: Words, *, few: bool) -> tuple[Value, ...]:
    """The average guess of how many of 100 customers say so; its range cut off at both ends."""
    if guess.mean is None:
        return (note(guess.withheld, snapshot, words), *(None for _ in range(4 + few)))
    half = (half_width(guess),) if few else ()
    return (guess.n, None, score(guess.mean), *score_ends(guess.interval), *half)


def _share(found: Share, snapshot: Snapshot, words: Words, *, few: bool) -> tuple[Value, ...]:
    rest = tuple(None for _ in range(few))
    if found.n is None:
        return (note(found.withheld, snapshot, words), None, None, None, None, *rest)
    if found.bounded is not None:
        return (found.n, None, bounded(found.bounded, words), None, None, *rest)
    percent = share(found.percent) if found.n >= MEASURED else None  # as on the pages
    return (found.n, found.count, percent, *score_ends(found.interval), *rest)


def breakdowns_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """Every group that may be shown."""
    codes = [index.code for index in snapshot.indices] + [one.code for one in snapshot.composites]
    return Sheet(
        words.gettext("Groups"),
        (
            Column(words.gettext("Attribute"), width=24),
            Column(words.gettext("Side"), width=14),
            Column(words.gettext("Group"), width=28),
            Column("n", "count", 8),
            *(Column(code, "score", 8) for code in codes),
        ),
        tuple(
            (*_named(found, cell, snapshot, words), *_values(cell, codes, snapshot, words))
            for found in snapshot.breakdowns
            for cell in found.cells
        ),
        frozen=3,
    )


def _named(found: Breakdown, cell: BreakdownCell, snapshot: Snapshot, words: Words) -> tuple[str, str, str]:
    side = group_name("customer" if found.side == "outside" else "inside", words)
    value = value_name(found.attribute, found.side, cell.value, snapshot, words)
    return attribute_name(found.attribute, found.side, words), side, value


def _values(cell: BreakdownCell, codes: list[str], snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    if cell.n is None:
        return (note(cell.withheld, snapshot, words), *(None for _ in codes))
    found = cell.indices | cell.composites
    means = (found[code].mean if code in found else None for code in codes)
    return (cell.n, *(score(mean, snapshot.level_cuts) for mean in means))


def priorities_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """The order in which to talk, and what each priority is made of."""
    return Sheet(
        words.gettext("Priorities"),
        (
            Column(words.gettext("Index")),
            Column(words.gettext("Name"), width=28),
            Column(words.gettext("Weight"), "percent"),
            Column(group_name("customer", words), "score"),
            Column(words.gettext("Distance to 80"), "score"),
            Column(words.gettext("Gap that counts"), "score"),
            Column(words.gettext("Priority"), "score"),
        ),
        tuple(_priority(priority, snapshot, words) for priority in snapshot.priorities),
        frozen=2,
        note=_made_of(snapshot, words),
    )


def _made_of(snapshot: Snapshot, words: Words) -> str:
    """How a priority is computed, which are nearly tied, and where the weights come from."""
    rule = words.gettext(
        "Priority = weight × (distance of customers to 80 + established gap) ÷ 2, in points. "
        "A gap in customers’ favour, or one that is not established, counts as 0. "
        "It orders the discussion and has no range of its own; it does not replace it."
    )
    return " ".join((rule, *tied_sentences(snapshot, words), priorities_section(snapshot, words).source))


def _priority(priority: Priority, snapshot: Snapshot, words: Words) -> tuple[Value, ...]:
    """METHOD 6.2: the weight, how far customers are from 80, and the gap as far as it counts."""
    index = snapshot.index(priority.index)
    weight = next(
        (100 * found.weight for found in snapshot.importance.drivers if found.index == index.code), None
    )
    customers, head = index.groups.get("customer", Estimate()), (index.code, index.name, share(weight))
    if customers.mean is None:
        return (*head, note(customers.withheld, snapshot, words), None, None, tenth(priority.value))
    gap = index.gap.difference if index.gap.state in FOUND else 0.0
    mean = score(customers.mean, snapshot.level_cuts) or 0.0
    return (
        *head,
        mean,
        tenth(max(0.0, TARGET - mean)),  # of the mean beside it, also where that is cut off below 80
        points(max(0.0, gap or 0.0)),
        tenth(priority.value),
    )


def comments_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """What people wrote, as far as it may be shown."""
    rows = [
        (group_name(found.audience, words), statement(found.text, snapshot), comment)
        for found in snapshot.comments
        for comment in found.comments
    ]
    return Sheet(
        words.gettext("Comments"),
        (
            Column(words.gettext("Group"), width=16),
            Column(words.gettext("Question"), width=44),
            Column(words.gettext("Comment"), width=90),
        ),
        tuple(rows),
    )


def hidden_sheet(snapshot: Snapshot, words: Words) -> Sheet:
    """What is not shown, and why: whole groups, then single figures of groups that are shown."""
    rows = [
        (what, f"{found.why} {found.explained}".strip())
        for found in hidden_section(snapshot, words)
        for what in (*found.groups, *found.single)
    ]
    return Sheet(
        words.gettext("Not shown"),
        (Column(words.gettext("What"), width=44), Column(words.gettext("Why"), width=60)),
        tuple(rows),
    )
