"""How people answered as SVG: one bar a group, disagreement on the left, agreement on the right."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cultureassess.report.figures.spec import Distribution, DistributionRow
from cultureassess.report.palette import Palette
from cultureassess.report.svg.labels import width_of
from cultureassess.report.svg.shapes import box, drawing, marker, text

WIDTH = 366.0
START, UNIT = 98.0, 1.5
"""Where the bars start, and the width of one percent: all are as long as each other."""

AGREE = 340.0
"""Where the number who agree ends; the mean ends at ``WIDTH``."""

ROW, BAR = 17.5, 13.0
SIZE = 10.8
"""Of the letters: 8 points on paper."""

NARROW = 18.0
"""A part below this many percent carries no number."""

KEY = 460.0
SWATCH, APART = 13.0, 7.0
"""From a swatch to its label, and from a label to the next swatch."""

NARROW_LETTERS, WIDE_LETTERS = "fijlrtI .,’'()-", "mwMW%"
"""Letters of about a third of their size, and of nine tenths."""

LINE = 13.0


def draw_distribution(figure: Distribution, palette: Palette) -> Markup:
    """Draw one bar per group with its counts."""
    height = ROW * len(figure.rows) + 2
    title = f"{figure.title}. {figure.description}"
    return drawing(WIDTH, height, title, _body(figure, palette))


def shades(points: int, palette: Palette) -> tuple[str, ...]:
    """One shade per point of the scale, however many it has; an even scale has no middle."""
    five = palette.agreement
    if points == len(five):
        return five
    half = points // 2
    low = tuple(five[0] if place < (half + 1) // 2 else five[1] for place in range(half))
    high = tuple(five[3] if place < half - (half + 1) // 2 else five[4] for place in range(half))
    return (*low, *((five[2],) if points % 2 else ()), *high)


def _body(figure: Distribution, palette: Palette) -> Iterator[Markup]:
    for place, row in enumerate(figure.rows):
        yield from _row(row, ROW * place + 1, palette)


def _row(row: DistributionRow, top: float, palette: Palette) -> Iterator[Markup]:
    base = top + ROW / 2 + 3.8
    yield marker(row.group, 7, top + ROW / 2, palette)
    yield text(19, base, row.label, fill=palette.ink, size=SIZE)
    if row.shares is None:
        yield text(START, base, row.note or "", fill=palette.quiet, size=SIZE)
    else:
        yield from _bar(row.shares, row.parts, top + (ROW - BAR) / 2, palette)
    yield text(AGREE, base, row.counted, fill=palette.ink, size=SIZE, text_anchor="end")
    yield text(WIDTH, base, row.mean, fill=palette.quiet, size=SIZE, text_anchor="end")


def _bar(shares: tuple[float, ...], parts: tuple[str, ...], top: float, palette: Palette) -> Iterator[Markup]:
    x = START
    colours = shades(len(shares), palette)
    for place, (share, part) in enumerate(zip(shares, parts, strict=True)):
        width = UNIT * share
        if share > 0:
            yield box(x, top, width, BAR, colours[place], stroke=palette.quiet, stroke_width=0.6)
        if share >= NARROW:
            ink = palette.ink_on(colours[place])
            yield text(x + width / 2, top + BAR - 2.8, part, fill=ink, size=SIZE, text_anchor="middle")
        x += width


def draw_key(labels: tuple[str, ...], palette: Palette) -> Markup:
    """Draw one swatch and label per point."""
    lines = key_lines(labels)
    return drawing(KEY, LINE * len(lines), ", ".join(labels), _swatches(labels, lines, palette))


def key_lines(labels: tuple[str, ...]) -> list[list[tuple[int, float]]]:
    """Which labels share a line, and where each of them begins with its swatch, in drawing units.

    As few lines as hold them, each about as long as the others.
    """
    best = _filled(labels, KEY)
    for limit in range(int(KEY), 0, -20):
        tighter = _filled(labels, limit)
        if len(tighter) > len(best):
            break
        best = tighter
    return best


def _filled(labels: tuple[str, ...], limit: float) -> list[list[tuple[int, float]]]:
    """One label after another, in lines of at most this length."""
    lines: list[list[tuple[int, float]]] = [[]]
    x = 0.0
    for place, label in enumerate(labels):
        wide = SWATCH + label_width(label)
        if lines[-1] and x + wide > limit:
            lines.append([])
            x = 0.0
        lines[-1].append((place, x))
        x += wide + APART
    return lines


def label_width(label: str) -> float:
    """How wide a label is drawn, closer than :func:`width_of` allows for: a second line costs room."""
    slim, broad = (sum(map(label.count, letters)) for letters in (NARROW_LETTERS, WIDE_LETTERS))
    return width_of(label, SIZE) - SIZE * (0.23 * slim - 0.2 * broad)


def _swatches(
    labels: tuple[str, ...], lines: list[list[tuple[int, float]]], palette: Palette
) -> Iterator[Markup]:
    colours = shades(len(labels), palette)
    for row, line in enumerate(lines):
        for place, x in line:
            top = LINE * row
            yield box(x + 0.5, top + 1.5, 9, 9, colours[place], stroke=palette.quiet, stroke_width=0.6)
            yield text(x + SWATCH, top + 9.5, labels[place], fill=palette.quiet, size=SIZE)
