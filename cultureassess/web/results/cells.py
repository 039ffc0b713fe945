"""Printed values: what a table cell of the results page holds.

A cell is either a value or the reason why there is none; a template cannot confuse them. Rounding
happens here and nowhere earlier (METHOD 2.0, step 15), with the same :class:`Words` as in the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cultureassess.disclosure.reasons import Reason
from cultureassess.report.figures.gap_plot import group_name
from cultureassess.report.narrative import reason_note
from cultureassess.report.words import Words
from cultureassess.snapshot.types import Estimate, Gap, Level, LevelCut, Range, Snapshot


@dataclass(frozen=True)
class Cell:
    """``text`` with its ``range`` (already in words) and ``n``; or ``reason`` alone."""

    text: str | None = None
    range: str | None = None
    n: str | None = None
    reason: str | None = None

    @property
    def shown(self) -> bool:
        return self.text is not None


@dataclass(frozen=True)
class Setting:
    """What every cell needs to be printed: the snapshot that it belongs to, and the language.

    ``done`` are codes of practices that the company has already and that no page suggests.
    """

    snapshot: Snapshot
    words: Words
    done: tuple[str, ...] = ()

    def withheld(self, reason: Reason | None) -> Cell:
        note = reason_note(reason or Reason.THIN, self.words, k=self.snapshot.wave.k)
        return Cell(reason=note)

    def audience(self, code: str) -> str:
        """The name of an audience, as a column heading; the same as in the charts."""
        return group_name(code, self.words)


def mean(setting: Setting, figures: Estimate | None, level: Level | None = None) -> Cell:
    """A group's mean; never printed as if it had reached a level that it has not (METHOD 2.7)."""
    if figures is None:
        return setting.withheld(Reason.NOT_ASKED)
    if figures.mean is None:
        return setting.withheld(figures.withheld)
    words = setting.words
    printed = level.printed if level else None
    return Cell(
        text=printed or words.score(figures.mean, setting.snapshot.level_cuts),
        range=spread(figures, words, setting.snapshot.level_cuts),
        n=None if figures.n is None else words.number(figures.n),
    )


def spread(figures: Estimate, words: Words, cuts: Sequence[LevelCut]) -> str | None:
    """The interval in words; below ten answers the nominal half-width, ``±17`` (METHOD 1.9)."""
    if figures.interval is not None:
        return words.between(figures.interval, cuts)
    return None if figures.nominal is None else f"±{words.number(figures.nominal)}"


def difference(setting: Setting, gap: Gap) -> Cell:
    """A gap in points with its sign and its range; without a range the means stand alone (METHOD 1.9)."""
    if gap.difference is None or gap.interval is None:
        return setting.withheld(gap.withheld or Reason.THIN)
    return points(setting, gap.difference, gap.interval)


def points(setting: Setting, value: float, interval: Range | None) -> Cell:
    """A difference in points: ``+26``, with the range ``+17 to +35``."""
    words = setting.words
    return Cell(text=words.points(value), range=None if interval is None else words.signed_between(interval))
