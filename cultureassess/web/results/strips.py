"""Charts that are as wide as the page: positions in percent, so that they need no view box.

Two kinds: the *strip* of one index (a marker with its interval per audience on 0-100) and the *bars* of
one item (the five points, the middle one centred on the axis). The templates draw them as inline SVG
with ``x="41.2%"``; marker and line sizes stay in pixels at every width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cultureassess.snapshot.types import Estimate, ItemFigures


def percent(value: float) -> str:
    """A position or a width for an SVG attribute, kept to the drawing: ``41.2%``."""
    return f"{min(max(value, 0.0), 100.0):.2f}%"


@dataclass(frozen=True)
class Marker:
    """One audience on a strip: where its mean lies, and its interval if there is one."""

    audience: str
    mean: float
    low: float | None
    high: float | None

    @property
    def at(self) -> str:
        return percent(self.mean)

    @property
    def start(self) -> str | None:
        return None if self.low is None else percent(self.low)

    @property
    def end(self) -> str | None:
        return None if self.high is None else percent(self.high)


@dataclass(frozen=True)
class Strip:
    """The markers of one index, and the line between management and customers if both are shown."""

    markers: tuple[Marker, ...]

    @property
    def line(self) -> tuple[str, str] | None:
        at = {marker.audience: marker.at for marker in self.markers}
        if "management" in at and "customer" in at:
            return at["management"], at["customer"]
        return None


def strip(groups: Iterable[tuple[str, Estimate]]) -> Strip:
    """The strip of the audiences that are shown; a withheld one leaves no trace."""
    return Strip(tuple(marker(audience, figures) for audience, figures in groups if figures.shown))


def marker(audience: str, figures: Estimate) -> Marker:
    """A shown estimate (its mean is not None) as a marker."""
    assert figures.mean is not None  # noqa: S101  # ``shown`` says so; this is for the type checker
    ends = figures.interval
    if ends is None:
        return Marker(audience, figures.mean, None, None)
    return Marker(audience, figures.mean, ends.low, ends.high)


@dataclass(frozen=True)
class Bar:
    """One answer point: ``x`` and ``width`` in percent of the drawing, ``count`` answers."""

    point: int
    label: str
    count: int
    x: str
    width: str


def bars(figures: ItemFigures, labels: tuple[str, ...]) -> tuple[Bar, ...]:
    """The distribution of one item as a row of bars, disagreement left of the middle, agreement right.

    Half the drawing is 100% of the answers, so that bars of all items can be compared by eye.

    Args:
        figures: of one audience; without a distribution there are no bars.
        labels: the words of the answer points, as many as the distribution has.
    """
    counts = figures.distribution
    total = sum(counts or ())
    if counts is None or not total:
        return ()
    middle = len(counts) // 2
    left = sum(counts[:middle]) + (counts[middle] / 2 if len(counts) % 2 else 0)
    edges = [sum(counts[:point]) - left for point in range(len(counts))]
    return tuple(
        Bar(point + 1, label, count, percent(50 + 50 * edge / total), percent(50 * count / total))
        for point, (label, count, edge) in enumerate(zip(labels, counts, edges, strict=True))
        if count
    )
