"""The smallest figures: a mean, a share, an item in one audience, a gap, a step, a level."""

from __future__ import annotations

from typing import Literal

import msgspec

from cultureassess.disclosure.reasons import Reason


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every snapshot type."""


class Range(Frozen, frozen=True):
    """A 95% interval, in the unit of the value that it belongs to."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2

    def contains(self, value: float) -> bool:
        return self.low <= value <= self.high


class Estimate(Frozen, frozen=True):
    """A group's mean on a 0-100 measure.

    ``n`` and ``mean`` are None if and only if ``withheld`` is set. With 5 to 9 answers there is a mean,
    no ``sd`` and no ``interval``; ``nominal`` is then the half-width that sd 20 would give
    (METHOD 1.9). ``effective_n`` is set where segments are weighted: Kish's number of respondents, all
    counting alike, that the mean is worth. A weighted mean has no ``sd``.
    """

    n: int | None = None
    mean: float | None = None
    sd: float | None = None
    interval: Range | None = None
    nominal: float | None = None
    withheld: Reason | None = None
    effective_n: float | None = None

    @property
    def shown(self) -> bool:
        return self.mean is not None


class Share(Frozen, frozen=True):
    """How many of a group said yes. ``bounded`` replaces count and percent where the group is
    homogeneous and small (METHOD 4.3 X): "5% or less", "95% or more"."""

    n: int | None = None
    count: int | None = None
    percent: float | None = None
    interval: Range | None = None
    bounded: Literal["5 or less", "95 or more"] | None = None
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.n is not None


class ItemFigures(Frozen, frozen=True):
    """One item in one audience. Percentages of the valid answers; ``dont_know`` of valid + don't-know.

    ``distribution`` counts the points 1..A; only from 10 answers. ``count`` is the number in the top
    two points.
    """

    n: int | None = None
    mean: float | None = None
    count: int | None = None
    favourable: float | None = None
    neutral: float | None = None
    unfavourable: float | None = None
    dont_know: float | None = None
    distribution: tuple[int, ...] | None = None
    bounded: Literal["5 or less", "95 or more"] | None = None
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.n is not None


class Gap(Frozen, frozen=True):
    """Management minus customers on a paired measure, in points; positive: management sees it rosier.

    ``state`` and ``class_`` only from 10 answers on both sides. ``superiority`` is the percentage of
    manager-customer pairs in which the manager's score is higher, ties split. ``errors`` says where the
    standard error of the customers comes from. p values are kept for checking, never printed.
    """

    difference: float | None = None
    interval: Range | None = None
    bootstrap: Range | None = None
    hedges_g: float | None = None
    g_label: str | None = None
    cliffs_delta: float | None = None
    delta_interval: Range | None = None
    delta_label: str | None = None
    superiority: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    """Holm's over the family for the indices; Benjamini-Hochberg's for items, which are exploratory."""
    state: Literal["clear gap", "small gap", "aligned", "inconclusive"] | None = None
    class_: str | None = msgspec.field(default=None, name="class")
    provisional: bool = False
    errors: Literal["respondents", "accounts", "weights"] = "respondents"
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.difference is not None


class Step(Frozen, frozen=True):
    """One step of the additive chain: the difference of two neighbouring groups, in points."""

    upper: str
    lower: str
    difference: float | None = None
    interval: Range | None = None
    withheld: Reason | None = None


class Level(Frozen, frozen=True):
    """A maturity level, 1-5, as far as the answers allow one (METHOD 2.6, 2.7).

    ``number`` is None below 10 answers. ``touched`` are all levels that the interval touches.
    ``big`` tells whether the number may be printed large (half-width at most 7.5); otherwise it is put
    in words ("between Aware and Practising"). ``printed`` is the score as it must be printed: never as
    if it had reached a cut that it has not. ``capped_by`` names the index that holds the overall level.
    """

    number: int | None = None
    name: str | None = None
    touched: tuple[int, ...] = ()
    touched_names: tuple[str, ...] = ()
    big: bool = False
    printed: str | None = None
    capped_by: str | None = None
