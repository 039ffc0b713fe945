"""Tables as data: worded cells with a kind that decides how they are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, LevelCut

Kind = Literal["text", "number", "strong", "withheld", "quiet", "quote"]


@dataclass(frozen=True)
class Cell:
    """One cell. ``shade`` (1-5) tints a heat map cell by level; ``span`` is the columns that it covers."""

    text: str
    kind: Kind = "text"
    shade: int | None = None
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A table with a caption. The first cell of a row is its head; all others have the kind of a column.

    ``name`` chooses how the columns are set where they are not all alike. ``over`` holds, where columns
    belong together, the head above each column's own: equal neighbours are set as one.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    name: str = ""
    over: tuple[str, ...] = ()

    def numeric(self, column: int) -> bool:
        """Tell whether a column holds numbers, or dashes and hatching in their place: its head is set so."""
        kinds = {cell.kind for row in self.rows for cell in _spread(row)[column : column + 1]}
        return bool(kinds & {"number", "strong"}) or (bool(kinds) and kinds <= {"quiet", "withheld"})

    @property
    def joined(self) -> tuple[tuple[str, int], ...]:
        """The heads above the heads, each with the number of columns that it covers."""
        return tuple((name, len(list(same))) for name, same in groupby(self.over))


def _spread(row: Iterable[Cell]) -> list[Cell]:
    """One cell a column: a cell that covers several stands in each of them."""
    return [cell for cell in row for _ in range(cell.span)]


def side_by_side(
    figures: Mapping[str, Mapping[str, tuple[Cell, ...]]], groups: Iterable[str], heads: tuple[str, ...]
) -> Table:
    """A table with a row per measure and, next to one another, the columns of each group.

    Args:
        figures: of each measure, of each group by its name, one cell per column or one that covers them all.
        groups: names, in their order; a group without a figure is left out.
        heads: of the measures, and of a group's columns.
    """
    told = [group for group in groups if any(group in found for found in figures.values())]
    width = len(heads) - 1
    missing = (Cell("–", "quiet", span=width),)
    return Table(
        caption="",
        heads=(heads[0], *(head for _ in told for head in heads[1:])),
        rows=tuple(
            (Cell(measure), *(cell for group in told for cell in found.get(group, missing)))
            for measure, found in figures.items()
        ),
        over=("", *(group for group in told for _ in range(width))),
    )


def without_dashes(table: Table) -> Table:
    """The table without the columns in which every cell is a dash; as it is where a cell spans several."""
    if not table.rows or any(cell.span > 1 for row in table.rows for cell in row):
        return table
    kept = [at for at in range(len(table.heads)) if any(row[at].text != "–" for row in table.rows)]
    return replace(
        table,
        heads=tuple(table.heads[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def columns(heads: str) -> tuple[str, ...]:
    """Column heads out of one translated text: ``"Index|Gap"``."""
    return tuple(heads.split("|"))


def text(content: str) -> Cell:
    """A cell of words."""
    return Cell(content)


def number(content: str) -> Cell:
    """A cell of figures."""
    return Cell(content, "number")


def strong(content: str) -> Cell:
    """A cell of figures that the row is about."""
    return Cell(content, "strong")


def hidden(words: Words, reason: Reason | None = None) -> Cell:
    """A withheld cell: hatched and named, the same whatever the number behind it."""
    if reason is Reason.NOT_ASKED:
        return Cell("–", "quiet")
    return Cell(words.gettext("not shown"), "withheld")


def score(
    estimate: Estimate | None,
    words: Words,
    cuts: Iterable[LevelCut] = (),
    *,
    shaded: bool = False,
) -> Cell:
    """A mean as a cell: "74"; shaded by level for a heat map."""
    if estimate is None:
        return Cell("–", "quiet")
    if estimate.mean is None:
        return hidden(words, estimate.withheld)
    listed = tuple(cuts)
    shade = sum(cut.start <= estimate.mean for cut in listed) if shaded else None
    return Cell(words.score(estimate.mean, listed), "number", shade)


def likely(estimate: Estimate | None, words: Words, cuts: Iterable[LevelCut] = ()) -> Cell:
    """The range of a mean as a cell: "67 to 81"; below ten answers "±17"."""
    if estimate is None or estimate.mean is None:
        return Cell("–", "quiet")
    if estimate.interval is not None:
        return number(words.between(estimate.interval, tuple(cuts)))
    if estimate.nominal is not None:
        return number(f"±{words.number(estimate.nominal)}")
    return Cell("–", "quiet")


def people(estimate: Estimate | None, words: Words) -> Cell:
    """The number of people behind a mean."""
    if estimate is None or estimate.n is None:
        return Cell("–", "quiet")
    return number(words.number(estimate.n))
