"""Where names of points go: beside their points, never on one another, never out of the picture."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

LETTER, CAPITAL, WIDE = 0.55, 0.68, 1.0
"""About how wide small letters, capitals and Chinese letters are, in sizes of the letters."""

ABOVE, BELOW = 0.85, 0.3
"""How far letters reach above and below the line that they stand on, in sizes of the letters."""

CLOSE, BESIDE, FURTHER = 3.0, 0.5, 5.0
"""From a mark to its name on its right or left, above or below, and furthest without a line to it."""

BETWEEN = 4.0
"""Between two names on one line: less, and they read as one word."""

ON_A_MARK, ON_A_WORD, ON_A_LINE, OVER_A_NAME = 80.0, 50.0, 25.0, 60.0
"""What it costs, in units of distance, to cover a mark, a field's name, or a line, or to be led to across a
name. Covering another name is out of the question as long as there is any other place."""

FEW = 12
"""Up to so many marks, several orders of choosing are tried where one leaves a name away from its mark."""

STEP = 12.0
"""How far apart the places are that are tried where there is none beside the mark."""

Anchor = Literal["start", "middle", "end"]


class Box(NamedTuple):
    """A rectangle in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def beside(self, room: float) -> Box:
        """This box with so much room on its left and right."""
        return Box(self.left - room, self.top, self.right + room, self.bottom)

    def within(self, frame: Box) -> bool:
        """Lie inside, edges included."""
        across = frame.left <= self.left and self.right <= frame.right
        return across and frame.top <= self.top and self.bottom <= frame.bottom

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of this box that is closest to (x, y)."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


class Mark(NamedTuple):
    """A point that has a name: its middle, how far it reaches, and the name's width and size of letters."""

    x: float
    y: float
    reach: float
    width: float
    size: float

    @property
    def box(self) -> Box:
        return Box(self.x - self.reach, self.y - self.reach, self.x + self.reach, self.y + self.reach)


class Label(NamedTuple):
    """Where a name stands: the box that it fills, and the side on which its text is held.

    ``led`` says where a thin line from the mark ends; None for a name beside its mark.
    """

    box: Box
    anchor: Anchor
    led: tuple[float, float] | None

    def base(self, size: float) -> tuple[float, float]:
        """The point that SVG asks for: the anchor on the line of the letters."""
        held = {
            "start": self.box.left,
            "middle": (self.box.left + self.box.right) / 2,
            "end": self.box.right,
        }
        return held[self.anchor], self.box.top + ABOVE * size


class Drawn(NamedTuple):
    """What is in the picture already: marks and words of fields, lines as flat boxes, names placed so far,
    and the lines that lead to them, step by step."""

    frame: Box
    marks: tuple[Box, ...]
    words: tuple[Box, ...]
    lines: tuple[Box, ...]
    names: tuple[Box, ...]
    leads: tuple[Box, ...] = ()


def width_of(content: str, size: float) -> float:
    """About how wide a text is drawn; rather a little too wide than too narrow."""
    return size * sum(map(_letter, content))


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    return CAPITAL if letter.isupper() or letter in "mwMW&%@" else LETTER


def place_labels(
    marks: Sequence[Mark], frame: Box, words: Sequence[Box] = (), lines: Sequence[Box] = ()
) -> tuple[Label, ...]:
    """Find a place for every name; equal marks give equal places.

    The most crowded marks choose first, unless another order brings the names closer to their marks. No two
    names overlap and none leaves the frame, unless the frame is too full for that.

    Args:
        marks: the points, in any order.
        frame: what no name may leave.
        words: other texts in the picture, to be kept free if there is room.
        lines: lines as flat boxes, not to be covered if there is room.

    Returns:
        one label a mark, in the order of the marks.
    """
    drawn = Drawn(frame, tuple(mark.box for mark in marks), tuple(words), tuple(lines), ())
    first, *others = _orders(marks)
    best = _placed(first, marks, drawn)
    if len(marks) <= FEW and any(label.led for label in best[1]):
        best = min([best, *(_placed(order, marks, drawn) for order in others)], key=lambda one: one[0])
    return best[1]


def _orders(marks: Sequence[Mark]) -> list[list[int]]:
    """Who chooses first: the most crowded, or one after another from the left, the right or the top."""
    every = range(len(marks))
    crowds = [_crowd(mark, marks) for mark in marks]
    keys: list[Callable[[int], float]] = [
        lambda at: -crowds[at],
        lambda at: marks[at].x,
        lambda at: -marks[at].x,
        lambda at: marks[at].y,
    ]
    return [sorted(every, key=lambda at: (key(at), at)) for key in keys]


def _placed(order: Sequence[int], marks: Sequence[Mark], drawn: Drawn) -> tuple[float, tuple[Label, ...]]:
    """The labels, in the order of the marks, where the marks choose in this order; and what they cost."""
    found: dict[int, Label] = {}
    cost = 0.0
    for at in order:
        mark = marks[at]
        found[at] = label = _best(mark, drawn)
        cost += _cost(label, mark, drawn)
        leads = tuple(_steps((mark.x, mark.y), label.led)) if label.led else ()
        drawn = drawn._replace(names=(*drawn.names, label.box.beside(BETWEEN)), leads=(*drawn.leads, *leads))
    return cost, tuple(found[at] for at in range(len(marks)))


def _crowd(mark: Mark, marks: Sequence[Mark]) -> int:
    """How many marks lie where this one's name could."""
    wide = mark.width + mark.reach
    return sum(abs(mark.x - other.x) < wide and abs(mark.y - other.y) < 2 * mark.size for other in marks)


def _best(mark: Mark, drawn: Drawn) -> Label:
    beside = [one for one in _beside(mark) if _free(one.box, drawn)]
    best = min(beside, key=lambda one: _cost(one, mark, drawn), default=None)
    if best is not None and _cost(best, mark, drawn) < ON_A_LINE:
        return best
    every = _nearest_first(mark, drawn.frame)
    free = ((way, one) for way, one in every if _free(one.box, drawn))
    return _cheapest(free, mark, drawn) or _cheapest(every, mark, drawn) or next(_beside(mark))


@lru_cache(maxsize=64)
def _nearest_first(mark: Mark, frame: Box) -> tuple[tuple[float, Label], ...]:
    """Every place inside the picture with what its distance costs; the same in each order of choosing."""
    places = [one for one in (*_beside(mark), *_anywhere(mark, frame)) if one.box.within(frame)]
    return tuple(sorted(((_way(one, mark), one) for one in places), key=lambda told: told[0]))


def _cheapest(places: Iterable[tuple[float, Label]], mark: Mark, drawn: Drawn) -> Label | None:
    """The label that costs least; those further off than it costs in all need not be looked at."""
    best, least = None, math.inf
    for way, label in places:
        if way >= least:
            break
        cost = _cost(label, mark, drawn)
        if cost < least:
            best, least = label, cost
    return best


def _way(label: Label, mark: Mark) -> float:
    """What the distance from its mark costs a name."""
    x, y = label.box.nearest(mark.x, mark.y)
    if label.led is None:
        return max(abs(x - mark.x) - mark.reach - CLOSE, abs(y - mark.y) - mark.reach - CLOSE, 0.0)
    return STEP + abs(x - mark.x) + abs(y - mark.y)


def _free(box: Box, drawn: Drawn) -> bool:
    return box.within(drawn.frame) and not any(box.overlaps(name) for name in drawn.names)


def _beside(mark: Mark) -> Iterator[Label]:
    """Right and left, then above and below and at the corners, close by or a little further off."""
    high, gap = (ABOVE + BELOW) * mark.size, mark.reach + CLOSE
    places: list[tuple[float, float, Anchor]] = [
        (mark.x + gap, mark.y - high / 2, "start"),
        (mark.x - gap - mark.width, mark.y - high / 2, "end"),
    ]
    for off in (BESIDE, FURTHER):
        for y in (mark.y - mark.reach - high - off, mark.y + mark.reach + off):
            places.append((mark.x - mark.width / 2, y, "middle"))
            places.append((mark.x, y, "start"))
            places.append((mark.x - mark.width, y, "end"))
    for x, y, anchor in places:
        yield Label(Box(x, y, x + mark.width, y + high), anchor, None)


def _anywhere(mark: Mark, frame: Box) -> Iterator[Label]:
    """Places all over the picture, each led to by a line."""
    high = (ABOVE + BELOW) * mark.size
    across = int(max(frame.right - frame.left - mark.width, 0) // STEP) + 1
    down = int(max(frame.bottom - frame.top - high, 0) // STEP) + 1
    for row in range(down):
        for column in range(across):
            left, top = frame.left + STEP * column, frame.top + STEP * row
            box = Box(left, top, left + mark.width, top + high)
            anchor: Anchor = "start" if left + mark.width / 2 >= mark.x else "end"
            yield Label(box, anchor, box.nearest(mark.x, mark.y))


def _cost(label: Label, mark: Mark, drawn: Drawn) -> float:
    """Distance from the mark, and what the name covers or its line crosses."""
    box = label.box
    cost = ON_A_MARK * sum(box.overlaps(one) for one in drawn.marks)
    cost += ON_A_WORD * sum(box.overlaps(one) for one in drawn.words)
    cost += ON_A_LINE * sum(box.overlaps(one) for one in drawn.lines)
    cost += 1000 * sum(box.overlaps(one) for one in drawn.names)
    cost += OVER_A_NAME * any(box.overlaps(step) for step in drawn.leads)
    if label.led is not None:
        steps = list(_steps((mark.x, mark.y), label.led))
        for crossed, dear in ((drawn.names, OVER_A_NAME), (drawn.marks, ON_A_LINE)):
            cost += dear * sum(one != mark.box and any(map(one.overlaps, steps)) for one in crossed)
    return float(cost + _way(label, mark))


def _steps(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    """A line as small boxes along it."""
    for part in range(1, 20):
        share = part / 20
        x, y = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
        yield Box(x - 0.1, y - 0.1, x + 0.1, y + 0.1)
