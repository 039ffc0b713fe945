"""The appendix's table of statements: how each group answered, as people answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cultureassess.report.document.listed import sized, told_groups
from cultureassess.report.document.tables import Cell, Table, columns, hidden, number, text
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.words import Words
from cultureassess.snapshot.types import ItemFigures, PairResult, Snapshot


def items(snapshot: Snapshot, words: Words) -> Table:
    """A row per statement and group; points and gaps only where at least one is told."""
    rows = [
        _item_row(pair, group, pair.groups[group], words)
        for pair in snapshot.pairs
        for group in told_groups(snapshot)
        if group in pair.groups
    ]
    points = words.gettext("Points 1 to {last}", last=snapshot.instrument.scale_points)
    heads = columns(words.gettext("Item|Group|n|Mean|Agree|Neutral|Disagree|Cannot judge"))
    heads = (*heads, points, words.gettext("Gap (likely)"))
    told = len(heads) - _dashes_at_the_end(rows)
    return Table(
        caption=words.gettext("Items"),
        heads=heads[:told],
        rows=tuple(tuple(row[: told - len(heads)] if told < len(heads) else row) for row in rows),
        note=" ".join(_items_note(snapshot, words)),
        name=sized("items" if told == len(heads) else "items uncompared", snapshot),
    )


def _dashes_at_the_end(rows: Sequence[tuple[Cell, ...]]) -> int:
    """How many of the last two columns, from the last, hold nothing but dashes."""
    empty = [all(row[-place].text == "–" for row in rows) for place in (1, 2)]
    return sum(empty) if empty[0] else 0


def _items_note(snapshot: Snapshot, words: Words) -> Iterator[str]:
    """What the table holds; a rule is told only where something in it follows it."""
    if any(figures.distribution for pair in snapshot.pairs for figures in pair.groups.values()):
        yield words.gettext("Percentages of those who judged; points: how many chose each.")
    else:
        yield words.gettext(
            "Percentages of those who judged; how many chose each point is told from ten answers."
        )
    if any(pair.gap.interval is not None for pair in snapshot.pairs):
        yield words.gettext(
            "Gaps of items, differences of the means, stand in the customers’ row; they are exploratory and "
            "carry no verdict."
        )
    if any(pair.reverse for pair in snapshot.pairs):
        yield words.gettext(
            "Turned: agreeing is unfavourable; mean and gap are turned round, percentages and points are not."
        )


def _item_row(pair: PairResult, group: str, figures: ItemFigures, words: Words) -> tuple[Cell, ...]:
    code = words.gettext("{code} (turned)", code=pair.id) if pair.reverse else pair.id
    head = (text(code), text(group_name(group, words)))
    if figures.n is None:
        return (
            *head,
            replace(hidden(words, figures.withheld), span=6),
            Cell("–", "quiet"),
            Cell("–", "quiet"),
        )
    mean = number(words.number(figures.mean)) if figures.mean is not None else hidden(words)
    counted = number(words.number(figures.n))
    shares, points = _parts(figures, words, reverse=pair.reverse), _points(pair, figures, words)
    return (*head, counted, mean, *shares, points, _gap(pair, group, words))


def _points(pair: PairResult, figures: ItemFigures, words: Words) -> Cell:
    """The counts in the order of the scale, as people answered."""
    if figures.distribution is None:
        return Cell("–", "quiet")
    counts = figures.distribution[::-1] if pair.reverse else figures.distribution
    return number(" · ".join(words.number(count) for count in counts))


def _gap(pair: PairResult, group: str, words: Words) -> Cell:
    if group != "customer" or pair.gap.difference is None or pair.gap.interval is None:
        return Cell("–", "quiet")
    return number(words.points_and_range(pair.gap.difference, pair.gap.interval))


def _parts(figures: ItemFigures, words: Words, *, reverse: bool) -> tuple[Cell, ...]:
    """Agree, neutral, disagree, cannot judge: as people answered, not as it is scored."""
    dont_know = _percent(figures.dont_know, words)
    if figures.bounded is not None:
        low = figures.bounded == "5 or less"
        bound = words.gettext("5% or less") if low else words.gettext("95% or more")
        dash = Cell("–", "quiet")
        return (dash, dash, number(bound), dont_know) if reverse else (number(bound), dash, dash, dont_know)
    shares = (figures.favourable, figures.neutral, figures.unfavourable)
    if reverse:
        shares = shares[::-1]
    return (*(_percent(share, words) for share in shares), dont_know)


def _percent(value: float | None, words: Words) -> Cell:
    return number(words.percent(value, narrow=True)) if value is not None else Cell("–", "quiet")
