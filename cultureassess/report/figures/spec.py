"""The data of a chart. Values are on the 0-100 scale or in percent; every text is ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """One group's mean with its 95% interval. ``group`` decides shape and colour.

    ``low`` and ``high`` are None where there is no interval (5 to 9 answers).
    """

    group: str
    label: str
    value: float
    low: float | None
    high: float | None
    n: int
    printed: str
    told: str = ""
    """The range and the number of answers in words."""


@dataclass(frozen=True)
class GapRow:
    """One index. ``note`` stands in place of the numbers where the gap is not shown."""

    code: str
    label: str
    emphasised: bool
    marks: tuple[Mark, ...]
    difference: float | None
    gap: str
    interval: str
    people: str
    word: str
    state: str | None
    note: str | None
    sentence: str

    def mark(self, group: str) -> Mark | None:
        return next((mark for mark in self.marks if mark.group == group), None)


@dataclass(frozen=True)
class RowGroup:
    name: str
    rows: tuple[GapRow, ...]


@dataclass(frozen=True)
class Band:
    """A level, from ``start`` (inclusive) to ``end``."""

    start: float
    end: float
    name: str


@dataclass(frozen=True)
class GapPlot:
    """Means per group and index. ``title`` is the finding; ``description`` reads the rows aloud.

    ``heads`` are the column heads (gap, range, answers, verdict); ``legend`` pairs a group with its name.
    """

    title: str
    description: str
    groups: tuple[RowGroup, ...]
    bands: tuple[Band, ...]
    legend: tuple[tuple[str, str], ...]
    heads: tuple[str, str, str, str]
    footnote: str


@dataclass(frozen=True)
class DistributionRow:
    """How one group answered one item. ``shares`` are percent per point, None where not shown.

    ``parts`` are the shares as they are printed in the bar; ``counted`` is ``favourable`` without its verb.
    """

    group: str
    label: str
    n: int | None
    counts: tuple[int, ...] | None
    shares: tuple[float, ...] | None
    favourable: str
    note: str | None
    mean: str = ""
    parts: tuple[str, ...] = ()
    counted: str = ""


@dataclass(frozen=True)
class Distribution:
    """One pair, all groups; ``labels`` name the points of the response scale, lowest first."""

    title: str
    description: str
    labels: tuple[str, ...]
    rows: tuple[DistributionRow, ...]


@dataclass(frozen=True)
class HeadlineNumber:
    """One of the three numbers.

    ``big`` is the number to set large ("13"), ``of`` what follows it ("of 18"), ``share`` the percentage
    and ``interval`` its range; ``note`` replaces them all where nothing may be shown.
    """

    key: str
    group: str
    caption: str
    value: float | None
    low: float | None
    high: float | None
    big: str
    of: str
    share: str
    interval: str
    note: str | None


@dataclass(frozen=True)
class HeadlineFigure:
    title: str
    description: str
    numbers: tuple[HeadlineNumber, ...]


@dataclass(frozen=True)
class Axis:
    """A numbered line. ``cut`` divides it into fields; ``ticks`` pair a value with what is written there."""

    name: str
    low: float
    high: float
    cut: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Point:
    """One index on a plane; ``state`` is its verdict: only established gaps are drawn solid.

    ``place`` is its place in the list of priorities, for the first of them only; ``told`` reads its numbers.
    """

    code: str
    name: str
    x: float
    y: float
    state: str | None
    place: int | None = None
    told: str = ""

    def numbered(self, called: str) -> str:
        """What it is called, behind its place in the list if it is among the first."""
        return called if self.place is None else f"{self.place} · {called}"


@dataclass(frozen=True)
class Plane:
    """Indices on two numbered lines. ``fields`` name the four corners, from the top left clockwise;
    ``marked`` is the corner that a reader should look at first, None where no corner is."""

    title: str
    description: str
    across: Axis
    up: Axis
    fields: tuple[str, str, str, str]
    marked: int | None
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Rung:
    """One group on the way from the top to the customers; ``mark`` None where ``note`` says why."""

    label: str
    part: bool
    mark: Mark | None
    note: str


@dataclass(frozen=True)
class Ladder:
    """One index, group below group."""

    title: str
    description: str
    rungs: tuple[Rung, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class UnitRow:
    """One index: the mean of the unit and that of all on its side; ``note`` where the unit's is withheld."""

    label: str
    emphasised: bool
    unit: Mark | None
    whole: Mark | None
    note: str


@dataclass(frozen=True)
class UnitPlot:
    """A unit beside everybody on its side. ``legend`` names the two, ``heads`` the columns of numbers:
    the unit's mean, its range, the mean of everybody."""

    title: str
    description: str
    rows: tuple[UnitRow, ...]
    bands: tuple[Band, ...]
    group: str
    legend: tuple[str, str]
    heads: tuple[str, str, str]


Figure = GapPlot | Distribution | HeadlineFigure | Plane | Ladder | UnitPlot
