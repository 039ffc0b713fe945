"""The top of the page in figures: the three numbers, and where customers place the organisation."""

from __future__ import annotations

from dataclasses import dataclass

from cultureassess.report.figures import headline
from cultureassess.report.figures.spec import HeadlineNumber
from cultureassess.report.narrative.headline import measured
from cultureassess.snapshot.types import Estimate, LevelCut
from cultureassess.web.results.cells import Cell, Setting, spread
from cultureassess.web.results.strips import Marker, marker, percent


@dataclass(frozen=True)
class Number:
    """One of the three numbers: ``value`` large, ``of`` what it is out of, ``detail`` share and range.

    ``bar`` is its length and ``low``, ``high`` its interval, in percent of the axis.
    """

    audience: str
    value: str
    of: str
    caption: str
    detail: str
    bar: str | None
    low: str | None
    high: str | None


@dataclass(frozen=True)
class Rung:
    """One maturity level on the 0-100 axis (METHOD 2.6). ``touched``: the customers' interval reaches it."""

    number: int
    name: str
    reads_as: str
    start: str
    begins: str
    width: str
    middle: str
    touched: bool


@dataclass(frozen=True)
class Ladder:
    """The levels, with the headline composite of each audience on them."""

    rungs: tuple[Rung, ...]
    markers: tuple[Marker, ...]
    labels: tuple[tuple[str, str, Cell], ...]


def numbers(setting: Setting) -> tuple[Number, ...]:
    """The three numbers as the report sets them: counts before percentages under 50 answers.

    Empty unless both sides have enough answers for a headline (METHOD 2.7).
    """
    groups = setting.snapshot.headline.groups
    managers, customers = groups.get("management"), groups.get("customer")
    if managers is None or customers is None or not (measured(managers) and measured(customers)):
        return ()
    figure = headline(setting.snapshot, setting.words)
    return tuple(_number(number) for number in figure.numbers if number.note is None)


def _number(number: HeadlineNumber) -> Number:
    audience = "expected" if number.key == "expected" else number.group
    said = number.share if number.share not in (number.big, "") else ""
    return Number(
        audience=audience,
        value=number.big,
        of=number.of,
        caption=number.caption,
        detail=" · ".join(part for part in (said, number.interval) if part),
        bar=_place(number.value),
        low=_place(number.low),
        high=_place(number.high),
    )


def _place(value: float | None) -> str | None:
    return None if value is None else percent(value)


def ladder(setting: Setting) -> Ladder:
    """The overall level as a picture: every level the customers' interval touches is marked."""
    snapshot = setting.snapshot
    composite = snapshot.headline_composite
    groups = {} if composite is None else composite.groups
    shown = [(code, groups[code]) for code in ("management", "staff", "customer") if code in groups]
    shown = [(code, figures) for code, figures in shown if figures.shown]
    level = snapshot.overall.get("customer")
    return Ladder(
        rungs=rungs(snapshot.level_cuts, level.touched if level else ()),
        markers=tuple(marker(code, figures) for code, figures in shown),
        labels=tuple((code, setting.audience(code), printed(setting, figures)) for code, figures in shown),
    )


def printed(setting: Setting, figures: Estimate) -> Cell:
    """A score on the ladder with its range, in words."""
    score = setting.words.score(figures.mean or 0.0, setting.snapshot.level_cuts)
    return Cell(text=score, range=spread(figures, setting.words, setting.snapshot.level_cuts))


def rungs(cuts: tuple[LevelCut, ...], touched: tuple[int, ...]) -> tuple[Rung, ...]:
    """The bands between the cut-points, with positions in percent of the axis."""
    ends = [*(cut.start for cut in cuts[1:]), 100.0]
    return tuple(
        Rung(
            number=cut.number,
            name=cut.name,
            reads_as=cut.reads_as,
            start=percent(cut.start),
            begins=f"{cut.start:g}",
            width=percent(end - cut.start),
            middle=percent((cut.start + end) / 2),
            touched=cut.number in touched,
        )
        for cut, end in zip(cuts, ends, strict=True)
    )
